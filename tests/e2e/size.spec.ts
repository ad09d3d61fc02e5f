import { decode } from 'fast-png';
import { pick } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

test('a size of one’s own, in pixels and as a print, is what Save writes', async ({
  app,
  page,
}) => {
  await app.visit('backend=wasm&tile=64&size=144w');
  await app.open(photo);
  await page.getByRole('button', { name: 'Another size' }).click();
  const group = page.getByRole('group', { name: 'Size', exact: true });
  const field = (name: string) => group.getByRole('textbox', { name, exact: true });
  await expect(field('Width')).toHaveValue('144');
  await field('Width').fill('150');
  await field('Width').press('Enter');
  await expect(field('Height')).toHaveValue('100');
  await expect(app.scale('2×')).not.toBeChecked();
  await expect(page.getByText('150 × 100').first()).toBeVisible();
  await field('Height').fill('much');
  await field('Height').press('Enter');
  await expect(group.getByRole('status')).toHaveText(/nothing was changed/);
  await expect(field('Height')).toHaveValue('100');

  await app.enhance();
  const first = await app.save();
  expect(first.download.suggestedFilename()).toBe('beach-150x100.png');
  expect(decode(first.bytes)).toMatchObject({ width: 150, height: 100 });

  // The same enlargement reaches it: nothing is run again.
  await page.getByRole('tab', { name: 'Recipe' }).click();
  await field('Dots per inch').fill('100');
  await field('Dots per inch').press('Enter');
  await group.getByRole('combobox', { name: 'Unit' }).selectOption({ label: 'inch' });
  await field('Print width').fill('1,2');
  await field('Print width').press('Enter');
  await expect(field('Width')).toHaveValue('120');
  const { bytes } = await app.save();
  expect(decode(bytes)).toMatchObject({ width: 120, height: 80, resolution: { x: 3937, y: 3937 } });

  await pick(app.scale('4×'));
  await expect(field('Width')).toHaveValue('384');
});
