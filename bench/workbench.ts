import { chromium, type CDPSession, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.mjs';
import { serve } from '../scripts/serve.mjs';
import { drawPhoto, serveTiny } from './memory';
import { printTable, type Cells } from './table';

/** Sliders of the finish, and where each is moved to, by turns. */
const moves = [
  ['Strength', '40', '60'],
  ['Grain', '30', '50'],
  ['Sharpen', '40', '70'],
  ['Contrast', '20', '40'],
  ['Saturation', '20', '40'],
] as const;

/** How often each is moved. */
const turns = 9;

/** Of the photo; enlarged twice, four times as many. */
const megapixels = 6;

/** How often a mask is changed, each time a whole one. */
const masks = 40;

declare global {
  interface Window {
    /** When a finished picture was put on the stage last, as `performance.now()` counts it. */
    shownAt: number;
  }
}

/**
 * How long the view takes to follow a slider, and how long of that the page's own thread is at work, which other work on the machine does
 * not lengthen; how soon the first alternative is seen, and what the history holds: on
 * the built page at 1280 x 800, a result of 24 megapixels, the tests' tiny networks.
 *
 * @param args What runs the networks and draws: `wasm`, which is the CPU tier, by default; `webgpu` or `auto`.
 *   `--markdown` for a document.
 */
export async function measureWorkbench(args: readonly string[]): Promise<void> {
  const backend = args.find((each) => !each.startsWith('--')) ?? 'wasm';
  const buffer = await drawPhoto(megapixels);
  const { url, close } = await serve({ port: 0 });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage({
      ...{ serviceWorkers: 'block', viewport: { width: 1280, height: 800 } },
    });
    page.setDefaultTimeout(600_000);
    await serveTiny(page);
    await noteShown(page);
    await page.goto(`${url}?backend=${backend}`);
    const file = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer };
    const start = performance.now();
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.locator('.cards label:not(.coming)').first().waitFor();
    const alternative = performance.now() - start;
    await enhance(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const rows: Cells[] = [];
    for (const move of moves) rows.push(await measureMove(page, session, move));
    const held = await measureHistory(page, session);
    const markdown = args.includes('--markdown');
    printTable(rows, markdown);
    printTable(
      [
        { what: 'from a file to the first alternative, s', here: (alternative / 1000).toFixed(1) },
        { what: `masks of a history of ${masks} changes, MB`, here: (held / 1e6).toFixed(0) },
      ],
      markdown,
    );
  } finally {
    await browser.close();
    await close();
  }
}

async function enhance(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '2×' }).check({ force: true });
  await page.getByRole('button', { name: 'Enhance' }).and(page.locator(':enabled')).click();
  await page.getByRole('slider', { name: 'Strength' }).waitFor();
  await page.getByRole('button', { name: 'Light and colour' }).click();
  await page.getByRole('slider', { name: 'Saturation' }).waitFor();
}

/** Each slider alone: what it has changed is taken back. */
async function measureMove(
  page: Page,
  session: CDPSession,
  [name, one, other]: (typeof moves)[number],
): Promise<Cells> {
  const slider = page.getByRole('slider', { name, exact: true });
  const [times, works]: [number[], number[]] = [[], []];
  // The first reads the plates.
  for (let turn = 0; turn <= turns; turn++) {
    const before = await readThreadMs(session);
    const ms = await slider.evaluate(
      async (input: HTMLInputElement, value) => {
        const start = performance.now();
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        while (window.shownAt < start) await new Promise((shown) => setTimeout(shown, 5));
        return window.shownAt - start;
      },
      turn % 2 ? other : one,
    );
    const work = (await readThreadMs(session)) - before;
    if (turn > 0) times.push(ms);
    if (turn > 0) works.push(work);
  }
  await slider.focus();
  await page.keyboard.press('Delete');
  for (const each of [times, works]) each.sort((a, b) => a - b);
  return {
    slider: name,
    'at work, ms, median': works[Math.floor(works.length / 2)]!.toFixed(0),
    'at work, ms, most': works.at(-1)!.toFixed(0),
    'ms, median': times[Math.floor(times.length / 2)]!.toFixed(0),
    'ms, most': times.at(-1)!.toFixed(0),
  };
}

/** How long the page's own thread has been at work, in milliseconds. */
async function readThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN);
}

/** Bytes that changes of a whole mask leave behind. */
async function measureHistory(page: Page, session: CDPSession): Promise<number> {
  await page.getByRole('button', { name: 'Brush', exact: true }).click();
  const invert = page.getByRole('button', { name: 'Invert' });
  await invert.click();
  const before = await readBuffers(session);
  for (let i = 0; i < masks; i++) await invert.click();
  return (await readBuffers(session)) - before;
}

/** Bytes of array buffers that are still in use. */
async function readBuffers(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const usage = await session.send('Runtime.getHeapUsage');
  return (usage as { backingStorageSize?: number }).backingStorageSize ?? NaN;
}

/** The stage gets what was finished by this alone, in both tiers. */
async function noteShown(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.shownAt = 0;
    const { prototype } = CanvasRenderingContext2D;
    const put = Object.getOwnPropertyDescriptor(prototype, 'putImageData')!
      .value as CanvasRenderingContext2D['putImageData'];
    prototype.putImageData = function (...given: unknown[]) {
      Reflect.apply(put, this, given);
      window.shownAt = performance.now();
    };
  });
}
