/** Clips among the photos of a queue, on the CPU; ffmpeg makes the clips and judges what comes of them. */
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { makeClip, probeClip, soundPackets } from '../clips.ts';
import type { Enlarger } from './enlarger';
import { test } from './fixtures';
import { drawPng } from './pictures';

const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const sound = (seconds: number) => ['-f', 'lavfi', '-i', `sine=440:d=${seconds}:r=48000`];
const moving = (seconds: number) => ['-f', 'lavfi', '-i', `testsrc2=s=64x48:r=5:d=${seconds}`];
const makeMoving = (seconds: number) =>
  makeClip('walk.mp4', [...moving(seconds), ...sound(seconds), ...coded]);

const picture = (name: string, shade: number) => ({
  ...{ name, mimeType: 'image/png' },
  buffer: drawPng(48, 32, 255, (x, y) => [shade, 5 * x, 7 * y]),
});
const clip = (name: string, buffer: Buffer) => ({ name, mimeType: 'video/mp4', buffer });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const option = (page: Page, name: RegExp) =>
  page.getByRole('region', { name: 'Photos' }).getByRole('option', { name });

async function add(app: Enlarger, files: readonly ReturnType<typeof clip>[]): Promise<void> {
  await app.page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
  await expect(option(app.page, /./)).toHaveCount(files.length);
  await expect(app.enhanceButton).toBeEnabled();
}

/** What Save all gives, by names. */
async function savedFiles(page: Page): Promise<Map<string, Buffer>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Save all').click(),
  ]);
  const archive = new ZipReader(new BlobReader(new Blob([readFileSync(await download.path())])));
  const files = new Map<string, Buffer>();
  for (const entry of await archive.getEntries())
    if (!entry.directory)
      files.set(
        entry.filename,
        Buffer.from(await entry.getData(new Uint8ArrayWriter(), { checkSignature: true })),
      );
  return files;
}

/** Bytes of what lies in a folder of the origin's private file system, by name; what goes while one looks is left out. */
const listFolder = async (name: string): Promise<Record<string, number>> => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(name, { create: true });
  const sizes: Record<string, number> = {};
  for await (const [file, handle] of folder as unknown as AsyncIterable<
    [string, FileSystemFileHandle]
  >)
    await handle.getFile().then(
      ({ size }) => (sizes[file] = size),
      () => undefined,
    );
  return sizes;
};

function expectWhole(out: Buffer, source: Buffer): void {
  const [before, after] = [source, out].map(probeClip);
  expect(after!.streams[0]).toMatchObject({ codec_type: 'video', width: 128, height: 96 });
  expect(after!.times).toEqual(before!.times);
  expect(soundPackets(out)).toHaveLength(soundPackets(source).length);
}

test('a photo, a clip, a broken clip and another photo go through Enhance all, into one archive and a report', async ({
  app,
  page,
}) => {
  const walk = makeMoving(3);
  await app.visit();
  await add(app, [
    picture('a.png', 20),
    clip('walk.mp4', walk),
    clip('broken.mp4', walk.subarray(0, 600)),
    picture('z.png', 140),
  ]);
  await expect(app.status).toContainText('4 files, 2 of them clips');
  // A small picture of it, and how long it is.
  await expect(option(page, /^walk\.mp4, 3 s, waiting$/).locator('canvas')).toBeVisible();
  await expect(option(page, /^walk\.mp4/)).toContainText('0:03');
  await button(page, 'Enhance all').click();
  await expect(app.status).toContainText('3 of 4 done, 1 failed');
  await expect(option(page, /broken\.mp4, failed, .{20}/)).toBeVisible();

  await button(page, 'Options').click();
  const dialog = page.getByRole('dialog', { name: 'Many photos' });
  await expect(dialog.getByRole('row', { name: /walk\.mp4.*done/ })).toContainText(
    /Done: 128 × 96, 3 s, /,
  );
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /report \(CSV\)/ }).click(),
  ]);
  const rows = readFileSync(await report.path(), 'utf8').split('\r\n');
  expect(rows[2]).toMatch(/^walk\.mp4,done,walk-2x\.mp4,128,96,\d+,/);
  await page.keyboard.press('Escape');

  const files = await savedFiles(page);
  expect([...files.keys()]).toEqual(['a-2x.png', 'walk-2x.mp4', 'z-2x.png']);
  expectWhole(files.get('walk-2x.mp4')!, walk);
});

