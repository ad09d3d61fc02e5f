import type { Browser } from '@playwright/test';
import { analyse } from '../src/core/findings/analyse';
import { bleedColour } from '../src/core/picture/alpha';
import { createRaster } from '../src/core/picture/raster';
import { createGuide } from '../src/core/tint/guide';
import { spreadTint } from '../src/core/tint/tint-map';
import { sniff } from '../src/formats/sniff';
import { hostTypes } from '../src/embed/frame/host-message';
import { HostSite, hostPage } from '../tests/e2e/host-server';
import { HostileHost } from '../tests/e2e/hostile-host';
import { printTable } from './table';
import { longestTaskMs, watchMainThread } from './visit';

/**
 * The times that are promised, which no test asserts, since a busy machine takes longer: one row each,
 * with what is promised for an idle one.
 *
 * @param browser To open a host's page in.
 * @param url Address of the built page.
 */
export async function measureLimits(browser: Browser, url: string): Promise<void> {
  const longest = await measureElement(browser, url);
  const floods = await measureFloods(browser, url);
  const hashing = await measureHashing(browser, url);
  printTable(
    [
      row("the element, longest task on the host's page", longest, 50),
      ...floods.map(({ kind, ms }) => row(`the frame, behind 100,000 × ${kind}`, ms, 1000)),
      row('hashing all files of a start (the page, the engine, its wasm)', hashing, 100),
      row('measuring a photo of 24 megapixels', time(buildAnalysis()), 1000),
      row('colour under 16 megapixels of transparency', time(buildBleeding()), 15_000),
      row('a dozen strokes spread over 12 megapixels', time(buildTint()), 1500),
      row('reading a header of a megabyte of markers', time(buildSniffing()), 500),
    ],
    false,
  );
}

const row = (what: string, ms: number, promisedMs: number) => ({
  what,
  'ms, here': ms === 0 ? 'under 50' : ms.toFixed(0),
  'ms, promised': `under ${promisedMs}`,
});

/** Milliseconds of the second run: the first one compiles. */
function time(work: () => void): number {
  work();
  const start = performance.now();
  work();
  return performance.now() - start;
}

function buildAnalysis(): () => void {
  const large = createRaster({ width: 6000, height: 4000 }, false);
  for (let i = 0; i < large.data.length; i++) large.data[i] = (i * 2654435761) >>> 24;
  return () => void analyse(large, null);
}

function buildBleeding(): () => void {
  const raster = createRaster({ width: 4096, height: 4096 }, true);
  return () => {
    raster.data.fill(0);
    for (let i = 0; i < raster.data.length; i += 4 * 64) raster.data.fill(200, i, i + 4);
    bleedColour(raster, 32);
  };
}

function buildTint(): () => void {
  const photo = createRaster({ width: 4000, height: 3000 }, false);
  for (let i = 0; i < photo.data.length; i++)
    photo.data[i] = 90 + ((i >> 12) % 100) + ((i * 2654435761) >>> 28);
  const strokes = Array.from({ length: 12 }, (_, i) => ({
    ...{ colour: i % 2 === 0 ? '#86b2de' : '#c89b70', radius: 100 },
    points: [500 + 800 * i, 2000, 800 + 700 * i, 8000],
  }));
  return () => void spreadTint(createGuide(photo), { v: 1, strokes });
}

function buildSniffing(): () => void {
  const markers = new Uint8Array(2 ** 20).fill(0xff);
  markers[1] = 0xd8;
  return () => {
    try {
      sniff(markers);
    } catch {
      // It is no picture; what counts is how soon that is known.
    }
  };
}

/** The longest task of a host's page while its widget loads and opens a photo. */
async function measureElement(browser: Browser, url: string): Promise<number> {
  const site = new HostSite();
  await site.start();
  const markup = '<photo-enhancer src="/me.png" reveal="auto" backend="wasm"></photo-enhancer>';
  site.answers.set('/', { body: hostPage(url, markup) });
  const page = await browser.newPage();
  try {
    await watchMainThread(page);
    await page.goto(site.url());
    // The frame is another process, and its work is not the page's.
    await page.frameLocator('iframe').getByText('192 × 128').waitFor();
    return await longestTaskMs(page);
  } finally {
    await page.close();
    site.stop();
  }
}

/** How long a frame takes to answer behind a hundred thousand messages, once all are sent. */
async function measureFloods(
  browser: Browser,
  url: string,
): Promise<readonly { readonly kind: string; readonly ms: number }[]> {
  const site = new HostSite();
  await site.start();
  const floods = [];
  try {
    for (const kind of ['nonsense', ...hostTypes]) {
      // A new frame for each: one goes on refusing for a while.
      const page = await browser.newPage();
      const host = new HostileHost(page);
      await host.visit(site, url);
      await host.flood(kind, 100_000);
      const start = performance.now();
      await host.answers();
      floods.push({ kind, ms: performance.now() - start });
      await page.close();
    }
    return floods;
  } finally {
    site.stop();
  }
}

/** Milliseconds for the hashes of all that a start takes: the page's own files, and the engine's that this browser uses. */
async function measureHashing(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    return await page.evaluate(async () => {
      const asked = performance.getEntriesByType('resource').map(({ name }) => name);
      const { files } = (await (await fetch('engine.json')).json()) as { files: { url: string }[] };
      const engine = files.map((file) => file.url).filter((name) => !/asyncify|webgpu/.test(name));
      const urls = [location.href, ...asked, ...engine];
      const loads = [...new Set(urls)].map(async (each) => (await fetch(each)).arrayBuffer());
      const buffers = await Promise.all(loads);
      const start = performance.now();
      for (const buffer of buffers) await crypto.subtle.digest('SHA-256', buffer);
      return performance.now() - start;
    });
  } finally {
    await page.close();
  }
}
