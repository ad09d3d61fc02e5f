import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { launchOptions } from '../scripts/chromium.mjs';
import { devHeaders } from '../scripts/headers.mjs';
import { unbundled } from '../vite.config';

/** Named, so that none is found half-way, which would reload the page. */
const bundled = [
  ...['@xmldom/xmldom', 'comlink', 'idb-keyval', 'mediabunny', 'protobufjs/minimal'],
  'libheif-js/libheif-wasm/libheif.js',
];

/**
 * Opens a blank page that runs a script of `bench/pages` from its source, with all that it imports.
 *
 * @param script Its name.
 * @param measurement What is done in the page, once the script has run.
 * @param args What the browser is started with besides.
 */
export async function withSourcePage(
  script: string,
  measurement: (page: Page, version: string) => Promise<void>,
  args: readonly string[] = [],
): Promise<void> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    optimizeDeps: { exclude: unbundled, include: bundled, noDiscovery: true },
    worker: { format: 'es' },
    server: { port: 0, hmr: false, headers: devHeaders },
  });
  await server.listen();
  const options = launchOptions();
  const browser = await chromium.launch({ ...options, args: [...options.args, ...args] });
  try {
    const page = await browser.newPage();
    const blank = { contentType: 'text/html', headers: devHeaders, body: '' };
    await page.route('**/blank', (route) => route.fulfill(blank));
    await page.goto(`${server.resolvedUrls!.local[0]!}blank`);
    await page.addScriptTag({ type: 'module', url: `/bench/pages/${script}.ts` });
    await page.waitForFunction(() => 'isScriptReady' in globalThis);
    await measurement(page, browser.version());
  } finally {
    await browser.close();
    await server.close();
  }
}
