import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { psnr } from '../src/core/run/eta';
import { cropRaster, type Raster } from '../src/core/picture/raster';
import { readPng } from './images';
import type { Bench } from './measure';
import { enhance, openFile, saveResult } from './page-ours';
import { figure, printTable, type Cells } from './table';

/** What is done to a photo before the page sees it. */
type Damage = { readonly kind: 'none' | 'jpeg' | 'noise'; readonly level: number };

const cases: readonly { folder: string; damage: Damage; count: number }[] = [
  { folder: 'CID22_val', damage: { kind: 'none', level: 0 }, count: 100 },
  ...[10, 30, 60].map((level) => ({
    folder: 'LIVE1',
    damage: { kind: 'jpeg', level } as const,
    count: 15,
  })),
  ...[10, 25].map((level) => ({
    folder: 'CBSD68',
    damage: { kind: 'noise', level } as const,
    count: 15,
  })),
];

type Damaged = {
  readonly truth: Raster;
  readonly given: Raster;
  readonly damaged: { readonly mimeType: string; readonly buffer: Buffer };
};

/**
 * RGB-PSNR of what the page suggests, at 1x, through its own buttons: on clean photos, which it must
 * leave alone, and on photos with JPEG damage (the browser's encoder) or white noise (clamped, 8 bit).
 *
 * @param bench Browser, page and data.
 * @param folders Instead of these: folders that `python3 -m training.benchmarks TASK NAME FOLDER` has written.
 */
export async function measureRestoration(
  { browser, url, data }: Bench,
  folders: readonly string[],
): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(`${url}?backend=wasm`);
  const rows: Cells[] = [];
  for (const folder of folders) {
    const border = 16; // what a blur takes from outside is not in the picture
    rows.push(await measureSet(page, basename(folder), readPairs(folder), border));
  }
  for (const { folder, damage, count } of folders.length > 0 ? [] : cases) {
    const name = `${folder}, ${damage.kind === 'none' ? 'clean' : `${damage.kind} ${damage.level}`}`;
    const files = readdirSync(join(data, folder)).slice(0, count);
    const photos = files.map((file) => () => damagePhoto(page, join(data, folder, file), damage));
    rows.push(await measureSet(page, name, photos, 0));
  }
  printTable(rows, false);
  await page.close();
}

async function measureSet(
  page: Page,
  photos: string,
  each: readonly (() => Promise<Damaged>)[],
  border: number,
): Promise<Cells> {
  const scores = { before: [] as number[], after: [] as number[] };
  let untouched = 0;
  for (const load of each) {
    const { truth, given, damaged } = await load();
    const result = await restore(page, damaged);
    untouched += result === null ? 1 : 0;
    const before = decibels(given, truth, border);
    scores.before.push(before);
    scores.after.push(result === null ? before : decibels(result, truth, border));
  }
  const gains = scores.after.map((after, i) => after - scores.before[i]!);
  return {
    photos,
    suggested: `${each.length - untouched} of ${each.length}`,
    'before, dB': figure(mean(scores.before), 2),
    'after, dB': figure(mean(scores.after), 2),
    'worst after, dB': figure(Math.min(...scores.after), 2),
    'worst gain, dB': figure(Math.min(...gains), 2),
  };
}

function readPairs(folder: string): (() => Promise<Damaged>)[] {
  const read = (kind: string, file: string) => readFileSync(join(folder, kind, file));
  return readdirSync(join(folder, 'truth')).map((file) => () => {
    const buffer = read('damaged', file);
    const damaged = { mimeType: 'image/png', buffer };
    return Promise.resolve({
      truth: readPng(read('truth', file)),
      given: readPng(buffer),
      damaged,
    });
  });
}

/** Equal pictures count as 100 dB; `border` pixels at each side do not count. */
function decibels(a: Raster, b: Raster, border: number): number {
  return Math.min(100, psnr(colours(a, border), colours(b, border)));
}

function colours(raster: Raster, border: number): ArrayLike<number> {
  const [width, height] = [raster.width - 2 * border, raster.height - 2 * border];
  const { data } = cropRaster(raster, { x: border, y: border, width, height });
  return data.filter((_, i) => i % 4 < 3);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function damagePhoto(page: Page, path: string, damage: Damage): Promise<Damaged> {
  const photo = readFileSync(path).toString('base64');
  const [truth, given, damaged] = await page.evaluate(damageInPage, { photo, damage });
  const mimeType = damage.kind === 'jpeg' ? 'image/jpeg' : 'image/png';
  const buffers = [truth, given].map((text) => readPng(Buffer.from(text!, 'base64')));
  const buffer = Buffer.from(damaged!, 'base64');
  return { truth: buffers[0]!, given: buffers[1]!, damaged: { mimeType, buffer } };
}

/** Runs in the page: the photo as PNG, the damaged picture as PNG, and the damaged file; base64. */
async function damageInPage({
  photo,
  damage,
}: {
  photo: string;
  damage: Damage;
}): Promise<string[]> {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const draw = async (source: Blob) => {
    const bitmap = await createImageBitmap(source);
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    context.drawImage(bitmap, 0, 0);
  };
  const base64 = async (blob: Blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192)
      text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(text);
  };
  await draw(new Blob([Uint8Array.from(atob(photo), (each) => each.charCodeAt(0))]));
  const truth = await canvas.convertToBlob();
  if (damage.kind === 'noise') {
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    // A seeded generator (mulberry32) and Box-Muller: the same noise on every run.
    let seed = damage.level;
    const random = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    for (let i = 0; i < pixels.data.length; i++)
      if (i % 4 < 3)
        pixels.data[i]! +=
          damage.level * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    context.putImageData(pixels, 0, 0);
  }
  const file =
    damage.kind === 'jpeg'
      ? await canvas.convertToBlob({ type: 'image/jpeg', quality: damage.level / 100 })
      : await canvas.convertToBlob();
  await draw(file);
  const given = await canvas.convertToBlob();
  return Promise.all([truth, given, file].map(base64));
}

/** The page's result at 1x with its suggestion; null where it suggests to do nothing. */
async function restore(page: Page, file: Damaged['damaged']): Promise<Raster | null> {
  await openFile(page, file);
  await page.getByText('Looking for a camera shake').waitFor({ state: 'hidden' });
  await page.getByRole('radio', { name: '1×' }).check({ force: true });
  const use = page.getByRole('button', { name: 'Use the suggestion' });
  if (await use.isVisible()) await use.click();
  const nothing = page.getByText('Nothing to do');
  const button = page.getByRole('button', { name: 'Enhance' }).and(page.locator(':enabled'));
  await button.or(nothing).first().waitFor();
  if (await nothing.isVisible()) return null;
  await enhance(page);
  await page.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'PNG' });
  return saveResult(page);
}
