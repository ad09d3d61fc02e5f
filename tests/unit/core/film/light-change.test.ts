import { expect, test } from 'vitest';
import {
  measureLight,
  regionColumns,
  regionCount,
  regionRows,
} from '../../../../src/core/film/light-change';
import type { Raster8 } from '../../../../src/core/picture/raster';
import { drawScene } from '../scenes';
import { drawMotion } from './moving';

const size = { width: 96, height: 72 };
const scene = drawMotion('pan', size, drawScene(240, 5), drawScene(240, 6));

/** A frame in another light: what R, G and B are multiplied by, by the row. */
function lit(raster: Raster8, gain: (row: number, c: number) => number): Raster8 {
  const data = raster.data.map((level, i) => {
    const c = i % 4;
    return c === 3 ? level : level * gain(Math.floor(i / 4 / raster.width), c);
  });
  return { ...raster, data };
}

/** What is measured of the second frame after the first, as gains, for a channel. */
function gains(second: Raster8, c: number): number[] {
  const first = measureLight(scene.frame(0), null);
  expect(first.light.every((value) => value === 0)).toBe(true);
  const { light } = measureLight(second, first);
  return Array.from({ length: regionCount }, (_, i) => Math.exp(light[3 * i + c]!));
}

test('a pan alone is hardly any change of light, and none on the whole', () => {
  const all = gains(scene.frame(1), 1);
  for (const gain of all) expect(Math.abs(gain - 1)).toBeLessThan(0.06);
  const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
  expect(Math.abs(mean - 1)).toBeLessThan(0.01);
});

test('a lamp that grows dim and warm is told, channel by channel, along motion', () => {
  const second = lit(scene.frame(1), (_, c) => [0.95, 0.9, 0.8][c]!);
  for (const [c, wanted] of [0.95, 0.9, 0.8].entries()) {
    const all = gains(second, c);
    const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
    expect(Math.abs(mean - wanted)).toBeLessThan(0.02);
  }
});

test('a band of a rolling shutter is told where it is', () => {
  const second = lit(scene.frame(0), (row) => (row < size.height / 2 ? 0.9 : 1));
  const all = gains(second, 1);
  const half = (from: number, to: number) => {
    const part = all.slice(from * regionColumns, to * regionColumns);
    return part.reduce((sum, each) => sum + each, 0) / part.length;
  };
  expect(half(2, regionRows / 2 - 2)).toBeLessThan(0.93);
  expect(half(regionRows / 2 + 2, regionRows - 2)).toBeGreaterThan(0.97);
});
