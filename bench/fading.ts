import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findFading, type Levels } from '../src/core/fading/find';
import { undoFading } from '../src/core/fading/undo';
import { findUneven } from '../src/core/fading/uneven';
import type { Raster } from '../src/core/picture/raster';
import { drawNumbers } from './numbers';
import { readPhoto } from './photo-file';
import { figure, printTable } from './table';

/** Prints that are made of each photo. */
const prints = 2;

/** How much light falls off towards the corners, and how much a dye loses along a side, of prints that have faded unevenly, at the most. */
const mostUneven = { edges: 0.9, slope: 0.35 };

/** Folders of photos that have not faded. */
const fresh = ['CID22_val', 'CBSD68', 'LIVE1'];

/** How a print fades: what is added to each black, and to each white, at the most. */
const casts: readonly { readonly black: Levels; readonly white: Levels }[] = [
  { black: [0.04, 0.02, -0.03], white: [0.02, 0, -0.18] },
  { black: [0.05, -0.03, 0.03], white: [0.02, -0.14, -0.03] },
  { black: [0.05, 0, -0.02], white: [0.02, -0.07, -0.14] },
];

/**
 * Fades photos as dyes do (black lifted, white dimmed, yellow, magenta or red, another curve for each channel), brings
 * their colours back, and prints how far both are from the photo, in levels; the same of prints that have faded unevenly, made
 * even too; and in how many photos that have not faded it is suggested, with how uneven those look. No browser.
 *
 * @param data Folder of the benchmark photos.
 */
export async function measureFading(data: string): Promise<void> {
  const sums = { before: 0, after: 0, worse: 0, told: 0, count: 0 };
  for (const [i, name] of readdirSync(join(data, 'CID22_val')).toSorted().entries()) {
    const photo = await readPhoto(join(data, 'CID22_val', name));
    for (let k = 0; k < prints; k++) {
      const faded = fade(photo, drawNumbers(1 + i * prints + k));
      const fading = findFading(faded);
      const undone = undoFading(faded, { fading, uneven: null }, { cast: 1, contrast: 1, even: 0 });
      const [before, after] = [distance(faded, photo), distance(undone, photo)];
      sums.before += before;
      sums.after += after;
      sums.worse += Number(after > before);
      sums.told += Number(fading.isFaded);
      sums.count++;
    }
  }
  printTable(
    [
      {
        prints: String(sums.count),
        'from the photo, levels': figure(sums.before / sums.count, 1),
        'colours brought back': figure(sums.after / sums.count, 1),
        'made worse': String(sums.worse),
        suggested: String(sums.told),
      },
    ],
    false,
  );
  await measureUneven(data);
  for (const folder of fresh) {
    const names = readdirSync(join(data, folder)).filter((name) => /\.(png|jpg|webp)$/.test(name));
    let suggested = 0;
    const most = { edges: 0, slope: 0 };
    for (const name of names) {
      const photo = await readPhoto(join(data, folder, name));
      suggested += Number(findFading(photo).isFaded);
      const { edges, across, down } = findUneven(photo);
      most.edges = Math.max(most.edges, Math.abs(edges));
      most.slope = Math.max(most.slope, ...across.map((each, c) => Math.hypot(each, down[c]!)));
    }
    console.log(
      `${folder}: suggested for ${suggested} of ${names.length} photos as they are; ` +
        `edges up to ${figure(most.edges, 2)}, slopes of a colour up to ${figure(most.slope, 2)}`,
    );
  }
}

/** The same of prints that have faded unevenly, with and without making them even. */
async function measureUneven(data: string): Promise<void> {
  const sums = { before: 0, flat: 0, even: 0, worse: 0, count: 0 };
  for (const [i, name] of readdirSync(join(data, 'CID22_val')).toSorted().entries()) {
    const photo = await readPhoto(join(data, 'CID22_val', name));
    for (let k = 0; k < prints; k++) {
      const random = drawNumbers(1001 + i * prints + k);
      const print = shade(fade(photo, random), random);
      const [fading, uneven] = [findFading(print), findUneven(print)];
      const amounts = { cast: 1, contrast: 1, even: 1 };
      const flat = distance(undoFading(print, { fading, uneven: null }, amounts), photo);
      const even = distance(undoFading(print, { fading, uneven }, amounts), photo);
      sums.before += distance(print, photo);
      sums.flat += flat;
      sums.even += even;
      sums.worse += Number(even > flat);
      sums.count++;
    }
  }
  printTable(
    [
      {
        'uneven prints': String(sums.count),
        'from the photo, levels': figure(sums.before / sums.count, 1),
        'colours brought back': figure(sums.flat / sums.count, 1),
        'and made even': figure(sums.even / sums.count, 1),
        'worse than not': String(sums.worse),
      },
    ],
    false,
  );
}

/** A picture whose light falls off towards the corners, and whose channels lose along a direction. */
function shade(picture: Raster, random: () => number): Raster {
  const edges = mostUneven.edges * random();
  const direction = 2 * Math.PI * random();
  const drawn = [random(), random(), random()];
  const mean = drawn.reduce((sum, each) => sum + each, 0) / 3;
  const most = Math.max(...drawn.map((each) => Math.abs(each - mean)));
  const slope = mostUneven.slope * random();
  const slopes = drawn.map((each) => (slope * (each - mean)) / most);
  const { width, height } = picture;
  const unit = Math.hypot(width, height) / 2;
  const data = picture.data.slice();
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4) {
      const [u, v] = [(x + 0.5 - width / 2) / unit, (y + 0.5 - height / 2) / unit];
      const along = u * Math.cos(direction) + v * Math.sin(direction);
      for (let c = 0; c < 3; c++)
        data[i + c] = Math.round(
          Math.min(255, data[i + c]! * Math.exp(-edges * (u * u + v * v) - slopes[c]! * along)),
        );
    }
  return { ...picture, data };
}

/**
 * A photo as a print whose dyes have faded: black lifted, white dimmed, a cast, another curve for each channel.
 *
 * @param photo Only read.
 * @param random Numbers of 0..1.
 * @returns A raster of its own.
 */
export function fade(photo: Raster, random: () => number): Raster {
  const between = (low: number, high: number) => low + (high - low) * random();
  const [lift, dim, strength] = [between(0.06, 0.22), between(0.78, 0.96), between(0.3, 1)];
  const cast = casts[Math.floor(random() * casts.length)]!;
  const bend = between(0.85, 1.15);
  const curves = [0, 1, 2].map((c) => {
    const black = Math.max(0.01, lift + strength * cast.black[c]!);
    const white = Math.min(1, dim + strength * cast.white[c]!);
    const own = bend * between(0.92, 1.08);
    return Uint8Array.from({ length: 256 }, (_, v) =>
      Math.round(255 * (black + (white - black) * (v / 255) ** own)),
    );
  });
  const data = photo.data.slice();
  for (let i = 0; i < data.length; i += 4)
    for (let c = 0; c < 3; c++) data[i + c] = curves[c]![data[i + c]!]!;
  return { ...photo, data };
}

/** The root of the mean square over R, G and B. */
function distance(a: Raster, b: Raster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) if (i % 4 < 3) sum += (a.data[i]! - b.data[i]!) ** 2;
  return Math.sqrt(sum / (a.data.length * 0.75));
}
