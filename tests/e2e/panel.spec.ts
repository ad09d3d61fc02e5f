import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { drawPng, photo } from './pictures';

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const open = (page: Page, name: string) =>
  expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');

test('the panel follows time, by pointer and by key; what it says is what Save writes', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  await open(page, 'Recipe');
  await tab(page, 'Finish').click();
  await expect(page.getByText('Enhance first; then adjust it here, live.')).toBeInViewport();
  await page.keyboard.press('ArrowRight');
  await open(page, 'Save');
  await expect(tab(page, 'Save')).toBeFocused();
  await page.keyboard.press('Home');
  await open(page, 'Recipe');
  // The next stop is in the page that is open.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tabpanel', { name: 'Recipe' })).toBeFocused();

  await app.enhance();
  await open(page, 'Finish');
  await expect(app.strength).toBeInViewport();
  await expect(app.saveButton).toBeInViewport();
  await expect(app.saveButton).toHaveAccessibleDescription('Save writes 192 × 128, PNG.');

  // Where a control is used, its page opens.
  await app.chooseFormat('WebP');
  await app.page.getByRole('combobox', { name: 'Format' }).focus();
  await open(page, 'Save');
  await pick(app.scale('4×'));
  await open(page, 'Recipe');
  await expect(page.getByText('This is the earlier result, 192 × 128.')).toBeVisible();
  await expect(app.saveButton).toHaveAccessibleDescription('Save writes 192 × 128, WebP.');
  const saved = await app.decode((await app.save()).bytes, 'image/webp');
  expect([saved.width, saved.height]).toEqual([192, 128]);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.scale('2×')).toBeChecked();
  await expect(page.getByText('This is the earlier result')).toBeHidden();
  await page.keyboard.press('Control+Shift+Z');
  await expect(app.scale('4×')).toBeChecked();
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled();

  // What a control does is told by a key, and by its question mark.
  await app.strength.focus();
  await page.keyboard.press('F1');
  await expect(page.getByText(/^Strength: how much/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(app.strength).toBeFocused();
  await page.getByRole('button', { name: 'About “Noise”' }).click();
  await expect(page.getByText(/^Noise: how much/)).toBeInViewport();
  await page.getByRole('button', { name: 'Close' }).click();

  // What was done before is found in words.
  await app.press(app.slider('Noise'), 'End');
  await page.getByRole('button', { name: 'History' }).click();
  const steps = page.getByRole('list', { name: 'History' }).getByRole('button');
  await expect(steps).toHaveText([
    'As opened',
    'Size from 192 × 128 to 384 × 256',
    'Noise from 0 % to 100 %',
  ]);
  await expect(steps.nth(2)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(app.scale('2×')).toBeChecked();
  await expect(steps.first()).toHaveAttribute('aria-current', 'step');
  await steps.last().click();
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(steps).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'History' })).toBeFocused();
  await expect(app.slider('Noise')).toHaveValue('0');

  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByText('WebAssembly')).toBeInViewport();

  // A slider goes back by a key.
  await app.press(app.strength, 'Home');
  await page.keyboard.press('Delete');
  await expect(app.status).toHaveText(/^Strength is back at \d+ %\.$/);
});

test('a phone shows the photo on most of its screen, and everything stays in reach', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.visit();
  await app.open(photo);
  const { height } = (await page.locator('[data-stage]').boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(0.6 * 844);
  await app.press(app.slider('Noise'), 'End');
  await expect(app.slider('Noise')).toBeInViewport();
  // What the bar has no room for is in its menu, which a key closes.
  const more = page.getByRole('button', { name: 'More', exact: true });
  const zoom = page.getByRole('button', { name: /^Zoom [\d.]+ %/ });
  const fitted = (await zoom.getAttribute('aria-label')) ?? '';
  await more.click();
  await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await expect(zoom).not.toHaveAttribute('aria-label', fitted);
  await page.getByRole('button', { name: 'Zoom out', exact: true }).click();
  await more.focus();
  await page.keyboard.press('Escape');
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await more.click();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

/** The policy allows no style element. */
async function doubleText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':root { font-size: 200% }');
    document.adoptedStyleSheets.push(sheet);
  });
}

test('with text of twice the size a small phone still shows the photo, and its line free', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await app.visit();
  await doubleText(page);
  await app.open(photo);
  await app.enhance();
  await page.getByRole('button', { name: 'Whole photo' }).click();
  const chip = await page.getByRole('button', { name: 'Look closer' }).boundingBox();
  const picture = await page.locator('[data-picture]').boundingBox();
  expect(picture?.height).toBeGreaterThanOrEqual(160);
  // The handle is 44 px wide.
  expect(chip!.x + chip!.width).toBeLessThanOrEqual(320 / 2 - 44 / 2);
});

