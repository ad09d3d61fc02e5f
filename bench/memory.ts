import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.mjs';
import { serve } from '../scripts/serve.mjs';
import { makeTinyCatalog, type Tiny } from '../tests/fixtures/tiny-catalog';
import { printTable, type Cells } from './table';

/** One line of the table. */
type Case = {
  readonly megapixels: number;
  readonly scale: 1 | 2 | 4;
  readonly format: 'PNG' | 'JPEG' | 'TIFF' | 'WebP';
  /** Strength in percent: below 100 the finish has work to do while saving. */
  readonly strength: number;
};

const cases: readonly Case[] = [
  { megapixels: 24, scale: 2, format: 'PNG', strength: 100 },
  { megapixels: 24, scale: 2, format: 'JPEG', strength: 100 },
  { megapixels: 24, scale: 2, format: 'JPEG', strength: 80 },
  { megapixels: 20, scale: 4, format: 'PNG', strength: 100 },
  { megapixels: 20, scale: 4, format: 'JPEG', strength: 100 },
  { megapixels: 20, scale: 4, format: 'TIFF', strength: 100 },
  { megapixels: 100, scale: 1, format: 'PNG', strength: 100 },
];

const models = join(import.meta.dirname, '../tests/fixtures/models');
const often = 50;
const mega = 1e6;
const patienceMs = 900_000;

/**
 * Resident memory of the built page's process, and of all of the browser's, while a photo is opened, enlarged
 * on the CPU tier by a network that costs next to nothing, and saved. Linux only.
 *
 * @param args Which cases, by their numbers from 1; all by default. `--markdown` for a document.
 */
export async function measureMemory(args: readonly string[]): Promise<void> {
  const wanted = args.map(Number).filter((number) => number > 0);
  const rows: Cells[] = [];
  const { url, close } = await serve({ port: 0 });
  try {
    for (const [i, each] of cases.entries())
      if (wanted.length === 0 || wanted.includes(i + 1)) rows.push(await measureCase(url, each));
  } finally {
    await close();
  }
  printTable(rows, args.includes('--markdown'));
}

async function measureCase(url: string, each: Case): Promise<Cells> {
  // As a person's file comes: what Playwright hands over by itself goes through the page's own heap, 70 MB of it here.
  const folder = mkdtempSync(join(tmpdir(), 'enlarger-memory-'));
  const name = 'photo.jpg';
  writeFileSync(join(folder, name), await drawPhoto(each.megapixels));
  // The private files of a window that keeps nothing would be memory of the browser's.
  const options = { ...launchOptions(), serviceWorkers: 'block' } as const;
  const context = await chromium.launchPersistentContext('', options);
  const meter = await startMeter(context.browser()!);
  try {
    const [page = await context.newPage()] = context.pages();
    page.setDefaultTimeout(patienceMs);
    await serveTiny(page);
    await page.goto(`${url}?backend=wasm`);
    await page.getByRole('button', { name: 'Open photo' }).first().waitFor();
    const empty = meter.take();
    await page.locator('input[type=file]').setInputFiles(join(folder, name));
    await page
      .getByRole('status')
      .filter({ hasText: `Opened ${name},` })
      .waitFor();
    const opened = meter.take();
    const figures = each.scale === 1 ? null : await enlarge(page, each, meter);
    const source = each.megapixels * 4;
    const output = source * each.scale ** 2;
    return {
      case: describe(each),
      'source, MB': source.toFixed(0),
      'output, MB': output.toFixed(0),
      'empty page': cell(empty),
      'while opening': cell(opened),
      'while running': cell(figures?.running),
      'while saving': cell(figures?.saving),
      'file, MB': figures ? (figures.bytes / mega).toFixed(0) : '–',
      'saving, s': figures ? figures.seconds.toFixed(0) : '–',
    };
  } finally {
    meter.stop();
    await context.close();
    rmSync(folder, { recursive: true });
  }
}

const cell = (held?: Held) =>
  held ? `${(held.page / mega).toFixed(0)} / ${(held.all / mega).toFixed(0)}` : '–';

function describe({ megapixels, scale, format, strength }: Case): string {
  if (scale === 1) return `${megapixels} MP, opened`;
  return `${megapixels} MP, ${scale}×, ${format}${strength < 100 ? `, strength ${strength} %` : ''}`;
}

