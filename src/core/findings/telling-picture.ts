import { lumaOf } from '../picture/luma';

/** Standard deviation of luma, in levels, from which a picture shows something: black, a fade and a plain title's ground have less. */
const leastSpread = 12;

/**
 * Whether a picture of a clip tells what the clip is of, as a black one or a plain one does not.
 *
 * @param data `[pixels * 4]`, RGBA of a small picture of it.
 * @returns False also for one without pixels.
 */
export function isTelling(data: Uint8ClampedArray): boolean {
  const count = data.length / 4;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const luma = lumaOf(data[i]!, data[i + 1]!, data[i + 2]!);
    sum += luma;
    squares += luma * luma;
  }
  return count > 0 && squares / count - (sum / count) ** 2 >= leastSpread ** 2;
}
