import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { psnr } from '../src/core/measure';
import type { Raster } from '../src/core/raster';
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

/**
 * RGB-PSNR of what the page suggests, at 1x, through its own buttons: on clean photos, which it must
 * leave alone, and on photos with JPEG damage (the browser's encoder) or white noise (clamped, 8 bit).
 *
 * @param bench Browser, page and data.
 */
export async function measureRestoration({ browser, url, data }: Bench): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(`${url}?backend=wasm`);
  const rows: Cells[] = [];
  for (const { folder, damage, count } of cases) {
    const scores = { before: [] as number[], after: [] as number[] };
    let untouched = 0;
    for (const file of readdirSync(join(data, folder)).slice(0, count)) {
      const { truth, given, damaged } = await damagePhoto(page, join(data, folder, file), damage);
      const result = await restore(page, damaged);
      untouched += result === null ? 1 : 0;
      const before = decibels(given, truth);
      scores.before.push(before);
      scores.after.push(result === null ? before : decibels(result, truth));
    }
    rows.push({
      photos: `${folder}, ${damage.kind === 'none' ? 'clean' : `${damage.kind} ${damage.level}`}`,
      suggested: `${scores.after.length - untouched} of ${scores.after.length}`,
      'before, dB': figure(mean(scores.before), 2),
      'after, dB': figure(mean(scores.after), 2),
      'worst after, dB': figure(Math.min(...scores.after), 2),
    });
  }
  printTable(rows, false);
  await page.close();
}

/** Equal pictures count as 100 dB. */
function decibels(a: Raster, b: Raster): number {
  return Math.min(100, psnr(colours(a), colours(b)));
}

function colours({ data }: Raster): Uint8ClampedArray {
  return data.filter((_, i) => i % 4 < 3);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

type Damaged = { truth: Raster; given: Raster; damaged: { mimeType: string; buffer: Buffer } };

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
