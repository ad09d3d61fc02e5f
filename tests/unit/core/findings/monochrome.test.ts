import { expect, test } from 'vitest';
import { isMonochrome } from '../../../../src/core/findings/monochrome';
import type { Raster8 } from '../../../../src/core/picture/raster';
import { addNoise, drawScene } from '../scenes';

const scene = drawScene(300);

/** A picture whose colours are changed one by one. */
function paint(source: Raster8, change: (luma: number, level: number, channel: number) => number) {
  const data = source.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const luma = (source.data[i]! + source.data[i + 1]! + source.data[i + 2]!) / 3;
    for (let c = 0; c < 3; c++) data[i + c] = change(luma, source.data[i + c]!, c);
  }
  return { ...source, data };
}

test('gray and sepia prints have no colours of their own, also with grain; a pale photo has', () => {
  expect(isMonochrome(paint(scene, (luma) => luma))).toBe(true);
  const sepia = paint(scene, (luma, _, c) => luma * [0.98, 0.86, 0.66][c]! + 8);
  expect(isMonochrome(sepia)).toBe(true);
  expect(isMonochrome(addNoise(sepia, 2))).toBe(true);
  // Of a photographer's sepia: its tone bends with lightness, the paper has yellowed at one side, and a corner is torn off to white.
  const uneven = paint(
    scene,
    (luma, _, c) => luma + [0.16, 0, -0.3][c]! * luma * (1.2 - luma / 255),
  );
  for (let i = 0; i < uneven.data.length; i += 4) {
    const [x, y] = [(i / 4) % uneven.width, Math.floor(i / 4 / uneven.width)];
    if (x < uneven.width / 2) uneven.data[i + 2] = uneven.data[i + 2]! * 0.9;
    if (x + y < 0.15 * uneven.width) uneven.data.set([250, 246, 236], i);
  }
  expect(isMonochrome(addNoise(uneven, 6))).toBe(true);
  // Warm in most places is not toned: a photo at sunset has a gray or a blue somewhere.
  const warm = paint(scene, (luma, level, c) => [1, 0.8, 0.55][c]! * (luma + 0.5 * (level - luma)));
  expect(isMonochrome(warm)).toBe(false);
  const pale = paint(scene, (luma, level) => luma + 0.6 * (level - luma));
  expect([isMonochrome(scene), isMonochrome(pale)]).toEqual([false, false]);
});
