import type { Browser, Page } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
import { enhance, openFile, saveFile } from './page-ours';
import { pageTile, type PageCase } from './result-cases';
import { loadPhoto } from './result-photos';

/** The built page; `close` ends the server. */
export type AppPage = {
  /** The PNG file that its Save button gives. */
  run(one: PageCase): Promise<Buffer>;
  close(): Promise<void>;
};

/**
 * Opens the built page on the CPU, with tiles of a forced size.
 *
 * @param browser Any; the page has a profile of its own.
 * @param folder Where the page was built to.
 * @returns The page.
 */
export async function openApp(browser: Browser, folder: string): Promise<AppPage> {
  const server = await serve({ root: folder, port: 0 });
  const page = await browser.newPage({ serviceWorkers: 'block' });
  page.setDefaultTimeout(120_000);
  await page.goto(`${server.url}?backend=wasm&tile=${pageTile}`);
  return {
    run: (one) => runCase(page, one),
    async close() {
      await page.close();
      await server.close();
    },
  };
}

async function runCase(page: Page, { photo, recipe, strength }: PageCase): Promise<Buffer> {
  const { scale, variant, clean, deblur = 0 } = recipe;
  await openFile(page, loadPhoto(photo));
  // What is found later would be put into the sliders.
  await page.getByText('Looking for a camera shake').waitFor({ state: 'hidden' });
  const choose = (name: string) => page.getByRole('radio', { name, exact: true });
  const set = (name: string, percent: number) =>
    page.getByRole('slider', { name, exact: true }).fill(String(percent));
  const name = variant === 'faithful' ? 'Faithful' : 'Crisp';
  await page.getByRole('radio', { name }).check({ force: true });
  await choose(`${scale}×`).check({ force: true });
  await set('Noise', clean?.noise ?? 0);
  await set('JPEG', clean?.jpeg ?? 0);
  await set('Deblur', deblur);
  await page.getByRole('button', { name: 'Enhance' }).and(page.locator(':enabled')).waitFor();
  await enhance(page);
  await set('Strength', strength);
  await page.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'PNG' });
  return saveFile(page);
}
