import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { analyse } from '../src/core/findings/analyse';
import { looksShaken } from '../src/core/findings/suggest';
import { cropRaster, type Raster } from '../src/core/picture/raster';
import { psnr } from '../src/core/run/eta';
import { findShake, widthOf } from '../src/core/shake/find';
import { takeShakeBack } from '../src/core/shake/take-back';
import { harmless } from '../tests/unit/core/harmless/list';
import { readPng } from './images';
import { readPhoto } from './photo-file';
import { figure, printTable, type Cells } from './table';

/** Folders of photos that no camera shake blurred, in the folder of benchmark and training photos. */
const photoFolders = [
  ...['cid22', 'clic', 'wallpapers'].map((name) => join('train', name)),
  ...['Set5', 'Set14', 'CBSD68', 'LIVE1', 'CID22_val'].map((name) => join('dev', name)),
];

/** What a blur takes from outside is not in the picture: so many pixels at each side do not count. */
const border = 16;

const goOn = () => Promise.resolve();

/**
 * How often a shake is found where there is none: in clean photos and in drawn pictures, as the page does it: those
 * that look soft are searched. Sets the exit code 1 where any is found. No browser, no network.
 *
 * @param data Folder with `train` and `dev`; null where there is none: then only drawn pictures are tried.
 * @param folders Folders of pairs instead, that `python3 -m training.benchmarks deblur levin FOLDER` has written: what
 *   the same path gains in them before any network.
 */
export async function measureShakes(
  data: string | null,
  folders: readonly string[],
): Promise<void> {
  const rows: Cells[] = [];
  if (folders.length > 0) {
    for (const folder of folders) rows.push(await measurePairs(folder));
    return printTable(rows, false);
  }
  for (const folder of data ? photoFolders : []) {
    const paths = readdirSync(join(data!, folder)).map((name) => join(data!, folder, name));
    rows.push(
      await countFound(
        folder,
        paths.map((path) => [basename(path), () => readPhoto(path)]),
      ),
    );
  }
  rows.push(
    await countFound(
      'drawn',
      harmless.map(({ name, draw }) => [name, () => Promise.resolve(draw())]),
    ),
  );
  printTable(rows, false);
  if (rows.some(({ found }) => found !== '0')) process.exitCode = 1;
}

async function countFound(
  pictures: string,
  all: readonly (readonly [name: string, load: () => Promise<Raster>])[],
): Promise<Cells> {
  let [searched, found] = [0, 0];
  for (const [name, load] of all) {
    const raster = await load();
    if (!looksShaken(analyse(raster, null))) continue;
    searched++;
    const shake = await findShake(raster, goOn);
    if (!shake) continue;
    found++;
    console.log(`${pictures}, ${name}: over ${widthOf(shake)} pixels`);
  }
  return {
    pictures,
    count: String(all.length),
    searched: String(searched),
    found: String(found),
  };
}

async function measurePairs(folder: string): Promise<Cells> {
  const gains: number[] = [];
  let [searched, found] = [0, 0];
  for (const name of readdirSync(join(folder, 'truth'))) {
    const [truth, given] = ['truth', 'damaged'].map((kind) => readPng(join(folder, kind, name)));
    const looks = looksShaken(analyse(given!, null));
    searched += looks ? 1 : 0;
    const shake = looks ? await findShake(given!, goOn) : null;
    found += shake ? 1 : 0;
    const result = shake ? await takeShakeBack(given!, shake, goOn) : given!;
    gains.push(decibels(result, truth!) - decibels(given!, truth!));
  }
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  return {
    pictures: basename(folder),
    count: String(gains.length),
    searched: String(searched),
    found: String(found),
    'gain, mean dB': figure(mean, 2),
    'worst gain, dB': figure(Math.min(...gains), 2),
  };
}

function decibels(a: Raster, b: Raster): number {
  const colours = (raster: Raster) => {
    const [width, height] = [raster.width - 2 * border, raster.height - 2 * border];
    const { data } = cropRaster(raster, { x: border, y: border, width, height });
    return data.filter((_, i) => i % 4 < 3);
  };
  return psnr(colours(a), colours(b));
}
