import { centre, normalise, transfer, type BlurKernel } from '../../../src/core/shake/blur-kernel';
import { Fft2d } from '../../../src/core/shake/fft';
import { displayOf, lightTable } from '../../../src/core/picture/light';
import { createRaster, type Raster, type Raster8 } from '../../../src/core/picture/raster';
import { reflect } from '../../../src/core/picture/resample';
import { seedRandom } from './scenes';

/**
 * Dead leaves in strong colours: discs that cover each other, larger and of more contrast than those
 * of `drawScene`, so that their edges outlive a wide blur.
 *
 * @param width In pixels.
 * @param height In pixels.
 * @param seed Which scene.
 * @returns An opaque raster of its own.
 */
export function drawLeaves(width: number, height: number, seed = 1): Raster8 {
  const random = seedRandom(seed);
  const raster = createRaster({ width, height }, false);
  raster.data.fill(255);
  for (let disc = 0; disc < (width * height) / 150; disc++) {
    const radius = 3 / Math.sqrt(random() + 0.002);
    const [x, y, grey] = [random() * width, random() * height, 20 + 190 * random()];
    const colour = [0, 1, 2].map(() => grey + 40 * random());
    for (let v = Math.max(0, Math.ceil(y - radius)); v < Math.min(height, y + radius); v++)
      for (let u = Math.max(0, Math.ceil(x - radius)); u < Math.min(width, x + radius); u++) {
        const cover = Math.min(1, radius - Math.hypot(u - x, v - y));
        const at = (v * width + u) * 4;
        for (let c = 0; c < 3 && cover > 0; c++)
          raster.data[at + c]! += cover * (colour[c]! - raster.data[at + c]!);
      }
  }
  return raster;
}

/**
 * The kernel of a path that is followed at an even speed.
 *
 * @param path Where the light is at a time of -1..1, in pixels from the middle, within the reach.
 * @param reach Taps to each side.
 * @returns A centred kernel.
 */
export function drawPath(path: (time: number) => [number, number], reach: number): BlurKernel {
  const side = 2 * reach + 1;
  const taps = new Float64Array(side * side);
  for (let i = 0; i <= 2000; i++) {
    const [x, y] = path(i / 1000 - 1);
    const [u, v] = [Math.floor(x), Math.floor(y)];
    for (const [column, row] of [
      [u, v],
      [u + 1, v],
      [u, v + 1],
      [u + 1, v + 1],
    ] as const)
      if (Math.abs(column) <= reach && Math.abs(row) <= reach)
        taps[(row + reach) * side + column + reach]! +=
          (1 - Math.abs(column - x)) * (1 - Math.abs(row - y));
  }
  return centre(normalise(taps));
}

/**
 * A round Gaussian.
 *
 * @param sigma In pixels.
 * @returns A centred kernel.
 */
export function drawRound(sigma: number): BlurKernel {
  const reach = Math.ceil(3 * sigma);
  const side = 2 * reach + 1;
  const taps = Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) - reach, Math.floor(i / side) - reach];
    return Math.exp((x * x + y * y) / (-2 * sigma * sigma));
  });
  return normalise(taps);
}

/** A bent path over 17 pixels. */
export const bent = drawPath((t) => [7 * t, 5 * t * t - 4 + 3 * t], 9);

/** Straight motion over 15 pixels. */
export const straight = drawPath((t) => [7 * t, 0], 8);

/**
 * Blurs in linear light.
 *
 * @param source Read from; the border is reflected.
 * @param kernel What a camera did.
 * @returns A new raster, rounded to 8 bit.
 */
export function shakeScene(source: Raster8, kernel: BlurKernel): Raster8 {
  const margin = kernel.side;
  const sideOf = (length: number) => 2 ** Math.ceil(Math.log2(length + 2 * margin));
  const size = { width: sideOf(source.width), height: sideOf(source.height) };
  const fft = new Fft2d(size);
  const [blur, spectrum] = [transfer(kernel, size, fft), fft.createSpectrum()];
  const plane = new Float32Array(size.width * size.height);
  const lightOf = lightTable(8);
  const out = { ...source, data: source.data.slice() };
  for (let c = 0; c < 3; c++) {
    for (let y = 0, i = 0; y < size.height; y++)
      for (let x = 0; x < size.width; x++, i++) {
        const [u, v] = [reflect(x - margin, source.width), reflect(y - margin, source.height)];
        plane[i] = lightOf[source.data[(v * source.width + u) * 4 + c]!]!;
      }
    fft.forward(plane, spectrum);
    for (let i = 0; i < spectrum.real.length; i++) {
      const [re, im] = [spectrum.real[i]!, spectrum.imaginary[i]!];
      spectrum.real[i] = re * blur.real[i]! - im * blur.imaginary[i]!;
      spectrum.imaginary[i] = re * blur.imaginary[i]! + im * blur.real[i]!;
    }
    fft.inverse(spectrum, plane);
    for (let y = 0; y < source.height; y++)
      for (let x = 0; x < source.width; x++)
        out.data[(y * source.width + x) * 4 + c] = displayOf(
          plane[(y + margin) * size.width + x + margin]!,
          255,
        );
  }
  return out;
}

/**
 * A picture in the light of the night.
 *
 * @param source Read from.
 * @returns A new raster, an eighth as bright.
 */
export function darken(source: Raster8): Raster8 {
  const lightOf = lightTable(8);
  const data = source.data.map((value, i) =>
    i % 4 === 3 ? value : displayOf(lightOf[value]! / 8, 255),
  );
  return { ...source, data };
}

/**
 * Adds lamps sixty times as bright as white, blurred by a kernel, and clips them.
 *
 * @param source Read from.
 * @param kernel What a camera did.
 * @param count How many, in a row across the middle.
 * @returns A new raster.
 */
export function addLamps(source: Raster8, kernel: BlurKernel, count: number): Raster8 {
  const out = { ...source, data: source.data.slice() };
  const lightOf = lightTable(8);
  const reach = kernel.side >> 1;
  for (let lamp = 0; lamp < count; lamp++)
    for (const [tap, share] of kernel.taps.entries()) {
      const x = Math.floor(((lamp + 0.5) * source.width) / count) + (tap % kernel.side) - reach;
      const y = (source.height >> 1) + 9 * (lamp % 3) + Math.floor(tap / kernel.side) - reach;
      const at = (y * source.width + x) * 4;
      for (let c = 0; c < 3; c++)
        out.data[at + c] = displayOf(Math.min(1, lightOf[out.data[at + c]!]! + 60 * share), 255);
    }
  return out;
}

/**
 * How near one picture is to another, without a border of 16 pixels.
 *
 * @param a One.
 * @param b Another of the same size.
 * @returns The peak signal-to-noise ratio of R, G and B in dB.
 */
export function psnrInside(a: Raster, b: Raster): number {
  let [sum, count] = [0, 0];
  for (let y = 16; y < a.height - 16; y++)
    for (let x = 16; x < a.width - 16; x++)
      for (let c = 0; c < 3; c++, count++) {
        const at = (y * a.width + x) * 4 + c;
        sum += (a.data[at]! - b.data[at]!) ** 2;
      }
  return 10 * Math.log10((255 ** 2 * count) / sum);
}

/** Does not pause. */
export const goOn = async (): Promise<void> => {};
