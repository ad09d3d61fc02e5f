/** Models that people bring: added, proved, used, kept over a reload, and deleted; or refused with the reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { writeNcnnCompact } from '../unit/models/own/ncnn-files';
import { makeCompact } from '../unit/models/own/sample-nets';
import { writeSafetensors } from '../unit/models/own/weight-files';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

const network = (name: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: readFileSync(join(import.meta.dirname, '../fixtures/models/tiny-x2.fp32.onnx')),
});

const shelf = (page: Page) => page.getByRole('dialog', { name: 'Kept offline' });
const choice = (page: Page) => page.getByRole('combobox', { name: 'Model', exact: true });

async function openShelf(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
  await expect(shelf(page).getByRole('button', { name: 'Add a model' })).toBeEnabled();
}

/** Picks a file behind the button. */
async function add(page: Page, ...files: readonly ReturnType<typeof network>[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await shelf(page).getByRole('button', { name: 'Add a model' }).click();
  await (await choosing).setFiles(files);
}

async function addTiny(page: Page): Promise<void> {
  await openShelf(page);
  await add(page, network('own-sharp.onnx'));
  await expect(shelf(page).getByText('own-sharp is added')).toBeVisible();
}

/** Drops files on the page, all at once. */
async function drop(page: Page, ...files: readonly ReturnType<typeof network>[]): Promise<void> {
  const given = files.map(({ name, buffer }) => [buffer.toString('base64'), name] as const);
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [base64, called] of given) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], called));
    }
    return data;
  }, given);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('a model is added, enhances a photo, is there after a reload, and is deleted', async ({
  app,
  page,
}) => {
  await app.visit();
  await addTiny(page);
  await expect(shelf(page).getByText(/ONNX, 2×, [\d,]+ bytes/)).toBeVisible();
  // As the file itself says it.
  await expect(shelf(page).getByText('Licence: MIT. Author: unknown.')).toBeVisible();
  await expect(shelf(page).getByText('Colour. Transparency does not go')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');

  await app.open(photo);
  await choice(page).selectOption({ label: 'own-sharp' });
  await app.enhance();
  await expect(page.getByText(/with own-sharp on the CPU/).first()).toBeAttached();
  await app.chooseFormat('PNG');
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  const { width, height } = await app.decode(photo.buffer, photo.mimeType);
  expect([saved.width, saved.height]).toEqual([2 * width, 2 * height]);

  // Its own scale is 2; the result has the size that is asked for.
  await pick(app.scale('4×'));
  await expect(page.getByText('Enlarges 2×; the result is then brought to 4×.')).toBeVisible();
  await app.enhance();
  const larger = await app.decode((await app.save()).bytes, 'image/png');
  expect([larger.width, larger.height]).toEqual([4 * width, 4 * height]);

  await app.visit();
  await openShelf(page);
  await page.getByRole('button', { name: 'Edit own-sharp' }).click();
  await shelf(page).getByRole('textbox', { name: 'Licence' }).fill('CC0');
  await shelf(page).getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(shelf(page).getByText('Licence: CC0. Author: unknown.')).toBeVisible();
  await page.keyboard.press('Escape');
  await app.open(photo);
  await choice(page).selectOption({ label: 'own-sharp' });
  await openShelf(page);
  await page.getByRole('button', { name: 'Delete own-sharp' }).click();
  await expect(page.getByRole('button', { name: 'Delete own-sharp' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  // What is asked for is not here any more: that is said, by name and hash.
  await expect(
    page.getByText(/needs your model “own-sharp”.*SHA-256 [0-9a-f]{64}/).first(),
  ).toBeVisible();
  await choice(page).selectOption({ label: 'Of this site' });
  await expect(choice(page)).toHaveCount(0);
  await expect(app.enhanceButton).toBeEnabled();
});

test('a model that keeps the size works before enlarging, or after it where that is asked for', async ({
  app,
  page,
}) => {
  await app.visit();
  await openShelf(page);
  const calm = Buffer.from(writeSafetensors(makeCompact(8, 1, 1).tensors));
  await add(page, { ...network('calm.safetensors'), buffer: calm });
  await expect(shelf(page).getByText('calm is added')).toBeVisible();
  await page.keyboard.press('Escape');
  await app.open(photo);
  const after = page.getByRole('checkbox', { name: 'Apply it after enlarging' });
  await choice(page).selectOption({ label: 'calm' });
  await pick(app.scale('1×'));
  await expect(after).toHaveCount(0);
  await pick(app.scale('2×'));
  await expect(after).not.toBeChecked();
  await app.enhance();
  await app.chooseFormat('PNG');
  const first = await app.decode((await app.save()).bytes, 'image/png');
  await after.check();
  await app.enhance();
  const last = await app.decode((await app.save()).bytes, 'image/png');
  const { width, height } = await app.decode(photo.buffer, photo.mimeType);
  expect([last.width, last.height]).toEqual([2 * width, 2 * height]);
  expect(last.data).not.toEqual(first.data);
  // Another model of the same kind begins where such models usually work.
  await choice(page).selectOption({ label: 'Of this site' });
  await expect(after).toHaveCount(0);
});

test('a model that is chosen stays chosen, and is compared with in the loupe', async ({
  app,
  page,
}) => {
  await app.visit();
  await openShelf(page);
  const words = JSON.stringify({ name: 'Sharp eyes', author: 'Ann', license: 'CC0-1.0' });
  const about = { name: 'page.json', mimeType: 'application/json', buffer: Buffer.from(words) };
  await add(page, network('own-sharp.onnx'), about);
  await expect(shelf(page).getByText('Sharp eyes is added')).toBeVisible();
  await expect(shelf(page).getByText('Licence: CC0-1.0. Author: Ann.')).toBeVisible();
  await page.keyboard.press('Escape');
  await app.open(photo);
  await choice(page).selectOption({ label: 'Sharp eyes' });
  await pick(page.getByRole('radio', { name: 'More', exact: true }));
  await expect(choice(page).locator('option:checked')).toHaveText('Sharp eyes');
  await app.open({ ...photo, name: 'another.png' });
  await expect(choice(page).locator('option:checked')).toHaveText('Sharp eyes');
  await page.keyboard.press('l');
  const compared = page.getByRole('radiogroup', { name: 'Models to compare' });
  await expect(compared.getByRole('radio', { name: 'Sharp eyes' })).toBeChecked();
  await expect(page.locator('.loupe[aria-busy=false]')).toBeVisible();
  await pick(compared.getByRole('radio', { name: 'Of this site' }));
  await expect(choice(page).locator('option:checked')).toHaveText('Of this site');
});

test('a model file that is dropped on the page is added, and works without a network', async ({
  app,
  page,
  context,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  const text = (name: string, of: string) => ({
    ...{ name, mimeType: 'text/plain', buffer: Buffer.from(of) },
  });
  await drop(page, network('dropped.onnx'), text('README.md', '**License:** CC0-1.0  \n'));
  await expect(shelf(page).getByText('dropped is added')).toBeVisible();
  await expect(shelf(page).getByText('Licence: CC0-1.0. Author: unknown.')).toBeVisible();
  // What says of it may come later, too.
  await add(page, text('dropped.txt', 'Author: Ann'));
  await expect(shelf(page).getByText('Licence: CC0-1.0. Author: Ann.')).toBeVisible();
  await page.keyboard.press('Escape');
  await app.open(photo);
  await app.enhance();
  await app.expectEngineKept();
  await ownServer.close();
  await context.setOffline(true);
  await page.reload();
  await app.open(photo);
  await choice(page).selectOption({ label: 'dropped' });
  await app.enhance();
  await expect(page.getByText(/with dropped on the CPU/).first()).toBeAttached();
});

test('the two files of an ncnn network are one model, and one of them alone is told what it lacks', async ({
  app,
  page,
}) => {
  await app.visit();
  const both = Buffer.from(writeNcnnCompact(makeCompact(8, 2, 2).tensors, 2));
  const [steps, numbers] = [both.subarray(0, both.indexOf(0)), both.subarray(both.indexOf(0) + 1)];
  await openShelf(page);
  await add(page, { ...network('sharp.bin'), buffer: numbers });
  await expect(shelf(page).getByRole('alert')).toContainText('sharp.param');
  await page.keyboard.press('Escape');
  await drop(
    page,
    { ...network('sharp.bin'), buffer: numbers },
    { ...network('sharp.param'), buffer: steps },
  );
  await expect(shelf(page).getByText('sharp is added')).toBeVisible();
  await expect(shelf(page).getByText(/^ncnn, 2×, [\d,]+ bytes$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await app.open(photo);
  await choice(page).selectOption({ label: 'sharp' });
  await app.enhance();
  await expect(page.getByText(/with sharp on the CPU/).first()).toBeAttached();
});

test('what is no model is refused with the reason, and nothing is kept of it', async ({
  app,
  page,
}) => {
  await app.visit();
  await openShelf(page);
  await add(page, { ...network('letter.onnx'), buffer: Buffer.from('Dear model,\n') });
  await expect(shelf(page).getByRole('alert')).toContainText('no model that can be added');
  await expect(shelf(page).getByRole('button', { name: /^Edit/ })).toHaveCount(0);
});
