import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
import type { Raster } from '../src/core/picture/raster';
import type { Size } from '../src/core/picture/rect';
import { resample } from '../src/core/picture/resample';
import { readPng } from './images';
import { listMethods, type Method } from './methods';
import { benchCard } from './model';
import type { Run } from './pages/stage';
import { scoreSet } from './quality-set';
import { serveSite } from './site';
import { figure, median, printTable, rest, type Cells } from './table';
import { startVisit, type Visit } from './visit';

const usage = {
  size: { type: 'string', default: '1024x768' },
  rounds: { type: 'string', default: '1' },
  only: { type: 'string', default: '' },
  'chromium-flags': { type: 'string', default: '' },
  software: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const;

/** A method that takes longer for everything has failed. */
const mostMinutes = 10;

/** Runs after the first; the best of them counts. */
const laterRuns = 2;

/** What one visit measured; null where it cannot be known. */
type Row = {
  readonly method: string;
  readonly backend: string;
  readonly failure?: string;
  readonly figures: Readonly<Record<Figure, number | null>>;
};
type Figure =
  | 'first'
  | 'best'
  | 'inNetwork'
  | 'firstTile'
  | 'firstTileLater'
  | 'longest'
  | 'params'
  | 'macs'
  | 'psnr'
  | 'peakBytes'
  | 'bytes'
  | 'gzipBytes';

type Setting = {
  readonly photo: Raster;
  /** Photos for the quality. */
  readonly set5: string;
  /** False where a GPU is software, on which the quality would take hours. */
  readonly hasFastGpu: boolean;
  readonly flags: readonly string[];
};

/**
 * Our page, the naive use of the same network, and UpscalerJS, on the same photo in the same browser,
 * one after the other, each in a browser process of its own.
 *
 * @param data Folder with the `dev` benchmarks.
 * @param args `--size 512x384`, `--rounds 3` (medians), `--only upscalerjs`, `--software` (software GPU
 *   too), `--chromium-flags "..."`, `--markdown`.
 */
export async function measurePeers(data: string, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: usage });
  const flags = values['chromium-flags'].split(' ').filter(Boolean);
  const [ours, site] = [await serve({ port: 0 }), await serveSite()];
  try {
    const { gpu, browser } = await askBrowser(site.url, flags);
    const size = readSize(values.size);
    console.log(describeMachine(browser, gpu, size));
    const useGpu = gpu.hardware || (values.software && gpu.name !== '');
    if (!useGpu) console.log('WebGPU and WebGL are left out: no real GPU (--software to insist).');
    const folder = join(data, 'Set14');
    const photo = resample(readPng(join(folder, readdirSync(folder)[0]!)), size);
    const methods = listMethods(ours.url, site.url, useGpu).filter(({ name, backend }) =>
      `${name} ${backend}`.toLowerCase().includes(values.only.toLowerCase()),
    );
    const rounds: Row[][] = methods.map(() => []);
    for (let round = 0; round < Number(values.rounds); round++)
      for (const [i, method] of methods.entries()) {
        const setting = { photo, set5: join(data, 'Set5'), hasFastGpu: gpu.hardware, flags };
        const row = await measureMethod(method, setting);
        if (!values.markdown)
          console.error(`${row.method}, ${row.backend}: ${row.failure ?? 'ok'}`);
        rounds[i]!.push(row);
      }
    const cells = rounds.map((rows) => writeRow(summarise(rows), photo));
    printTable(cells, values.markdown);
  } finally {
    await ours.close();
    await site.close();
  }
}

function readSize(text: string): Size {
  const [width = 0, height = 0] = text.split('x').map(Number);
  if (!(width >= 16 && height >= 16)) throw new Error(`--size ${text}: write it like 512x384.`);
  return { width, height };
}

type FoundGpu = { readonly name: string; readonly hardware: boolean };

/** What the browser would run WebGPU on. */
async function askBrowser(
  url: string,
  flags: readonly string[],
): Promise<{ gpu: FoundGpu; browser: string }> {
  const visit = await startVisit(flags);
  try {
    await visit.page.goto(`${url}limit.html`);
    const gpu = await visit.page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      if (!adapter) return { name: '', hardware: false };
      const { vendor, architecture, isFallbackAdapter } = adapter.info;
      return { name: `${vendor} ${architecture}`, hardware: !isFallbackAdapter };
    });
    return { gpu, browser: visit.browser.version() };
  } finally {
    await visit.close();
  }
}

