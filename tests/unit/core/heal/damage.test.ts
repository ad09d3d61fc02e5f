import { expect, test } from 'vitest';
import { damagePlane } from '../../../../src/core/heal/damage';
import { found, hasMarks, markedShare, unmarked } from '../../../../src/core/recipe/marks';
import { createMask } from '../../../../src/core/run/mask-brush';

test('marks on a grid as fine as the photo are its damage, by how far they are from unmarked', () => {
  const photo = { width: 4, height: 3 };
  const marks = createMask(photo, unmarked);
  marks.values.set([255, 0, 191], 5);
  marks.values[9] = found;
  const { values, width, height } = damagePlane(marks, photo);
  expect([width, height]).toEqual([4, 3]);
  const wanted = [0, 0, 0, 0, 0, 1, 0, 63 / 126, 0, 1, 0, 0];
  values.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!));
  expect([markedShare(marks), hasMarks(marks)]).toEqual([3 / 12, true]);
});

test('a part of it is the same there', () => {
  const photo = { width: 90, height: 70 };
  const marks = { ...createMask(photo, unmarked), width: 31, height: 20 };
  const values = new Uint8Array(31 * 20).map((_, i) => (i * 37) % 256);
  const whole = damagePlane({ ...marks, values }, photo);
  const part = damagePlane({ ...marks, values }, photo, { x: 13, y: 7, width: 40, height: 50 });
  for (const [x, y] of [
    [0, 0],
    [39, 49],
    [17, 23],
  ] as const)
    expect(part.values[y * 40 + x]).toBe(whole.values[(y + 7) * 90 + x + 13]);
});

test('nothing marked is no damage, all marked is all of it', () => {
  const photo = { width: 3000, height: 10 };
  const blank = createMask(photo, unmarked);
  expect([markedShare(undefined), markedShare(blank), hasMarks(blank)]).toEqual([0, 0, false]);
  expect(damagePlane(createMask(photo, unmarked), photo).values.some(Boolean)).toBe(false);
  expect(markedShare(createMask(photo, 255))).toBe(1);
  expect(damagePlane(createMask(photo, 255), photo).values.every((value) => value === 1)).toBe(
    true,
  );
});
