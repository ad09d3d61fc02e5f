import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findPattern, looksPrinted, type Wave } from '../src/core/pattern/find';
import { takePatternOut } from '../src/core/pattern/take-out';
import { createRaster, type Raster } from '../src/core/picture/raster';
import { Fft2d } from '../src/core/shake/fft';
import { readPhoto } from './photo-file';
import { figure, printTable, type Cells } from './table';

/** Photos that patterns are drawn over: every so many of CID22. */
const every = 7;

/** Side of the squares that are compared, and frequencies round a wave that are its own. */
const side = 128;
const reach = 3;

/** Dots a pixel are drawn from, along each side. */
const fine = 4;

/** Pixels an inch of the scans. */
const density = 300;

/** A pattern, and the waves that it is made of. */
type Drawn = {
  readonly waves: readonly Wave[];
  readonly draw: (photo: Raster) => Raster;
};

/** Patterns by their names. */
export const drawnPatterns: Readonly<Record<string, Drawn>> = {
  'silk, 7.3 pixels': silk(7.3),
  'silk, 11.5 pixels': silk(11.5),
  '85 lpi, black': halftone(85, [45]),
  '100 lpi, colours': halftone(100, [15, 75, 0]),
  '133 lpi, colours': halftone(133, [15, 75, 0]),
  '150 lpi, colours': halftone(150, [15, 75, 0]),
};

/**
 * Draws patterns of paper and print over photos, takes out what is found, and prints what is left of them at their own
 * frequencies, in dB, and what the photo's strongest edges keep; and in how many clean photos a pattern is suggested. No
 * browser.
 *
 * @param data Folder of the benchmark photos.
 */
export async function measurePatterns(data: string): Promise<void> {
  const names = readdirSync(join(data, 'CID22_val')).toSorted();
  const photos = await Promise.all(names.map((name) => readPhoto(join(data, 'CID22_val', name))));
  const rows: Cells[] = [];
  for (const [name, { waves, draw }] of Object.entries(drawnPatterns)) {
    const left: number[] = [];
    const edges: number[] = [];
    for (const photo of photos.filter((_, i) => i % every === 0)) {
      const damaged = draw(photo);
      const clean = await takePatternOut(damaged, findPattern(damaged).waves, async () => {});
      left.push(shareLeft(lightOf(photo), lightOf(damaged), lightOf(clean), photo, waves));
      edges.push(edgesKept(lightOf(damaged), lightOf(clean), photo));
    }
    rows.push({
      pattern: name,
      photos: String(left.length),
      'left of it, dB': `${figure(Math.min(...left), 1)} to ${figure(Math.max(...left), 1)}`,
      'edges keep, %': `${figure(100 * Math.min(...edges), 1)} to ${figure(100 * Math.max(...edges), 1)}`,
    });
  }
  printTable(rows, false);
  const suggested = photos.filter((photo) => looksPrinted(photo)).length;
  printTable([{ 'clean photos': String(photos.length), suggested: String(suggested) }], false);
}

/** Three waves at 60 degrees, which show by 6 % of the photo's own value. */
function silk(period: number): Drawn {
  const waves = [8, 68, 128].map((degrees) => waveOf(1 / period, degrees));
  return {
    waves,
    draw: (photo) =>
      change(photo, (value, x, y) => {
        const sum = waves.reduce((s, wave) => s + Math.cos(turn(wave, x, y)), 0);
        return value * (1 + 0.06 * sum);
      }),
  };
}

/** Dots of a printer's screens: of black, or of cyan, magenta and yellow, each at its angle. */
function halftone(lines: number, angles: readonly number[]): Drawn {
  const frequency = lines / density;
  const screens = angles.map((degrees) => [
    waveOf(frequency, degrees),
    waveOf(frequency, degrees + 90),
  ]);
  const waves = screens.flatMap(([a, b]) => [
    a!,
    b!,
    { x: a!.x + b!.x, y: a!.y + b!.y },
    { x: a!.x - b!.x, y: a!.y - b!.y },
  ]);
  const draw = (photo: Raster) =>
    change(photo, (value, x, y, c) => {
      const [a, b] = screens[angles.length === 1 ? 0 : c]!;
      let white = 0;
      for (let i = 0; i < fine * fine; i++) {
        const [u, v] = [x + ((i % fine) + 0.5) / fine, y + (Math.floor(i / fine) + 0.5) / fine];
        const height = (2 + Math.cos(turn(a!, u, v)) + Math.cos(turn(b!, u, v))) / 4;
        white += Number(value / 255 > rank(height));
      }
      return 20 + (220 * white) / fine ** 2;
    });
  return { waves, draw };
}

/** Which share of a screen's heights lies below one: dots then cover what they should. */
const heights = Float64Array.from({ length: 256 * 256 }, (_, i) => {
  const [u, v] = [i % 256, i >> 8].map((each) => Math.cos((each * 2 * Math.PI) / 256));
  return (2 + u! + v!) / 4;
}).sort();
const ranks = Float64Array.from({ length: 1025 }, (_, i) => below(i / 1024) / heights.length);
const rank = (height: number) => ranks[Math.round(height * 1024)]!;