for (const [what, width, isDouble] of [
  ['at 320 px', 320, false],
  ['with text of twice the size', 1280, true],
  ['with text of twice the size on a phone', 390, true],
] as const) {
  test(`nothing is cut off or out of reach ${what}`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await app.visit();
    if (isDouble) await doubleText(page);
    await app.open(photo);
    await app.enhance();
    const outside = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'header button, aside > div:not(.pages) :is(button, [role=tab])',
        ),
      ]
        .filter((node) => node.checkVisibility())
        .filter((node) => {
          const { left, right, bottom } = node.getBoundingClientRect();
          return left < 0 || right > innerWidth + 1 || bottom > innerHeight + 1;
        })
        .map((node) => node.textContent?.trim() || node.getAttribute('aria-label')),
    );
    expect(outside).toEqual([]);
    const clipped = await page.evaluate(() =>
      [...document.querySelectorAll('aside :is(label, button, [role=tab], p), header h1')]
        .filter((node) => node.checkVisibility() && !node.closest('.hidden-visually'))
        .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1)
        .map((node) => node.textContent?.trim()),
    );
    expect(clipped).toEqual([]);
  });
}

test('a result that was not saved can still be saved when another photo is open', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  await app.enhance();
  await app.choose({ name: 'other.png', mimeType: 'image/png', buffer: drawPng(40, 30) });
  await expect(page.getByRole('heading', { name: 'other.png' })).toBeVisible();
  await expect(page.getByText('beach.png is not saved.')).toBeVisible();
  const leaving = page.waitForEvent('dialog');
  const reload = page.evaluate(() => location.reload()).catch(() => undefined);
  const dialog = await leaving;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await reload;
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save it' }).click();
  const bytes = readFileSync(await (await download).path());
  const { width, height } = await app.decode(bytes, 'image/png');
  expect([width, height]).toEqual([192, 128]);
  await expect(page.getByText('beach.png is not saved.')).toHaveCount(0);
});

test('before any run, three crops show what may be asked for, and a key asks for one', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  const group = page.getByRole('radiogroup', { name: 'Alternatives' });
  await expect(group.getByRole('radio', { name: 'Auto' })).toBeChecked();
  const crops = () =>
    group
      .locator('canvas')
      .evaluateAll((nodes) => nodes.map((node) => (node as HTMLCanvasElement).toDataURL()));
  // First the original, three times.
  await expect.poll(async () => new Set(await crops()).size).toBe(3);
  await page.keyboard.press('3');
  await expect(group.getByRole('radio', { name: 'More' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Crisp' })).toBeChecked();
  await page.keyboard.press('1');
  await expect(group.getByRole('radio', { name: 'Gentle' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Faithful' })).toBeChecked();
  await app.enhance();
  // With a result, the key is its size again.
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: /^Zoom 100 %/ })).toBeVisible();
});

test('on the picture: a loupe before the run, and after it the result beside the original or alone', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  const loupe = page.getByRole('group', { name: /^Loupe/ });
  const looks = () =>
    loupe.locator('canvas').evaluate((node) => (node as HTMLCanvasElement).toDataURL());
  await page.getByRole('button', { name: 'Loupe', exact: true }).click();
  const original = await looks();
  await expect(loupe).toHaveAttribute('aria-busy', 'false');
  await expect.poll(looks).not.toBe(original);
  await page.keyboard.press('l');
  await expect(loupe).toHaveCount(0);

  const compare = page.getByRole('button', { name: 'Compare', exact: true });
  await expect(compare).toBeDisabled();
  await app.enhance();
  await expect(compare).toHaveAttribute('aria-pressed', 'true');
  // A finger that moves sideways anywhere on a fitted photo moves the line.
  const stage = page.locator('[data-stage]');
  const finger = { pointerType: 'touch', pointerId: 5, isPrimary: true, clientY: 200 };
  await stage.evaluate((node) => (node.setPointerCapture = () => undefined));
  await stage.dispatchEvent('pointerdown', { ...finger, clientX: 300 });
  await stage.dispatchEvent('pointermove', { ...finger, clientX: 200 });
  await stage.dispatchEvent('pointerup', { ...finger, clientX: 200 });
  expect(Number(await app.compare.inputValue())).toBeLessThan(45);
  // One that rests shows the original until it is lifted, and moves nothing.
  const before = await app.compare.inputValue();
  await stage.dispatchEvent('pointerdown', { ...finger, clientX: 300 });
  await stage.dispatchEvent('pointermove', { ...finger, clientX: 303 });
  await expect(stage).toHaveAttribute('style', /--split: 100%/);
  await stage.dispatchEvent('pointermove', { ...finger, clientX: 297 });
  await stage.dispatchEvent('pointerup', { ...finger, clientX: 297 });
  await expect(stage).not.toHaveAttribute('style', /--split: 100%/);
  expect(Math.abs(Number(await app.compare.inputValue()) - Number(before))).toBeLessThan(2);
  // What has changed most is shown beside the line, and at its own size by a press.
  const zoom = page.getByRole('button', { name: /^Zoom [\d.]+ %/ });
  const fitted = (await zoom.getAttribute('aria-label')) ?? '';
  await page.getByRole('button', { name: 'Look closer' }).click();
  await expect(zoom).toHaveAttribute('aria-label', /^Zoom 100 %/);
  await page.getByRole('button', { name: 'Whole photo' }).click();
  await expect(zoom).toHaveAttribute('aria-label', fitted);
  await compare.click();
  await expect(app.compare).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(app.compare).toBeVisible();
});
