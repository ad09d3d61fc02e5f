import type { Raster8 } from '../../../../src/core/picture/raster';
import { seedRandom } from '../scenes';
import { mix, paint, type Colour } from './paint';

/** The sky that was taken for a shaken photo once. */
export const drawSky = (): Raster8 =>
  paint(640, 400, (_, y) => mix([90, 140, 210], [150, 210, 240], Math.floor(y) / 400));

/** What a share of the way runs along: straight, round, there and back, in waves. */
const courses = [
  (x: number, y: number, angle: number) => x * Math.cos(angle) + y * Math.sin(angle),
  (x: number, y: number) => Math.hypot(x - 0.4, y - 0.6),
  (x: number, y: number, angle: number) =>
    1 - Math.abs(2 * (x * Math.cos(angle) + y * Math.sin(angle)) - 1),
  (x: number, y: number) => 0.5 + 0.25 * Math.sin(7 * x + 1) + 0.25 * Math.sin(6 * y + 3 * x),
] as const;

/**
 * A smooth gradient between two colours.
 *
 * @param seed Which one: a quarter of them each are straight, round, bent, or waves.
 * @returns An opaque raster of its own, 200 to 700 pixels a side.
 */
export function drawGradient(seed: number): Raster8 {
  const random = seedRandom(seed * 77 + 5);
  const colour = (): Colour => [255 * random(), 255 * random(), 255 * random()];
  const [from, to] = [colour(), colour()];
  const [width, height] = [200 + 500 * random(), 200 + 500 * random()].map(Math.floor);
  const angle = (random() * Math.PI) / 2;
  const course = courses[seed % courses.length]!;
  return paint(width!, height!, (x, y) => {
    const share = course(x / width!, y / height!, angle);
    return mix(from, to, Math.max(0, Math.min(1, share)));
  });
}
