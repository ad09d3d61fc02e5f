import { expect, test } from 'vitest';
import { isGrayPicture } from '../../../../src/core/findings/gray';
import { isWorthHealing } from '../../../../src/core/findings/old-photo';
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
  expect(isGrayPicture(paint(scene, (luma) => luma))).toBe(true);
  const sepia = paint(scene, (luma, _, c) => luma * [0.98, 0.86, 0.66][c]! + 8);
  expect(isGrayPicture(sepia)).toBe(true);
  expect(isGrayPicture(addNoise(sepia, 2))).toBe(true);
  const pale = paint(scene, (luma, level) => luma + 0.6 * (level - luma));
  expect([isGrayPicture(scene), isGrayPicture(pale)]).toEqual([false, false]);
});

test('what is marked is healed unasked only in what looks like a print, and where it is much', () => {
  const fresh = { reasons: [{ kind: 'noise', sigma: 9 }], isGray: false, isScan: false } as const;
  expect([0.008, 0.05, 0.4].map((share) => isWorthHealing(share, fresh))).toEqual([
    ...[false, false, false],
  ]);
  for (const sign of [
    { isGray: true },
    { isScan: true },
    { reasons: [{ kind: 'faded' }] },
    { reasons: [{ kind: 'pattern' }] },
  ] as const)
    expect([0.008, 0.05].map((share) => isWorthHealing(share, { ...fresh, ...sign }))).toEqual([
      ...[false, true],
    ]);
});
