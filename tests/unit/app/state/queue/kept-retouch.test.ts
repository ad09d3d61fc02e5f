import { expect, test } from 'vitest';
import { KeptRetouch } from '../../../../../src/app/state/queue/kept-retouch';
import { neutralFinish } from '../../../../../src/core/recipe/finish';
import { wholeFrame } from '../../../../../src/core/recipe/frame';
import { emptyRecipe } from '../../../../../src/core/recipe/recipe';
import { isSameRetouch, type Retouch } from '../../../../../src/core/recipe/retouch';
import { createMask, MaskStroke } from '../../../../../src/core/run/mask-brush';

/** A photo of 100 megapixels with strokes of a soft brush, as the largest grid has them. */
function paint(): Retouch {
  const photo = { width: 12_000, height: 8000 };
  const stroke = new MaskStroke(createMask(photo, 255), photo, {
    radius: 300,
    softness: 0.5,
    flow: 1,
    value: 0,
  });
  for (let i = 0; i < 20; i++)
    stroke.move({ x: 600 * i, y: 4000 + 3000 * Math.sin(i), pressure: 1 });
  return {
    ...emptyRecipe,
    frame: { ...wholeFrame, flip: true },
    damage: createMask(photo, 128),
    finish: { ...neutralFinish, mask: stroke.mask },
  };
}

test('masks of the largest photo take a twentieth of their values at most, and come back as they were', async () => {
  const retouch = paint();
  const values = retouch.damage!.values.length + retouch.finish.mask!.values.length;
  const packed = await KeptRetouch.of(retouch).pack();
  expect(packed.length).toBeLessThan(values / 20);
  const read = await KeptRetouch.from(packed).read();
  expect(read.frame).toEqual(retouch.frame);
  // Millions of values: the runner's own comparison takes a minute.
  expect(isSameRetouch(read, retouch)).toBe(true);
});

test('away from the stage it is the same; a frame alone stays plain', async () => {
  const retouch = paint();
  const kept = KeptRetouch.of(retouch);
  expect(kept.frameOnly).toBeNull();
  expect((await kept.read()) === retouch).toBe(true);
  await kept.settle();
  const read = await kept.read();
  expect(read === retouch).toBe(false);
  expect(isSameRetouch(read, retouch)).toBe(true);
  const frame: Retouch = { ...emptyRecipe, frame: { ...wholeFrame, turns: 1 } };
  const plain = KeptRetouch.of(frame);
  await plain.settle();
  expect(plain.frameOnly).toBe(frame);
});

test('what is broken is refused, and not taken for nothing', async () => {
  const packed = await KeptRetouch.of(paint()).pack();
  await expect(KeptRetouch.from(packed.slice(0, 99)).read()).rejects.toThrow();
});
