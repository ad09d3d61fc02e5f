import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cropOf,
  fitRound,
  flipCrop,
  frameOf,
  groundOf,
  isInside,
  towards,
  turnCrop,
  wholeBox,
  type Crop,
} from '../../../../../src/app/state/photo/crop-box';
import { checkFrame, cutOf } from '../../../../../src/core/frame/geometry';
import { quarterTurns, wholeFrame } from '../../../../../src/core/recipe/frame';

const photo = { width: 640, height: 410 };
const whole: Crop = { ...wholeFrame, box: wholeBox(photo) };

const anyCrop = fc
  .record({
    angle: fc.oneof(fc.constant(0), fc.double({ min: -45, max: 45, noNaN: true })),
    turns: fc.constantFrom(...quarterTurns),
    flip: fc.boolean(),
    x: fc.integer({ min: -300, max: 300 }),
    y: fc.integer({ min: -300, max: 300 }),
    width: fc.integer({ min: 16, max: 640 }),
    height: fc.integer({ min: 16, max: 640 }),
  })
  .map(({ angle, turns, flip, x, y, ...size }): Crop => {
    const ground = groundOf({ angle, turns, flip }, photo);
    const box = fitRound({ x, y, width: 0, height: 0 }, size, ground);
    return { angle, turns, flip, box };
  })
  .filter(({ box }) => box.width >= 2 && box.height >= 2);

describe('a crop as it is seen', () => {
  test('of all of the photo asks for nothing', () => {
    expect(frameOf(whole, photo)).toEqual(wholeFrame);
    expect(frameOf(turnCrop(whole, 1), photo)).toEqual({ ...wholeFrame, turns: 1 });
  });

  test('is always a frame that the photo fills, and comes back from it where it was', () => {
    fc.assert(
      fc.property(anyCrop, (crop) => {
        const frame = frameOf(crop, photo);
        expect(() => checkFrame(frame, photo)).not.toThrow();
        const back = cropOf(frame, cutOf(frame, photo), photo);
        for (const name of ['x', 'y', 'width', 'height'] as const)
          expect(Math.abs(back.box[name] - crop.box[name])).toBeLessThanOrEqual(1.51);
      }),
    );
  });

  test('turned four times, or there and back, or flipped twice is what it was', () => {
    fc.assert(
      fc.property(anyCrop, (crop) => {
        const frame = frameOf(crop, photo);
        const around = [1, 2, 3, 4].reduce((before) => turnCrop(before, 1), crop);
        for (const again of [around, turnCrop(turnCrop(crop, 1), -1), flipCrop(flipCrop(crop))])
          expect(frameOf(again, photo)).toEqual(frame);
      }),
    );
  });

  test('turned shows the same part of the photo', () => {
    fc.assert(
      fc.property(anyCrop, (crop) => {
        const { crop: before } = frameOf(crop, photo);
        expect(frameOf(turnCrop(crop, 1), photo).crop).toEqual(before);
      }),
    );
  });

  test('moves as far as the photo goes, and not beyond', () => {
    const box = { x: -10, y: -10, width: 20, height: 20 };
    const ground = { ...photo, angle: 20 };
    const far = towards(box, { ...box, x: 1000 }, ground);
    expect(isInside(far, ground)).toBe(true);
    expect(isInside({ ...far, x: far.x + 0.01 }, ground)).toBe(false);
    expect(towards(box, { ...box, x: 5 }, ground)).toEqual({ ...box, x: 5 });
  });
});
