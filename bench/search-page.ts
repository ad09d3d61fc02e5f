import { basename, join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { launchOptions } from '../scripts/chromium.mjs';
import { root } from '../scripts/install.mjs';
import { unbundled } from '../vite.config';

/** What lets a page use threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Opens a page of the searches in a browser, for as long as a measurement takes.
 *
 * @param script Name of its script in `bench/pages`.
 * @param ready What the script sets last.
 * @param models Folder of the models; those of the site where it is left out.
 * @param measurement What is done with the page.
 */
export async function withSearches(
  script: string,
  ready: string,
  models: string | undefined,
  measurement: (page: Page) => Promise<void>,
): Promise<void> {
  const server = await createServer({
    configFile: false,
    root,
    logLevel: 'error',
    optimizeDeps: { entries: [`bench/pages/${script}.ts`], exclude: unbundled },
    server: { port: 0, hmr: false, fs: { strict: false }, headers: isolation },
  });
  await server.listen();
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.route('**/blank', (route) =>
      route.fulfill({ contentType: 'text/html', body: '', headers: isolation }),
    );
    if (models)
      await page.route(
        ({ pathname }) => pathname.startsWith('/models/'),
        (route) => {
          const path = join(models, basename(route.request().url()));
          return route.fulfill({ path, headers: isolation });
        },
      );
    await page.goto(`${server.resolvedUrls!.local[0]!}blank`);
    await page.addScriptTag({ type: 'module', url: `/bench/pages/${script}.ts` });
    await page.waitForFunction((name) => name in globalThis, ready);
    await measurement(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
