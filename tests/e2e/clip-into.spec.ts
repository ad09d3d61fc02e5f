/** Where a clip is written to as it comes, and what becomes of it where that takes no more; ffmpeg makes the clip and judges what comes of it. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { makeClip, probeClip, soundPackets } from '../clips.ts';
import type { Enlarger } from './enlarger';
import { test } from './fixtures';

const sound = ['-f', 'lavfi', '-i', 'sine=440:d=9:r=48000'];
const coded = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
/** Noise, of which an encoder makes more than a megabyte: only such pieces are written before the end. */
const noise = ['-f', 'lavfi', '-i', 'nullsrc=s=64x48:r=5:d=9', ...sound];
const made = makeClip('a.mp4', [...noise, '-vf', 'geq=random(1)*255:128:128', ...coded]);
const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=6'];

const file = (buffer: Buffer) => ({ name: 'walk.mp4', mimeType: 'video/mp4', buffer });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** What the page is given for a file that a person chooses: one of the browser's own. */
const offerFile = (page: Page) =>
  page.addInitScript(() => {
    const showSaveFilePicker = async ({ suggestedName }: { readonly suggestedName: string }) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('out', { create: true });
      return folder.getFileHandle(suggestedName, { create: true });
    };
    Object.assign(globalThis, { showSaveFilePicker });
  });

/** What lies in a file of the folder `out`, in base64. */
const readOut = async (name: string): Promise<string> => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('out');
  const bytes = await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer();
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
};

/** The names and bytes of what is kept of clips that are being made. */
const listKept = async (): Promise<Record<string, number>> => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('clips', { create: true });
  const sizes: Record<string, number> = {};
  for await (const [name, handle] of folder as unknown as AsyncIterable<
    [string, FileSystemFileHandle]
  >)
    sizes[name] = (await handle.getFile()).size;
  return sizes;
};

async function begin(app: Enlarger, page: Page, clip: Buffer, isNoisy: boolean): Promise<void> {
  await app.open(file(clip));
  if (isNoisy) {
    // It is to stay.
    await app.scale('4×').check({ force: true });
    for (const name of ['Noise', 'JPEG'] as const) await app.press(app.slider(name), 'Home');
  }
  await page.getByRole('tab', { name: 'Film' }).click();
  if (!isNoisy) return;
  await page.getByRole('combobox', { name: 'Quality', exact: true }).selectOption('custom');
  const rate = page.getByRole('spinbutton', { name: 'Bit rate', exact: true });
  await rate.fill('50');
  await rate.press('Enter');
}

async function choose(page: Page, name: string): Promise<void> {
  await button(page, 'Save into a file').click();
  await expect(page.getByText(`The clip goes into ${name} as it is made.`)).toBeVisible();
}

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

async function saved(app: Enlarger, page: Page): Promise<Buffer> {
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  return readFileSync(await (await saving).path());
}

function expectWhole(out: Buffer, source: Buffer): void {
  const [before, after] = [source, out].map(probeClip);
  expect(after!.times).toEqual(before!.times);
  expect(soundPackets(out)).toHaveLength(soundPackets(source).length);
}

test('a clip goes into the file that was chosen, and nothing is left to save; another is asked for the next', async ({
  app,
  page,
}) => {
  const small = makeClip('b.mp4', [...moving, '-c:v', 'libx264', '-pix_fmt', 'yuv420p']);
  await offerFile(page);
  await app.visit();
  await begin(app, page, small, false);
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

const sizeOfLog = (kept: Record<string, number>): number =>
  Object.entries(kept).find(([name]) => name.startsWith('kept-'))?.[1] ?? 0;
