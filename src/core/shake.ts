import { fade, rampOf } from './fade';
import { Fft2d, type Spectrum } from './fft';
import {
  centre,
  compare,
  enlarge,
  fit,
  normalise,
  roundnessOf,
  spreadOf,
  transfer,
  wrappedAt,
  type Kernel,
} from './kernel';
import { lightOf } from './light';
import type { Raster, Size } from './raster';

/** What a shaken camera did to a photo. */
export type Shake = {
  /** Of the photo reduced by `factor`; at most 31 pixels wide or little more. */
  readonly kernel: Kernel;
  /** 1, 2, 4 or more: the photo was reduced by it until no side was longer than 2048 pixels. */
  readonly factor: number;
};

/** A picture of one channel, row by row. */
type Plane = Size & { readonly values: Float32Array };

/** Largest side in pixels of the window that is searched; its sides are powers of two. */
const mostSide = 512;

/** A photo with a longer side is halved until it has none: large photos are shaken more widely. */
const mostPixels = 2048;

/** A window with a shorter side shows too few edges. */
const leastSide = 128;

/** Sides of the kernels that are looked for: in the window, at half its size, at a quarter, at an eighth. */
const spans = [31, 15, 7, 3] as const;

/** How often edges and kernel take turns at each size. */
const rounds = 8;

/** Least correlation of the kernels that two halves of a window give by themselves. */
const agreement = 0.9;

/** Standard deviation of a kernel along an axis, in pixels, under which the network does better by itself. */
const leastSpread = 1.7;

/** Correlation with a round Gaussian from which a kernel is no shake: defocus, or a picture enlarged before. */
const roundest = 0.95;

/** Standard deviation that a window is given, so that the weights below mean the same in the dark. */
const contrast = 0.2;

/** Standard deviation below which a window is flat. */
const leastContrast = 1e-3;

/** Price of an edge in squared contrast, at first: dear at first, so that only the strongest edges speak. */
const firstPrice = 0.012;

/** What the price is divided by in each round, and where it ends. */
const cheaper = 1.1;
const leastPrice = 1e-4;

/** The coupling of a picture to its edges doubles up to this. */
const mostCoupling = 1e5;

/** Added to the edges' power where a kernel is solved for: no frequency without an edge is trusted. */
const ridge = 2;

/** Share of the strongest tap below which a tap is cut. */
const weakTap = 0.05;

/** Share of a kernel's sum below which taps apart from the others are cut. */
const strayShare = 0.1;

/** Pixels read, or transformed to and fro, between two pauses: 20 ms of transforms. */
const pixelsAPause = 2 ** 19;

/**
 * The one blur that a shaken camera gave a whole photo, in linear light.
 *
 * Two halves of the busiest window are searched apart. They agree where one kernel blurred them both;
 * where neither its left and right nor its upper and lower half do (too few edges, a subject that moved,
 * a camera that turned), there is nothing to take back. What both found is refined on the whole window.
 * A sharp photo may give a kernel too, made of its texture: ask only for photos that look blurred.
 *
 * Xu, Zheng & Jia 2013, "Unnatural L0 Sparse Representation for Natural Image Deblurring", in the
 * closed forms of Pan et al. 2014, "Deblurring Text Images via L0-Regularized Intensity and Gradient
 * Prior". The reference, and what it gains, is `training/shake.py`.
 *
 * @param raster Read from. One with alpha has none found: the outline of what is visible, and any
 *   colour under transparent pixels, would act as edges that no camera blurred.
 * @param pause Awaited about every 20 ms of work; what it rejects with ends the search.
 * @returns The shake, its kernel centred. Null where none is found.
 * @throws {unknown} What `pause` rejects with.
 */
export async function findShake(raster: Raster, pause: () => Promise<void>): Promise<Shake | null> {
  if (raster.hasAlpha) return null;
  const pace = new Pace(pause);
  const factor = reductionFor(raster);
  const kernel = await findIn(await readLight(raster, factor, pace), pace);
  return kernel && { kernel, factor };
}

