import { crc32 } from 'node:zlib';
import { expect, test } from './fixtures';
import { drawPng } from './pictures';

/** A PNG of one colour that says it is of Display P3. */
function drawWide(colour: readonly number[]): Buffer {
  const plain = drawPng(48, 32, 255, () => [...colour]);
  const body = Buffer.from([...Buffer.from('cICP'), 12, 13, 0, 1]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(4);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([plain.subarray(0, 33), chunk, plain.subarray(33)]);
}

test('colours that sRGB lacks are seen on a screen that has them, before and after', async ({
  app,
  page,
}) => {
  const session = await page.context().newCDPSession(page);
  const features = [{ name: 'color-gamut', value: 'p3' }];
  await session.send('Emulation.setEmulatedMedia', { features });
  await app.visit();
  const see = (side: 'before' | 'after') =>
    page.locator(`[data-stage] canvas.${side}`).evaluate((canvas: HTMLCanvasElement) => {
      const pen = canvas.getContext('2d')!;
      const at = [canvas.width >> 1, canvas.height >> 1, 1, 1] as const;
      const { data } = pen.getImageData(...at, { colorSpace: 'display-p3' });
      return [pen.getContextAttributes().colorSpace, ...data];
    });
  const buffer = drawWide([250, 20, 20]);
  await app.open({ name: 'poppy.png', mimeType: 'image/png', buffer });
  await expect.poll(() => see('before')).toEqual(['display-p3', 250, 20, 20, 255]);
  await app.enhance();
  await page.getByRole('slider', { name: 'Strength' }).fill('50');
  // The tests' networks change a colour by a few levels.
  await expect.poll(async () => (await see('after'))[0]).toBe('display-p3');
  const [, r, g, b] = await see('after');
  for (const [seen, drawn] of [
    [r, 250],
    [g, 20],
    [b, 20],
  ])
    expect(Math.abs(Number(seen) - Number(drawn))).toBeLessThanOrEqual(8);

  // All other photos have the canvas that their numbers are for.
  await app.open({ name: 'plain.png', mimeType: 'image/png', buffer: drawPng(48, 32) });
  await expect.poll(async () => (await see('before'))[0]).toBe('srgb');
});
