/** What is kept offline: seen, completed, deleted, and enough. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dist } from '../../scripts/serve.mjs';
import { pick, Enlarger } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Kept offline' });
const keepButton = (page: Page) => dialog(page).getByRole('button', { name: /^Keep / });
/** The row of what is named, which is not that of `…, best`. */
const row = (page: Page, name: string) =>
  dialog(page).getByRole('row', { name: new RegExp(`^${name}(?!,)`) });

const { files: codecs } = JSON.parse(readFileSync(join(dist, 'engine.json'), 'utf8')) as {
  files: { url: string; bytes: number }[];
};

const jxl = join(import.meta.dirname, '../fixtures/formats/plain.jxl');

async function openShelf(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
  await expect(dialog(page).getByRole('row').first()).toBeVisible();
}

const { models } = JSON.parse(readFileSync(join(dist, 'models/catalog.json'), 'utf8')) as {
  models: { title: string; files: { bytes: number; golden: { bytes: number } }[] }[];
};

test('after keeping everything, a cold start without a network enhances every way', async ({
  app,
  page,
  context,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  await openShelf(page);
  await expect(keepButton(page)).toHaveText(/Keep everything offline, \d+ MB/);
  await keepButton(page).click();
  await expect(dialog(page)).toContainText('Everything is kept');
  await expect(dialog(page).getByText('not kept')).toHaveCount(0);

  await ownServer.close();
  await context.setOffline(true);
  await page.close();
  const cold = new Enlarger(await context.newPage());
  await cold.visit(undefined, ownServer.url);
  await cold.open(photo);
  await cold.enhance();
  await pick(cold.scale('4×'));
  await cold.press(cold.slider('Noise'), 'End');
  await cold.enhance();
  await cold.chooseFormat('WebP');
  const saved = await cold.decode((await cold.save()).bytes, 'image/webp');
  expect([saved.width, saved.height]).toEqual([384, 256]);
});

test('every model is listed with its exact size, and what a run has used is kept', async ({
  app,
  page,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  await openShelf(page);
  for (const { title, files } of models) {
    const bytes = files.reduce((sum, file) => sum + file.bytes + file.golden.bytes, 0);
    await expect(row(page, title)).toContainText(`${bytes.toLocaleString('en-GB')} bytes`);
    await expect(row(page, title)).toContainText('not kept');
  }
  for (const [title, name] of [
    ['JPEG XL', 'jxl_'],
    ['HEIC', 'libheif'],
    ['AVIF', 'avif_'],
    ['CMYK, Lab', '(lcms|UTIF)'],
    ['Clean speech', 'rnnoise'],
  ] as const) {
    const bytes = codecs
      .filter(({ url }) => new RegExp(`/${name}`).test(url))
      .reduce((sum, file) => sum + file.bytes, 0);
    await expect(row(page, title)).toContainText(`${bytes.toLocaleString('en-GB')} bytes`);
    await expect(row(page, title)).toContainText('not kept');
  }
  await expect(row(page, 'This page')).toContainText('always');
  await expect(dialog(page)).toContainText(/uses .* of the .* that the browser allows/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);

  const said = await page.evaluateHandle(() => {
    const texts: string[] = [];
    const read = () => texts.push(document.querySelector('footer [role=status]')!.textContent);
    const seen = { subtree: true, childList: true, characterData: true };
    new MutationObserver(read).observe(document.body, seen);
    return texts;
  });
  await app.open({ name: 'a.jxl', mimeType: 'image/jxl', buffer: readFileSync(jxl) });
  expect((await said.jsonValue()).join('\n')).toMatch(/fetching its decoder, .* of 0\.8 MB/);
  await openShelf(page);
  await expect(row(page, 'JPEG XL')).not.toContainText('not kept');
  await expect(row(page, 'HEIC')).toContainText('not kept');
  await page.keyboard.press('Escape');
  await app.open(photo);
  await app.enhance();
  await openShelf(page);
  await expect(
    dialog(page)
      .getByText(/[\d.]+ [kM]B kept/)
      .first(),
  ).toBeVisible();
  await expect(keepButton(page)).toHaveText(/Keep the rest, /);
});

test('one can be deleted, or all, and the run fetches it again', async ({
  app,
  page,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  await openShelf(page);
  await keepButton(page).click();
  await expect(dialog(page)).toContainText('Everything is kept');
  const title = models[0]?.title ?? '';
  await page.getByRole('button', { name: `Delete ${title}`, exact: true }).click();
  await expect(row(page, title)).toContainText('not kept');
  await expect(row(page, 'Engine')).not.toContainText('not kept');
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(row(page, 'Engine')).toContainText('not kept');
  await expect(dialog(page).getByRole('button', { name: /^Delete/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await app.open(photo);
  await app.enhance();
});

test('keeping can be stopped, and goes on from there', async ({ app, page, ownServer }) => {
  await app.visitAndStay(ownServer.url);
  await openShelf(page);
  // Slow enough for a person to change their mind.
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const limit = (bytesPerSecond: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 20,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: -1,
    });
  await limit(500_000);
  await keepButton(page).click();
  await expect(dialog(page).getByRole('progressbar')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('What had arrived is kept');
  await limit(-1);
  await keepButton(page).click();
  await expect(dialog(page)).toContainText('Everything is kept');
});

test.describe('where not all can be fetched', () => {
  test.use({ expectedErrors: /Failed to load resource/ });

  test('it says so, keeps the rest, and the next try completes it', async ({
    app,
    page,
    ownServer,
  }) => {
    await app.visitAndStay(ownServer.url);
    ownServer.alter = (path) => (path.endsWith('.onnx') ? { flip: true } : undefined);
    await openShelf(page);
    await keepButton(page).click();
    await expect(dialog(page).getByRole('alert')).toContainText('Not all could be fetched');
    await expect(row(page, 'Engine')).not.toContainText('not kept');
    ownServer.alter = () => undefined;
    await keepButton(page).click();
    await expect(dialog(page)).toContainText('Everything is kept');
  });
});
