import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { Raster } from '../src/core/picture/raster';
import { psnr } from '../src/core/run/eta';
import { launchOptions } from '../scripts/chromium.mjs';
import { root } from '../scripts/install.mjs';
import { harmless, type Harmless } from '../tests/unit/core/harmless/list';
import { readPng, writePng } from './images';
import type { PhotoFile } from './result-photos';
import { openSdk, type SdkPage } from './result-sdk';
import { figure, printTable, type Cells } from './table';

/** PSNR in dB to the picture itself from which no eye sees a change. */
const leastDecibels = 40;

/** Folders of clean photos, in a folder of benchmark photos. */
const photoFolders = ['Set5', 'Set14', 'CBSD68', 'LIVE1', 'CID22_val'];

/** A file, how it is shown, and what it was before it was saved, where that is another picture. */
type Given = { readonly name: string; readonly file: PhotoFile; readonly origin: Raster | null };

/**
 * Opens pictures that have nothing wrong with them, and runs what is suggested by default at 1x, on the CPU. Prints what
 * was read in each, and how far from the picture it is that the suggestion makes: right is 40 dB and more, or nothing
 * suggested. Where saving has harmed the picture, nearer to what was saved is right as well. Sets the exit code 1 where
 * anything is harmed. Builds the package anew.
 *
 * @param data Folder of the benchmark photos; null where there are none.
 * @param args A regular expression for the names of the pictures wanted.
 */
export async function measureHarm(data: string | null, args: readonly string[]): Promise<void> {
  const wanted = new RegExp(args[0] ?? '');
  execFileSync(process.execPath, ['scripts/build-sdk.mjs'], { cwd: root, stdio: 'pipe' });

  const browser = await chromium.launch(launchOptions());
  const sdk = await openSdk(browser);
  const page = await browser.newPage();
  const counts = { pictures: 0, untouched: 0, harmed: 0 };
  try {
    for await (const given of listFiles(page, data, wanted)) {
      const { line, isTouched, isHarmed } = await tryFile(page, sdk, given);
      counts.pictures++;
      counts.untouched += isTouched ? 0 : 1;
      counts.harmed += isHarmed ? 1 : 0;
      console.log(`${isHarmed ? 'HARMED ' : '       '}${given.name.padEnd(44)}${line}`);
    }
  } finally {
    await sdk.close();
    await browser.close();
  }
  const row: Cells = Object.fromEntries(Object.entries(counts).map(([k, n]) => [k, String(n)]));
  printTable([row], false);
  if (counts.harmed > 0) process.exitCode = 1;
}

async function* listFiles(page: Page, data: string | null, wanted: RegExp): AsyncGenerator<Given> {
  for (const picture of harmless)
    for (const kind of picture.files) {
      const name = `${picture.name}, ${kind}`;
      if (wanted.test(name)) yield await drawFile(page, picture, kind, name);
    }
  for (const folder of data ? photoFolders : [])
    for (const photo of readdirSync(join(data!, folder))) {
      const name = `${folder}/${photo}`;
      if (!wanted.test(name)) continue;
      const mimeType = photo.endsWith('png') ? 'image/png' : 'image/webp';
      const buffer = readFileSync(join(data!, name));
      yield { name, file: { name: photo, mimeType, buffer }, origin: null };
    }
}

async function drawFile(
  page: Page,
  { draw }: Harmless,
  kind: Harmless['files'][number],
  name: string,
): Promise<Given> {
  const raster = draw();
  const png = { name, mimeType: 'image/png', buffer: writePng(raster) };
  if (kind === 'png') return { name, file: png, origin: null };
  const [format, quality] = kind.split(' ');
  const mimeType = `image/${format}`;
  const buffer = await convert(page, png, mimeType, Number(quality) / 100);
  return { name, file: { name, mimeType, buffer }, origin: raster };
}

async function tryFile(
  page: Page,
  sdk: SdkPage,
  { file, origin }: Given,
): Promise<{ line: string; isTouched: boolean; isHarmed: boolean }> {
  const { reasons, result } = await sdk.suggest(file);
  const read = reasons.map(describe).join(', ') || 'nothing';
  if (!result) return { line: `${read}: untouched`, isTouched: false, isHarmed: false };
  const made = { ...file, mimeType: 'image/png', buffer: result };
  const before = readPng(await convert(page, file, 'image/png', 1));
  const after = readPng(await convert(page, made, 'image/png', 1));
  const change = decibels(after, before);
  const gain = origin ? decibels(after, origin) - decibels(before, origin) : 0;
  const told = origin ? `, ${gain >= 0 ? '+' : ''}${figure(gain, 2)} dB to what was saved` : '';
  const isHarmed = change < leastDecibels && !(gain > 0);
  return { line: `${read}: ${figure(change, 1)} dB${told}`, isTouched: true, isHarmed };
}

function describe(reason: Readonly<Record<string, unknown>>): string {
  const { kind, ...facts } = reason;
  const values = Object.values(facts).map((value) => figure(Number(value), 1));
  return [String(kind), ...values].join(' ');
}

/** Of R, G and B; equal pictures count as 100 dB. */
function decibels(a: Raster, b: Raster): number {
  const colours = ({ data }: Raster) => data.filter((_, i) => i % 4 < 3);
  return Math.min(100, psnr(colours(a), colours(b)));
}

/** What the browser makes of a file as another type. */
async function convert(
  page: Page,
  { mimeType, buffer }: PhotoFile,
  type: string,
  quality: number,
): Promise<Buffer> {
  const given = { base64: buffer.toString('base64'), mimeType, type, quality };
  return Buffer.from(await page.evaluate(convertInPage, given), 'base64');
}

async function convertInPage(given: {
  base64: string;
  mimeType: string;
  type: string;
  quality: number;
}): Promise<string> {
  const bytes = Uint8Array.from(atob(given.base64), (each) => each.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: given.mimeType }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: given.type, quality: given.quality });
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done((reader.result as string).split(',')[1] ?? '');
    reader.readAsDataURL(blob);
  });
}
