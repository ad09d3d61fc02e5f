/**
 * `npm run proof`: draws `public/sample-enlarged.webp`, the half of the first page's picture that comes after: a cut of
 * `public/sample.jpg`, enlarged by the built app itself, four times and with the better network. Build first; the
 * result is committed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { drawStrip } from './draw-strip.mjs';
import { root } from './install.mjs';
import { enhanceByPage } from './page-result.mjs';
import { serve } from './serve.mjs';

/** Which part is shown, in pixels of the sample: `SampleProof.svelte` shows the same of the sample itself. */
const cut = { x: 31, y: 40, width: 180, height: 80 };
const scale = 4;
const target = 'public/sample-enlarged.webp';

const server = await serve({ port: 0 });
const browser = await chromium.launch(launchOptions());
try {
  const step = { task: 'upscale', scale, variant: 'crisp', tier: 'quality' };
  const png = await enhanceByPage(browser, server.url, null, [step]);
  const size = { width: cut.width * scale, height: cut.height * scale };
  const webp = await drawStrip(browser, [{ png, scale }], cut, size);
  writeFileSync(join(root, target), webp);
  console.log(`${target}: ${webp.length} bytes`);
} finally {
  await browser.close();
  await server.close();
}
