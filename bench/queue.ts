import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.mjs';
import { serve } from '../scripts/serve.mjs';
import { drawPhoto, serveTiny, startMeter, type Meter } from './memory';
import { printTable } from './table';

const mega = 1e6;
const patienceMs = 3_600_000;

/** How many photos pass before memory is measured, and over how many at each end its peak is taken. */
const [settled, measured] = [20, 5];

/** Photos that are done one by one, for comparison. */
const singles = 3;

/**
 * Memory and throughput of a queue on the CPU tier, all photos enlarged twice by a network that costs next to nothing and written
 * into a folder. Linux only.
 *
 * @param args How many photos (500), of how many megapixels (12). `--markdown` for a document.
 */
export async function measureQueue(args: readonly string[]): Promise<void> {
  const [count = 500, megapixels = 12] = args.map(Number).filter((number) => number > 0);
  const least = 2 * measured + 1;
  if (count < least)
    throw new Error(`A queue that is to be measured has ${least} photos at least.`);
  const folder = mkdtempSync(join(tmpdir(), 'enlarger-queue-'));
  const { url, close } = await serve({ port: 0 });
  // What a private window writes into its private file system would be memory of the browser's.
  const options = { ...launchOptions(), serviceWorkers: 'block' } as const;
  const context = await chromium.launchPersistentContext('', options);
  const meter = await startMeter(context.browser()!);
  try {
    const files = await makePhotos(folder, count, megapixels);
    const [page = await context.newPage()] = context.pages();
    page.setDefaultTimeout(patienceMs);
    await serveTiny(page);
    await page.addInitScript(offerFolder);
    await visit(page, url);
    const single = await timeSingles(page, files[0]!);
    await visit(page, url);
    const found = await runQueue(page, files, meter);
    const change = (late: number, early: number) => `${(100 * (late / early - 1)).toFixed(1)} %`;
    const { early, late, seconds } = found;
    const row = {
      photos: String(count),
      'MP each': String(megapixels),
      'one photo, s': single.toFixed(2),
      'queue, s a photo': (seconds / count).toFixed(2),
      'throughput of single photos’': ((single * count) / seconds).toFixed(2),
      'resident, MB': `${inMB(early.held)} → ${inMB(late.held)}`,
      change: change(late.held, early.held),
      'heap of the page, MB': `${inMB(early.heap)} → ${inMB(late.heap)}`,
      'its change': change(late.heap, early.heap),
      'all processes, MB': `${inMB(early.all)} → ${inMB(late.all)}`,
      'their change': change(late.all, early.all),
    };
    printTable([row], args.includes('--markdown'));
  } finally {
    meter.stop();
    await context.close();
    await close();
    rmSync(folder, { recursive: true });
  }
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(`${url}?backend=wasm`);
  await page.getByRole('button', { name: 'Open photo' }).first().waitFor();
}

const inMB = (bytes: number) => (bytes / mega).toFixed(0);

/** One photo under many names: each is read and decoded anew. */
async function makePhotos(folder: string, count: number, megapixels: number): Promise<string[]> {
  const photo = join(folder, 'photo.jpg');
  writeFileSync(photo, await drawPhoto(megapixels));
  return Array.from({ length: count }, (_, i) => {
    const name = join(folder, `${String(i + 1).padStart(4, '0')}.jpg`);
    linkSync(photo, name);
    return name;
  });
}

/** Gives the page a folder of the browser's own in place of one that a person chooses. */
function offerFolder(): void {
  const chooser = {
    showDirectoryPicker: async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('out', { create: true }),
  };
  Object.assign(globalThis, chooser);
}

/** Seconds of a photo alone: opened, enlarged and encoded. What is animated or waited for between is not counted. */
async function timeSingles(page: Page, file: string): Promise<number> {
  const input = page.locator('input[type=file]').first();
  const status = page.getByRole('status');
  const enhance = page.getByRole('button', { name: 'Enhance', exact: true });
  const times: number[] = [];
  for (let i = 0; i < singles; i++) {
    let start = performance.now();
    const take = () => {
      const seconds = (performance.now() - start) / 1000;
      start = performance.now();
      return seconds;
    };
    await input.setInputFiles([]);
    take();
    await input.setInputFiles(file);
    await status.filter({ hasText: 'Opened ' }).waitFor();
    const opening = take();
    await page.getByRole('radio', { name: '2×' }).check({ force: true });
    await enhance.and(page.locator(':enabled')).waitFor();
    take();
    await enhance.click();
    // Only a result can be saved.
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.and(page.locator(':enabled')).waitFor();
    const running = take();
    await Promise.all([page.waitForEvent('download'), save.click()]);
    times.push(opening + running + take());
  }
  // The first has loaded the network and compiled the codecs.
  return times.slice(1).reduce((sum, each) => sum + each, 0) / (times.length - 1);
}

/** What was held over some photos, in bytes: at most by the page's process and by all, and on its heap at the end. */
type Held = { readonly held: number; readonly all: number; readonly heap: number };

async function runQueue(
  page: Page,
  files: readonly string[],
  meter: Meter,
): Promise<{ readonly early: Held; readonly late: Held; readonly seconds: number }> {
  const session = await page.context().newCDPSession(page);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await button('Options').click();
  await button('Save into a folder').click();
  await page.keyboard.press('Escape');
  // Photos of 12 megapixels are not enlarged unasked.
  await page.getByRole('radio', { name: '2×' }).check({ force: true });
  await button('As set now').click();
  const start = performance.now();
  await button('Enhance all').click();
  const from = Math.min(settled, Math.floor(files.length / 2) - measured);
  const early = await holdOver(page, session, meter, from, from + measured);
  const late = await holdOver(page, session, meter, files.length - measured, files.length);
  return { early, late, seconds: (performance.now() - start) / 1000 };
}

async function holdOver(
  page: Page,
  session: CDPSession,
  meter: Meter,
  from: number,
  to: number,
): Promise<Held> {
  await waitFor(page, from);
  meter.take();
  await waitFor(page, to);
  const { page: held, all } = meter.take();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { held, all, heap: usedSize };
}

/** Waits until so many photos are done; one that failed would make the figures lies. */
async function waitFor(page: Page, done: number): Promise<void> {
  const failed = await page.waitForFunction((wanted) => {
    const said = document.querySelector('[role=status]')?.textContent ?? '';
    const [, count = '0', faults = '0'] = /(\d+) of \d+ done, (\d+) failed/.exec(said) ?? [];
    return Number(faults) > 0 ? said : Number(count) >= wanted && 'done';
  }, done);
  const said = await failed.jsonValue();
  if (said !== 'done') throw new Error(String(said));
}
