import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { resample } from '../src/core/picture/resample';
import { readPng } from './images';
import type { Bench } from './measure';
import { openPhoto, readMeasures } from './page-ours';
import { longestTaskMs, watchMainThread } from './visit';

const runs = 5;
const size = { width: 1024, height: 768 };

/**
 * The wasm tier on a 1024x768 photo at 2x, five runs: whole time against the sum of the pure network
 * runs, and the longest task of the page's main thread meanwhile.
 *
 * @param bench Browser, page and data.
 */
export async function measureSpeed({ browser, url, data }: Bench): Promise<void> {
  const page = await browser.newPage();
  await watchMainThread(page);
  await page.goto(`${url}?backend=wasm`);
  const folder = join(data, 'Set14');
  const source = readPng(join(folder, readdirSync(folder)[0]!));
  await openPhoto(page, resample(source, size), 2);
  await longestTaskMs(page);
  const rows: Record<string, unknown>[] = [];
  for (let run = 1; run <= runs; run++) rows.push(await measureRun(page, run));
  console.table(rows);
  await page.close();
}

async function measureRun(page: Page, run: number): Promise<Record<string, unknown>> {
  await page.getByRole('button', { name: 'Enhance' }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.getByRole('button', { name: 'Enhance' }).waitFor({ timeout: 600_000 });
  const measures = await readMeasures(page);
  const [whole, network] = [measures.whole / 1000, measures.network / 1000];
  const longest = await longestTaskMs(page);
  return {
    run: run === 1 ? '1 (loads the engine)' : run,
    'whole, s': whole.toFixed(2),
    'network, s': network.toFixed(2),
    ratio: (whole / network).toFixed(3),
    'longest main-thread task, ms': longest || 'under 50',
  };
}
