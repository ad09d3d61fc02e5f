/** Where a clip is written to as it comes, and what becomes of it where that takes no more; ffmpeg makes the clip and judges what comes of it. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { makeClip, probeClip } from '../clips.ts';
import type { Enlarger } from './enlarger';
import { test } from './fixtures';
import {
  begin,
  button,
  choose,
  expectWhole,
  listKept,
  made,
  offerFile,
  readOut,
  saved,
  sizeOfLog,
} from './noisy-clip';

const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=6'];

/** Has the worker that writes throw what it is told. */
async function failWrites(page: Page, type: 'chosen' | 'own', name: string): Promise<void> {
  for (const worker of page.workers().filter((each) => each.url().includes('enhancer.worker')))
    await worker.evaluate(
      ([kind, fault]) => {
        const fail = () => {
          throw new DOMException('told so', fault);
        };
        const chosen = { write: () => Promise.resolve().then(fail) };
        if (kind === 'chosen') Object.assign(FileSystemWritableFileStream.prototype, chosen);
        else
          Object.assign(
            (globalThis as unknown as Record<string, { prototype: object }>)[
              'FileSystemSyncAccessHandle'
            ]!.prototype,
            { write: fail, read: fail, flush: fail },
          );
      },
      [type, name] as const,
    );
}

/** Opens a small clip, in a page where files may be chosen to write into. */
async function openSmall(app: Enlarger, page: Page): Promise<Buffer> {
  const small = makeClip('b.mp4', [...moving, '-c:v', 'libx264', '-pix_fmt', 'yuv420p']);
  await offerFile(page);
  await app.visit();
  await begin(app, page, small, false);
  return small;
}

test('a clip goes into the file that was chosen, and nothing is left to save; another is asked for the next', async ({
  app,
  page,
}) => {
  const small = await openSmall(app, page);
  await choose(page, 'walk-2x.mp4');
  await button(page, 'Not into walk-2x.mp4').click();
  await choose(page, 'walk-2x.mp4');
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: 128 × 96, .* It lies in walk-2x\.mp4\.$/);
  const out = Buffer.from(await page.evaluate(readOut, 'walk-2x.mp4'), 'base64');
  expect(probeClip(out).times).toEqual(probeClip(small).times);
  await expect(button(page, 'Save into a file')).toBeEnabled();
  // Nothing but what it is gone on with was written beside it.
  const kept = Object.keys(await page.evaluate(listKept));
  expect(kept.filter((name) => !name.endsWith('.log'))).toEqual([]);
});

test('a clip that was made goes into the file that is chosen then, as it is', async ({
  app,
  page,
}) => {
  const small = await openSmall(app, page);
  await app.enhanceButton.click();
  await expect(app.status).toHaveText(/^Done: 128 × 96, /);
  await button(page, 'Save into a file').click();
  await expect(app.status).toHaveText(/ It lies in walk-2x\.mp4\.$/);
  const out = Buffer.from(await page.evaluate(readOut, 'walk-2x.mp4'), 'base64');
  expect(probeClip(out).times).toEqual(probeClip(small).times);
  await expect(button(page, 'Save into a file')).toBeEnabled();
});

for (const [fault, words] of [
  ['NotAllowedError', 'The browser may no longer write into walk-4x.mp4.'],
  ['NotFoundError', 'walk-4x.mp4 is not there any more.'],
  ['QuotaExceededError', 'There is no more room on the disk of walk-4x.mp4.'],
] as const)
  test(`${fault} in the middle: the page says so, and the clip is made whole and saved`, async ({
    app,
    page,
  }) => {
    await offerFile(page);
    await app.visit();
    await begin(app, page, made, true);
    await choose(page, 'walk-4x.mp4');
    await failWrites(page, 'chosen', fault);
    await app.enhanceButton.click();
    await expect(page.getByRole('alert')).toContainText(words);
    await expect(app.status).toHaveText(/^Done: 256 × 192, .*B\.$/);
    expectWhole(await saved(app, page), made);
    // What lay in the file stays.
    expect(await page.evaluate(readOut, 'walk-4x.mp4')).toBe('');
  });

test('the browser withdraws its own files in the middle: the clip is made in memory, whole', async ({
  app,
  page,
}) => {
  await app.visit();
  await begin(app, page, made, true);
  await app.enhanceButton.click();
  await expect.poll(async () => sizeOfLog(await page.evaluate(listKept))).toBeGreaterThan(1000);
  await failWrites(page, 'own', 'NotAllowedError');
  await expect(page.getByRole('alert')).toContainText('The clip is held in memory');
  await expect(app.status).toHaveText(/^Done: 256 × 192, /);
  expectWhole(await saved(app, page), made);
});
