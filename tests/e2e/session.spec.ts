import AxeBuilder from '@axe-core/playwright';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

/** How many parts of sessions lie in the browser. */
const countKept = async (): Promise<number> =>
  (await (await caches.open('enlarger-session')).keys()).length;

/** When the settings were kept last. */
const settingsTime = async (): Promise<string | null | undefined> => {
  const cache = await caches.open('enlarger-session');
  const key = (await cache.keys()).find(({ url }) => url.endsWith('settings'));
  return key && (await cache.match(key))?.headers.get('X-Kept-At');
};

test('after a reload the photo is offered again, as it was set; it can be deleted, damaged and refused', async ({
  app,
  page,
}) => {
  const resume = page.getByRole('button', { name: 'Open it again' });
  await app.visit();
  await app.open(photo);
  await expect.poll(() => page.evaluate(countKept)).toBe(2);
  const first = await page.evaluate(settingsTime);
  await pick(app.scale('4×'));
  await expect.poll(() => page.evaluate(settingsTime)).not.toBe(first);
  await page.reload();
  await expect(page.getByText(`${photo.name} was open here.`)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await resume.click();
  await expect(app.enhanceButton).toBeEnabled();
  await expect(app.scale('4×')).toBeChecked();

  await page.reload();
  await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Kept offline' });
  await expect(dialog.getByRole('row', { name: /Photo that is open/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete Photo that is open' }).click();
  await expect.poll(() => page.evaluate(countKept)).toBe(0);
  await page.reload();
  await expect(app.openButton).toBeVisible();
  await expect(resume).toHaveCount(0);

  await app.open(photo);
  await expect.poll(() => page.evaluate(countKept)).toBe(2);
  await page.evaluate(async () => {
    const cache = await caches.open('enlarger-session');
    for (const key of await cache.keys()) await cache.put(key, new Response('rotten'));
  });
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('could not be read again');

  await app.open(photo);
  await expect.poll(() => page.evaluate(countKept)).toBe(2);
  await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
  await dialog.getByRole('checkbox', { name: /Keep the open photo/ }).uncheck();
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  expect(found.map(({ id }) => id)).toEqual([]);
  await expect.poll(() => page.evaluate(countKept)).toBe(0);
});
