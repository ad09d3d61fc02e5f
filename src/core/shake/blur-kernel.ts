import type { Fft2d, Spectrum } from './fft';
import type { Size } from '../picture/rect';

/** How a blur spreads the light of one pixel. */
export type BlurKernel = {
  /** Odd: the middle tap is the pixel itself. */
  readonly side: number;
  /** `[side * side]`, row by row; the sum is 1. */
  readonly taps: Float32Array;
};

/**
 * A kernel of the sum 1.
 *
 * @param taps A square of an odd side, row by row; their sum is not 0.
 * @returns The kernel, of taps of its own.
 */
export function normalise(taps: ArrayLike<number>): BlurKernel {
  const sum = sumOf(taps);
  return { side: Math.sqrt(taps.length), taps: Float32Array.from(taps, (tap) => tap / sum) };
}

/**
 * A kernel whose centroid is the middle, so that it moves nothing: taps are moved by a fraction of a
 * pixel, bilinearly.
 *
 * @param kernel Its taps are at least 0.
 * @returns A kernel as large as it must be.
 */
export function centre({ side, taps }: BlurKernel): BlurKernel {
  const middle = centroidOf(taps, side);
  const used = [...taps.keys()].filter((i) => taps[i] !== 0);
  const points = used.map((i) => ({
    x: (i % side) - middle.x,
    y: Math.floor(i / side) - middle.y,
    weight: taps[i]!,
  }));
  const farthest = points.reduce((most, { x, y }) => Math.max(most, Math.abs(x), Math.abs(y)), 0);
  const reach = Math.ceil(farthest - 1e-9);
  const out = new Float64Array((2 * reach + 1) ** 2);
  for (const { x, y, weight } of points) splat(out, reach, x, y, weight);
  return normalise(out);
}

/** Adds a weight to the four taps round a point. */
function splat(taps: Float64Array, reach: number, x: number, y: number, weight: number): void {
  const side = 2 * reach + 1;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const [u, v] = [column + dx + reach, row + dy + reach];
    const share = (1 - Math.abs(column + dx - x)) * (1 - Math.abs(row + dy - y));
    if (u >= 0 && v >= 0 && u < side && v < side) taps[v * side + u]! += weight * share;
  }
}

/**
 * A kernel cut or widened to a side, and moved by whole pixels so that its centroid is within half a
 * pixel of the middle.
 *
 * @param kernel Any.
 * @param side Odd.
 * @returns A kernel of that side.
 */
export function fit(kernel: BlurKernel, side: number): BlurKernel {
  const middle = centroidOf(kernel.taps, kernel.side);
  const left = Math.floor(middle.x + 0.5) - (side >> 1);
  const top = Math.floor(middle.y + 0.5) - (side >> 1);
  return normalise(cut(kernel, left, top, side));
}

/**
 * A kernel for a picture of twice the size, bilinearly.
 *
 * @param kernel Of side n.
 * @returns A kernel of side 2 n + 1.
 */
export function enlarge(kernel: BlurKernel): BlurKernel {
  const side = 2 * kernel.side + 1;
  const spaced = new Float32Array(side * side);
  for (const [i, tap] of kernel.taps.entries()) {
    const [x, y] = [i % kernel.side, Math.floor(i / kernel.side)];
    spaced[(2 * y + 1) * side + 2 * x + 1] = tap;
  }
  return normalise(smear({ side, taps: spaced }, 0.5));
}

/** Positions by which two kernels may differ, in pixels. */
const shifts = [-3, -2, -1, 0, 1, 2, 3];

/** Share of the strongest tap below which the mean of two kernels is cut. */
const weakInMean = 0.03;

/**
 * How much two kernels of one side look alike at the best of the shifts by up to 3 pixels, and their
 * mean at that shift.
 *
 * @param a One.
 * @param b Another of its side.
 * @returns The correlation, 0..1, or NaN where a kernel has no taps; the mean is of the same side.
 */
export function compare(a: BlurKernel, b: BlurKernel): { alike: number; mean: BlurKernel } {
  const { side } = a;
  const matches = shifts.flatMap((y) =>
    shifts.map((x) => {
      const moved = { side, taps: cut(b, -x, -y, side) };
      return { moved: moved.taps, alike: correlate(a, moved) };
    }),
  );
  const { moved, alike } = matches.reduce((most, each) => (each.alike > most.alike ? each : most));
  const sum = a.taps.map((tap, i) => tap + moved[i]!);
  const least = weakInMean * maxOf(sum);
  const mean = normalise(sum.map((tap) => (tap < least ? 0 : tap)));
  return { alike, mean: fit(mean, side) };
}

