import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../scripts/install.mjs';
import type { Found } from './pages/find';
import { withSearches } from './search-page';
import { printTable, type Cells } from './table';

/** What a search is to reach: overlap with the truth, percent of a clean photo, seconds of 12 megapixels. */
const wanted = { overlap: 0.6, clean: 0.2, seconds: 3 };

/**
 * Looks for damage on the CPU, in a browser, as the page does: in photos and made old prints with damage that the
 * network has never seen (`python3 -m training.benchmarks find-damage IoU`), in the same photos as they are, and in 12
 * megapixels against the clock.
 *
 * @param data Folder of the benchmark photos.
 * @param args Folder of the models and their catalogue; `public/models` by default.
 */
export async function measureFinding(data: string, [models]: readonly string[]): Promise<void> {
  const pairs = mkdtempSync(join(tmpdir(), 'finding-'));
  const python = process.env['PYTHON'] ?? '/usr/bin/python3';
  execFileSync(python, ['-m', 'training.benchmarks', 'find-damage', 'IoU', pairs], { cwd: root });
  const folders = { damaged: join(pairs, 'damaged'), truth: join(pairs, 'truth') };
  const clean = join(data, 'CID22_val');
  try {
    await withSearches('find', 'timeSearch', models, async (page) => {
      const damaged = await findAll(page, folders.damaged, folders.truth);
      const untouched = await findAll(page, clean);
      // The photos come first, and every other photo is made an old print.
      const photos = Math.ceil(damaged.length / 2);
      const seconds = await page.evaluate(() => timeSearch(4000, 3000));
      printTable(
        [
          row('overlap with the truth', overlap(damaged), `at least ${wanted.overlap}`),
          row('the same, photos', overlap(damaged.slice(0, photos)), '–'),
          row('the same, old prints', overlap(damaged.slice(photos)), '–'),
          row('overlap at a half', overlap(damaged, 'atHalf'), '–'),
          row('clean photos marked, %', percent(untouched, 'marked'), `under ${wanted.clean}`),
          row('the same at a half, %', percent(untouched, 'markedAtHalf'), '–'),
          row('the same, widened to be healed, %', percent(untouched, 'healed'), '–'),
          row('12 megapixels, s', seconds, `at most ${wanted.seconds}`),
        ],
        false,
      );
    });
  } finally {
    rmSync(pairs, { recursive: true });
  }
}

async function findAll(page: Page, folder: string, truths?: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of readdirSync(folder).sort()) {
    const addresses = [folder, ...(truths ? [truths] : [])].map((each) => `/@fs${each}/${name}`);
    found.push(await page.evaluate(([photo, truth]) => findIn(photo!, truth), addresses));
  }
  return found;
}

const sum = (found: readonly Found[], of: keyof Found) =>
  found.reduce((total, each) => total + each[of], 0);

const overlap = (found: readonly Found[], at: '' | 'atHalf' = '') =>
  at === ''
    ? sum(found, 'both') / sum(found, 'either')
    : sum(found, 'bothAtHalf') / sum(found, 'eitherAtHalf');

const percent = (found: readonly Found[], of: keyof Found) =>
  (100 * sum(found, of)) / sum(found, 'pixels');

const row = (what: string, value: number, promised: string): Cells => ({
  what,
  here: value.toFixed(3),
  wanted: promised,
});
