import AxeBuilder from '@axe-core/playwright';
import type { FileChooser, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { drawPng, photo } from './pictures';

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

/** What may be pressed and is smaller than a finger, by what it says. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], input, select, [role=tab]')]
      .map((node) => [node, node.closest('label') ?? node] as const)
      .filter(([, target]) => target.checkVisibility() && !target.closest('.hidden-visually'))
      .filter(([node, target]) => {
        // What marks a choice is pressed by the words beside it.
        const { width, height } = (
          node.matches('[type=range]') ? node : target
        ).getBoundingClientRect();
        return width < 44 || height < 44;
      })
      .map(([node, target]) => `${node.tagName} ${node.ariaLabel ?? target.textContent?.trim()}`),
  );

test('what takes the place of what was pressed has the focus, and all of it can be hit', async ({
  app,
  page,
}) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await app.visit();
  await app.open(photo);
  await button('Another size').click();
  await button('White balance and light').click();
  await expect(page.getByRole('slider', { name: 'Brightness' })).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);

  // A run may be over before a look at it.
  await page.evaluate(() => {
    const seen: string[] = ((window as { seen?: string[] }).seen = []);
    document.addEventListener('focusin', ({ target }) => seen.push((target as Element).id));
  });
  await app.enhanceButton.focus();
  await page.keyboard.press('Enter');
  await expect(app.compare).toBeFocused();
  expect(await page.evaluate(() => (window as { seen?: string[] }).seen)).toEqual([
    'enhance',
    'cancel',
    'compare',
  ]);

  await button('Look closer').focus();
  await page.keyboard.press('Enter');
  await expect(button('Whole photo')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button('Look closer')).toBeFocused();
});

test('keys make the effect weaker and stronger, and show the whole photo or 100 %', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  await app.enhance();
  const strength = page.getByRole('slider', { name: 'Strength' });
  const usual = Number(await strength.inputValue());
  await page.keyboard.press(',');
  await expect(strength).toHaveValue(String(usual - 5));
  await page.keyboard.press('.');
  await expect(strength).toHaveValue(String(usual));
  const full = page.getByRole('button', { name: /^Zoom 100\s%\./ });
  await expect(full).toBeHidden();
  await page.keyboard.press('z');
  await expect(full).toBeVisible();
  await page.keyboard.press('z');
  await expect(full).toBeHidden();
});

test('what a tool is set by is seen when the tool is taken, wherever the panel was; so is the top of another photo’s page', async ({
  app,
  page,
}) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  await page.setViewportSize({ width: 1000, height: 600 });
  await app.visit();
  await app.open(photo);
  await app.enhance();
  for (const [tool, name] of [
    ['Brush', 'Only here'],
    ['Tint', 'Tint'],
    ['Review', 'Invented detail'],
  ] as const) {
    await button('Find faces').scrollIntoViewIfNeeded();
    await button(tool).click();
    await expect(heading(name)).toBeInViewport({ ratio: 1 });
    expect(await smallTargets(page), tool).toEqual([]);
    await button(tool).click();
    await expect(heading(name)).toHaveCount(0);
  }
  await page.getByRole('tab', { name: 'Recipe' }).click();
  await button('Tint').click();
  await expect(page.getByRole('tab', { name: 'Finish' })).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('tab', { name: 'Recipe' }).click();
  await page.getByRole('checkbox', { name: 'Bring colours back' }).scrollIntoViewIfNeeded();
  await app.choose({ name: 'other.png', mimeType: 'image/png', buffer: drawPng(80, 60) });
  await expect(page.getByRole('heading', { name: 'other.png' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Preset' })).toBeInViewport();
});