/**
 * By how much a photo is reduced before a shake is looked for.
 *
 * @param size The photo's.
 * @returns 1, 2, 4 or more.
 */
export function reductionFor({ width, height }: Size): number {
  let factor = 1;
  while (Math.floor(Math.max(width, height) / factor) > mostPixels) factor *= 2;
  return factor;
}

/**
 * How far a camera shook.
 *
 * @param shake As it was found.
 * @returns The width of its path in pixels of the photo, roughly.
 */
export function widthOf({ kernel, factor }: Shake): number {
  return kernel.side * factor;
}

/** Awaits a pause whenever enough work is done. */
class Pace {
  readonly #pause: () => Promise<void>;
  #pixels = 0;

  constructor(pause: () => Promise<void>) {
    this.#pause = pause;
  }

  async after(pixels: number): Promise<void> {
    this.#pixels += pixels;
    if (this.#pixels < pixelsAPause) return;
    this.#pixels = 0;
    await this.#pause();
  }
}

/** The mean light of R, G and B in blocks of `factor` squared; a rest at the right and below is cut. */
async function readLight(raster: Raster, factor: number, pace: Pace): Promise<Plane> {
  const width = Math.floor(raster.width / factor);
  const height = Math.floor(raster.height / factor);
  const light = createPlane({ width, height });
  const share = 1 / (3 * factor ** 2);
  for (let y = 0; y < height * factor; y++) {
    const row = Math.floor(y / factor) * width;
    for (let x = 0, at = y * raster.width * 4; x < width * factor; x++, at += 4)
      light.values[row + Math.floor(x / factor)]! +=
        share *
        (lightOf[raster.data[at]!]! +
          lightOf[raster.data[at + 1]!]! +
          lightOf[raster.data[at + 2]!]!);
    await pace.after(raster.width);
  }
  return light;
}

async function findIn(light: Plane, pace: Pace): Promise<Kernel | null> {
  const busiest = busiestWindow(light);
  const window = busiest && equaliseContrast(busiest);
  if (!window) return null;
  for (const [one, other] of halvesOf(window)) {
    const { alike, mean } = compare(await search(one, pace), await search(other, pace));
    if (!(alike >= agreement)) continue;
    const { kernel } = await refine(window, mean, firstPrice / 3, rounds - 1, pace);
    const found = centre(kernel);
    return spreadOf(found) >= leastSpread && roundnessOf(found) < roundest ? found : null;
  }
  return null;
}

/** The window with the most contrast between neighbours; null where the picture is too small. */
function busiestWindow(light: Plane): Plane | null {
  if (Math.min(light.width, light.height) < leastSide) return null;
  const [width, height] = [light.width, light.height].map((side) =>
    Math.min(mostSide, 1 << Math.floor(Math.log2(side))),
  ) as [number, number];
  let [busiest, most] = [light, -1];
  for (let y = 0; y + height <= light.height; y += height / 2)
    for (let x = 0; x + width <= light.width; x += width / 2) {
      const window = crop(light, x, y, { width, height });
      const contrast = neighbourContrast(window);
      if (contrast > most) [busiest, most] = [window, contrast];
    }
  return busiest;
}

/** The mean difference of neighbours in a row, and in a column, added. */
function neighbourContrast({ width, height, values }: Plane): number {
  let [across, down] = [0, 0];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (x > 0) across += Math.abs(values[i]! - values[i - 1]!);
      if (y > 0) down += Math.abs(values[i]! - values[i - width]!);
    }
  return across / (height * (width - 1)) + down / (width * (height - 1));
}

function equaliseContrast({ width, height, values }: Plane): Plane | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance);
  if (deviation < leastContrast) return null;
  return { width, height, values: values.map((value) => (value * contrast) / deviation) };
}

/** Left and right, then upper and lower. */
function halvesOf(window: Plane): [Plane, Plane][] {
  const [width, height] = [window.width / 2, window.height / 2];
  const upright = { width, height: window.height };
  const lying = { width: window.width, height };
  return [
    [crop(window, 0, 0, upright), crop(window, width, 0, upright)],
    [crop(window, 0, 0, lying), crop(window, 0, height, lying)],
  ];
}

