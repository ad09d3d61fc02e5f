/** Recipes of several steps, with the tiny networks in place of the site's models. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeTinyCatalog, type Tiny } from '../fixtures/tiny-catalog';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo, type PictureFile } from './pictures';

const models = join(import.meta.dirname, '../fixtures/models');
const tiny = JSON.parse(readFileSync(join(models, 'tiny.json'), 'utf8')) as Tiny[];

/** Answers for `/models/`: a catalogue of the tiny networks that pass, and their files. */
const serveTiny = (filter: (model: Tiny) => boolean) => (path: string) => {
  if (path === '/models/catalog.json') {
    const catalog = makeTinyCatalog(tiny.filter(filter));
    return { body: Buffer.from(JSON.stringify(catalog)) };
  }
  const [, name] = /^\/models\/(tiny-[\w.-]+)$/.exec(path) ?? [];
  return name ? { body: readFileSync(join(models, name)) } : undefined;
};

/** A strongly compressed JPEG of a gray ramp with coarse noise, as the browser writes it. */
async function drawNoisyJpeg(page: Page): Promise<PictureFile> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(128, 96);
    const context = canvas.getContext('2d')!;
    const image = context.createImageData(128, 96);
    let state = 1;
    for (let i = 0; i < image.data.length; i += 4) {
      // The sum of four uniform numbers is near enough to a normal one; sigma is about 23.
      let noise = 0;
      for (let k = 0; k < 4; k++)
        noise += ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16) / 65536 - 0.5;
      image.data.fill(60 + ((i / 4) % 128) + 40 * noise, i, i + 3);
      image.data[i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  return { name: 'party.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

test.beforeEach(({ ownServer }) => {
  ownServer.alter = serveTiny(() => true);
});

test('a noisy JPEG is cleaned at 1× as suggested, compared and saved', async ({
  app,
  page,
  ownServer,
}) => {
  await app.visit(undefined, ownServer.url);
  await app.open(await drawNoisyJpeg(page));
  await expect(page.getByText(/noisy.*cleaning.* suggested/i)).toBeVisible();
  const cleaned = Number(await app.slider('Noise').inputValue());
  expect(cleaned).toBeGreaterThan(0);

  await pick(app.scale('1×'));
  await app.press(app.slider('Noise'), 'End');
  await page.getByRole('button', { name: 'Use the suggestion' }).press('Enter');
  await expect(page.getByText(/cleaning.* suggested/)).toBeFocused();
  await expect(app.scale('1×')).toBeChecked();
  // No enlarger follows that would take the rest.
  const whole = Number(await app.slider('Noise').inputValue());
  expect(whole).toBeGreaterThan(cleaned);
  expect(whole).toBeLessThan(100);
  await expect(page.getByText('128 × 96').last()).toBeVisible();

  await app.enhance();
  await expect(app.status).toContainText(/^Cleaned with tiny-clean on the CPU/);
  const { download, bytes } = await app.save();
  expect(download.suggestedFilename()).toBe('party-enhanced.jpg');
  const saved = await app.decode(bytes, 'image/jpeg');
  expect([saved.width, saved.height]).toEqual([128, 96]);
});

test('cleaned, then enlarged: one run, by keyboard', async ({ app, page, ownServer }) => {
  await app.visit(undefined, ownServer.url);
  await app.open(photo);
  await app.press(app.slider('Noise'), 'Home');
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowRight');
  await expect(app.slider('Noise')).toHaveAttribute('aria-valuetext', '3 %');
  await expect(page.getByText('Cleaning and enlarging with')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(app.status).toContainText(/^Cleaned and enlarged 2× to 192 × 128 with/);
  const { download } = await app.save();
  expect(download.suggestedFilename()).toBe('beach-2x.png');
});

test('at 1× with nothing on there is nothing to do, and the page says so', async ({
  app,
  page,
  ownServer,
}) => {
  await app.visit(undefined, ownServer.url);
  await app.open(photo);
  await pick(app.scale('1×'));
  await app.press(app.slider('Noise'), 'Home');
  await app.press(app.slider('JPEG'), 'Home');
  await expect(page.getByText('Nothing to do at 1×')).toBeVisible();
  await expect(app.enhanceButton).toBeDisabled();
  await app.press(app.slider('JPEG'), 'ArrowRight');
  await expect(app.enhanceButton).toBeEnabled();
});

test('a control without a model is not shown', async ({ app, ownServer }) => {
  ownServer.alter = serveTiny(({ scale }) => scale > 1);
  await app.visit(undefined, ownServer.url);
  await app.open(photo);
  await expect(app.scale('2×')).toBeChecked();
  for (const control of [app.slider('Noise'), app.slider('JPEG'), app.slider('Deblur')])
    await expect(control).toHaveCount(0);
  await expect(app.scale('1×')).toHaveCount(0);
  await app.enhance();
});
