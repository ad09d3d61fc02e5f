/**
 * `npm run proof`: draws `public/sample-enlarged.webp`, the half of the first page's picture that comes after: a cut of
 * `public/sample.jpg`, enlarged by the built app itself, on the CPU, as it suggests, four times and with the better
 * network. Build first; the result is committed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { root } from './install.mjs';
import { serve } from './serve.mjs';

/** Which part is shown, in pixels of the sample: `SampleProof.svelte` shows the same of the sample itself. */
const cut = { x: 80, y: 0, width: 180, height: 80 };
const scale = 4;
const recipe = {
  v: 2,
  steps: [{ task: 'upscale', scale, variant: 'crisp', tier: 'quality' }],
  finish: {},
};

const server = await serve({ port: 0 });
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage();
  const address = new URL('?backend=wasm', server.url);
  address.searchParams.set('recipe', JSON.stringify(recipe));
  await page.goto(address.href);
  await page.getByRole('button', { name: /sample/i }).click();
  await page.getByRole('button', { name: 'Enhance', exact: true }).click();
  await page.getByRole('slider', { name: 'Strength' }).waitFor({ timeout: 120_000 });
  await page.getByRole('tab', { name: 'Save' }).click();
  await page.getByRole('combobox', { name: 'Format' }).selectOption('PNG');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save/ }).last().click(),
  ]);
  const enlarged = {
    x: cut.x * scale,
    y: cut.y * scale,
    width: cut.width * scale,
    height: cut.height * scale,
    png: readFileSync(await download.path()).toString('base64'),
  };
  const webp = await page.evaluate(async ({ x, y, width, height, png }) => {
    const blob = new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))]);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.drawImage(await createImageBitmap(blob), -x, -y);
    const file = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    return [...new Uint8Array(await file.arrayBuffer())];
  }, enlarged);
  writeFileSync(join(root, 'public/sample-enlarged.webp'), Uint8Array.from(webp));
  console.log(`public/sample-enlarged.webp: ${webp.length} bytes`);
} finally {
  await browser.close();
  await server.close();
}
