import { expect, test } from 'vitest';
import { NeutralPicker } from '../../../../../src/app/state/photo/neutral-picker.svelte';

type Place = { readonly x: number; readonly y: number };

function setUp() {
  const viewport = { stage: { width: 100, height: 80 }, zoom: 2, x: 20, y: 10 };
  const picked: Place[] = [];
  const picker = new NeutralPicker({ photo: { width: 40, height: 20 } }, { viewport }, 1, (at) =>
    picked.push(at),
  );
  return { picker, picked };
}

test('a place is picked where the hand is lifted, and none beside the photo', () => {
  const { picker, picked } = setUp();
  picker.begin({ x: 10, y: 40 }, 1);
  expect(picked).toEqual([]);
  picker.move({ x: 50, y: 40 }, 1);
  picker.end();
  expect(picked).toEqual([{ x: 0.5, y: 0.5 }]);
  picker.begin({ x: 5, y: 40 }, 1);
  picker.end();
  expect(picked).toHaveLength(1);
  picker.begin({ x: 50, y: 40 }, 1);
  picker.cancel();
  expect(picked).toHaveLength(1);
});

test('keys move it from the middle of what is looked at, within the photo, and pick', () => {
  const { picker, picked } = setUp();
  // Its radius is 6 pixels of the photo.
  picker.nudge(1, 0.5);
  picker.press();
  picker.end();
  expect(picked).toEqual([{ x: 26 / 40, y: 13 / 20 }]);
  picker.nudge(-9, -9);
  picker.press();
  picker.end();
  expect(picked[1]).toEqual({ x: 0, y: 0 });
});
