import AxeBuilder from '@axe-core/playwright';
import { toOklab } from '../../src/core/picture/oklab';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

test('what is tinted by keyboard keeps its lightness, whatever the strength, in the file too, until it is undone', async ({
  app,
  page,
}) => {
  let middle = 0;
  const save = async () => {
    const { data, width, height } = await app.decode((await app.save()).bytes, 'image/png');
    middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
    return data;
  };
  const labIn = (data: number[]) => {
    const [red, green, blue] = data.slice(middle, middle + 3).map((value) => value / 255);
    return toOklab(red!, green!, blue!);
  };
  await app.visit();
  await app.open(photo);
  await app.enhance();
  await app.strength.fill('0');
  const plain = await save();

  await page.getByRole('button', { name: 'Tint', exact: true }).click();
  await expect(page.getByText('Colours are a guess, not history.')).toBeVisible();
  await pick(page.getByRole('radio', { name: 'Denim' }));
  const tip = page.getByRole('group', { name: 'Tint: arrow keys move it, Space paints' });
  await tip.focus();
  await page.keyboard.press(']');
  await page.keyboard.down(' ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.up(' ');
  await expect(app.status).toHaveText('Painted here.');

  const tinted = await save();
  const [before, after] = [labIn(plain), labIn(tinted)];
  expect(Math.abs(after[0] - before[0])).toBeLessThan(0.01);
  expect(before[2]).toBeGreaterThan(0);
  expect(after[2]).toBeLessThan(-0.02);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.keyboard.press('Control+z');
  expect(await save()).toEqual(plain);
});