function describeMachine(browser: string, gpu: FoundGpu, { width, height }: Size): string {
  const [cpu] = cpus();
  const kind = gpu.hardware ? 'hardware' : 'software';
  const adapter = gpu.name ? `${gpu.name} (${kind})` : 'none';
  return (
    `${width} × ${height} to 2×. Chromium ${browser}, headless; ${cpu?.model.trim() ?? 'unknown'}, ` +
    `${cpus().length} threads; WebGPU adapter: ${adapter}.\n`
  );
}

/** One method in a fresh browser. */
async function measureMethod(method: Method, setting: Setting): Promise<Row> {
  const visit = await startVisit(setting.flags);
  let isLate = false;
  const alarm = setTimeout(() => {
    isLate = true;
    void visit.close();
  }, mostMinutes * 60_000);
  try {
    return await measureVisit(visit, method, setting);
  } catch (error) {
    const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
    const failure = isLate ? `not done after ${mostMinutes} minutes` : message;
    return { method: method.name, backend: method.backend, failure, figures: nothing };
  } finally {
    clearTimeout(alarm);
    await visit.close();
  }
}

/** A first run, the later ones, and then the quality, which the figures of speed must not see. */
async function measureVisit(visit: Visit, method: Method, setting: Setting): Promise<Row> {
  const { page } = visit;
  await method.open(page, setting.photo);
  await visit.longestTaskMs();
  const first = await method.run(page);
  const longest = await visit.longestTaskMs();
  const { bytes, gzipBytes } = await visit.download();
  const later: Run[] = [];
  for (let run = 0; run < laterRuns; run++) later.push(await method.run(page));
  const best = later.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  const peakBytes = await visit.peakBytes();
  const { name, isLimit = false } = method;
  const figures = {
    first: isLimit ? null : first.seconds,
    best: best.seconds,
    inNetwork: best.networkSeconds === null ? null : best.networkSeconds / best.seconds,
    firstTile: isLimit ? null : first.firstTileSeconds,
    firstTileLater: isLimit ? null : best.firstTileSeconds,
    longest: isLimit ? null : longest,
    params: best.params ?? benchCard().params,
    macs: best.macsPerPixel ?? benchCard().macsPerPixel,
    psnr: await measurePsnr(page, method, setting),
    peakBytes,
    bytes,
    gzipBytes,
  };
  return { method: name, backend: best.backend, figures };
}

async function measurePsnr(
  page: Page,
  method: Method,
  { set5, hasFastGpu }: Setting,
): Promise<number | null> {
  const { backend, result } = method;
  if (!result || (backend !== 'wasm' && !hasFastGpu)) return null;
  const score = await scoreSet(set5, 2, async (low) => {
    await method.reopen(page, low);
    await method.run(page);
    return result(page);
  });
  return score.method;
}

const nothing: Row['figures'] = {
  first: null,
  best: null,
  inNetwork: null,
  firstTile: null,
  firstTileLater: null,
  longest: null,
  params: null,
  macs: null,
  psnr: null,
  peakBytes: null,
  bytes: null,
  gzipBytes: null,
};

/** Medians over the rounds; a method that ever failed has failed. */
function summarise(rows: readonly Row[]): Row {
  const failed = rows.find(({ failure }) => failure !== undefined);
  if (failed) return failed;
  const names = Object.keys(nothing) as Figure[];
  const middle = (name: Figure) => {
    const values = rows.map(({ figures }) => figures[name]).filter((each) => each !== null);
    return values.length > 0 ? median(values) : null;
  };
  const figures = Object.fromEntries(names.map((name) => [name, middle(name)]));
  return { ...rows[0]!, figures: figures as Row['figures'] };
}

function writeRow({ method, backend, failure, figures }: Row, { width, height }: Size): Cells {
  const { best, macs, firstTile, firstTileLater, bytes, gzipBytes } = figures;
  const mega = (value: number | null, digits: number) =>
    figure(value === null ? null : value / 1e6, digits);
  const throughput = best && macs ? (macs * width * height) / best / 1e9 : null;
  return {
    method: failure === undefined ? method : `${method}: failed, ${failure}`,
    backend,
    'first run, s': figure(figures.first, 2),
    'best of the next 2, s': figure(best, 2),
    'outside the network': rest(figures.inNetwork),
    'first tile, s': `${figure(firstTile, 2)} / ${figure(firstTileLater, 2)}`,
    'longest task, ms': figures.longest === 0 ? 'under 50' : figure(figures.longest, 0),
    'kMAC a pixel': figure(macs === null ? null : macs / 1000, 1),
    parameters: figure(figures.params, 0),
    'GMAC/s': figure(throughput, 1),
    'Set5 PSNR-Y, dB': figure(figures.psnr, 2),
    'peak memory, MB': mega(figures.peakBytes, 0),
    'download (gzip), MB': `${mega(bytes, 1)} (${mega(gzipBytes, 1)})`,
  };
}