test('a clip is written into the folder as it comes; a pause in its middle and one left out leave nothing there', async ({
  app,
  page,
}) => {
  await page.addInitScript(() => {
    const showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle('out', { create: true });
    Object.assign(globalThis, { showDirectoryPicker });
  });
  const [walk, run] = [makeMoving(9), makeMoving(30)];
  await app.visit();
  await add(app, [clip('walk.mp4', walk), clip('run.mp4', run), picture('a.png', 20)]);
  await button(page, 'Options').click();
  await button(page, 'Save into a folder').click();
  await expect(page.getByText(/^Results go into out/)).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Enhance all').click();
  // Its first segment is kept.
  const keptBytes = async () => {
    const sizes = await page.evaluate(listFolder, 'clips');
    return Object.entries(sizes).find(([name]) => /^kept-queue-.*\.log$/.test(name))?.[1] ?? 0;
  };
  await expect.poll(keptBytes).toBeGreaterThan(1000);
  await button(page, 'Pause').click();
  await expect(app.status).toContainText('0 of 3 done, 0 failed. Paused.');
  await expect(option(page, /^walk\.mp4, 9 s, waiting$/)).toBeVisible();
  expect(await page.evaluate(listFolder, 'out')).toEqual({});
  await button(page, 'Resume').click();
  await expect(option(page, /^run\.mp4, .*being enhanced$/)).toBeVisible();
  await button(page, 'Skip').click();
  await expect(app.status).toContainText('2 of 3 done, 0 failed, 1 left out.');
  const out = await page.evaluate(listFolder, 'out');
  expect(Object.keys(out).toSorted()).toEqual(['a-2x.png', 'walk-2x.mp4']);
  const read = async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('out');
    const file = await (await folder.getFileHandle('walk-2x.mp4')).getFile();
    let text = '';
    for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
    return btoa(text);
  };
  expectWhole(Buffer.from(await page.evaluate(read), 'base64'), walk);
  await expect.poll(() => page.evaluate(listFolder, 'clips')).toEqual({});
});

test('a reload in the middle of a clip: it goes on from its last whole part, and one that was done is there', async ({
  app,
  page,
}) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const [first, walk] = [makeMoving(2), makeMoving(12)];
  await app.visit();
  await add(app, [clip('first.mp4', first), clip('walk.mp4', walk), picture('a.png', 20)]);
  await button(page, 'Enhance all').click();
  await expect(option(page, /^first\.mp4, .*done$/)).toBeVisible();
  const logs = async () => {
    const sizes = await page.evaluate(listFolder, 'clips');
    return Object.entries(sizes).filter(([name]) => /^kept-queue-.*\.log$/.test(name));
  };
  await expect
    .poll(async () => Math.max(0, ...(await logs()).map(([, bytes]) => bytes)))
    .toBeGreaterThan(1000);
  const [log] = await logs();
  await page.reload();
  await button(page, 'Go on with 3 photos').click();
  await expect(option(page, /^first\.mp4, .*done$/)).toBeVisible();
  // It goes on under the same name.
  expect((await logs()).map(([name]) => name)).toEqual([log![0]]);
  await expect(app.status).toContainText('3 of 3 done, 0 failed');
  const files = await savedFiles(page);
  expect([...files.keys()]).toEqual(['first-2x.mp4', 'walk-2x.mp4', 'a-2x.png']);
  expectWhole(files.get('first-2x.mp4')!, first);
  expectWhole(files.get('walk-2x.mp4')!, walk);
  // All is saved: nothing is left once the page is gone.
  await page.reload();
  await expect(app.openButton).toBeVisible();
  await expect.poll(() => page.evaluate(listFolder, 'clips')).toEqual({});
});

test('what is set under Film for one clip is made of that one alone', async ({ app, page }) => {
  const walk = makeMoving(2);
  await app.visit();
  await add(app, [clip('a.mp4', walk), clip('b.mp4', walk)]);
  await expect(page.getByRole('heading', { name: 'a.mp4' })).toBeVisible();
  await page.getByRole('tab', { name: 'Film' }).click();
  await page.getByRole('combobox', { name: 'Frame rate' }).selectOption('twice');
  await expect(option(page, /^a\.mp4, 2 s, waiting, its own settings under Film$/)).toBeVisible();
  await option(page, /^b\.mp4/).click();
  await expect(page.getByRole('heading', { name: 'b.mp4' })).toBeVisible();
  await expect(app.enhanceButton).toBeEnabled();
  await expect(page.getByRole('combobox', { name: 'Frame rate' })).toHaveValue('');
  await option(page, /^a\.mp4/).click();
  await expect(page.getByRole('combobox', { name: 'Frame rate' })).toHaveValue('twice');
  await button(page, 'Enhance all').click();
  await expect(app.status).toContainText('2 of 2 done, 0 failed');
  const files = await savedFiles(page);
  const counts = [...files].map(([name, bytes]) => [name, probeClip(bytes).times.length]);
  expect(Object.fromEntries(counts)).toEqual({ 'a-2x.mp4': 20, 'b-2x.mp4': 10 });
});
