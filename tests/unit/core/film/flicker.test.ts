import { expect, test } from 'vitest';
import { createFlickerMeter } from '../../../../src/core/film/flicker';
import type { Raster8 } from '../../../../src/core/picture/raster';
import { drawScene } from '../scenes';
import { drawMotion } from './moving';

const size = { width: 64, height: 48 };
const [behind, front] = [drawScene(150, 21), drawScene(150, 22)];
const rate = 25;
const draw = (kind: 'pan' | 'fast pan' | 'object') => {
  const scene = drawMotion(kind, size, behind, front);
  return Array.from({ length: 20 }, (_, k) => scene.frame(k));
};
const scenes = { pan: draw('pan'), 'fast pan': draw('fast pan'), object: draw('object') };

/** How much frames swing whose pixels are lit by a gain of their time and place. */
function measure(
  frames: readonly Raster8[],
  gain: (seconds: number, y: number, x: number) => number,
): number | null {
  const meter = createFlickerMeter();
  for (const [k, frame] of frames.entries()) {
    const data = frame.data.map((v, i) => {
      const [x, y] = [(i >> 2) % size.width, Math.floor((i >> 2) / size.width)];
      return i % 4 === 3 ? v : v * gain(k / rate, y / size.height, x / size.width);
    });
    meter.push({ ...frame, data }, (k * 1e6) / rate);
  }
  return meter.measure();
}

test.each(['pan', 'fast pan', 'object'] as const)(
  '%s: a swing of six hundredths is told, also where it rolls over the rows, and none without it',
  (kind) => {
    const wave = (seconds: number, y: number) =>
      1 + 0.06 * Math.sin(2 * Math.PI * (7.3 * seconds + y));
    expect(measure(scenes[kind], (seconds) => wave(seconds, 0))).toBeCloseTo(0.06, 1);
    const rolling = measure(scenes[kind], (seconds, y) => wave(seconds, 1.5 * y))!;
    expect(rolling).toBeGreaterThan(0.04);
    expect(rolling).toBeLessThan(0.08);
    expect(measure(scenes[kind], () => 1)).toBeLessThan(0.01);
  },
);

test('a fade, and a lamp that lights a part of the picture alone, are no flicker', () => {
  expect(measure(scenes.pan, (seconds) => 1 - 0.6 * seconds)).toBeLessThan(0.01);
  const screen = (seconds: number, _: number, x: number) =>
    x > 0.7 ? 1 + 0.2 * Math.sin(2 * Math.PI * 7.3 * seconds) : 1;
  expect(measure(scenes.pan, screen)).toBeLessThan(0.01);
});

test('of a few frames, or of scenes that are as short, nothing is told', () => {
  expect(measure(scenes.pan.slice(0, 8), () => 1)).toBeNull();
  expect(createFlickerMeter().measure()).toBeNull();
  const cut = [...scenes.pan.slice(0, 9), ...scenes.object.slice(0, 9).map(negative)];
  expect(measure(cut, (seconds) => 1 + 0.08 * Math.sin(50 * seconds))).toBeNull();
});

/** Another picture altogether. */
function negative(frame: Raster8): Raster8 {
  const turned = new Uint8ClampedArray(frame.data.length);
  for (let i = 0; i < turned.length; i++)
    turned[i] = i % 4 === 3 ? 255 : 255 - frame.data[turned.length - 4 - i + 2 * (i % 4)]!;
  return { ...frame, data: turned };
}
