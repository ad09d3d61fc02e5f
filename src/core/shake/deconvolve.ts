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

/**
 * Of a tile: its light, its spectrum, the filter's and the kernel's, the three pictures that a transform works in, and
 * what clipped light takes: the light as it was, and by how much it went beyond.
 */
const bytesAPixel = 40;

/** Awaited between the parts of a channel's work. */
const pausesAChannel = 4;

/** Levels of 8 bits from which a value is held to be clipped. */
const leastClipped = 254;

/** By how much the light that was clipped is taken to exceed what the first estimate says, which the clipping dims. */
const dimmedBy = 8;

/** The brightest light that a clipped value is taken for; 1 is the brightest that a photo shows. */
const mostLight = 40;

/** Light from which what was clipped shines: the filter makes a little more than 1 of plain white, too. */
const leastShining = 1.3;

/** How much more than the light at a place that counts which shines nearby, where a filter is to be trusted. */
const distrust = 10;

/** Squared light, so that black is divided by something. */
const leastSeen = 1e-8;

/** Pixels to each side over which light is averaged for that. */
const nearby = 2;

/** Light is looked up in so many steps: the darkest are 0.05 levels of 8 bits apart, and 13 of 16. */
const lightSteps = 65535;

/**
 * Takes a kernel's blur out of a photo in linear light: Wiener's filter (Wiener 1949,
 * "Extrapolation, Interpolation, and Smoothing of Stationary Time Series"), with noise whose share
 * rises with the square of the frequency, as a photo's own power falls.
 *
 * A clipped value is no value of the blurred light, and would ring: it is first replaced by what the kernel makes of the
 * estimate (where that is brighter), as in Whyte et al. 2014, "Deblurring Shaken and Partially Saturated Images". Round what
 * shines then, and the more the darker it is there, the photo is left as it is: on night photos with lamps a mean loss of 1.5 dB
 * became a gain of 0.2, on photos exposed too long a gain of 4.0 dB became 4.7.
 *
 * Photos of up to 1920 pixels are one tile, larger ones several, so that memory is bounded whatever
 * their size: 170 MB. What the fading border of a tile makes of the blur rings inwards, farther the wider
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
  readonly #blur: Spectrum;
  readonly #wiener: Spectrum;
  /** Taps to each side of the kernel's middle. */
  readonly #reach: number;
  readonly #spectrum: Spectrum;
  readonly #light: Float32Array;
  /** The light as it was read, and the mean of what shines nearby, where a channel is clipped anywhere. */
  readonly #observed: Float32Array;
  readonly #excess: Float32Array;
  /** Light from which a value is clipped. */
  readonly #clipped: number;
  /** Of each level. */
  readonly #lightOf: Float32Array;
  /** The level of each of `lightSteps`. */
  readonly #levelOf: Uint16Array;

  constructor(size: Size, kernel: BlurKernel, depth: Depth) {
    this.#size = size;
    this.#fft = new Fft2d(size);
    this.#blur = transfer(kernel, size, this.#fft);
    this.#wiener = wienerOf(this.#blur, size);
    this.#reach = kernel.side >> 1;
    this.#spectrum = this.#fft.createSpectrum();
    this.#light = new Float32Array(size.width * size.height);
    this.#observed = new Float32Array(this.#light.length);
    this.#excess = new Float32Array(this.#light.length);
    this.#lightOf = lightTable(depth);
    this.#clipped = this.#lightOf[Math.floor((leastClipped / 255) * peakOf(depth))]!;
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
    const ramps = {
      columns: tileRamp(width, core.x - left, raster.width),
      rows: tileRamp(height, core.y - top, raster.height),
    };
    const isClipped = this.#light.some((light) => light >= this.#clipped);
    await pause();
    if (isClipped) {
      this.#observed.set(this.#light);
      this.#filter(ramps);
    }
    await pause();
    if (isClipped) this.#unclip();
    await pause();
    this.#filter(ramps);
    if (isClipped) this.#distrust();
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

  /** Takes the blur out of the light. */
  #filter({ columns, rows }: { columns: Float32Array; rows: Float32Array }): void {
    fade(this.#light, columns, rows);
    this.#fft.forward(this.#light, this.#spectrum);
    multiply(this.#spectrum, this.#wiener);
    this.#fft.inverse(this.#spectrum, this.#light);
  }

  /** Turns an estimate into the light that was observed, clipped values as the estimate says that they were. */
  #unclip(): void {
    for (let i = 0; i < this.#light.length; i++) this.#light[i] = Math.max(0, this.#light[i]!);
    this.#fft.forward(this.#light, this.#spectrum);
    multiply(this.#spectrum, this.#blur);
    this.#fft.inverse(this.#spectrum, this.#light);
    for (let i = 0; i < this.#light.length; i++) {
      const observed = this.#observed[i]!;
      const beyond = dimmedBy * (this.#light[i]! - observed);
      const isClipped = observed >= this.#clipped;
      this.#light[i] = isClipped ? Math.max(1, Math.min(mostLight, observed + beyond)) : observed;
    }
  }

  /** Goes back to the light that was observed where what shines nearby outshines it. */
  #distrust(): void {
    const [around, excess] = [this.#observed.slice(), this.#excess];
    for (let i = 0; i < excess.length; i++) excess[i] = Math.max(0, this.#light[i]! - leastShining);
    blurBox(around, this.#size, nearby);
    blurBox(excess, this.#size, 2 * this.#reach);
    for (let i = 0; i < excess.length; i++) {
      const seen = around[i]! ** 2;
      const trust = seen / (seen + (distrust * excess[i]!) ** 2 + leastSeen);
      this.#light[i] = this.#observed[i]! + trust * (this.#light[i]! - this.#observed[i]!);
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

/**
 * Wiener's filter that takes a blur back.
 *
 * @param blur The kernel's transfer function.
 * @param size The pictures'.
 * @param size.width Their width.
 * @param size.height Their height.
 * @returns Its transfer function, owned by the caller.
 */
export function wienerOf(blur: Spectrum, { width, height }: Size): Spectrum {
  const rows = height / 2 + 1;
  const filter = { real: blur.real.slice(), imaginary: blur.imaginary.slice() };
  for (let i = 0; i < blur.real.length; i++) {
    const column = Math.floor(i / rows);
    const frequency = Math.hypot(Math.min(column, width - column) / width, (i % rows) / height);
    const power = blur.real[i]! ** 2 + blur.imaginary[i]! ** 2;
    const share = 1 / (power + noise * (frequency / 0.1) ** 2 + leastNoise);
    filter.real[i]! *= share;
    filter.imaginary[i]! *= -share;
  }
  return filter;
}

/** The mean of a square that reaches some pixels to each side, of fewer at the border, in place. */
function blurBox(picture: Float32Array, { width, height }: Size, reach: number): void {
  const line = new Float64Array(Math.max(width, height) + 1);
  const blurLine = (start: number, stride: number, length: number) => {
    for (let i = 0; i < length; i++) line[i + 1] = line[i]! + picture[start + i * stride]!;
    for (let i = 0; i < length; i++) {
      const [from, to] = [Math.max(0, i - reach), Math.min(length, i + reach + 1)];
      picture[start + i * stride] = (line[to]! - line[from]!) / (to - from);
    }
  };
  for (let y = 0; y < height; y++) blurLine(y * width, 1, width);
  for (let x = 0; x < width; x++) blurLine(x, width, height);
}

function multiply({ real, imaginary }: Spectrum, by: Spectrum): void {
  for (let i = 0; i < real.length; i++) {
    const [a, b] = [real[i]!, imaginary[i]!];
    real[i] = a * by.real[i]! - b * by.imaginary[i]!;
    imaginary[i] = a * by.imaginary[i]! + b * by.real[i]!;
  }
}
