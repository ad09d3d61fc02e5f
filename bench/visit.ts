import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import { launchOptions } from '../scripts/chromium.mjs';

/** Bytes of all responses so far. */
export type Download = { readonly bytes: number; readonly gzipBytes: number };

/** A browser of its own: nothing is cached, compiled or allocated yet. */
export type Visit = {
  readonly page: Page;
  readonly browser: Browser;
  /** What has been downloaded: as served, and what gzip would make of it. */
  download(): Promise<Download>;
  /** Most memory that the page's process and the GPU's have held together; null but on Linux. */
  peakBytes(): Promise<number | null>;
  /** The longest task of the main thread since this was last asked, in milliseconds; 0 under 50. */
  longestTaskMs(): Promise<number>;
  close(): Promise<void>;
};

/**
 * Starts a browser and prepares a page that is measured from its first byte.
 *
 * @param flags Command-line switches on top of the tests' own, for instance to choose a GPU driver.
 * @returns The visit, to be closed by the caller.
 */
export async function startVisit(flags: readonly string[]): Promise<Visit> {
  const options = launchOptions();
  const browser = await chromium.launch({ ...options, args: [...options.args, ...flags] });
  // A service worker would fetch the shell a second time.
  const page = await browser.newPage({ serviceWorkers: 'block' });
  page.setDefaultTimeout(900_000);
  const urls: string[] = [];
  let bytes = 0;
  const finished: Promise<unknown>[] = [];
  page.context().on('requestfinished', (request) => {
    if (!request.url().startsWith('http')) return;
    urls.push(request.url());
    const count = ({ responseBodySize }: { responseBodySize: number }) =>
      (bytes += responseBodySize);
    finished.push(request.sizes().then(count));
  });
  await watchMainThread(page);
  return {
    page,
    browser,
    async download() {
      await Promise.all(finished);
      const sizes = await Promise.all(urls.map(gzipSize));
      return { bytes, gzipBytes: sizes.reduce((sum, size) => sum + size, 0) };
    },
    peakBytes: () => readPeak(browser),
    longestTaskMs: () => longestTaskMs(page),
    close: () => browser.close(),
  };
}

/**
 * Notes the long tasks of a page's main thread: call before the page is opened.
 *
 * @param page A blank page.
 */
export async function watchMainThread(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const longTasks: number[] = [];
    Object.assign(globalThis, { longTasks });
    new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });
}

/**
 * The longest task of a watched page since this was last asked.
 *
 * @param page See {@link watchMainThread}.
 * @returns Milliseconds; 0 under 50.
 */
export function longestTaskMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { longTasks } = globalThis as unknown as { longTasks: number[] };
    return Math.max(0, ...longTasks.splice(0));
  });
}

const gzipSizes = new Map<string, Promise<number>>();

function gzipSize(url: string): Promise<number> {
  const size = gzipSizes.get(url) ?? fetchGzipSize(url);
  gzipSizes.set(url, size);
  return size;
}

async function fetchGzipSize(url: string): Promise<number> {
  return gzipSync(await (await fetch(url)).arrayBuffer()).length;
}

type ProcessInfo = { processInfo: { type: string; id: number }[] };

/** Peak resident memory of the largest renderer, which is the page's, and of the GPU process. */
async function readPeak(browser: Browser): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as ProcessInfo;
  const peak = (type: string) =>
    Math.max(0, ...processInfo.filter((each) => each.type === type).map(({ id }) => readHwm(id)));
  return peak('renderer') + peak('GPU');
}

/** `VmHWM` of /proc/pid/status, in bytes; proc(5). */
function readHwm(pid: number): number {
  const [, kib = '0'] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}
