import AxeBuilder from '@axe-core/playwright';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

test('a photo is turned and cropped by keys and by hand, saved as it is seen, and the crop is undone', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  const original = await app.decode(photo.buffer, 'image/png');
  const { width, height } = original;
  await pick(app.scale('1×'));
  const crop = page.getByRole('button', { name: 'Crop', exact: true });
  await expect(crop).toHaveAttribute('aria-pressed', 'false');
  await crop.click();
  await expect(crop).toHaveAttribute('aria-pressed', 'true');
  const size = (w: number, h: number) => page.getByText(`${w} × ${h}`, { exact: true });
  await page.getByRole('button', { name: 'Turn right' }).click();
  await page.getByRole('button', { name: 'Flip' }).click();
  await expect(size(height, width)).toBeVisible();
  // The lower edge by the least step of a key, the left one by hand.
  const edge = page.getByRole('slider', { name: 'Lower edge' });
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await edge.focus();
  await page.keyboard.press('Shift+ArrowUp');
  const now = Number(await edge.getAttribute('aria-valuenow'));
  expect(now).toBeLessThan(before);
  const left = page.getByRole('slider', { name: 'Left edge' });
  const box = (await left.boundingBox())!;
  const frame = (await page
    .getByRole('group', { name: 'Crop: arrow keys move it' })
    .boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + frame.width / 4, box.y + box.height / 2);
  await page.mouse.up();
  const from = Number(await left.getAttribute('aria-valuenow'));
  expect(Math.abs(from - height / 4)).toBeLessThanOrEqual(1);
  await expect(size(height - from, now)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(app.status).toHaveText(`Cropped to ${height - from} × ${now}.`);
  await expect(crop).toHaveAttribute('aria-pressed', 'false');

  await app.slider('Noise').fill('10');
  await app.enhance();
  await app.strength.fill('0');
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  expect([saved.width, saved.height]).toEqual([height - from, now]);
  const pixel = ({ data, width: across }: typeof saved, x: number, y: number) =>
    data.slice((y * across + x) * 4, (y * across + x) * 4 + 4);
  // Turned right and mirrored, columns are rows.
  for (const [x, y] of [
    [0, 0],
    [3, 7],
    [saved.width - 1, saved.height - 1],
  ] as const)
    expect(pixel(saved, x, y)).toEqual(pixel(original, y, x + from));
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByText(`${width} × ${height}`).first()).toBeVisible();
});

test('the light of a photo is set before a run, by sliders and by a point that is gray, and saved', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(photo);
  await pick(app.scale('1×'));
  await page.getByRole('button', { name: 'White balance and light' }).click();
  const slider = (name: string) => page.getByRole('slider', { name, exact: true });
  await slider('Brightness').fill('-1');
  const picker = page.getByRole('button', { name: 'Pick a neutral point' });
  await picker.click();
  // The middle of the picture is of one colour, which is none of grays.
  const stage = page.locator('[data-stage]');
  await stage.click();
  await expect(app.status).toHaveText('Balanced: what was pressed is gray.');
  const temperature = await slider('Temperature').inputValue();
  expect(temperature).not.toBe('0');
  // The same by keys, on the photo as it was.
  await slider('Temperature').fill('0');
  await slider('Tint').fill('0');
  await picker.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('group', { name: 'Neutral point: arrow keys move it, Enter picks' }),
  ).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(app.status).toHaveText('Balanced: what was pressed is gray.');
  await expect(slider('Temperature')).toHaveValue(temperature);
  await expect(picker).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await app.slider('Noise').fill('10');
  await app.enhance();
  await app.strength.fill('0');
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  const at = (32 * saved.width + 48) * 4;
  const [red = 0, green = 0, blue = 0] = saved.data.slice(at, at + 3);
  const [before = 0] = (await app.decode(photo.buffer, 'image/png')).data.slice(at);
  expect(red).toBeLessThan(before);
  // Its colour is further from gray than a balance goes.
  expect(red - blue).toBeLessThan(before / 2);
  expect(green).toBeGreaterThan(0);
  // One Exposure alone: it is of the finish.
  await page.getByRole('button', { name: 'Light and colour' }).click();
  await expect(slider('Exposure')).toHaveCount(1);
});
