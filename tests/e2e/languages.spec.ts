import { expect, test } from './fixtures';
import { photo } from './pictures';

test('a language is chosen, kept, speaks through a run, and needs no server afterwards', async ({
  app,
  page,
  context,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(html).toHaveAttribute('lang', 'de');
  const open = page.getByRole('button', { name: 'Foto öffnen', exact: true });
  await expect(open).toBeVisible();

  await page.reload();
  await expect(open).toBeVisible();
  await expect(html).toHaveAttribute('lang', 'de');
  await app.choose(photo);
  await page.getByRole('button', { name: 'Verbessern', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Speichern', exact: true })).toBeEnabled();
  await expect(page.getByRole('status')).toContainText(/auf der CPU in \d+(,\d)?\u00a0s\.$/);
  await app.expectEngineKept();

  await ownServer.close();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Tastenkürzel', exact: true }).click();
  const help = page.getByRole('dialog', { name: 'Tastenkürzel' });
  // Of the guide, nothing was read while there was a server.
  await help.getByRole('button', { name: 'Anleitung' }).click();
  await expect(page.getByText('Ein kleines neuronales Netz')).toBeVisible();
});

test.describe('a browser that prefers another language', () => {
  test.use({ locale: 'de-AT' });

  test('is spoken to in it from the first word on', async ({ page }) => {
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const title = document.querySelector('h1')?.textContent;
        if (title && title !== seen.at(-1)) seen.push(title);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Fotos vergrößern');
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toHaveLength(
      1,
    );
  });
});

test('from right to left, at 320 px, nothing stands beside the page', async ({ app, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/?backend=wasm&tile=64&language=ar-XB');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  const widths = () =>
    page.evaluate(() => {
      const parts = document.querySelectorAll(
        'html, header, main, aside, button, label, select, p',
      );
      const over = [...parts].filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        const isSeen = each.checkVisibility({ visibilityProperty: true }) && width > 1;
        const isIn =
          left >= -1 && right <= innerWidth + 1 && each.scrollWidth <= each.clientWidth + 1;
        return isSeen && !isIn && !each.closest('.hidden-visually, [data-stage]');
      });
      return over.map(({ tagName, textContent }) => `${tagName} ${textContent.trim()}`);
    });
  await expect(page.locator('[data-open]')).toBeVisible();
  expect(await widths()).toEqual([]);
  await app.choose(photo);
  await expect(page.getByRole('tablist')).toBeVisible();
  await expect.poll(widths).toEqual([]);
});
