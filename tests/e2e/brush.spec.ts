import AxeBuilder from '@axe-core/playwright';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

test('what is protected by keyboard stays as it was, in the file too, until it is undone', async ({
  app,
  page,
}) => {
  let middle = 0;
  const save = async () => {
    const { data, width, height } = await app.decode((await app.save()).bytes, 'image/png');
    middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
    return data;
  };
  await app.visit();
  await app.open(photo);
  await app.enhance();
  const full = await save();
  await app.strength.fill('0');
  const plain = await save();
  await app.strength.fill('100');

  await page.locator('[data-stage]').focus();
  await page.keyboard.press('b');
  const tip = page.getByRole('group', { name: 'Brush: arrow keys move it, Space paints' });
  await expect(tip).toBeFocused();
  await expect(page.getByText('Paint where the effect should stay.')).toBeVisible();
  await pick(page.getByRole('radio', { name: 'Protect' }));
  await page.getByRole('slider', { name: 'Softness' }).fill('0');
  await page.getByRole('slider', { name: 'Size' }).fill('250');
  await tip.focus();
  await page.keyboard.press(']');
  await page.keyboard.down(' ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.up(' ');
  await expect(app.status).toHaveText('Protected here.');

  const saved = await save();
  const same = (other: number[]) => saved.filter((value, i) => value === other[i]).length;
  expect(saved.slice(middle, middle + 3)).toEqual(plain.slice(middle, middle + 3));
  expect(saved.slice(0, 3)).toEqual(full.slice(0, 3));
  expect(same(full)).toBeLessThan(saved.length);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.keyboard.press('Control+z');
  expect(await save()).toEqual(full);
  await page.getByRole('button', { name: 'Brush', exact: true }).click();
  await expect(tip).toHaveCount(0);

  await page.locator('[data-stage]').focus();
  await page.keyboard.press('r');
  // A faithful enlargement: nothing of it is invented.
  await expect(app.status).toHaveText('No invented detail to check.');
  await expect(page.getByRole('heading', { name: 'Invented detail' })).toBeVisible();
});
