import {
  centre,
  compare,
  enlarge,
  fit,
  fullnessOf,
  roundnessOf,
  spreadOf,
  type BlurKernel,
} from './blur-kernel';
import { isCredible } from './evidence';
import { lightTable } from '../picture/light';
import { Pace } from './pace';
import { createPlane, crop, reduce, type Plane } from '../picture/plane';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';
import { refine } from './refine';

/** What a shaken camera did to a photo. */
export type Shake = {
  /** Of the photo reduced by `factor`; at most 31 pixels wide or little more. */
  readonly kernel: BlurKernel;
  /** 1, 2, 4 or more: the photo was reduced by it until no side was longer than 2048 pixels. */
  readonly factor: number;
};

/** Largest side in pixels of the window that is searched; its sides are powers of two. */
const mostSide = 512;

/** A photo with a longer side is halved until it has none: large photos are shaken more widely. */
const mostPixels = 2048;

/** Milliseconds for a pixel of the window: 5 s for the largest. */
const msAWindowPixel = 0.02;

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

/**
 * A kernel under this spread must be rather round: the three ragged ones that Levin's shakes gave were wrong, and
 * lost up to 1.5 dB; the six round ones gained 3 dB and more.
 */
const narrow = { spread: 2.3, leastRound: 0.88 };

/** Spread from which a kernel is compared with a disc, and correlation with it from which it is one: paths have 0.75. */
const leastDisc = 2.5;
const fullest = 0.8;

/** Standard deviation that a window is given, so that the weights below mean the same in the dark. */
const contrast = 0.2;

/** Standard deviation below which a window is flat. */
const leastContrast = 1e-3;

/** Light from which a pixel is held to have a clipped channel. */
const leastClipped = 0.9;

/** Price of an edge in squared contrast, at first: dear at first, so that only the strongest edges speak. */
const firstPrice = 0.012;

/**
 * The one blur that a shaken camera gave a whole photo, in linear light.
 *
 * Two halves of the busiest window are searched apart. They agree where one kernel blurred them both;
 * where neither its left and right nor its upper and lower half do (too few edges, a subject that moved,
 * a camera that turned), there is nothing to take back. What both found is refined on the whole window, and
 * must explain it: see {@link isCredible}. A sharp photo may give a kernel too, made of its texture: ask only for
 * photos that look blurred.
 *
 * The method is {@link refine}'s; the reference, which says what it gains, is `training/shake.py`.
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
 * How long {@link findShake} takes.
 *
 * @param size The photo's.
 * @returns Milliseconds of one core of a usual machine; 0 where the photo is too small to be searched.
 */
export function searchMs(size: Size): number {
  const window = windowSides(size, reductionFor(size));
  return window ? window.width * window.height * msAWindowPixel : 0;
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

/** The mean light of R, G and B in blocks of `factor` squared; a rest at the right and below is cut. */
async function readLight(raster: Raster, factor: number, pace: Pace): Promise<Plane> {
  const width = Math.floor(raster.width / factor);
  const height = Math.floor(raster.height / factor);
  const light = createPlane({ width, height });
  const share = 1 / (3 * factor ** 2);
  const lightOf = lightTable(depthOf(raster));
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

async function findIn(light: Plane, pace: Pace): Promise<BlurKernel | null> {
  const busiest = busiestWindow(light);
  const equalised = busiest && equaliseContrast(busiest);
  if (!equalised) return null;
  const { window, scale } = equalised;
  for (const [one, other] of halvesOf(window)) {
    const { alike, mean } = compare(await search(one, pace), await search(other, pace));
    if (!(alike >= agreement)) continue;
    const { kernel } = await refine(window, mean, firstPrice / 3, rounds - 1, pace);
    const found = centre(kernel);
    return isPath(found) && isCredible(window, found, scale * leastClipped) ? found : null;
  }
  return null;
}

/** Whether a kernel may be the path of a shake: neither too small to tell, nor a lens's. */
function isPath(kernel: BlurKernel): boolean {
  const [spread, roundness] = [spreadOf(kernel), roundnessOf(kernel)];
  if (spread < leastSpread || roundness >= roundest) return false;
  if (spread < narrow.spread) return roundness >= narrow.leastRound;
  return spread < leastDisc || fullnessOf(kernel) < fullest;
}

/** The window with the most contrast between neighbours; null where the picture is too small. */
function busiestWindow(light: Plane): Plane | null {
  const sides = windowSides(light, 1);
  if (!sides) return null;
  const { width, height } = sides;
  let [busiest, most] = [light, -1];
  for (let y = 0; y + height <= light.height; y += height / 2)
    for (let x = 0; x + width <= light.width; x += width / 2) {
      const window = crop(light, x, y, { width, height });
      const contrast = neighbourContrast(window);
      if (contrast > most) [busiest, most] = [window, contrast];
    }
  return busiest;
}

/** The window's sides in a photo that is reduced; null where it is too small. */
function windowSides(photo: Size, factor: number): Size | null {
  const width = Math.floor(photo.width / factor);
  const height = Math.floor(photo.height / factor);
  if (Math.min(width, height) < leastSide) return null;
  const cut = (side: number) => Math.min(mostSide, 1 << Math.floor(Math.log2(side)));
  return { width: cut(width), height: cut(height) };
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

function equaliseContrast({
  width,
  height,
  values,
}: Plane): { window: Plane; scale: number } | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance);
  if (deviation < leastContrast) return null;
  const scale = contrast / deviation;
  return { window: { width, height, values: values.map((value) => value * scale) }, scale };
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
async function search(window: Plane, pace: Pace): Promise<BlurKernel> {
  let kernel: BlurKernel = { side: 1, taps: new Float32Array([1]) };
  let price = firstPrice;
  for (let level = spans.length - 1; level >= 0; level--) {
    const start = fit(kernel.side > 1 ? enlarge(kernel) : kernel, spans[level]!);
    ({ kernel, price } = await refine(reduce(window, 1 << level), start, price, rounds, pace));
  }
  return kernel;
}
