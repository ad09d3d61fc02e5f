import { expect, test } from 'vitest';
import { failed } from '../../../../src/core/errors';
import { leastChange, measureChange } from '../../../../src/embed/frame/likeness';
import type { ViewRequest } from '../../../../src/worker/protocol';

/** Photo and result of one value each; what was looked at. */
function set(before: number, after: number) {
  const asked: ViewRequest[] = [];
  const view = async (_: number, request: ViewRequest) => {
    asked.push(request);
    const { width, height } = request.size;
    const value = request.side === 'before' ? before : after;
    const bitmap = { values: new Uint8ClampedArray(width * height * 4).fill(value) };
    return {
      ok: true,
      value: { rect: request.rect, bitmap: bitmap as unknown as ImageBitmap },
    } as const;
  };
  const read = (bitmap: ImageBitmap) => (bitmap as unknown as { values: Uint8ClampedArray }).values;
  return { asked, view, read };
}

test.each([
  [96, 64, 1],
  [300, 100, 3],
  [6000, 4000, 9],
])('of %i x %i pixels, %i spots are looked at, pixel by pixel', async (width, height, spots) => {
  const { asked, view, read } = set(100, 103);
  expect(await measureChange({ view }, { id: 1, width, height }, read)).toBe(3);
  expect(asked).toHaveLength(2 * spots);
  for (const { rect, size } of asked) {
    expect(size).toEqual({ width: rect.width, height: rect.height });
    expect(rect.x + rect.width).toBeLessThanOrEqual(width);
    expect(rect.y + rect.height).toBeLessThanOrEqual(height);
  }
});

test('what is the same has not changed, nor has what cannot be looked at', async () => {
  const { view, read } = set(100, 100);
  expect(await measureChange({ view }, { id: 1, width: 9, height: 9 }, read)).toBe(0);
  const gone = async () => failed('photo-missing');
  expect(await measureChange({ view: gone }, { id: 1, width: 9, height: 9 }, read)).toBe(0);
  expect(leastChange).toBeGreaterThan(0);
});
