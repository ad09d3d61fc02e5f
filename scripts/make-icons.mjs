/** `npm run icons`: draws the installed app's icons from the SVGs in public; the results are committed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { root } from './install.mjs';

const folder = join(root, 'public');

/** Every PNG, the drawing that it is made from, and its width and height in pixels. */
const icons = [
  { name: 'icon-192.png', drawing: 'icon.svg', size: 192 },
  { name: 'icon-512.png', drawing: 'icon.svg', size: 512 },
  { name: 'icon-maskable-192.png', drawing: 'icon-maskable.svg', size: 192 },
  { name: 'icon-maskable-512.png', drawing: 'icon-maskable.svg', size: 512 },
  { name: 'icon-monochrome-512.png', drawing: 'icon-monochrome.svg', size: 512 },
  // iOS rounds the corners itself and paints transparency black.
  { name: 'apple-touch-icon.png', drawing: 'icon-maskable.svg', size: 180 },
  { name: 'icons/open-96.png', drawing: 'icons/open.svg', size: 96 },
  { name: 'icons/paste-96.png', drawing: 'icons/paste.svg', size: 96 },
  { name: 'icons/shelf-96.png', drawing: 'icons/shelf.svg', size: 96 },
];

const browser = await chromium.launch(launchOptions());
try {
  for (const { name, drawing, size } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = readFileSync(join(folder, drawing), 'utf8');
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    writeFileSync(join(folder, name), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
