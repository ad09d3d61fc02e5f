import { readFileSync } from 'node:fs';
import type { Page, Worker } from '@playwright/test';
import type { Raster } from '../src/core/picture/raster';
import type { Scale } from '../src/core/recipe/kinds';
import { readPng, writePng } from './images';
import type { Run } from './pages/stage';

/** Files so far: each has a name of its own, so that its opening can be waited for. */
let files = 0;

/**
 * Opens a file in the built page and waits until the page offers what it can do with it.
 *
 * @param page The built page.
 * @param file A picture; at 2x there is always something to do.
 */
export async function openFile(
  page: Page,
  { mimeType, buffer }: { readonly mimeType: string; readonly buffer: Buffer },
): Promise<void> {
  const name = `photo-${++files}.${mimeType.slice('image/'.length)}`;
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  const opened = page.getByRole('status').filter({ hasText: `Opened ${name},` });
  await opened.waitFor();
  await page.getByRole('radio', { name: '2×' }).check({ force: true });
  // By then the controls are those of this photo.
  await page.getByRole('button', { name: 'Enhance' }).and(page.locator(':enabled')).waitFor();
}

/**
 * Opens a picture in the built page and asks for the faithful enlarger alone, whatever is suggested.
 *
 * @param page The built page.
 * @param photo The picture.
 * @param scale The scale.
 */
export async function openPhoto(page: Page, photo: Raster, scale: Scale): Promise<void> {
  await openFile(page, { mimeType: 'image/png', buffer: writePng(photo) });
  await page.getByRole('radio', { name: `${scale}×` }).check({ force: true });
  for (const radio of await page.getByRole('radio', { name: 'Faithful' }).all())
    await radio.check({ force: true });
  for (const name of ['Noise', 'JPEG', 'Deblur'])
    for (const slider of await page.getByRole('slider', { name, exact: true }).all())
      await slider.fill('0');
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
  const { network } = await readMeasures(page);
  const networkSeconds = network > 0 ? network / 1000 : null;
  return { seconds, firstTileSeconds, networkSeconds, backend };
}

function readSums(worker: Worker): Promise<number[]> {
  const sums = worker.evaluate(() =>
    ['enlarger:enhance', 'enlarger:network'].map((name) =>
      performance.getEntriesByName(name).reduce((sum, each) => sum + each.duration, 0),
    ),
  );
  return sums.catch(() => [0, 0]);
}

/** Of an engine that has just been replaced, which fails to answer and took part in nothing. */
async function noSums(): Promise<number[]> {
  await new Promise((done) => setTimeout(done, 1000));
  return [0, 0];
}

/** Milliseconds of the whole run, and of its runs of the network on the wasm tier, as measured by the page's workers. */
export async function readMeasures(page: Page): Promise<{ whole: number; network: number }> {
  // Not onnxruntime's threads, which answer nothing.
  const ours = page.workers().filter((worker) => /(enhancer|engine)\.worker/.test(worker.url()));
  const sums = await Promise.all(ours.map((worker) => Promise.race([readSums(worker), noSums()])));
  const total = (i: number) => sums.reduce((sum, each) => sum + (each[i] ?? 0), 0);
  return { whole: total(0), network: total(1) };
}

/**
 * Saves the result with the page's button.
 *
 * @param page The built page after a run.
 * @returns The file.
 */
export async function saveFile(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}

/**
 * Saves the result, a PNG, with the page's button.
 *
 * @param page The built page after a run.
 * @returns The result.
 */
export async function saveResult(page: Page): Promise<Raster> {
  return readPng(await saveFile(page));
}
