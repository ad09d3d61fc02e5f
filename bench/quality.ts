import { join } from 'node:path';
import type { Bench } from './measure';
import { enhance, openPhoto, saveResult } from './page-ours';
import { scoreSet } from './quality-set';

/**
 * Y-PSNR of the page's own result: a bicubically reduced benchmark photo is opened, enhanced on the
 * wasm tier and saved as PNG with the page's buttons. Bicubic beside it proves the protocol.
 *
 * @param bench Browser, page and data.
 */
export async function measureQuality({ browser, url, data }: Bench): Promise<void> {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(`${url}?backend=wasm`);
  const rows: Record<string, unknown>[] = [];
  for (const set of ['Set5', 'Set14'])
    for (const scale of [2, 4] as const) {
      const scores = await scoreSet(join(data, set), scale, async (low) => {
        await openPhoto(page, low, scale);
        await enhance(page);
        return saveResult(page);
      });
      const round = (value: number) => value.toFixed(2);
      const { method, bicubic } = scores;
      rows.push({ set, scale, 'page, int8': round(method), bicubic: round(bicubic) });
    }
  console.table(rows);
  await page.close();
}
