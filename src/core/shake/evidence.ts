import { transfer, type BlurKernel } from './blur-kernel';
import { wienerOf } from './deconvolve';
import { fade, rampOf } from './fade';
import { Fft2d, type Spectrum } from './fft';
import { createPlane, crop, type Plane } from '../picture/plane';

/** Pixels at the border that fade, and do not count. */
const margin = 32;

/**
 * Foreign share: root mean square of what no picture that the kernel blurred has, over that of the steps between neighbours.
 * Spread: how much less few and strong the sharpened picture's steps are than the blurred one's, the ratio of their l1 and l2
 * norms (Krishnan et al. 2011, "Blind Deconvolution Using a Normalized Sparsity Measure"). Kernels that were right had up to
 * 0.20 and 1.04, straight ones up to 1.2; of a gradient's rounding, or a lens out of focus, 0.46 of the one, of pixel art
 * 0.23 and 1.16 and more: ripples are all that they bring.
 */
const most = { foreign: 0.25, spread: 1.4 };
const mostTogether = { foreign: 0.19, spread: 1.05 };

/** Share of the range nearby that a point may have that no picture blurred by the kernel has: a sharp speck does. */
const mostSharp = 0.4;

/** So many points that are sharp make a sharp photo; fewer are dust, and a hot pixel. */
const leastSharp = 12;

/** Share of the window that must show no clipped light, which no kernel explains. */
const leastShown = 0.02;

/**
 * Whether a kernel may have blurred a window. Two halves that agree are not enough: what both lack is found in both.
 * A photo that shook has no sharp point anywhere, and taking the shake back leaves fewer and stronger edges, not ripples.
 *
 * @param window In linear light of any scale; its sides are powers of two.
 * @param kernel What was found; centred.
 * @param clipped Light from which a value is clipped, in the window's scale.
 * @returns False where the kernel explains the window badly.
 */
export function isCredible(window: Plane, kernel: BlurKernel, clipped: number): boolean {
  const shown = listShown(window, kernel.side >> 1, clipped);
  if (shown.length < leastShown * window.values.length) return false;
  const { sharp, foreign } = explain(window, kernel);
  const steps = measureSteps(window, shown);
  const spread = spreadOf(measureSteps(sharp, shown)) / spreadOf(steps);
  const share = rmsOf(foreign, shown) / Math.sqrt(steps.squares / shown.length);
  if (!(spread <= most.spread && share <= most.foreign)) return false;
  if (spread > mostTogether.spread && share > mostTogether.foreign) return false;
  return countSharp(window, foreign, shown, (kernel.side >> 1) + 1) < leastSharp;
}

/** Indices of the pixels off the border whose light no clipped value may have a part in. */
function listShown({ width, height, values }: Plane, reach: number, clipped: number): Uint32Array {
  const hidden = new Uint8Array(values.length);
  const far = reach + 2;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (values[y * width + x]! < clipped) continue;
      const [from, to] = [Math.max(0, x - far), Math.min(width, x + far + 1)];
      for (let v = Math.max(0, y - far); v <= Math.min(height - 1, y + far); v++)
        hidden.fill(1, v * width + from, v * width + to);
    }
  const shown: number[] = [];
  for (let y = margin; y < height - margin; y++)
    for (let i = y * width + margin; i < (y + 1) * width - margin; i++)
      if (hidden[i] === 0) shown.push(i);
  return Uint32Array.from(shown);
}

/** The window without the kernel's blur, and what of it is no picture that the kernel blurred. */
function explain(window: Plane, kernel: BlurKernel): { sharp: Plane; foreign: Float32Array } {
  const faded = crop(window, 0, 0, window);
  fade(faded.values, rampOf(window.width, margin), rampOf(window.height, margin));
  const fft = new Fft2d(window);
  const blur = transfer(kernel, window, fft);
  const filter = wienerOf(blur, window);
  const [spectrum, work] = [fft.createSpectrum(), fft.createSpectrum()];
  fft.forward(faded.values, spectrum);
  const sharp = createPlane(window);
  multiplyInto(work, spectrum, filter);
  // The transform back may use its spectrum up.
  const kept = { real: work.real.slice(), imaginary: work.imaginary.slice() };
  fft.inverse(work, sharp.values);
  multiplyInto(work, kept, blur);
  const foreign = new Float32Array(faded.values.length);
  fft.inverse(work, foreign);
  for (let i = 0; i < foreign.length; i++) foreign[i] = faded.values[i]! - foreign[i]!;
  return { sharp, foreign };
}

function multiplyInto(to: Spectrum, one: Spectrum, other: Spectrum): void {
  for (let i = 0; i < to.real.length; i++) {
    const [a, b] = [one.real[i]!, one.imaginary[i]!];
    const [c, d] = [other.real[i]!, other.imaginary[i]!];
    to.real[i] = a * c - b * d;
    to.imaginary[i] = a * d + b * c;
  }
}

/** Sums of the steps to the right and lower neighbours of some pixels, and of their squares. */
function measureSteps(
  { width, values }: Plane,
  shown: Uint32Array,
): { sum: number; squares: number } {
  let [sum, squares] = [0, 0];
  for (const i of shown)
    for (const next of [i + 1, i + width]) {
      const step = values[next]! - values[i]!;
      sum += Math.abs(step);
      squares += step * step;
    }
  return { sum, squares };
}

const spreadOf = ({ sum, squares }: { sum: number; squares: number }) => sum / Math.sqrt(squares);

function rmsOf(values: Float32Array, shown: Uint32Array): number {
  let squares = 0;
  for (const i of shown) squares += values[i]! ** 2;
  return Math.sqrt(squares / shown.length);
}

/** Pixels that have, beyond noise, too much of the range nearby that the kernel does not explain. */
function countSharp(
  window: Plane,
  foreign: Float32Array,
  shown: Uint32Array,
  reach: number,
): number {
  const noise = 4 * deviationOf(foreign, shown);
  const suspects = shown.filter((i) => Math.abs(foreign[i]!) > noise);
  return suspects.filter((i) => {
    const beyond = Math.abs(foreign[i]!) - noise;
    return beyond > mostSharp * rangeRound(window, i, reach);
  }).length;
}

/** The standard deviation of what most of the values are, by their median. */
function deviationOf(values: Float32Array, shown: Uint32Array): number {
  const sorted = Float32Array.from(shown, (i) => Math.abs(values[i]!)).sort();
  return sorted[sorted.length >> 1]! / 0.6745;
}

function rangeRound({ width, height, values }: Plane, at: number, reach: number): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  let [least, most] = [Infinity, -Infinity];
  for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++)
    for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
      const value = values[v * width + u]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  return most - least;
}
