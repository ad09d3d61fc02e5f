import AxeBuilder from '@axe-core/playwright';
import type { FileChooser, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { photo } from './pictures';

/** What axe finds that keeps people out, as short lines. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const width of [390, 1440]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no serious barriers at ${width} px, ${colorScheme}`, async ({ app, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await app.visit();
      expect(await violations(page), 'empty').toEqual([]);
      await app.open(photo);
      expect(await violations(page), 'loaded').toEqual([]);
      await app.enhance();
      expect(await violations(page), 'done').toEqual([]);
      await app.strength.fill('40');
      await page.keyboard.press('?');
      await page.getByRole('button', { name: 'Guide' }).click();
      await expect(page.getByRole('dialog', { name: 'Guide' })).toBeVisible();
      expect(await violations(page), 'guide').toEqual([]);
      await page.keyboard.press('Escape');
      if (width < 760) await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('button', { name: 'History' }).click();
      await expect(page.getByRole('list', { name: 'History' })).toBeVisible();
      expect(await violations(page), 'history').toEqual([]);
      await page.keyboard.press('Escape');
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, 'sideways scrolling').toBeLessThanOrEqual(0);
    });
  }
}

test('the whole job by keyboard', async ({ app, page }) => {
  // Listening makes Playwright intercept choosers, which takes effect some time later: so before the visit.
  const chosen = new Promise<FileChooser>((resolve) => page.on('filechooser', resolve));
  await app.visit();
  /** Tabs until the element has the focus. */
  const tabTo = async (target: ReturnType<Page['locator']>) => {
    for (let presses = 0; presses < 40; presses++) {
      if (await target.evaluate((node) => node === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('not reachable by Tab');
  };
  await tabTo(app.openButton);
  await page.keyboard.press('Enter');
  await (await chosen).setFiles(photo);
  await expect(app.enhanceButton).toBeEnabled();
  await tabTo(app.enhanceButton);
  await page.keyboard.press('Enter');
  await expect(app.compare).toBeVisible();
  await expect(app.saveButton).toBeEnabled();
  await tabTo(app.compare);
  const start = Number(await app.compare.inputValue());
  await page.keyboard.press('ArrowLeft');
  expect(Number(await app.compare.inputValue())).toBeLessThan(start);
  await tabTo(app.strength);
  await page.keyboard.press('Home');
  await tabTo(app.saveButton);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toMatch(/\.png$/);
});
