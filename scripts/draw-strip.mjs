/** Draws the same part of some pictures side by side. */

/** Pixels between two. */
const gap = 4;

/**
 * Draws a part of each picture in a row, at one size.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {{ png: Buffer, scale: number }[]} pictures Files that the browser reads, and how much larger each is than
 *   what `cut` is measured on.
 * @param {{ x: number, y: number, width: number, height: number }} cut Which part.
 * @param {{ width: number, height: number }} size In pixels, of each part.
 * @returns {Promise<Buffer>} A WebP.
 */
export async function drawStrip(browser, pictures, cut, size) {
  const page = await browser.newPage();
  const parts = pictures.map(({ png, scale }) => ({ data: png.toString('base64'), scale }));
  const webp = await page.evaluate(
    async ({ parts: all, x, y, width, height, size: part, gap: between }) => {
      const whole = all.length * (part.width + between) - between;
      const canvas = new OffscreenCanvas(whole, part.height);
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('The canvas has no 2d context.');
      pen.imageSmoothingQuality = 'high';
      for (const [i, { data, scale }] of all.entries()) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes]));
        const from = /** @type {const} */ ([x * scale, y * scale, width * scale, height * scale]);
        pen.drawImage(picture, ...from, i * (part.width + between), 0, part.width, part.height);
      }
      const file = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
      return [...new Uint8Array(await file.arrayBuffer())];
    },
    { parts, ...cut, size, gap },
  );
  await page.close();
  return Buffer.from(webp);
}