/** The kernel of a window: found at an eighth of its size, then at each larger one. */
async function search(window: Plane, pace: Pace): Promise<Kernel> {
  let kernel: Kernel = { side: 1, taps: new Float32Array([1]) };
  let price = firstPrice;
  for (let level = spans.length - 1; level >= 0; level--) {
    const start = fit(kernel.side > 1 ? enlarge(kernel) : kernel, spans[level]!);
    ({ kernel, price } = await refine(reduce(window, 1 << level), start, price, rounds, pace));
  }
  return kernel;
}

/** Everything about a blurred picture that stays while edges and kernel take turns, and room to work. */
type Bench = {
  readonly fft: Fft2d;
  readonly blurred: Plane;
  readonly spectrum: Spectrum;
  /** Power of the steps to the right and down, `[frequencies]`. */
  readonly steps: Float32Array;
  /** Of the blur, `[frequencies]`. */
  readonly power: Float32Array;
  readonly picture: Plane;
  readonly pulled: Plane;
  readonly edges: Spectrum;
};

function createBench(window: Plane, margin: number): Bench {
  const blurred = crop(window, 0, 0, window);
  fade(blurred.values, rampOf(window.width, margin), rampOf(window.height, margin));
  const fft = new Fft2d(window);
  const spectrum = fft.createSpectrum();
  fft.forward(blurred.values, spectrum);
  const steps = stepPower(window);
  return {
    fft,
    blurred,
    spectrum,
    steps,
    power: new Float32Array(steps.length),
    picture: createPlane(window),
    pulled: createPlane(window),
    edges: fft.createSpectrum(),
  };
}

/** Squared magnitude of the transfer functions of both differences of neighbours, added. */
function stepPower({ width, height }: Size): Float32Array {
  const rows = height / 2 + 1;
  return Float32Array.from({ length: width * rows }, (_, i) => {
    const [x, y] = [Math.floor(i / rows) / width, (i % rows) / height];
    return 4 * (Math.sin(Math.PI * x) ** 2 + Math.sin(Math.PI * y) ** 2);
  });
}

/** Sharpens a window's edges with the kernel, solves for a kernel of that side that blurs them, and again. */
async function refine(
  window: Plane,
  start: Kernel,
  startPrice: number,
  count: number,
  pace: Pace,
): Promise<{ kernel: Kernel; price: number }> {
  const { side } = start;
  const smallest = Math.min(window.width, window.height);
  const bench = createBench(window, Math.min(side, Math.floor(smallest / 4)));
  let [kernel, price] = [start, startPrice];
  for (let round = 0; round < count; round++) {
    await sharpen(bench, kernel, price, pace);
    kernel = solve(bench, side);
    price = Math.max(price / cheaper, leastPrice);
  }
  return { kernel: fit(kernel, side), price };
}

/**
 * Finds the picture of few edges, each at a price, that the kernel blurs into the bench's; leaves its
 * spectrum in `edges`. Half-quadratic splitting; Xu et al. 2011, "Image Smoothing via L0 Gradient
 * Minimization".
 */
async function sharpen(bench: Bench, kernel: Kernel, price: number, pace: Pace): Promise<void> {
  const { fft, blurred, spectrum, steps, power, picture, pulled, edges } = bench;
  const blur = transfer(kernel, blurred, fft);
  const fidelity = blur;
  for (let i = 0; i < power.length; i++) {
    const [a, b] = [blur.real[i]!, blur.imaginary[i]!];
    const [c, d] = [spectrum.real[i]!, spectrum.imaginary[i]!];
    power[i] = a * a + b * b;
    fidelity.real[i] = a * c + b * d;
    fidelity.imaginary[i] = a * d - b * c;
  }
  picture.values.set(blurred.values);
  for (let coupling = 2 * price; coupling < mostCoupling; coupling *= 2) {
    pullEdges(picture, price / coupling, pulled.values);
    fft.forward(pulled.values, edges);
    for (let i = 0; i < power.length; i++) {
      const share = 1 / (power[i]! + coupling * steps[i]!);
      edges.real[i] = share * (fidelity.real[i]! + coupling * edges.real[i]!);
      edges.imaginary[i] = share * (fidelity.imaginary[i]! + coupling * edges.imaginary[i]!);
    }
    fft.inverse(edges, picture.values);
    await pace.after(picture.values.length);
  }
}

