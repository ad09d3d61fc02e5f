import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findFading } from '../src/core/fading/find';
import { undoFading } from '../src/core/fading/undo';
import { isMonochrome } from '../src/core/findings/monochrome';
import { findScanFrame } from '../src/core/findings/scan-frame';
import { healDamage } from '../src/core/heal/heal';
import { findPattern, looksPrinted } from '../src/core/pattern/find';
import { takePatternOut } from '../src/core/pattern/take-out';
import type { Plane } from '../src/core/picture/plane';
import type { Raster } from '../src/core/picture/raster';
import { fade } from './fading';
import { listMarks, plantMarks } from './healing';
import { drawnPatterns } from './patterns';
import { drawNumbers } from './numbers';
import { readPhoto } from './photo-file';
import { figure, printTable } from './table';

/** Folders of photos that are no old prints. */
const fresh = ['CID22_val', 'CBSD68', 'LIVE1', 'Set14', 'Set5'];

/** Old prints that are made, from every so many of CID22's photos. */
const prints = 8;
const every = 5;

type Print = { readonly photo: Raster; readonly print: Raster; readonly damage: Plane };

/** What takes damage away; what it goes by was found in the print as it was. */
type Mender = (picture: Raster, print: Print) => Promise<Raster>;

const pause = async () => {};

const menders: Readonly<Record<string, Mender>> = {
  heal: (picture, { damage }) => healDamage(picture, damage, pause),
  pattern: (picture, { print }) => takePatternOut(picture, findPattern(print).waves, pause),
  colours: async (picture, { print }) =>
    undoFading(
      picture,
      { fading: findFading(print), uneven: null },
      { cast: 1, contrast: 1, even: 0 },
    ),
};

/**
 * Makes eight old prints of photos of CID22, faded, on silk paper and scratched, mends them in every order, and prints how far
 * each comes out from its photo, in levels; and in how many clean photos the press "Old photo" would switch anything on. No browser.
 *
 * @param data Folder of the benchmark photos; sprites of damage lie in `damage` beside it.
 */
export async function measurePress(data: string): Promise<void> {
  const made = await makePrints(data);
  const rows = [];
  for (const order of permute(Object.keys(menders))) {
    let [sum, inDamage] = [0, 0];
    for (const each of made) {
      let picture = each.print;
      for (const name of order) picture = await menders[name]!(picture, each);
      sum += distance(picture, each.photo) / made.length;
      inDamage += distance(picture, each.photo, each.damage) / made.length;
    }
    rows.push({
      order: order.join(', '),
      'from the photo, levels': figure(sum, 2),
      'where it was damaged': figure(inDamage, 2),
    });
  }
  printTable(rows, false);
  for (const folder of fresh) {
    const counts = { frame: 0, pattern: 0, faded: 0, monochrome: 0 };
    const names = readdirSync(join(data, folder)).filter((name) => /\.(png|jpg|webp)$/.test(name));
    for (const name of names) {
      const photo = await readPhoto(join(data, folder, name));
      counts.frame += Number(findScanFrame(photo) !== null);
      counts.pattern += Number(looksPrinted(photo));
      counts.faded += Number(findFading(photo).isFaded);
      counts.monochrome += Number(isMonochrome(photo));
    }
    console.log(`${folder}, ${names.length} photos: ${JSON.stringify(counts)}`);
  }
}

async function makePrints(data: string): Promise<readonly Print[]> {
  const marks = listMarks(data);
  const names = readdirSync(join(data, 'CID22_val'))
    .toSorted()
    .filter((_, i) => i % every === 0)
    .slice(0, prints);
  return Promise.all(
    names.map(async (name, i) => {
      const photo = await readPhoto(join(data, 'CID22_val', name));
      const random = drawNumbers(100 + i);
      const print = drawnPatterns['silk, 7.3 pixels']!.draw(fade(photo, random));
      return { photo, print, damage: plantMarks(print, marks, random) };
    }),
  );
}

function permute(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length === 0) return [[]];
  return names.flatMap((name) =>
    permute(names.filter((other) => other !== name)).map((rest) => [name, ...rest]),
  );
}

/** The root of the mean square over R, G and B, of all pixels or of those that are damaged. */
function distance(a: Raster, b: Raster, damage?: Plane): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    if (i % 4 === 3 || damage?.values[i >> 2] === 0) continue;
    sum += (a.data[i]! - b.data[i]!) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}
