import { fade, rampOf } from './fade';
import { Fft2d, type Spectrum } from './fft';
import { transfer, type BlurKernel } from './blur-kernel';
import { peakOf, roundMean } from '../picture/depth';
import { displayOf, lightTable } from '../picture/light';
import { createLike, depthOf, type Depth, type Raster, type Samples } from '../picture/raster';
import type { Rect, Size } from '../picture/rect';
import { reflect } from '../picture/resample';
import type { Pause } from './pace';

/** Noise over signal in power at a tenth of a cycle per pixel; it rises with the square of the frequency. */
const noise = 0.003;

/** The same at every frequency, so that none is divided by nothing. */
const leastNoise = 1e-5;

/** Largest side of a tile with its margins; a power of two. */
const mostSide = 2048;

/** Pixels over which a tile fades into its mean: beyond the photo, reflected, or among its neighbours. */
const fadeWidth = 64;

/** Real neighbours round a core that do not fade, for each pixel of a kernel's reach. */
const guardPerReach = 4;

/** Of a tile: its light, its spectrum and the filter's, and the three pictures that a transform works in. */
const bytesAPixel = 24;

/** Awaited between the parts of a channel's work. */
const pausesAChannel = 3;

/** Light is looked up in so many steps: the darkest are 0.05 levels of 8 bits apart, and 13 of 16. */
const lightSteps = 65535;

/**
 * Takes a kernel's blur out of a photo in linear light: Wiener's filter (Wiener 1949,
 * "Extrapolation, Interpolation, and Smoothing of Stationary Time Series"), with noise whose share
 * rises with the square of the frequency, as a photo's own power falls.
 *
 * Photos of up to 1920 pixels are one tile, larger ones several, so that memory is bounded whatever
 * their size: 100 MB. What the fading border of a tile makes of the blur rings inwards, farther the wider
 * the kernel is: measured against one tile, kernels of 15 to 19 pixels differ by 1 level at most, of 23 to
 * 33 pixels by more than 2 levels in 0.03 % of the values. A wider one is better taken from the photo reduced.
 *
 * @param raster Read from. Colour under transparent pixels is taken as it is.
 * @param kernel What blurred it. One tap takes nothing back.
 * @param pause Awaited about every 200 ms of work, with the share of it that is done, 0..1; what it
 *   rejects with ends the work.
 * @returns A raster of the photo's size that owns a new buffer; alpha is the photo's.
 * @throws {unknown} What `pause` rejects with.
 * @throws {RangeError} When the new buffer cannot be allocated.
 */
export async function deconvolve<S extends Samples>(
  raster: Raster<S>,
  kernel: BlurKernel,
  pause: Pause,
): Promise<Raster<S>> {
  const out = createLike(raster);
  out.data.set(raster.data);
  if (kernel.side === 1) return out;
  const { columns, rows } = cut(raster, kernel.side);
  const size = { width: columns.side, height: rows.side };
  const filter = new TileFilter(size, kernel, depthOf(raster));
  const tiles = rows.cores.flatMap(({ start: y, length: height }) =>
    columns.cores.map(({ start: x, length: width }) => ({ x, y, width, height })),
  );
  let done = 0;
  const step = () => pause(++done / (tiles.length * 3 * pausesAChannel));
  for (const core of tiles)
    for (let channel = 0; channel < 3; channel++)
      await filter.run(raster, core, channel, out, step);
  return out;
}

/**
 * What {@link deconvolve} costs.
 *
 * @param size The photo's.
 * @param side The kernel's.
 * @returns `pixels` that are transformed, those of all tiles and channels; `bytes` that it works in, the
 *   photos left out; `reach`: pixels on every side that a pixel is made from, where a photo is more than one tile.
 */
export function deconvolutionCosts(
  size: Size,
  side: number,
): { readonly pixels: number; readonly bytes: number; readonly reach: number } {
  const { columns, rows } = cut(size, side);
  const tile = columns.side * rows.side;
  const count = columns.cores.length * rows.cores.length;
  return { pixels: tile * count * 3, bytes: tile * bytesAPixel, reach: marginOf(side) };
}

function marginOf(side: number): number {
  return fadeWidth + guardPerReach * (side >> 1);
}

function cut({ width, height }: Size, side: number): { columns: Axis; rows: Axis } {
  const margin = marginOf(side);
  return { columns: cutAxis(width, margin), rows: cutAxis(height, margin) };
}

type Axis = { side: number; cores: { start: number; length: number }[] };