async function enlarge(page: Page, { scale, format, strength }: Case, meter: Meter) {
  await page.getByRole('radio', { name: `${scale}×` }).check({ force: true });
  const enhance = page.getByRole('button', { name: 'Enhance' }).and(page.locator(':enabled'));
  const refused = page.getByRole('alert');
  await enhance.or(refused).first().waitFor();
  if (await refused.count()) throw new Error((await refused.allTextContents()).join(' '));
  await enhance.click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.getByRole('button', { name: 'Enhance' }).waitFor();
  const running = meter.take();
  await page.getByRole('combobox', { name: 'Format' }).selectOption({ label: format });
  await page.getByRole('slider', { name: 'Strength' }).fill(String(strength));
  meter.take();
  const start = performance.now();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  const bytes = await sizeOf(await download.createReadStream());
  return { running, saving: meter.take(), bytes, seconds: (performance.now() - start) / 1000 };
}

async function sizeOf(stream: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const part of stream) bytes += part.length;
  return bytes;
}

/**
 * The tiny networks of the tests in place of the site's models.
 *
 * @param page Is given them, where it asks for models.
 */
export async function serveTiny(page: Page): Promise<void> {
  const tiny = JSON.parse(readFileSync(join(models, 'tiny.json'), 'utf8')) as Tiny[];
  const names = readdirSync(models);
  await page.route(/\/models\//, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1)!;
    if (name === 'catalog.json') return route.fulfill({ json: makeTinyCatalog(tiny) });
    if (names.includes(name)) return route.fulfill({ path: join(models, name) });
    return route.fallback();
  });
}

/**
 * A JPEG of 3 to 2 with detail of every size, drawn in a browser of its own.
 *
 * @param megapixels How large, about.
 * @returns The file.
 */
export async function drawPhoto(megapixels: number): Promise<Buffer> {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.evaluate(async (pixels) => {
        const height = 2 * Math.round(Math.sqrt(pixels / 6));
        const canvas = new OffscreenCanvas(1.5 * height, height);
        const context = canvas.getContext('2d')!;
        let state = 1;
        const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
        for (let disc = 0; disc < 20_000; disc++) {
          context.fillStyle = `hsl(${360 * random()} ${60 * random()}% ${20 + 60 * random()}%)`;
          context.beginPath();
          const radius = (0.003 * height) / Math.sqrt(random() + 0.002);
          context.arc(random() * canvas.width, random() * height, radius, 0, 7);
          context.fill();
        }
        const link = document.createElement('a');
        link.href = URL.createObjectURL(
          await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }),
        );
        link.download = 'photo.jpg';
        link.click();
      }, megapixels * mega),
    ]);
    return readFileSync(await download.path());
  } finally {
    await browser.close();
  }
}

/** Bytes of memory. */
type Held = {
  /** Of the page's process. */
  readonly page: number;
  /** Of all processes of the browser; what they share counts in each. */
  readonly all: number;
};

/** Follows the memory of a browser. */
export type Meter = {
  /** The most that was held since this was last asked. */
  take(): Held;
  stop(): void;
};

type ProcessInfo = { processInfo: { type: string; id: number }[] };

/**
 * Follows the memory of a browser from now on. Linux only.
 *
 * @param browser Any.
 * @returns To be stopped.
 */
export async function startMeter(browser: Browser): Promise<Meter> {
  const session = await browser.newBrowserCDPSession();
  let processes: ProcessInfo['processInfo'] = [];
  let peak: Held = { page: 0, all: 0 };
  let isOver = false;
  const measure = () => {
    if (isOver) return;
    const now = readHeld(processes);
    peak = { page: Math.max(peak.page, now.page), all: Math.max(peak.all, now.all) };
    setTimeout(measure, often);
  };
  const look = async () => {
    while (!isOver) {
      ({ processInfo: processes } = await session.send('SystemInfo.getProcessInfo'));
      await new Promise((done) => setTimeout(done, 500));
    }
  };
  look().catch(() => undefined);
  measure();
  return {
    take() {
      const most = peak;
      peak = readHeld(processes);
      return most;
    },
    stop: () => void (isOver = true),
  };
}

/** The page's process is the largest renderer. */
function readHeld(processes: ProcessInfo['processInfo']): Held {
  let [page, all] = [0, 0];
  for (const { type, id } of processes) {
    const bytes = readResident(id);
    all += bytes;
    if (type === 'renderer') page = Math.max(page, bytes);
  }
  return { page, all };
}

/** `VmRSS` of /proc/pid/status, in bytes; proc(5). */
function readResident(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // It has ended.
    return 0;
  }
}
