import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';
import { photo } from './pictures';

test('a preset is asked for by subject, by an address, by a name of one’s own and by a file', async ({
  app,
  page,
}) => {
  const linked = { v: 2, steps: [{ task: 'upscale', scale: 4, variant: 'faithful' }] };
  await app.visit(`backend=wasm&tile=64&recipe=${encodeURIComponent(JSON.stringify(linked))}`);
  await app.open(photo);
  await expect(app.scale('4×')).toBeChecked();
  const preset = page.getByRole('combobox', { name: 'Preset' });
  await preset.selectOption({ label: 'Portrait' });
  await expect(page.getByText('skin stays skin')).toBeVisible();

  await page.getByRole('button', { name: 'Your presets' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your presets' });
  await dialog.getByLabel('Name for the present settings').fill('Faces');
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export Faces' }).click();
  const file = await download;
  const recipe = JSON.parse(readFileSync(await file.path(), 'utf8')) as object;
  expect([file.suggestedFilename(), recipe]).toMatchObject([
    'Faces.recipe.json',
    { v: 2, finish: { strength: 0.8 } },
  ]);
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'Later.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...recipe, v: 3 })),
  });
  await expect(dialog.getByRole('alert')).toContainText('newer version');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(preset).toHaveValue('own:Faces');

  await page.goto('/?backend=wasm&tile=64');
  await app.open(photo);
  await expect(preset).toHaveValue('photo');
  await preset.selectOption({ label: 'Faces' });
  await expect(app.scale('4×')).toBeChecked();
});
