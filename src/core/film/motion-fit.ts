import { readBetween, type Plane } from '../picture/plane';
import { meanAround } from './mean-around';
import type { Motion } from './motion';

/** Pixels each way over which a place is compared. */
const reach = 1;

/** How much better a place must fit where it is than where its motion leads. */
const better = 0.4;

/** Mean squares of luma that tell nothing of what stands. */
const noise = 12;

/** Pixels of motion that are the same as none. */
const least = 0.3;

/** Mean square of luma from which a place fits by half: edges of compressed pictures differ by as much. */
const half = 600;

/** How far a place fits whose motion does not come back, at most. */
const doubtful = 0.8;

/**
 * How far each place fits where its motion leads, and none of it where what is seen stands although all around it moves: text and
 * signs over a moving picture, thinner than the patches that motion is found with.
 *
 * @param motion From one frame to the other, in pixels of these planes; changed.
 * @param isBack `[width * height]`, 1 where it comes back.
 * @param from Luma of the one.
 * @param to Luma of the other, of the same size.
 * @returns `[width * height]`, from 0, nothing like it, to 1, the same; owns its buffer.
 */
export function fitMotion(
  motion: Motion,
  isBack: Uint8Array,
  from: Plane,
  to: Plane,
): Float32Array<ArrayBuffer> {
  const { width, height } = motion;
  const [moved, stood] = [new Float32Array(width * height), new Float32Array(width * height)];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const level = from.values[i]!;
      moved[i] = (readBetween(to, x + motion.x[i]!, y + motion.y[i]!) - level) ** 2;
      stood[i] = (to.values[i]! - level) ** 2;
    }
  const fit = meanAround({ width, height, values: moved }, reach);
  const still = meanAround({ width, height, values: stood }, reach);
  for (let i = 0; i < fit.length; i++) {
    const off = fit[i]!;
    const isMoving = Math.abs(motion.x[i]!) + Math.abs(motion.y[i]!) > least;
    const stands = isMoving && off > noise && still[i]! < better * off;
    if (stands) {
      motion.x[i] = 0;
      motion.y[i] = 0;
    }
    const trust = stands || isBack[i] ? 1 : doubtful;
    fit[i] = trust / (1 + (stands ? still[i]! : off) / half);
  }
  return fit;
}
