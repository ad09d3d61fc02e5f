import type { Plane } from '../picture/plane';
import { halve, type LumaPyramid } from './luma-pyramid';
import { meanAround } from './mean-around';

/** Pixels each way beyond which light may change. */
const reach = 6;

/** Luma from which a ratio of light counts in full. */
const dark = 16;

/**
 * A pyramid that wide light does not show in: the logarithm of luma without its mean around, and that with half the sides; the next would
 * show nothing else than what light leaves. Light that rolls over a picture is a slope in every patch, and a wave over many, and would be
 * taken for motion.
 *
 * @param luma Only read.
 * @returns One or two levels, about as contrasted as luma of 128; they own their buffers.
 */
export function withoutLight({ levels, factor }: LumaPyramid): LumaPyramid {
  const fine = flatten(levels[0]!);
  return { levels: levels.length > 1 ? [fine, halve(fine)] : [fine], factor };
}

function flatten({ width, height, values }: Plane): Plane {
  const logs = values.map((value) => 128 * Math.log(value + dark));
  const wide = meanAround({ width, height, values: logs }, reach);
  return { width, height, values: logs.map((value, i) => value - wide[i]!) };
}
