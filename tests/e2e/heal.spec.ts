import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';
import { photo } from './pictures';

test('what is marked on the picture is healed, and nothing else; the marks are undone and come back', async ({
  app,
  page,
}) => {
  const pixels = async () => (await app.decode((await app.save()).bytes, 'image/png')).data;
  await app.visit();
  await app.open(photo);
  await app.scale('1×').check({ force: true });
  await page.getByRole('checkbox', { name: 'Heal damage' }).check();
  const mark = page.getByRole('button', { name: 'Mark damage' });
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByText('Nothing is marked yet')).toBeVisible();
  await mark.click();
  const tip = page.getByRole('group', { name: 'Marker: arrow keys move it, Space paints' });
  await tip.focus();
  // From inside of the disc to its edge.
  for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowUp');
  await page.keyboard.down(' ');
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.up(' ');
  await expect(app.status).toHaveText('Marked as damaged.');
  await expect(page.getByText('Nothing is marked yet')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Nothing is marked yet')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByText('Nothing is marked yet')).toHaveCount(0);

  await app.enhance();
  const original = (await app.decode(photo.buffer, 'image/png')).data;
  const healed = await pixels();
  expect(healed).toHaveLength(original.length);
  const changed = healed.filter((value, i) => value !== original[i]).length;
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThan(healed.length / 4);
  expect(healed.slice(0, 400)).toEqual(original.slice(0, 400));
});
