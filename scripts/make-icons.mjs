/** `npm run icons`: draws the installed app's icons from public/icon.svg; the results are committed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { root } from './install.mjs';

const folder = join(root, 'public');
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8');

// A maskable icon may be cut to a circle of 80 % of its width, so the mark is drawn smaller on a
// full square of the background colour.
const icons = [
  { name: 'icon-192.png', size: 192, inset: 0, background: 'transparent' },
  { name: 'icon-512.png', size: 512, inset: 0, background: 'transparent' },
  { name: 'icon-maskable-512.png', size: 512, inset: 40, background: '#1c1c1c' },
];

const browser = await chromium.launch(launchOptions());
try {
  for (const { name, size, inset, background } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>body{margin:0;background:${background}}svg{display:block;padding:${inset}px;` +
        `width:${size - 2 * inset}px;height:${size - 2 * inset}px}</style>${drawing}`,
    );
    writeFileSync(join(folder, name), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
