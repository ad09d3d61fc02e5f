import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findNegative } from '../src/core/findings/negative';
import { toneRaster } from '../src/core/frame/tone';
import { displayOf, lightTable } from '../src/core/picture/light';
import type { Raster } from '../src/core/picture/raster';
import { neutralTone } from '../src/core/recipe/tone';
import { compareColours } from './balance';
import { drawNumbers } from './numbers';
import { readPhoto } from './photo-file';
import { figure, median, printTable } from './table';

/** Folders of photos that are no negatives. */
const folders = ['CID22_val', 'CBSD68', 'LIVE1', 'Set14', 'Set5', 'real/old'];

/** Usual colour film: densities of its orange mask, and how fast each layer's density grows with light. */
const film = { mask: [0.12, 0.45, 0.75], gammas: [0.6, 0.65, 0.7] } as const;

/** The least light that film tells from none. */
const leastLight = 2 ** -8;

const pause = async () => {};

/**
 * Makes film negatives of photos, and inverted ones, and prints how many are told to be negatives, how many photos are, and how far
 * their positives' colours are from the photo. No browser.
 *
 * @param data Folder of the benchmark photos.
 */
export async function measureNegatives(data: string): Promise<void> {
  const kinds = { film: makeFilm, inverted: invert } as const;
  const found = new Map(
    Object.keys(kinds).map((kind) => [
      kind,
      { told: 0, before: [] as number[], after: [] as number[] },
    ]),
  );
  const [random, told, count] = [drawNumbers(7), [] as string[], { photos: 0 }];
  for (const folder of folders)
    for (const name of readdirSync(join(data, folder)).filter((each) =>
      /\.(png|jpg|webp)$/.test(each),
    )) {
      const photo = await readPhoto(join(data, folder, name));
      count.photos++;
      if (findNegative(photo)?.isFilm) told.push(name);
      for (const [kind, make] of Object.entries(kinds)) {
        const given = make(photo, random);
        const negative = findNegative(given);
        if (!negative) continue;
        const tone = { ...neutralTone, negative: negative.film };
        const sums = found.get(kind)!;
        sums.told += Number(negative.isFilm);
        sums.before.push(compareColours(given, photo));
        sums.after.push(compareColours(await toneRaster(given, tone, pause), photo));
      }
    }
  console.log(
    `${count.photos} photos as they are: told to be negatives ${told.length} ${told.join(', ')}`,
  );
  printTable(
    [...found].map(([kind, { told: each, before, after }]) => ({
      negatives: kind,
      count: String(after.length),
      told: String(each),
      'colour off': figure(median(before), 1),
      'as positives': figure(median(after), 1),
    })),
    false,
  );
}

/** A photo on colour film, of a density, mask and speed of its own. */
function makeFilm(photo: Raster, random: () => number): Raster {
  const between = (low: number, high: number) => low + (high - low) * random();
  const [dense, fast, bright] = [between(0.75, 1.2), between(0.85, 1.1), between(0.6, 0.95)];
  const most = 10 ** (-film.mask[0] * dense);
  const light = lightTable(8);
  const tables = film.gammas.map((gamma, c) => {
    const own = gamma * fast * between(0.95, 1.05);
    const clear = (bright * 10 ** (-film.mask[c]! * dense)) / most;
    return Uint8Array.from(light, (value) =>
      Math.round(displayOf(clear * ((value + leastLight) / leastLight) ** -own + 0.004, 255)),
    );
  });
  return remap(photo, (level, c) => tables[c]![level]!);
}

const invert = (photo: Raster) => remap(photo, (level) => 255 - level);

function remap(photo: Raster, map: (level: number, c: number) => number): Raster {
  const data = Uint8ClampedArray.from(photo.data, (level, i) =>
    i % 4 === 3 ? level : map(level, i % 4),
  );
  return { ...photo, data };
}