/** The even cores that a side is cut into, and the side of their tiles: one wherever it is enough. */
function cutAxis(length: number, margin: number): Axis {
  const whole = length + 2 * fadeWidth;
  if (whole <= mostSide)
    return { side: 1 << Math.ceil(Math.log2(whole)), cores: [{ start: 0, length }] };
  const share = Math.ceil(length / Math.ceil(length / (mostSide - 2 * margin)));
  const starts = Array.from({ length: Math.ceil(length / share) }, (_, i) => i * share);
  const cores = starts.map((start) => ({ start, length: Math.min(share, length - start) }));
  return { side: mostSide, cores };
}

/** Wiener's filter for tiles of one size. */
class TileFilter {
  readonly #size: Size;
  readonly #fft: Fft2d;
  readonly #wiener: Spectrum;
  readonly #spectrum: Spectrum;
  readonly #light: Float32Array;
  /** Of each level. */
  readonly #lightOf: Float32Array;
  /** The level of each of `lightSteps`. */
  readonly #levelOf: Uint16Array;

  constructor(size: Size, kernel: BlurKernel, depth: Depth) {
    this.#size = size;
    this.#fft = new Fft2d(size);
    this.#wiener = wienerOf(transfer(kernel, size, this.#fft), size);
    this.#spectrum = this.#fft.createSpectrum();
    this.#light = new Float32Array(size.width * size.height);
    this.#lightOf = lightTable(depth);
    this.#levelOf = Uint16Array.from({ length: lightSteps + 1 }, (_, i) =>
      roundMean(displayOf(i / lightSteps, peakOf(depth))),
    );
  }

  /** Filters one channel of a core, with what lies round it in the photo, into `out`. */
  async run(
    raster: Raster,
    core: Rect,
    channel: number,
    out: Raster,
    pause: () => Promise<void>,
  ): Promise<void> {
    const { width, height } = this.#size;
    const left = (width - core.width) >> 1;
    const top = (height - core.height) >> 1;
    this.#read(raster, core.x - left, core.y - top, channel);
    fade(
      this.#light,
      tileRamp(width, core.x - left, raster.width),
      tileRamp(height, core.y - top, raster.height),
    );
    await pause();
    this.#fft.forward(this.#light, this.#spectrum);
    await pause();
    multiply(this.#spectrum, this.#wiener);
    this.#fft.inverse(this.#spectrum, this.#light);
    await pause();
    for (let y = 0; y < core.height; y++) {
      let to = ((core.y + y) * out.width + core.x) * 4 + channel;
      for (let from = (top + y) * width + left, end = from + core.width; from < end; from++) {
        const light = Math.min(1, Math.max(0, this.#light[from]!));
        out.data[to] = this.#levelOf[Math.round(light * lightSteps)]!;
        to += 4;
      }
    }
  }

  #read(raster: Raster, left: number, top: number, channel: number): void {
    const { width, height } = this.#size;
    const columns = Int32Array.from(
      { length: width },
      (_, x) => reflect(left + x, raster.width) * 4 + channel,
    );
    for (let y = 0, to = 0; y < height; y++) {
      const row = reflect(top + y, raster.height) * raster.width * 4;
      for (let x = 0; x < width; x++, to++)
        this.#light[to] = this.#lightOf[raster.data[row + columns[x]!]!]!;
    }
  }
}

/** What is left of a tile that starts at a position of the photo: nothing far beyond the photo. */
function tileRamp(side: number, start: number, length: number): Float32Array {
  const from = Math.max(0, -fadeWidth - start);
  return rampOf(side, fadeWidth, from, Math.min(side, length + fadeWidth - start));
}

/** Turns a transfer function into Wiener's filter that takes it back, in place. */
function wienerOf(blur: Spectrum, { width, height }: Size): Spectrum {
  const rows = height / 2 + 1;
  for (let i = 0; i < blur.real.length; i++) {
    const column = Math.floor(i / rows);
    const frequency = Math.hypot(Math.min(column, width - column) / width, (i % rows) / height);
    const power = blur.real[i]! ** 2 + blur.imaginary[i]! ** 2;
    const share = 1 / (power + noise * (frequency / 0.1) ** 2 + leastNoise);
    blur.real[i]! *= share;
    blur.imaginary[i]! *= -share;
  }
  return blur;
}

function multiply({ real, imaginary }: Spectrum, by: Spectrum): void {
  for (let i = 0; i < real.length; i++) {
    const [a, b] = [real[i]!, imaginary[i]!];
    real[i] = a * by.real[i]! - b * by.imaginary[i]!;
    imaginary[i] = a * by.imaginary[i]! + b * by.real[i]!;
  }
}
