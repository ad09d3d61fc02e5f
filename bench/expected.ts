import { fromHalf } from '../src/core/half';

/** The receptive field of the networks whose files do not tell theirs; the results differ nearer to the edge. */
const mostHalo = 21;

/** How far a result is from what it should be, in levels of 255: beyond the reach of the picture's edge, and everywhere. */
export type Off = { readonly inside: number; readonly everywhere: number };

/**
 * The values of a file of NumPy's, of 16 bits.
 *
 * @param file The whole file.
 * @returns Them, in the file's order; owned by the caller.
 */
export function readHalves(file: Uint8Array): Float32Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 10 + view.getUint16(8, true);
  return Float32Array.from({ length: (file.length - start) / 2 }, (_, at) =>
    fromHalf(view.getUint16(start + 2 * at, true)),
  );
}

/**
 * The largest differences of a result.
 *
 * @param values The result, `dims` in this order; 1 is white.
 * @param wanted What it should be, as long.
 * @param dims Planes, height and width.
 * @param scale How much the network enlarges.
 * @returns Them; not a number where a value is none.
 */
export function offBy(
  values: Float32Array,
  wanted: Float32Array,
  [, height = 0, width = 0]: readonly number[],
  scale: number,
): Off {
  const edge = mostHalo * scale;
  let [inside, everywhere] = [0, 0];
  values.forEach((value, index) => {
    const off = 255 * Math.abs(value - wanted[index]!);
    const [x, y] = [index % width, Math.floor(index / width) % height];
    everywhere = Math.max(everywhere, off);
    if (Math.min(x, y, width - 1 - x, height - 1 - y) >= edge) inside = Math.max(inside, off);
  });
  return { inside, everywhere };
}
