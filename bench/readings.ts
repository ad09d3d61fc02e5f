import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../src/core/findings/analyse';
import { suggest } from '../src/core/findings/suggest';
import { readPng } from './images';
import { figure, median, printTable, type Cells } from './table';

/** What `python3 -m training.readings` writes. */
type Readings = {
  /** Settings of the noise control, in levels. */
  readonly sigmas: readonly number[];
  readonly photos: readonly {
    readonly file: string;
    readonly kind: string;
    readonly quality: number | null;
    /** PSNR, and change in levels, at each setting. */
    readonly decibels: readonly number[];
    readonly changes: readonly number[];
  }[];
};

/** What one photo was read as, and what that costs. */
type Reading = {
  readonly loss: number;
  readonly change: number;
  readonly isNoisy: boolean;
  readonly milliseconds: number;
};

/** Decibels from the best setting that a suggestion may be. */
const tolerance = 0.3;

/** Levels that a suggestion may change a photo without noise, beside what its JPEG repair changes. */
const mostChange = 0.5;

/**
 * How far the noise that the app suggests to remove at 1x is from the best for each photo, and how much
 * of a clean one it takes; no browser, no network.
 *
 * @param args The folder that `python3 -m training.readings FOLDER` has filled.
 */
export function measureReadings([folder]: readonly string[]): void {
  if (!folder || !existsSync(join(folder, 'readings.json'))) {
    console.error(
      'First: python3 -m training.readings FOLDER. Then: npm run bench -- readings FOLDER',
    );
    process.exitCode = 1;
    return;
  }
  const { sigmas, photos } = JSON.parse(
    readFileSync(join(folder, 'readings.json'), 'utf8'),
  ) as Readings;
  const kinds = new Map<string, Reading[]>();
  for (const photo of photos) {
    const kind = photo.kind.replace(/ [ab]$/, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), readPhoto(folder, photo, sigmas)]);
  }
  printTable(
    [...kinds].map(([kind, readings]) => summarize(kind, readings)),
    false,
  );
}

function readPhoto(
  folder: string,
  { file, quality, decibels, changes }: Readings['photos'][number],
  sigmas: readonly number[],
): Reading {
  const raster = readPng(join(folder, file));
  const start = performance.now();
  const analysis = analyse(raster, quality);
  const milliseconds = performance.now() - start;
  const noise = suggest(analysis, 1).reasons.find(({ kind }) => kind === 'noise');
  const sigma = noise?.kind === 'noise' ? Math.min(noise.sigma, sigmas.at(-1)!) : 0;
  // The best of all settings, between those that were tried as well.
  const fine = Array.from({ length: 351 }, (_, i) => (i * sigmas.at(-1)!) / 350);
  const best = Math.max(...fine.map((each) => interpolate(sigmas, decibels, each)));
  return {
    loss: best - interpolate(sigmas, decibels, sigma),
    change: interpolate(sigmas, changes, sigma) - changes[0]!,
    isNoisy: sigma > 0,
    milliseconds,
  };
}

function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const i = Math.max(
    1,
    xs.findIndex((each) => each >= x),
  );
  const share = (x - xs[i - 1]!) / (xs[i]! - xs[i - 1]!);
  return ys[i - 1]! + (ys[i]! - ys[i - 1]!) * share;
}

function summarize(kind: string, readings: readonly Reading[]): Cells {
  const losses = readings.map(({ loss }) => loss);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const share = (count: number) => `${count} of ${readings.length}`;
  return {
    photos: kind,
    'read as noisy': share(readings.filter(({ isNoisy }) => isNoisy).length),
    [`within ${tolerance} dB of the best`]: share(
      losses.filter((loss) => loss <= tolerance).length,
    ),
    'loss, mean dB': figure(mean, 2),
    median: figure(median(losses), 2),
    worst: figure(Math.max(...losses), 2),
    [`changed by over ${mostChange}`]: share(
      readings.filter(({ change }) => change > mostChange).length,
    ),
    'ms a photo': figure(median(readings.map(({ milliseconds }) => milliseconds)), 0),
  };
}