/** The correlation of two kernels of one side, seen a little out of focus: 0..1, or NaN without taps. */
function correlate(a: BlurKernel, b: BlurKernel): number {
  const [softA, softB] = [smear(a, 0.5), smear(b, 0.5)];
  return product(softA, softB) / Math.sqrt(product(softA, softA) * product(softB, softB));
}

/**
 * How much a kernel looks like the round Gaussian of its spread.
 *
 * @param kernel Its centroid is the middle.
 * @returns The correlation, 0..1.
 */
export function roundnessOf(kernel: BlurKernel): number {
  const { side, taps } = kernel;
  const variance = spreadOf(kernel) ** 2;
  const round = taps.map((_, i) => Math.exp(squaredRadius(i, side) / (-2 * variance)));
  return correlate(kernel, { side, taps: round });
}

/**
 * How much a kernel looks like the disc of its spread: what a lens out of focus makes of a point.
 *
 * @param kernel Its centroid is the middle.
 * @returns The correlation, 0..1.
 */
export function fullnessOf(kernel: BlurKernel): number {
  const { side, taps } = kernel;
  const radius = 2 * spreadOf(kernel);
  const disc = taps.map((_, i) =>
    Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(squaredRadius(i, side)))),
  );
  return correlate(kernel, { side, taps: disc });
}

/**
 * How wide a kernel is.
 *
 * @param kernel Its centroid is the middle.
 * @returns Its standard deviation along an axis in pixels, the (quadratic) mean of both axes.
 */
export function spreadOf({ side, taps }: BlurKernel): number {
  return Math.sqrt(taps.reduce((sum, tap, i) => sum + tap * squaredRadius(i, side), 0) / 2);
}

/**
 * What a kernel does to each frequency of pictures: its transfer function.
 *
 * @param kernel Not larger than the pictures.
 * @param size The pictures' size.
 * @param fft For pictures of that size.
 * @returns The spectrum, owned by the caller.
 */
export function transfer(
  { side, taps }: BlurKernel,
  { width, height }: Size,
  fft: Fft2d,
): Spectrum {
  const placed = new Float32Array(width * height);
  const spectrum = fft.createSpectrum();
  for (const [i, tap] of taps.entries()) placed[wrappedAt(i, side, { width, height })] = tap;
  fft.forward(placed, spectrum);
  return spectrum;
}

/**
 * Where a tap lies in a picture that wraps around and has the middle tap at its first pixel.
 *
 * @param tap Index of the tap.
 * @param side The kernel's.
 * @param size The picture's.
 * @returns Index of the pixel.
 */
export function wrappedAt(tap: number, side: number, { width, height }: Size): number {
  const x = (tap % side) - (side >> 1);
  const y = Math.floor(tap / side) - (side >> 1);
  return ((y + height) % height) * width + ((x + width) % width);
}

function squaredRadius(tap: number, side: number): number {
  const reach = side >> 1;
  return ((tap % side) - reach) ** 2 + (Math.floor(tap / side) - reach) ** 2;
}

/** Taps of a square that may reach beyond the kernel, where there is nothing. */
function cut(kernel: BlurKernel, left: number, top: number, side: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) =>
    tapAt(kernel, left + (i % side), top + Math.floor(i / side)),
  );
}

function tapAt({ side, taps }: BlurKernel, x: number, y: number): number {
  return x >= 0 && y >= 0 && x < side && y < side ? taps[y * side + x]! : 0;
}

/** Taps convolved with `[neighbour, 1, neighbour]` along both axes; what leaves the square is lost. */
function smear(kernel: BlurKernel, neighbour: number): Float32Array {
  const { side } = kernel;
  const alongX = kernel.taps.map((tap, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return tap + neighbour * (tapAt(kernel, x - 1, y) + tapAt(kernel, x + 1, y));
  });
  const half = { side, taps: alongX };
  return alongX.map((tap, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return tap + neighbour * (tapAt(half, x, y - 1) + tapAt(half, x, y + 1));
  });
}

function centroidOf(taps: Float32Array, side: number): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const [i, tap] of taps.entries()) {
    x += tap * (i % side);
    y += tap * Math.floor(i / side);
  }
  const sum = sumOf(taps);
  return { x: x / sum, y: y / sum };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

function maxOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

function product(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
