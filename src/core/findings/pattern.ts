import { Fft2d, type Spectrum } from '../shake/fft';
import { fade, rampOf } from '../shake/fade';
import type { Window } from './sample';

/** Windows that are looked at: the quietest, where noise is all that there is to see. */
const mostWindows = 6;

/** A smaller piece of a window shows too few repetitions. */
const leastSide = 32;

/** Cycles per pixel below which shading is left out. */
const leastFrequency = 1 / 16;

/** Pixels that a repetition is apart, at least: detail of any kind is like itself a pixel or two on. */
const leastLag = 3;

/** Correlation with itself, a repetition further, from which fine detail is a pattern. White noise has 0.1. */
const leastAlike = 0.5;

/** By how much less alike it must be on the way there: an edge is like itself all along. */
const leastDip = 0.4;

/**
 * Whether a picture's fine detail repeats, as that of a screen print and of a weave does, where noise never does.
 *
 * @param windows What was sampled of the picture.
 * @returns False as well where the windows are too small, or of one colour each.
 */
export function hasPattern(windows: readonly Window[]): boolean {
  const quiet = windows
    .map((window) => ({ window, energy: fineEnergy(window) }))
    .filter(({ energy }) => energy > 0)
    .sort((a, b) => a.energy - b.energy)
    .slice(0, mostWindows)
    .map(({ window }) => window);
  const repeated = quiet.filter(repeats).length;
  return repeated > quiet.length / 2;
}

/** Mean square of what a pixel's left and right neighbours do not explain; NaN where one is transparent. */
function fineEnergy({ luma, width, height }: Window): number {
  let sum = 0;
  for (let y = 0; y < height; y += 2)
    for (let i = y * width + 1, end = (y + 1) * width - 1; i < end; i++)
      sum += (2 * luma[i]! - luma[i - 1]! - luma[i + 1]!) ** 2;
  return sum / (width * height);
}

function repeats(window: Window): boolean {
  const side = 1 << Math.floor(Math.log2(Math.min(window.width, window.height)));
  if (side < leastSide) return false;
  const alike = correlateWithItself(window, side);
  const at = (x: number, y: number) => alike[((y + side) % side) * side + ((x + side) % side)]!;
  const most = side / 4;
  for (let y = 0; y <= most; y++)
    for (let x = -most; x <= most; x++) {
      if (Math.max(Math.abs(x), y) < leastLag || at(x, y) < leastAlike) continue;
      if (lowestBetween(at, x, y) <= at(x, y) - leastDip) return true;
    }
  return false;
}

/** The least correlation at whole steps between no shift and a shift. */
function lowestBetween(at: (x: number, y: number) => number, x: number, y: number): number {
  const steps = Math.max(Math.abs(x), y);
  let least = 1;
  for (let i = 1; i < steps; i++)
    least = Math.min(least, at(Math.round((x * i) / steps), Math.round((y * i) / steps)));
  return least;
}

/** The correlation of a square's fine detail with itself, by shift: `[y * side + x]`, 1 at no shift. */
function correlateWithItself({ luma, width }: Window, side: number): Float32Array {
  const picture = new Float32Array(side * side);
  for (let y = 0; y < side; y++) picture.set(luma.subarray(y * width, y * width + side), y * side);
  const ramp = rampOf(side, side / 4);
  fade(picture, ramp, ramp);
  const fft = new Fft2d({ width: side, height: side });
  const spectrum = fft.createSpectrum();
  fft.forward(picture, spectrum);
  squareFine(spectrum, side);
  fft.inverse(spectrum, picture);
  const whole = picture[0]!;
  return picture.map((value) => value / whole);
}

/** Turns a spectrum into its power, without shading, in place. */
function squareFine({ real, imaginary }: Spectrum, side: number): void {
  const rows = side / 2 + 1;
  for (let i = 0; i < real.length; i++) {
    const column = Math.floor(i / rows);
    const frequency = Math.hypot(Math.min(column, side - column), i % rows) / side;
    real[i] = frequency < leastFrequency ? 0 : real[i]! ** 2 + imaginary[i]! ** 2;
    imaginary[i] = 0;
  }
}
