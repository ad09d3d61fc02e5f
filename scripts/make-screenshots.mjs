/**
 * `npm run screenshots`: takes the pictures of the documentation and of the installation dialog from
 * the built app, with the sample photo enlarged on the CPU. Build first; the results are committed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { root } from './install.mjs';
import { serve } from './serve.mjs';

/** The manifest's are taken at twice the density on the phone: their sizes are in `manifest.mjs`. */
const shots = [
  { file: 'docs/screenshot.png', width: 1280, height: 800, colorScheme: 'dark' },
  { file: 'docs/screenshot-phone.png', width: 390, height: 844, colorScheme: 'light' },
  { file: 'public/screenshots/wide.jpg', width: 1280, height: 800, colorScheme: 'dark' },
  {
    file: 'public/screenshots/narrow.jpg',
    width: 390,
    height: 844,
    colorScheme: 'dark',
    deviceScaleFactor: 2,
  },
];

mkdirSync(join(root, 'public/screenshots'), { recursive: true });
const server = await serve({ port: 0 });
const browser = await chromium.launch(launchOptions());
try {
  for (const { file, width, height, colorScheme, deviceScaleFactor = 1 } of shots) {
    const page = await browser.newPage({
      viewport: { width, height },
      deviceScaleFactor,
      colorScheme: /** @type {'dark' | 'light'} */ (colorScheme),
      reducedMotion: 'reduce',
    });
    await page.goto(`${server.url}?backend=wasm`);
    await page.getByRole('button', { name: /sample/i }).click();
    await page.getByRole('button', { name: 'Enhance', exact: true }).click();
    await page.getByRole('slider', { name: 'Strength' }).waitFor({ timeout: 120_000 });
    // The view is redrawn at full sharpness a moment after the run.
    await page.waitForTimeout(1500);
    await page.screenshot({
      path: join(root, file),
      ...(file.endsWith('.jpg') && { type: 'jpeg', quality: 85 }),
    });
    await page.close();
    console.log(file);
  }
} finally {
  await browser.close();
  await server.close();
}
