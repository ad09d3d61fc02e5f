import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.mjs';
import { serve } from '../scripts/serve.mjs';
import { measureBalance } from './balance';
import { measureClip } from './clip';
import { measureClipMemory } from './clip-memory';
import { measureDamage } from './damage';
import { measureOld } from './old';
import { measureFaces } from './faces';
import { measureFilm } from './film';
import { measureFormats } from './formats';
import { measureHarm } from './harm';
import { measureLetters } from './letters';
import { measureLimits } from './limits';
import { measureMemory } from './memory';
import { measurePeers } from './peers';
import { measureQueue } from './queue';
import { measureQuality } from './quality';
import { measureOwnGpu } from './own-gpu';
import { measureOwnLoupe } from './own-loupe';
import { measureReadings } from './readings';
import { measureRestoration } from './restore';
import { compareResults } from './results';
import { measureShakes } from './shakes';
import { measureSizes } from './sizes';
import { measureSpeed } from './speed';
import { measureWorkbench } from './workbench';

/** What a benchmark works with. */
export type Bench = {
  readonly browser: Browser;
  /** Address of the built page. */
  readonly url: string;
  /** Folder with the `dev` benchmarks. */
  readonly data: string;
};

/**
 * Runs benchmarks on the built page.
 *
 * @param wanted `quality`, `restore`, `speed`, `all` (these three), `limits`, `letters`, `own-gpu`, `own-loupe`, `memory`, `queue`, `workbench`, `harm`, `old`, `faces`, `film`, `clip`, `balance`, `shakes`, `sizes`, `peers`,
 *   `readings`, `damage`, `formats`, or `hashes`.
 * @param args What follows it on the command line; for `peers` and `hashes` options, for `restore` and
 *   `shakes` folders of pairs, for `harm` which pictures, for `sizes` how many photos, for `memory` which cases, for `queue` how many photos of how many megapixels, for `readings` a folder, for `old` which part and a folder of models, for `faces` a file for what was seen, for `film` which parts, for `clip` which tiers or `memory`, for `damage` how many
 *   files of each format and the first seed.
 */
export async function measure(wanted: string, args: string[]): Promise<void> {
  if (wanted === 'hashes') return compareResults(args);
  if (wanted === 'formats') return measureFormats();
  if (wanted === 'damage') return measureDamage(args);
  if (wanted === 'readings') return measureReadings(args);
  if (wanted === 'limits') return withPage(measureLimits);
  if (wanted === 'letters') return withPage(measureLetters);
  if (wanted === 'own-gpu') return measureOwnGpu();
  if (wanted === 'own-loupe') return withPage(measureOwnLoupe);
  if (wanted === 'memory') return measureMemory(args);
  if (wanted === 'queue') return measureQueue(args);
  if (wanted === 'workbench') return measureWorkbench(args);
  if (wanted === 'clip' && args[0] === 'memory') return measureClipMemory(args);
  if (wanted === 'clip') return measureClip(args);
  const data = resolve(process.env['ENLARGER_DATA'] ?? '../shared/data', 'dev');
  const isThere = existsSync(join(data, 'Set5'));
  if (wanted === 'shakes') return measureShakes(isThere ? join(data, '..') : null, args);
  if (wanted === 'harm') return measureHarm(isThere ? data : null, args);
  if (!isThere) {
    console.error(`No benchmark photos at ${data}: set ENLARGER_DATA to a folder with dev/Set5.`);
    process.exitCode = 1;
    return;
  }
  if (wanted === 'sizes') return measureSizes(data, args);
  if (wanted === 'old') return measureOld(data, args);
  if (wanted === 'faces') return measureFaces(data, args);
  if (wanted === 'film') return measureFilm(data, args);
  if (wanted === 'balance') return measureBalance(data);
  if (wanted === 'peers') return measurePeers(data, args);
  return withPage(async (browser, url) => {
    const bench = { browser, url, data };
    const isWanted = (name: string) => wanted === name || wanted === 'all';
    if (isWanted('quality')) await measureQuality(bench);
    if (isWanted('restore')) await measureRestoration(bench, args);
    if (isWanted('speed')) await measureSpeed(bench);
  });
}

/** Serves the built page and starts a browser for as long as a measurement takes. */
async function withPage(
  measurement: (browser: Browser, url: string) => Promise<void>,
): Promise<void> {
  const { url, close } = await serve({ port: 0 });
  const browser = await chromium.launch(launchOptions());
  try {
    await measurement(browser, url);
  } finally {
    await browser.close();
    await close();
  }
}
