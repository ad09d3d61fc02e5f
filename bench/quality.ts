import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { psnr } from '../src/core/measure';
import { cropRaster, type Raster } from '../src/core/raster';
import type { Scale } from '../src/core/recipe';
import { resample } from '../src/core/resample';
import { luma, readPng, writePng } from './images';
import type { Bench } from './measure';

/**
 * Y-PSNR of the page's own result: a bicubically reduced benchmark photo is opened, enhanced on the
 * wasm tier and saved as PNG with the page's buttons. Bicubic beside it proves the protocol.
 *
 * @param bench Browser, page and data.
 */
export async function measureQuality({ browser, url, data }: Bench): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${url}?backend=wasm`);
  const rows: Record<string, unknown>[] = [];
  for (const set of ['Set5', 'Set14'])
    for (const scale of [2, 4] as const) {
      const scores = { page: 0, bicubic: 0 };
      const files = readdirSync(join(data, set));
      for (const file of files) {
        const photo = readPng(join(data, set, file));
        const truth = cropToMultiple(photo, scale);
        const { width, height } = truth;
        const low = resample(truth, { width: width / scale, height: height / scale });
        const y = (raster: Raster) => luma(raster, scale, photo.isGray);
        scores.page += psnr(y(await enlarge(page, low, scale)), y(truth)) / files.length;
        scores.bicubic += psnr(y(resample(low, truth)), y(truth)) / files.length;
      }
      const round = (value: number) => value.toFixed(2);
      const row = { set, scale, 'page, int8': round(scores.page), bicubic: round(scores.bicubic) };
      rows.push(row);
    }
  console.table(rows);
  await page.close();
}

function cropToMultiple(raster: Raster, scale: number): Raster {
  const [width, height] = [raster.width, raster.height].map((n) => n - (n % scale)) as [
    number,
    number,
  ];
  return cropRaster(raster, { x: 0, y: 0, width, height });
}

async function enlarge(page: Page, low: Raster, scale: Scale): Promise<Raster> {
  const buffer = writePng(low);
  const photo = { name: 'low.png', mimeType: 'image/png', buffer };
  await page.locator('input[type=file]').setInputFiles(photo);
  const opened = `${low.width} × ${low.height}`;
  await page.getByRole('status').filter({ hasText: opened }).waitFor();
  await page.getByRole('radio', { name: `${scale}×` }).check({ force: true });
  await page.getByRole('button', { name: 'Enhance' }).click();
  await page.getByRole('status').filter({ hasText: 'WebAssembly' }).waitFor({ timeout: 600_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  return readPng(readFileSync(await download.path()));
}