function below(height: number): number {
  let [low, high] = [0, heights.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (heights[middle]! < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

const turn = ({ x, y }: Wave, u: number, v: number) => 2 * Math.PI * (x * u + y * v);

function waveOf(frequency: number, degrees: number): Wave {
  const angle = (degrees * Math.PI) / 180;
  return { x: frequency * Math.cos(angle), y: frequency * Math.sin(angle) };
}

function change(
  photo: Raster,
  value: (value: number, x: number, y: number, channel: number) => number,
): Raster {
  const changed = createRaster(photo, false);
  changed.data.fill(255);
  for (let y = 0, at = 0; y < photo.height; y++)
    for (let x = 0; x < photo.width; x++, at += 4)
      for (let c = 0; c < 3; c++)
        changed.data[at + c] = Math.round(value(photo.data[at + c]!, x, y, c));
  return changed;
}

/** The mean of the channels. */
function lightOf({ data, width, height }: Raster): Float32Array {
  return Float32Array.from(
    { length: width * height },
    (_, i) => (data[i * 4]! + data[i * 4 + 1]! + data[i * 4 + 2]!) / 3,
  );
}

/**
 * The part of a pattern that is still in a picture, at the pattern's own frequencies: the projection on it, over
 * overlapping squares, in dB. The photo itself is taken off both.
 */
function shareLeft(
  photo: Float32Array,
  damaged: Float32Array,
  clean: Float32Array,
  { width, height }: Raster,
  waves: readonly Wave[],
): number {
  const fft = new Fft2d({ width: side, height: side });
  const spectra = [fft.createSpectrum(), fft.createSpectrum()] as const;
  const own = frequenciesOf(waves);
  const square = new Float32Array(side * side);
  let [along, all] = [0, 0];
  for (let top = 0; top + side <= height; top += side / 2)
    for (let left = 0; left + side <= width; left += side / 2) {
      for (const [k, picture] of [damaged, clean].entries()) {
        for (let i = 0; i < square.length; i++) {
          const [x, y] = [i % side, Math.floor(i / side)];
          const at = (top + y) * width + left + x;
          const fade =
            Math.sin((Math.PI * (x + 0.5)) / side) * Math.sin((Math.PI * (y + 0.5)) / side);
          square[i] = (picture[at]! - photo[at]!) * fade ** 2;
        }
        fft.forward(square, spectra[k]!);
      }
      const [a, b] = spectra;
      for (const i of own) {
        along += a.real[i]! * b.real[i]! + a.imaginary[i]! * b.imaginary[i]!;
        all += a.real[i]! ** 2 + a.imaginary[i]! ** 2;
      }
    }
  return 20 * Math.log10(Math.abs(along / all) + 1e-9);
}

/** Where the frequencies of waves, and those round them, lie in a spectrum. */
function frequenciesOf(waves: readonly Wave[]): readonly number[] {
  const rows = side / 2 + 1;
  const own: number[] = [];
  const apart = (a: number, b: number) => ((((a - b + 1.5) % 1) + 1) % 1) - 0.5;
  for (let x = 0; x < side; x++)
    for (let y = 0; y < rows; y++) {
      const isNear = waves.some((wave) =>
        [1, -1].some(
          (sign) =>
            Math.hypot(apart(x / side, sign * wave.x), apart(y / side, sign * wave.y)) <=
            reach / side,
        ),
      );
      if (isNear) own.push(x * rows + y);
    }
  return own;
}

/** How much of the strongest twentieth of the edges of a picture, a little blurred, is left, 0..1. */
function edgesKept(before: Float32Array, after: Float32Array, { width, height }: Raster): number {
  const soft = [before, after].map((picture) => blur(picture, width, height));
  const steps: number[][] = [];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const [bx, by, ax, ay] = soft.flatMap((picture) => [
        picture[at + 1]! - picture[at - 1]!,
        picture[at + width]! - picture[at - width]!,
      ]);
      steps.push([bx! ** 2 + by! ** 2, bx! * ax! + by! * ay!]);
    }
  const strongest = steps.sort((a, b) => b[0]! - a[0]!).slice(0, Math.ceil(steps.length / 20));
  const sum = (k: number) => strongest.reduce((total, each) => total + each[k]!, 0);
  return sum(1) / sum(0);
}

/** Two boxes of five pixels, one after the other: what a screen's dots are lost in. */
function blur(picture: Float32Array, width: number, height: number): Float32Array {
  let from = picture;
  for (const step of [1, width, 1, width]) {
    const to = from.slice();
    for (let i = 2 * step; i < width * height - 2 * step; i++)
      to[i] =
        (from[i - 2 * step]! + from[i - step]! + from[i]! + from[i + step]! + from[i + 2 * step]!) /
        5;
    from = to;
  }
  return from;
}
