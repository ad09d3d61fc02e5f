/**
 * `npm run guide-pictures -- FOLDER`: draws the pictures of the guide, `public/guide/*.webp`, from what
 * `scripts/make-guide-sources.py FOLDER` has damaged, with the built app itself, on the CPU. Build first; the results
 * are committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { drawStrip } from './draw-strip.mjs';
import { root } from './install.mjs';
import { enhanceByPage } from './page-result.mjs';
import { serve } from './serve.mjs';

/**
 * Enlarges four times, with the better network where there is one.
 *
 * @param {'faithful' | 'crisp'} variant
 */
const enlarge = (variant) => ({
  ...{ task: 'upscale', scale: 4, variant },
  ...(variant === 'crisp' && { tier: 'quality' }),
});
/** Leaves the size as it is. */
const same = { task: 'upscale', scale: 1, variant: 'faithful' };
/** What is taken for noise with a sigma of 16 of 255. */
const cleaning = [{ task: 'clean', noise: 32, jpeg: 0 }, same];

/**
 * Each has its source, which part of it is shown, and what is shown after it: recipes, or a file.
 *
 * @type {{ name: string, source: string, cut: { x: number, y: number, width: number, height: number },
 *   shown: ({ steps: object[], strength?: number, heals?: number } | { file: string })[] }[]}
 */
const strips = [
  {
    ...{ name: 'letters', source: 'letters.png', cut: { x: 2, y: 0, width: 86, height: 38 } },
    shown: [{ steps: [enlarge('crisp')] }, { file: 'letters-large.png' }],
  },
  {
    ...{ name: 'picture', source: 'sample', cut: { x: 92, y: 56, width: 60, height: 50 } },
    shown: [{ steps: [enlarge('faithful')] }, { steps: [enlarge('crisp')] }],
  },
  {
    ...{ name: 'noise', source: 'noise.png', cut: { x: 60, y: 40, width: 120, height: 100 } },
    shown: [{ steps: cleaning, strength: 0.6 }, { steps: cleaning }],
  },
  {
    ...{ name: 'jpeg', source: 'jpeg.jpg', cut: { x: 180, y: 20, width: 180, height: 100 } },
    shown: [{ steps: [{ task: 'clean', noise: 0, jpeg: 85 }, same] }],
  },
  {
    ...{ name: 'deblur', source: 'blur.png', cut: { x: 60, y: 46, width: 180, height: 100 } },
    shown: [{ steps: [{ task: 'deblur', amount: 100 }, same] }],
  },
  {
    ...{ name: 'heal', source: 'scratched.png', cut: { x: 20, y: 8, width: 324, height: 180 } },
    shown: [{ steps: [same], heals: 85 }],
  },
  {
    ...{ name: 'pattern', source: 'weave.png', cut: { x: 40, y: 20, width: 180, height: 100 } },
    shown: [{ steps: [{ task: 'pattern', amount: 100 }, same] }],
  },
];

const folder = process.argv[2];
if (!folder) {
  console.error(
    'First: scripts/make-guide-sources.py FOLDER. Then: npm run guide-pictures -- FOLDER',
  );
  process.exit(1);
}
mkdirSync(join(root, 'public/guide'), { recursive: true });
const server = await serve({ port: 0 });
const browser = await chromium.launch(launchOptions());
try {
  for (const { name, source, cut, shown } of strips) {
    const file = source === 'sample' ? join(root, 'public/sample.jpg') : join(folder, source);
    /** @type {{ png: Buffer, scale: number }[]} */
    const pictures = [{ png: readFileSync(file), scale: 1 }];
    for (const each of shown) {
      if ('file' in each) pictures.push({ png: readFileSync(join(folder, each.file)), scale: 4 });
      else {
        const png = await enhanceByPage(browser, server.url, file, each.steps, each);
        pictures.push({ png, scale: each.steps.includes(same) ? 1 : 4 });
      }
    }
    const width = Math.round(720 / pictures.length);
    const size = { width, height: Math.round((width * cut.height) / cut.width) };
    const webp = await drawStrip(browser, pictures, cut, size);
    writeFileSync(join(root, `public/guide/${name}.webp`), webp);
    console.log(`public/guide/${name}.webp: ${webp.length} bytes`);
  }
} finally {
  await browser.close();
  await server.close();
}
