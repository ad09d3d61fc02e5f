import AxeBuilder from '@axe-core/playwright';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { fromScratch, photo, scan, scannedPrint } from './pictures';

test('a scratch is found, shown and healed with what is painted, and nothing else; all of it is undone and comes back', async ({
  app,
  page,
}) => {
  const pixels = async () => (await app.decode((await app.save()).bytes, 'image/png')).data;
  const empty = page.getByText('Nothing is marked yet');
  await app.visit();
  await app.open(scan);
  await pick(app.scale('1×'));
  await page.getByRole('checkbox', { name: 'Heal damage' }).check();
  await expect(app.status).toHaveText(/^[\d.]+ % of the picture is marked/);
  await page.keyboard.press('Control+z');
  await expect(empty).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(empty).toHaveCount(0);
  const sensitivity = page.getByRole('slider', { name: 'Damage sensitivity' });
  await sensitivity.fill('70');
  await expect(sensitivity).toHaveAttribute('aria-valuetext', '70 %');

  const mark = page.getByRole('button', { name: 'Mark damage' });
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
  await mark.click();
  const tip = page.getByRole('group', { name: 'Marker: arrow keys move it, Space paints' });
  await tip.focus();
  // To the right of the scratch and down.
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.down(' ');
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.up(' ');
  await expect(app.status).toHaveText('Marked as damaged.');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await app.enhance();
  const original = (await app.decode(scan.buffer, 'image/png')).data;
  const healed = await pixels();
  expect(healed).toHaveLength(original.length);
  const sides = { scratch: 0, left: 0, right: 0 };
  for (let i = 0; i < healed.length; i++) {
    if (healed[i] === original[i]) continue;
    const [x, y] = [Math.floor(i / 4) % 192, Math.floor(i / 768)];
    if (fromScratch(x, y) < 10) sides.scratch++;
    else sides[x < 96 ? 'left' : 'right']++;
  }
  // Three channels of a line of three pixels, most of it.
  expect(sides.scratch).toBeGreaterThan(144 * 3 * 3 * 0.6);
  expect([sides.left, sides.right > 0]).toEqual([0, true]);

  // Strength is about the networks: what is healed stays so, on the screen and in the file.
  const shownAt = async (strength: string) => {
    await app.strength.fill(strength);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.evaluate(() => new Promise(requestAnimationFrame));
    return page.locator('[data-stage] canvas.after').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      return canvas.getContext('2d')!.getImageData(0, 0, width, height).data.join();
    });
  };
  const most = await shownAt('99');
  expect((await shownAt('0')) === most).toBe(true);
  expect(await pixels()).toEqual(healed);
});

test('Old photo finds in one press what a scanned print needs, says each, and leaves a photo of today alone', async ({
  app,
  page,
}) => {
  const preset = page.getByRole('combobox', { name: 'Preset' });
  const steps = page.getByRole('list', { name: 'Steps of Old photo' });
  const step = (name: string) => steps.getByRole('listitem').filter({ hasText: name });
  await app.visit();
  await app.open(scannedPrint);
  await preset.selectOption({ label: 'Old photo' });
  await expect(step('Frame')).toContainText('found, cropped');
  await expect(step('Damage')).toContainText(/[\d.]+ % marked/);
  await expect(step('Enlargement')).toContainText('2×, crisp, at 60 %');
  await expect(page.getByRole('checkbox', { name: 'Heal damage' })).toBeChecked();
  await app.enhance();
  // Of its 448 pixels at twice the size, the edges stay out.
  const { bytes } = await app.save();
  const { width, height, data } = await app.decode(bytes, 'image/png');
  expect(width).toBeGreaterThan(420);
  expect(width).toBeLessThan(452);
  let scratched = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i]! > 215) scratched++;
  expect(scratched).toBeLessThan(0.2 * 3 * 2 * height);

  await app.open(photo);
  await preset.selectOption({ label: 'Old photo' });
  await expect(step('Damage')).toContainText(/none found|not healed unasked/);
  await expect(step('Frame')).toContainText('none found');
  await expect(step('Enlargement')).not.toContainText('crisp');
  await expect(page.getByRole('checkbox', { name: 'Heal damage' })).not.toBeChecked();
});
