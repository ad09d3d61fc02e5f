/** What is suggested for a clip, by eleven of its pictures. */
import { expect } from '@playwright/test';
import { makeClip } from '../clips.ts';
import { test } from './fixtures';

const coded = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p'];
const bars = 'smptebars=s=96x72:r=25:d=2';
const flickering = `${bars},geq=lum='lum(X,Y)*(0.9+0.08*sin(2*PI*7.3*T))':cb='cb(X,Y)':cr='cr(X,Y)'`;

const file = (name: string, source: string) => ({
  ...{ name, mimeType: 'video/mp4' },
  buffer: makeClip(name, ['-f', 'lavfi', '-i', source, ...coded]),
});

test('a clip that flickers gets Deflicker, with the reason; what the person switches off stays off, and may be used again', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(file('a.mp4', flickering));
  await page.getByRole('tab', { name: 'Film' }).click();
  const deflicker = page.getByRole('checkbox', { name: 'Deflicker' });
  const use = page.getByRole('button', { name: 'Use the suggestion' });
  await expect(page.getByText(/^Its light swings by \d+ %: Deflicker suggested\.$/)).toBeVisible();
  await expect(deflicker).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Steady detail' })).not.toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Frame rate' })).toHaveValue('');
  await expect(use).toHaveCount(0);
  await deflicker.uncheck();
  await use.click();
  await expect(deflicker).toBeChecked();
  await expect(use).toHaveCount(0);
});

test('a clip that needs none of it gets nothing but the enlargement', async ({ app, page }) => {
  await app.visit();
  await app.open(file('a.mp4', bars));
  await page.getByRole('tab', { name: 'Film' }).click();
  await expect(
    page.getByText('Eleven pictures were looked at: nothing of these is needed.'),
  ).toBeVisible();
  for (const name of ['Deflicker', 'Deband', 'Steady detail'])
    await expect(page.getByRole('checkbox', { name, exact: true })).not.toBeChecked();
  await page.getByRole('tab', { name: 'Recipe' }).click();
  await expect(app.scale('2×')).toBeChecked();
  await expect(page.getByRole('slider', { name: 'Noise', exact: true })).toHaveValue('0');
});
