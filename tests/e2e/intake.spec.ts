import type { FileChooser } from '@playwright/test';
import { expect, test } from './fixtures';
import { badFiles, photo } from './pictures';

for (const [what, file] of Object.entries(badFiles)) {
  test(`${what} gets a sentence, and the app goes on`, async ({ app }) => {
    await app.visit();
    await app.choose(file);
    const alert = app.page.getByRole('alert');
    await expect(alert).toBeVisible();
    expect(((await alert.textContent()) ?? '').trim().split(/\s+/).length).toBeGreaterThan(4);
    await expect(alert).not.toContainText(/Error:|undefined|\bat \w+ \(/);
    await app.open(photo);
    await expect(alert).toHaveCount(0);
    await app.enhance();
  });
}

test('a bad file leaves the photo that is open', async ({ app }) => {
  await app.visit();
  await app.open(photo);
  await app.choose(badFiles['a text file named .jpg']!);
  await expect(app.page.getByRole('alert')).toContainText('beach.png is still open.');
  await expect(app.page.getByText('beach.png').first()).toBeVisible();
  await app.enhance();
});

test('a truncated JPEG shows what is left and says so', async ({ app }) => {
  await app.visit();
  await app.open(photo);
  await app.enhance();
  await app.chooseFormat('JPEG');
  const { bytes } = await app.save();
  await app.choose({
    name: 'half.jpg',
    mimeType: 'image/jpeg',
    buffer: bytes.subarray(0, bytes.length / 3),
  });
  await expect(app.page.getByText(/cut off/)).toBeVisible();
});

test('a photo can be dropped', async ({ app, page }) => {
  await app.visit();
  const transfer = await page.evaluateHandle(
    ({ base64, name }) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: 'image/png' }));
      return data;
    },
    { base64: photo.buffer.toString('base64'), name: photo.name },
  );
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', event, { dataTransfer: transfer });
  await expect(app.enhanceButton).toBeEnabled();
  await expect(page.getByText('beach.png').first()).toBeVisible();
});

test('a photo can be pasted', async ({ app, page }) => {
  await app.visit();
  await app.copy(photo);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(app.enhanceButton).toBeEnabled();
  await expect(page.getByText(/96\s*×\s*64/).first()).toBeVisible();
});

test('the button opens the file chooser', async ({ app, page }) => {
  const chosen = new Promise<FileChooser>((resolve) => page.on('filechooser', resolve));
  await app.visit();
  await app.openButton.click();
  await (await chosen).setFiles(photo);
  await expect(app.enhanceButton).toBeEnabled();
});

test('the first page shows what becomes of the sample, which can be tried', async ({
  app,
  page,
}) => {
  await app.visit();
  const picture = page.getByRole('img', { name: /cat’s face/ });
  await expect(picture).toBeVisible();
  for (const part of await picture.locator('img').all()) await expect(part).toBeVisible();
  await page.getByRole('button', { name: /sample/i }).click();
  await expect(app.enhanceButton).toBeEnabled();
});
