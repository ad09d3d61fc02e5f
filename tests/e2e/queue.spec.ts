import AxeBuilder from '@axe-core/playwright';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChooser } from '@playwright/test';
import { expect, test } from './fixtures';
import { badFiles, drawPng } from './pictures';

/** A folder with a subfolder, two equal names, a file that is no photo, and a broken one. */
function makeFolder(folder: string): void {
  mkdirSync(join(folder, 'sub'), { recursive: true });
  const picture = (shade: number) => drawPng(48, 32, 255, (x, y) => [shade, 5 * x, 7 * y]);
  writeFileSync(join(folder, 'a.png'), picture(20));
  writeFileSync(join(folder, 'b.png'), picture(60));
  writeFileSync(join(folder, 'broken.jpg'), badFiles['a text file named .jpg']!.buffer);
  writeFileSync(join(folder, 'notes.txt'), 'no photo');
  writeFileSync(join(folder, 'sub/a.png'), picture(100));
  writeFileSync(join(folder, 'sub/写真.png'), picture(140));
  writeFileSync(join(folder, 'sub/z.png'), picture(180));
}

test('a folder is enhanced, paused, resumed and saved as one archive; a broken file stops nothing', async ({
  app,
  page,
}, info) => {
  const folder = info.outputPath('holiday');
  makeFolder(folder);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const chosen = new Promise<FileChooser>((resolve) => page.on('filechooser', resolve));
  await app.visit();
  await button('Open folder').click();
  await (await chosen).setFiles(folder);
  const photos = page.getByRole('region', { name: 'Photos' });
  const options = photos.getByRole('listbox').getByRole('option');
  await expect(options).toHaveCount(6);
  await expect(app.status).toContainText('1 file is no photo');
  // The first lies on the stage; keys go to another.
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(app.enhanceButton).toBeEnabled();
  await photos.getByRole('listbox').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'b.png' })).toBeVisible();
  await page.locator('body').press('PageUp');
  await expect(page.getByRole('heading', { name: 'a.png' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await button('Enhance all').click();
  await button('Pause').click();
  await expect(button('Resume')).toBeVisible();
  await expect(app.status).toContainText('Paused.');
  await button('Resume').click();
  await expect(app.status).toContainText('5 of 6 done, 1 failed');
  await expect(photos.getByRole('option', { name: /broken\.jpg, failed, .{20}/ })).toBeVisible();
  // What lies on the stage is still there.
  await expect(app.enhanceButton).toBeEnabled();

  await button('Options').click();
  const dialog = page.getByRole('dialog', { name: 'Many photos' });
  await expect(dialog.getByRole('row', { name: /holiday\/sub\/a\.png.*done/ })).toBeVisible();
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  expect(found.map(({ id }) => id)).toEqual([]);
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /report \(CSV\)/ }).click(),
  ]);
  const lines = readFileSync(await report.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines.length).toBe(7);
  expect(lines[1]).toMatch(/^holiday\/a\.png,done,holiday\/a-2x\.png,96,64,\d+,/);
  await page.keyboard.press('Escape');

  const [download] = await Promise.all([page.waitForEvent('download'), button('Save all').click()]);
  expect(download.suggestedFilename()).toBe('holiday-enhanced.zip');
  const archive = new ZipReader(new BlobReader(new Blob([readFileSync(await download.path())])));
  const sizes = new Map<string, string>();
  for (const entry of await archive.getEntries()) {
    if (entry.directory) continue;
    const bytes = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
    const { width, height } = await app.decode(Buffer.from(bytes), 'image/png');
    sizes.set(entry.filename, `${width}x${height}`);
  }
  expect(Object.fromEntries(sizes)).toEqual({
    'holiday/a-2x.png': '96x64',
    'holiday/b-2x.png': '96x64',
    'holiday/sub/a-2x.png': '96x64',
    'holiday/sub/z-2x.png': '96x64',
    'holiday/sub/写真-2x.png': '96x64',
  });
});
