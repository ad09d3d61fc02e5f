import { expect, test } from './fixtures';
import { photo } from './pictures';
import type { Page } from '@playwright/test';

/** The photo as the after side of the stage shows it: the part of its canvas that is not empty. */
function readStage(page: Page): Promise<{ width: number; height: number; data: number[] }> {
  return page.locator('[data-stage] canvas.after').evaluate((canvas: HTMLCanvasElement) => {
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no 2d context');
    const { data, width } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let [left, top, right, bottom] = [canvas.width, canvas.height, 0, 0];
    for (let i = 3; i < data.length; i += 4) {
      if (data[i] === 0) continue;
      const [x, y] = [((i - 3) / 4) % width, Math.floor(i / 4 / width)];
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, y + 1);
    }
    const size = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
    const part = pen.getImageData(left, top, size.width, size.height);
    return { ...size, data: [...part.data] };
  });
}

test('what is drawn at 100 % is what Save writes', async ({ app, page }) => {
  await app.visit();
  await app.open(photo);
  await app.enhance();
  await page.locator('[data-stage]').focus();
  await page.keyboard.press('1');
  const saves: number[][] = [];
  const moves = [
    ['Strength', '50'],
    ['Strength', '0'],
    ['Strength', '100'],
    ['Sharpen', '70'],
    ['Contrast', '40'],
    ['Saturation', '-60'],
    ['Tone of shadows', '-80'],
  ] as const;
  await page.getByRole('button', { name: 'Light and colour' }).click();
  for (const [name, value] of moves) {
    await page.getByRole('slider', { name }).fill(value);
    const saved = await app.decode((await app.save()).bytes, 'image/png');
    // The pixels of what is looked at come a moment after the view rests.
    await expect
      .poll(async () => {
        const { width, height, data } = await readStage(page);
        if (width !== saved.width || height !== saved.height) return Infinity;
        return Math.max(...data.map((value, i) => Math.abs(value - saved.data[i]!)));
      })
      .toBeLessThanOrEqual(1);
    saves.push(saved.data);
  }
  // As many pictures as moves, not one of them twice.
  expect(new Set(saves.map((data) => data.join())).size).toBe(moves.length);
});
