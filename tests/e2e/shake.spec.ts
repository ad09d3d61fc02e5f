import { encode } from 'fast-png';
import { bent, drawLeaves, shakeScene } from '../unit/core/shaken';
import { expect, test } from './fixtures';
import type { PictureFile } from './pictures';

function drawShaken(): PictureFile {
  const { width, height, data } = shakeScene(drawLeaves(256, 256), bent);
  const png = encode({ width, height, data: new Uint8Array(data), channels: 4 });
  return { name: 'shaken.png', mimeType: 'image/png', buffer: Buffer.from(png) };
}

test('a shaken photo is recognised after it has opened, and deblurring it is asked for', async ({
  app,
  page,
}) => {
  await app.visit();
  await app.open(drawShaken());
  await expect(page.getByText('Looking for a camera shake…')).toBeVisible();
  await expect(app.slider('Deblur')).toHaveValue('0');
  await expect(
    page.getByText(/^Shaken, over about \d+ pixels: deblurring suggested\.$/),
  ).toBeVisible();
  await expect(app.slider('Deblur')).toHaveValue('100');
  await expect(page.getByText('Looking for a camera shake…')).toBeHidden();
});
