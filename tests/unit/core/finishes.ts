import fc from 'fast-check';
import { neutralFinish, type Finish, type Mask } from '../../../src/core/recipe/finish';
import type { Face } from '../../../src/core/recipe/faces';
import type { Tint } from '../../../src/core/recipe/tint';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const swing = fc.double({ min: -1, max: 1, noNaN: true });

/** A mask on a coarse grid of its own. */
const mask: fc.Arbitrary<Mask> = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, values: new Uint8Array(values) })),
  );

/** Somewhere in the picture, or half out of it. */
const face: fc.Arbitrary<Face> = fc.record({
  x: fc.double({ min: -0.5, max: 1, noNaN: true }),
  y: fc.double({ min: -0.5, max: 1, noNaN: true }),
  width: fc.double({ min: 0.01, max: 1, noNaN: true }),
  height: fc.double({ min: 0.01, max: 1, noNaN: true }),
  amount: share,
  isGentle: fc.boolean(),
});

const tint: fc.Arbitrary<Tint> = fc
  .array(
    fc.record({
      colour: fc.constantFrom('#e0ac8b', '#2040ff', null),
      radius: fc.integer({ min: 1, max: 5000 }),
      points: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((strokes) => ({ v: 1, strokes }));

/** Every kind of finish: each part is used in about half of them. */
export const anyFinish: fc.Arbitrary<Finish> = fc.record({
  strength: fc.oneof(fc.constant(1), share),
  luminanceOnly: fc.boolean(),
  colourLock: fc.oneof(fc.constant(0), share),
  grain: fc.record({
    amount: fc.oneof(fc.constant(0), share),
    size: fc.oneof(fc.constant(1), fc.double({ min: 1, max: 32, noNaN: true })),
    seed: fc.nat({ max: 2 ** 31 - 1 }),
  }),
  sharpen: fc.record({
    amount: fc.oneof(fc.constant(0), share),
    radius: fc.oneof(fc.constant(1), fc.double({ min: 0.5, max: 2, noNaN: true })),
  }),
  mask: fc.option(mask),
  faces: fc.array(face, { maxLength: 3 }),
  tint: fc.option(tint),
  grade: fc.oneof(
    fc.constant(neutralFinish.grade),
    fc.record({
      exposure: fc.double({ min: -3, max: 3, noNaN: true }),
      contrast: swing,
      temperature: swing,
      saturation: fc.oneof(fc.constant(0), swing),
      vibrance: fc.oneof(fc.constant(0), swing),
      shadowTone: fc.oneof(fc.constant(0), swing),
      highlightTone: fc.oneof(fc.constant(0), swing),
      monochrome: fc.boolean(),
    }),
  ),
});
