import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Raster } from '../src/core/raster';
import type { Scale } from '../src/core/recipe';
import { readPng, writePng } from './images';
import { chooseEnlarger } from './page';
import type { Run } from './pages/stage';

/**
 * Opens a picture in the built page and asks for the faithful enlarger alone.
 *
 * @param page The built page.
 * @param photo The picture.
 * @param scale The scale.
 */
export async function openPhoto(page: Page, photo: Raster, scale: Scale): Promise<void> {
  const file = { name: 'photo.png', mimeType: 'image/png', buffer: writePng(photo) };
  await page.locator('input[type=file]').setInputFiles(file);
  const opened = `${photo.width} × ${photo.height}`;
  await page.getByRole('status').filter({ hasText: opened }).waitFor();
  await chooseEnlarger(page, scale);
}

/**
 * Notes when pictures that the page has not shown before are drawn, which during a run are finished
 * tiles: call before the page is opened.
 *
 * @param page A blank page.
 */
export async function watchTiles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new WeakSet();
    const fresh: number[] = [];
    Object.assign(globalThis, { freshPictures: fresh });
    const contexts = [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D];
    for (const { prototype } of contexts) {
      const draw = Reflect.get(prototype, 'drawImage') as (...args: unknown[]) => void;
      Reflect.set(prototype, 'drawImage', function (this: unknown, ...args: unknown[]) {
        const [picture] = args;
        if (picture instanceof ImageBitmap && !seen.has(picture)) {
          seen.add(picture);
          requestAnimationFrame(() => fresh.push(performance.now()));
        }
        draw.apply(this, args);
      });
    }
  });
}

/**
 * Presses Enhance and waits until the run has ended and its last tile is drawn.
 *
 * @param page The built page, with a photo open.
 * @returns The run, timed in the page.
 */
export async function enhance(page: Page): Promise<Omit<Run, 'params' | 'macsPerPixel'>> {
  const { seconds, firstTileSeconds } = await page.evaluate(async () => {
    const find = (name: string) =>
      [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
    const until = (isTrue: () => boolean) =>
      new Promise<void>((done) => {
        const check = () => isTrue() && (watch.disconnect(), done());
        const watch = new MutationObserver(check);
        watch.observe(document.body, { subtree: true, childList: true, attributes: true });
        check();
      });
    const { freshPictures } = globalThis as unknown as { freshPictures?: number[] };
    freshPictures?.splice(0);
    const start = performance.now();
    find('Enhance')?.click();
    await until(() => find('Cancel') !== undefined);
    await until(() => find('Cancel') === undefined);
    await new Promise((done) => requestAnimationFrame(done));
    const end = performance.now();
    const first = freshPictures?.[0] ?? end;
    return { seconds: (end - start) / 1000, firstTileSeconds: (first - start) / 1000 };
  });
  const status = (await page.getByRole('status').allTextContents()).join(' ');
  const backend = status.includes('WebAssembly') ? 'wasm' : 'webgpu';
  const networkSeconds = backend === 'wasm' ? await readNetworkSeconds(page) : null;
  return { seconds, firstTileSeconds, networkSeconds, backend };
}

/** Sum of the measures that the engine leaves of every run of the network on the wasm tier. */
async function readNetworkSeconds(page: Page): Promise<number | null> {
  const [worker] = page.workers();
  const ms = await worker?.evaluate(() =>
    performance.getEntriesByName('enlarger:network').reduce((sum, each) => sum + each.duration, 0),
  );
  return ms ? ms / 1000 : null;
}

/**
 * Saves the result with the page's button.
 *
 * @param page The built page after a run.
 * @returns The result.
 */
export async function saveResult(page: Page): Promise<Raster> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  return readPng(readFileSync(await download.path()));
}
