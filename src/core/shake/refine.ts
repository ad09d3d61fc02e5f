import { fade, rampOf } from './fade';
import { Fft2d, type Spectrum } from './fft';
import { fit, normalise, transfer, wrappedAt, type BlurKernel } from './blur-kernel';
import type { Pace } from './pace';
import { createPlane, crop, type Plane } from '../picture/plane';
import type { Size } from '../picture/rect';

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

/** Everything about a blurred picture that stays while edges and kernel take turns, and room to work. */
type Search = {
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

function createSearch(window: Plane, margin: number): Search {
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

/**
 * Sharpens a window's edges with the kernel, solves for a kernel of that side that blurs them, and
 * again. Xu, Zheng & Jia 2013, "Unnatural L0 Sparse Representation for Natural Image Deblurring", in
 * the closed forms of Pan et al. 2014, "Deblurring Text Images via L0-Regularized Intensity and
 * Gradient Prior".
 *
 * @param window In linear light; its sides are powers of two.
 * @param start The kernel to begin with.
 * @param startPrice What an edge costs in the first round, in squared light.
 * @param count Rounds.
 * @param pace Told of the work.
 * @returns The kernel, and the price of the next round.
 */
export async function refine(
  window: Plane,
  start: BlurKernel,
  startPrice: number,
  count: number,
  pace: Pace,
): Promise<{ kernel: BlurKernel; price: number }> {
  const { side } = start;
  const smallest = Math.min(window.width, window.height);
  const search = createSearch(window, Math.min(side, Math.floor(smallest / 4)));
  let [kernel, price] = [start, startPrice];
  for (let round = 0; round < count; round++) {
    await sharpen(search, kernel, price, pace);
    kernel = solve(search, side);
    price = Math.max(price / cheaper, leastPrice);
  }
  return { kernel: fit(kernel, side), price };
}

/**
 * Finds the picture of few edges, each at a price, that the kernel blurs into the search's; leaves its
 * spectrum in `edges`. Half-quadratic splitting; Xu et al. 2011, "Image Smoothing via L0 Gradient
 * Minimization".
 */
async function sharpen(
  search: Search,
  kernel: BlurKernel,
  price: number,
  pace: Pace,
): Promise<void> {
  const { fft, blurred, spectrum, steps, power, picture, pulled, edges } = search;
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
 * The kernel that blurs the differences of neighbours in the search's `edges` into those of its
 * blurred picture, weak and stray taps cut.
 */
function solve({ fft, spectrum, steps, picture, edges }: Search, side: number): BlurKernel {
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
function cutStray({ side, taps }: BlurKernel): Float32Array {
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
function takeIsland({ side, taps }: BlurKernel, start: number): number[] {
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
