import { expect, test } from 'vitest';
import { neutralFinish, type Mask } from '../../../../src/core/recipe/finish';
import { usualFace } from '../../../../src/core/recipe/faces';
import { wholeFrame } from '../../../../src/core/recipe/frame';
import { recommend } from '../../../../src/core/recipe/recommendation';
import { emptyRecipe, heals, scaleOf, type Recipe } from '../../../../src/core/recipe/recipe';
import { isSameRetouch, retouchOf, withRetouch } from '../../../../src/core/recipe/retouch';

const frame = { ...wholeFrame, crop: { x: 1, y: 0, width: 2, height: 3 } };
const mask: Mask = { width: 2, height: 1, values: Uint8Array.of(0, 255) };
const damage: Mask = { width: 2, height: 1, values: Uint8Array.of(255, 128) };
const tint = { v: 1, strokes: [{ colour: '#102030', radius: 9, points: [1, 2] }] } as const;
const faces = [{ ...{ x: 0, y: 0, width: 0.5, height: 0.5 }, ...usualFace }];
const heal = { task: 'heal', sensitivity: 50 } as const;

/** Everything by hand, and other settings. */
const done: Recipe = {
  ...recommend([], 4),
  ...{ frame, damage },
  steps: [heal, ...recommend([], 4).steps],
};
const finish = { ...neutralFinish, strength: 0.3, mask, faces, tint };

test('what was done by hand is frame, marks, masks, faces and strokes, and nothing else', () => {
  expect(retouchOf(recommend([], 4), { ...neutralFinish, strength: 0.3 })).toBeNull();
  expect(retouchOf({ ...emptyRecipe, frame: wholeFrame }, neutralFinish)).toBeNull();
  const retouch = retouchOf(done, finish)!;
  expect(retouch).toEqual({
    ...emptyRecipe,
    ...{ frame, damage, steps: [heal] },
    finish: { ...neutralFinish, mask, faces, tint },
  });
});

test('it goes on top of what is asked of any photo, whose size, steps and strength stay', () => {
  const asked = { ...recommend([], 2), finish: { ...neutralFinish, strength: 0.7 } };
  const both = withRetouch(asked, retouchOf(done, finish));
  expect([scaleOf(both), both.finish.strength]).toEqual([2, 0.7]);
  expect(heals(both)).toBe(true);
  expect(retouchOf(both, both.finish)).toEqual(retouchOf(done, finish));
  expect(withRetouch(asked, null)).toBe(asked);
});

test('it is told from another by each of its parts', () => {
  const whole = retouchOf(done, finish);
  expect(isSameRetouch(whole, retouchOf({ ...done }, { ...finish, strength: 1 }))).toBe(true);
  const mended = { ...damage, values: Uint8Array.of(255, 255) };
  for (const [recipe, finished] of [
    [{ ...done, frame: { ...frame, flip: true } }, finish],
    [{ ...done, damage: mended }, finish],
    [{ ...done, steps: [{ ...heal, sensitivity: 60 }] }, finish],
    [done, { ...finish, mask: null }],
    [done, { ...finish, faces: [] }],
    [done, { ...finish, tint: null }],
  ] as const)
    expect(isSameRetouch(whole, retouchOf(recipe, finished))).toBe(false);
  expect([isSameRetouch(whole, null), isSameRetouch(null, null)]).toEqual([false, true]);
});