/**
 * Keeps the differences to the right and lower neighbour whose square is at least `least`, and writes
 * their negative divergence, wrapping around.
 */
function pullEdges({ width, height, values }: Plane, least: number, pulled: Float32Array): void {
  pulled.fill(0);
  for (let y = 0, i = 0; y < height; y++) {
    const below = y + 1 < height ? width : width - width * height;
    for (let x = 0; x < width; x++, i++) {
      const next = x + 1 < width ? i + 1 : i + 1 - width;
      const value = values[i]!;
      const right = values[next]! - value;
      const down = values[i + below]! - value;
      if (right * right + down * down < least) continue;
      pulled[i]! -= right + down;
      pulled[next]! += right;
      pulled[i + below]! += down;
    }
  }
}

/**
 * The kernel that blurs the differences of neighbours in the bench's `edges` into those of its
 * blurred picture, weak and stray taps cut.
 */
function solve({ fft, spectrum, steps, picture, edges }: Bench, side: number): Kernel {
  const quotient = fft.createSpectrum();
  for (let i = 0; i < steps.length; i++) {
    const [a, b] = [edges.real[i]!, edges.imaginary[i]!];
    const [c, d] = [spectrum.real[i]!, spectrum.imaginary[i]!];
    const share = steps[i]! / (ridge + steps[i]! * (a * a + b * b));
    quotient.real[i] = share * (a * c + b * d);
    quotient.imaginary[i] = share * (a * d - b * c);
  }
  fft.inverse(quotient, picture.values);
  const taps = Float32Array.from(
    { length: side * side },
    (_, i) => picture.values[wrappedAt(i, side, picture)]!,
  );
  const least = weakTap * taps.reduce((most, tap) => Math.max(most, tap), 0);
  return normalise(cutStray({ side, taps: taps.map((tap) => (tap < least ? 0 : tap)) }));
}

/** Taps without the islands (of eight neighbours) that hold too little of the sum. */
function cutStray({ side, taps }: Kernel): Float32Array {
  const kept = new Float32Array(taps.length);
  const least = strayShare * taps.reduce((sum, tap) => sum + tap, 0);
  const left = taps.slice();
  for (const start of taps.keys()) {
    const island = takeIsland({ side, taps: left }, start);
    if (island.reduce((sum, i) => sum + taps[i]!, 0) >= least)
      for (const i of island) kept[i] = taps[i]!;
  }
  return kept;
}

/** Indices of the taps that hang together with one; they are set to 0. */
function takeIsland({ side, taps }: Kernel, start: number): number[] {
  const island: number[] = [];
  const take = (i: number) => {
    if (taps[i] === 0) return;
    taps[i] = 0;
    island.push(i);
  };
  take(start);
  for (const i of island) {
    const [x, y] = [i % side, Math.floor(i / side)];
    for (let v = Math.max(0, y - 1); v <= Math.min(side - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(side - 1, x + 1); u++) take(v * side + u);
  }
  return island;
}

function createPlane({ width, height }: Size): Plane {
  return { width, height, values: new Float32Array(width * height) };
}

function crop(source: Plane, x: number, y: number, size: Size): Plane {
  const out = createPlane(size);
  for (let row = 0; row < out.height; row++) {
    const start = (y + row) * source.width + x;
    out.values.set(source.values.subarray(start, start + out.width), row * out.width);
  }
  return out;
}

/** The mean of each block of `factor` squared, which divides both sides. */
function reduce(source: Plane, factor: number): Plane {
  const out = createPlane({ width: source.width / factor, height: source.height / factor });
  for (const [i, value] of source.values.entries()) {
    const x = Math.floor((i % source.width) / factor);
    const y = Math.floor(i / source.width / factor);
    out.values[y * out.width + x]! += value / factor ** 2;
  }
  return out;
}
