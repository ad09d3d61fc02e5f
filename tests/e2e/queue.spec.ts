import AxeBuilder from '@axe-core/playwright';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChooser, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { badFiles, drawPng } from './pictures';

/** A folder with a subfolder, two equal names, a file that is no photo, and a broken one. */
function makeFolder(folder: string): void {
  mkdirSync(join(folder, 'sub'), { recursive: true });
  const picture = (shade: number) => drawPng(48, 32, 255, (x, y) => [shade, 5 * x, 7 * y]);
  writeFileSync(join(folder, 'a.png'), picture(20));
  writeFileSync(join(folder, 'b.png'), picture(60));
  writeFileSync(join(folder, 'broken.jpg'), badFiles['a text file named .jpg']!.buffer);
  writeFileSync(join(folder, 'notes.txt'), 'no photo');
  writeFileSync(join(folder, 'sub/a.png'), picture(100));
  writeFileSync(join(folder, 'sub/写真.png'), picture(140));
  writeFileSync(join(folder, 'sub/z.png'), picture(180));
}

test('a folder is enhanced, paused, resumed and saved as one archive; a broken file stops nothing', async ({
  app,
  page,
}, info) => {
  const folder = info.outputPath('holiday');
  makeFolder(folder);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const chosen = new Promise<FileChooser>((resolve) => page.on('filechooser', resolve));
  await app.visit();
  await button('Open folder').click();
  await (await chosen).setFiles(folder);
  const photos = page.getByRole('region', { name: 'Photos' });
  const options = photos.getByRole('listbox').getByRole('option');
  await expect(options).toHaveCount(6);
  await expect(app.status).toContainText('1 file is no photo');
  // The first lies on the stage; keys go to another.
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(app.enhanceButton).toBeEnabled();
  await photos.getByRole('listbox').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'b.png' })).toBeVisible();
  await page.locator('body').press('PageUp');
  await expect(page.getByRole('heading', { name: 'a.png' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await button('Enhance all').click();
  await button('Pause').click();
  await expect(button('Resume')).toBeVisible();
  await expect(app.status).toContainText('Paused.');
  await button('Resume').click();
  await expect(app.status).toContainText('5 of 6 done, 1 failed');
  await expect(photos.getByRole('option', { name: /broken\.jpg, failed, .{20}/ })).toBeVisible();
  // What lies on the stage is still there.
  await expect(app.enhanceButton).toBeEnabled();

  await button('Options').click();
  const dialog = page.getByRole('dialog', { name: 'Many photos' });
  await expect(dialog.getByRole('row', { name: /holiday\/sub\/a\.png.*done/ })).toBeVisible();
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  expect(found.map(({ id }) => id)).toEqual([]);
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /report \(CSV\)/ }).click(),
  ]);
  const lines = readFileSync(await report.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines.length).toBe(7);
  expect(lines[1]).toMatch(/^holiday\/a\.png,done,holiday\/a-2x\.png,96,64,\d+,/);
  await page.keyboard.press('Escape');

  const [download] = await Promise.all([page.waitForEvent('download'), button('Save all').click()]);
  expect(download.suggestedFilename()).toBe('holiday-enhanced.zip');
  const archive = new ZipReader(new BlobReader(new Blob([readFileSync(await download.path())])));
  const sizes = new Map<string, string>();
  for (const entry of await archive.getEntries()) {
    if (entry.directory) continue;
    const bytes = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
    const { width, height } = await app.decode(Buffer.from(bytes), 'image/png');
    sizes.set(entry.filename, `${width}x${height}`);
  }
  expect(Object.fromEntries(sizes)).toEqual({
    'holiday/a-2x.png': '96x64',
    'holiday/b-2x.png': '96x64',
    'holiday/sub/a-2x.png': '96x64',
    'holiday/sub/z-2x.png': '96x64',
    'holiday/sub/写真-2x.png': '96x64',
  });
});

test('one photo is set by itself and given back, others stay as all are; the order is changed by keys, buttons and drag', async ({
  app,
  page,
}) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await app.visit();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(
      ['a', 'b', 'c'].map((name, i) => ({
        ...{ name: `${name}.png`, mimeType: 'image/png' },
        buffer: drawPng(48, 32, 255, (x, y) => [50 * i, 5 * x, 7 * y]),
      })),
    );
  const photos = page.getByRole('region', { name: 'Photos' });
  const list = photos.getByRole('listbox');
  const option = (name: string) => list.getByRole('option', { name });
  const places = async () =>
    Promise.all(['a', 'b', 'c'].map((name) => option(`${name}.png`).getAttribute('aria-posinset')));
  await expect(list.getByRole('option')).toHaveCount(3);
  await expect(photos.getByText(/^about \d/)).toBeVisible();

  // The second, on the stage, is to be larger than the others.
  await option('b.png').click();
  await expect(page.getByRole('heading', { name: 'b.png' })).toBeVisible();
  await expect(app.enhanceButton).toBeEnabled();
  await app.scale('4×').click();
  await expect(button('As set now')).toHaveAttribute('aria-pressed', 'true');
  await button('Only this one').click();
  await expect(option('b.png, waiting, set by itself')).toBeVisible();
  await expect(button('What suits each')).toHaveAttribute('aria-pressed', 'true');
  // The next one shows what all get, and can be set by itself as well.
  await option('c.png').click();
  await expect(page.getByRole('heading', { name: 'c.png' })).toBeVisible();
  await expect(app.enhanceButton).toBeEnabled();
  await expect(app.scale('2×')).toBeChecked();
  await app.scale('4×').click();
  await button('Only this one').click();
  await expect(option('c.png, waiting, set by itself')).toBeVisible();
  await button('Only this one').click();
  await expect(option('c.png, waiting, set by itself')).toHaveCount(0);
  await expect(app.scale('2×')).toBeChecked();
  // Back on the stage the other is as it was set.
  await option('b.png').click();
  await expect(page.getByRole('heading', { name: 'b.png' })).toBeVisible();
  await expect(app.scale('4×')).toBeChecked();

  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(app.status).toContainText('a.png is number 2 of 3 now.');
  expect(await places()).toEqual(['2', '1', '3']);
  await button('Move b.png one place later').click();
  expect(await places()).toEqual(['1', '2', '3']);
  await option('c.png').dragTo(option('a.png'), { targetPosition: { x: 10, y: 30 } });
  expect(await places()).toEqual(['2', '3', '1']);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await button('Enhance all').click();
  await expect(app.status).toContainText('3 of 3 done, 0 failed');
  const [download] = await Promise.all([page.waitForEvent('download'), button('Save all').click()]);
  const archive = new ZipReader(new BlobReader(new Blob([readFileSync(await download.path())])));
  const names = (await archive.getEntries()).map(({ filename }) => filename);
  expect(names).toEqual(['c-2x.png', 'a-2x.png', 'b-4x.png']);
});

test('what is done to one of many by hand is what Enhance all makes of it, also after a reload, and of no other', async ({
  app,
  page,
}) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await app.visit();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(
      ['a', 'b', 'c'].map((name) => ({
        ...{ name: `${name}.png`, mimeType: 'image/png' },
        // A bright line down the middle, which the marks are painted along.
        buffer: drawPng(48, 32, 255, (x, y) => (x === 24 ? [255, 255, 255] : [90, 5 * x, 7 * y])),
      })),
    );
  const photos = page.getByRole('region', { name: 'Photos' });
  const option = (name: string | RegExp) =>
    photos.getByRole('listbox').getByRole('option', { name });
  const show = async (name: string) => {
    await option(name).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(app.enhanceButton).toBeEnabled();
  };
  await expect(option(/./)).toHaveCount(3);
  await expect(app.enhanceButton).toBeEnabled();
  await button('Crop').click();
  await button('Turn right').click();
  await button('Done').click();
  await expect(app.status).toContainText('The whole photo, 32 × 48.');
  await expect(option('a.png, waiting, cropped or painted on by hand')).toBeVisible();

  await show('b.png');
  await page.getByRole('checkbox', { name: 'Heal damage' }).check();
  await expect(app.status).toContainText(/% of the picture is marked|No damage was found/);
  await button('Mark damage').click();
  await page.getByRole('group', { name: 'Marker: arrow keys move it, Space paints' }).focus();
  await page.keyboard.down(' ');
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.up(' ');
  await expect(app.status).toContainText('Marked as damaged.');
  await expect(option('b.png, waiting, cropped or painted on by hand')).toBeVisible();
  await show('c.png');
  await expect(option('c.png, waiting')).toBeVisible();
  // The marks, which are sealed, and what the list says of the crop.
  const isKept = async () => {
    const keys = await (await caches.open('enlarger-session')).keys();
    return keys.some(({ url }) => url.endsWith('/retouch/2'));
  };
  await expect.poll(() => page.evaluate(isKept)).toBe(true);
  await page.reload();
  await button('Go on with 3 photos').click();
  await expect(option('a.png, waiting, cropped or painted on by hand')).toBeVisible();
  await expect(option('b.png, waiting, cropped or painted on by hand')).toBeVisible();
  await show('a.png');
  await expect(page.getByText('32 × 48').first()).toBeVisible();

  await button('Enhance all').click();
  await expect(app.status).toContainText('3 of 3 done, 0 failed');
  const [download] = await Promise.all([page.waitForEvent('download'), button('Save all').click()]);
  const archive = new ZipReader(new BlobReader(new Blob([readFileSync(await download.path())])));
  const results = new Map<string, Awaited<ReturnType<typeof app.decode>>>();
  for (const entry of await archive.getEntries())
    if (!entry.directory) {
      const bytes = Buffer.from(await entry.getData(new Uint8ArrayWriter()));
      results.set(entry.filename, await app.decode(bytes, 'image/png'));
    }
  const sizes = [...results].map(([name, { width, height }]) => [name, `${width}x${height}`]);
  expect(Object.fromEntries(sizes)).toEqual({
    ...{ 'a-2x.png': '64x96', 'b-2x.png': '96x64', 'c-2x.png': '96x64' },
  });
  // Of two equal photos the marked one was healed.
  const [healed, plain] = [results.get('b-2x.png')!, results.get('c-2x.png')!];
  expect(healed.data.some((value, i) => value !== plain.data[i])).toBe(true);
  await button('Options').click();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(row('b.png')).toContainText(/heal/i);
  await expect(row('c.png')).not.toContainText(/heal/i);
});

test('results that this browser has no room for are not begun until the person insists', async ({
  app,
  page,
}) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.addInitScript(() => {
    const full = async () => ({ usage: 0, quota: 1000 });
    StorageManager.prototype.estimate = full;
  });
  await app.visit();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(
      ['a', 'b'].map((name) => ({
        ...{ name: `${name}.png`, mimeType: 'image/png' },
        buffer: drawPng(48, 32, 255, (x, y) => [90, 5 * x, 7 * y]),
      })),
    );
  await expect(app.enhanceButton).toBeEnabled();
  await button('Options').click();
  await expect(page.getByText(/Here 1 kB are free/)).toBeVisible();
  await page.keyboard.press('Escape');
  await button('Enhance all').click();
  const photos = page.getByRole('region', { name: 'Photos' });
  await expect(photos.getByRole('alert')).toContainText(/Not begun: .* 1 kB are free/);
  await expect(app.status).toContainText('0 of 2 done, 0 failed');
  await button('Resume').click();
  await expect(app.status).toContainText('2 of 2 done, 0 failed');
});

/** How many results lie in the browser, sealed. */
const countResults = async (): Promise<number> => {
  const keys = await (await caches.open('enlarger-session')).keys();
  return keys.filter(({ url }) => url.includes('/result/')).length;
};

test('a reload in the middle loses nothing: it goes on where it was, and what is done is not done again', async ({
  app,
  page,
}, info) => {
  const folder = info.outputPath('holiday');
  makeFolder(folder);
  // The browser asks whether to leave what is not saved.
  page.on('dialog', (dialog) => void dialog.accept());
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const chosen = new Promise<FileChooser>((resolve) => page.on('filechooser', resolve));
  await app.visit();
  await button('Open folder').click();
  await (await chosen).setFiles(folder);
  await expect(page.getByRole('region', { name: 'Photos' }).getByRole('option')).toHaveCount(6);
  await expect(app.enhanceButton).toBeEnabled();
  await button('Enhance all').click();
  await expect.poll(() => page.evaluate(countResults)).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByText(/6 photos were here, \d done\./)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const done = await page.evaluate(countResults);
  await button('Go on with 6 photos').click();
  const photos = page.getByRole('region', { name: 'Photos' });
  await expect(photos.getByRole('option', { name: /, done$/ }).nth(done - 1)).toBeVisible();
  await expect(app.status).toContainText('5 of 6 done, 1 failed');
  // What lay on the stage lies there again.
  await expect(page.getByRole('heading', { name: 'a.png' })).toBeVisible();
  await expect(app.enhanceButton).toBeEnabled();
  const [download] = await Promise.all([page.waitForEvent('download'), button('Save all').click()]);
  const archive = new ZipReader(new BlobReader(new Blob([readFileSync(await download.path())])));
  const names = (await archive.getEntries()).map(({ filename }) => filename).toSorted();
  expect(names).toEqual([
    ...['holiday/a-2x.png', 'holiday/b-2x.png', 'holiday/sub/a-2x.png', 'holiday/sub/z-2x.png'],
    'holiday/sub/写真-2x.png',
  ]);
  // Nothing is left to go on with.
  await expect.poll(() => page.evaluate(countResults)).toBe(0);
  await page.reload();
  await expect(app.openButton).toBeVisible();
  await expect(page.getByText(/photos were here/)).toHaveCount(0);
});

/** What the page is given for a folder that a person chooses: one of the browser's own, which takes no more once it is told so. */
async function offerFolder(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const chooser = {
      showDirectoryPicker: async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('out', { create: true }),
    };
    Object.assign(globalThis, chooser);
    type Write = (this: FileSystemFileHandle) => Promise<FileSystemWritableFileStream>;
    const write = Reflect.get<FileSystemFileHandle, string>(
      FileSystemFileHandle.prototype,
      'createWritable',
    ) as Write;
    let count = 0;
    FileSystemFileHandle.prototype.createWritable = async function () {
      const fault = sessionStorage.getItem('fault');
      const isLate = fault && count++ > 0;
      if (isLate && fault === 'never') await new Promise(() => undefined);
      if (isLate) throw new DOMException('told so', fault);
      return write.call(this);
    };
  });
}

/** The queues that lie in the database, as text. */
const readLists = (): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('enlarger-queues');
    opening.onerror = () => reject(new Error('not opened'));
    opening.onsuccess = () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains('queues')) return resolve([]);
      const reading = database.transaction('queues').objectStore('queues').getAll();
      reading.onsuccess = () => {
        database.close();
        resolve((reading.result as { list: string }[]).map(({ list }) => list));
      };
    };
  });

/** What lies in that folder, with its sizes; what goes while one looks is left out. */
const listOut = async (): Promise<Record<string, number>> => {
  type Found = FileSystemFileHandle | FileSystemDirectoryHandle;
  type Entries = { values: () => AsyncIterable<Found> };
  const found: Record<string, number> = {};
  const walk = async (folder: unknown, path: string): Promise<void> => {
    for await (const each of (folder as Entries).values())
      if (each.kind === 'directory') await walk(each, `${path}${each.name}/`);
      else
        await each.getFile().then(
          ({ size }) => (found[path + each.name] = size),
          () => undefined,
        );
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('out'), '');
  return found;
};

for (const [fault, words] of [
  ['QuotaExceededError', 'no more room on the disk of out'],
  ['NotAllowedError', 'may not write into out any more'],
] as const)
  test(`a folder that takes no more (${fault}) is said; nothing is lost over a reload, and nothing written twice`, async ({
    app,
    page,
  }) => {
    page.on('dialog', (dialog) => void dialog.accept());
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const picture = (name: string, shade: number) => ({
      ...{ name, mimeType: 'image/png' },
      buffer: drawPng(48, 32, 255, (x, y) => [shade, 5 * x, 7 * y]),
    });
    await offerFolder(page);
    await app.visit();
    await page.evaluate((name) => sessionStorage.setItem('fault', name), fault);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(['a', 'b', 'c', 'd'].map((name, i) => picture(`${name}.png`, 50 * i)));
    await button('Options').click();
    await button('Save into a folder').click();
    await expect(page.getByText(/Results go into out/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(app.enhanceButton).toBeEnabled();
    await button('Enhance all').click();
    const strip = page.getByRole('region', { name: 'Photos' });
    await expect(strip.getByRole('alert')).toContainText(words);
    await expect(button('Resume')).toBeVisible();
    await expect(button('Save all')).toBeEnabled();
    // The next one's result may be refused after the word is said: its name is there for a moment.
    await expect.poll(async () => Object.keys(await page.evaluate(listOut))).toEqual(['a-2x.png']);
    await expect.poll(() => page.evaluate(countResults)).toBeGreaterThan(0);

    await page.reload();
    await page.evaluate(() => sessionStorage.removeItem('fault'));
    await button('Go on with 4 photos').click();
    await button('Resume').click();
    await expect(app.status).toContainText('4 of 4 done, 0 failed');
    await expect(app.status).toContainText('Finished.');
    const out = await page.evaluate(listOut);
    expect(Object.keys(out).toSorted()).toEqual(['a-2x.png', 'b-2x.png', 'c-2x.png', 'd-2x.png']);
    expect(Object.values(out).every((bytes) => bytes > 100)).toBe(true);
    await expect(button('Save all')).toBeDisabled();
  });

test('a closed tab: another day the folders are found again, and what lies there is not written again', async ({
  app,
  page,
  context,
}) => {
  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
  await offerFolder(page);
  await app.visit();
  const picture = drawPng(48, 32, 255, (x, y) => [90, 5 * x, 7 * y]).toString('base64');
  // A folder of the browser's own is dropped in place of one of the disk.
  await page.evaluate(async (base64) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('holiday', { create: true });
    const sub = await folder.getDirectoryHandle('sub', { create: true });
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    for (const [place, name] of [
      [folder, 'a.png'],
      [folder, 'b.png'],
      [sub, 'a.png'],
    ] as const) {
      const writable = await (await place.getFileHandle(name, { create: true })).createWritable();
      await writable.write(bytes);
      await writable.close();
    }
    Object.assign(DataTransferItem.prototype, {
      getAsFileSystemHandle: async () => folder,
      webkitGetAsEntry: () => ({ isDirectory: true }),
    });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([''], 'holiday'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, picture);
  await expect(page.getByRole('region', { name: 'Photos' }).getByRole('option')).toHaveCount(3);
  await button('Options').click();
  await button('Save into a folder').click();
  await expect(page.getByText(/Results go into out/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.enhanceButton).toBeEnabled();
  // One is written, the next is being written when the tab is closed.
  await page.evaluate(() => sessionStorage.setItem('fault', 'never'));
  await button('Enhance all').click();
  await expect
    .poll(async () => (await page.evaluate(readLists)).join())
    .toMatch(/"state":"done".*"isGoing":true/);
  await page.close();

  const another = await context.newPage();
  await another.goto('/?backend=wasm&tile=64');
  await expect(another.getByText(/3 photos were here, 1 done\./)).toBeVisible();
  // As long as one tab has it, no other is offered it.
  const third = await context.newPage();
  await third.goto('/?backend=wasm&tile=64');
  await expect(button('Open photo', third).first()).toBeVisible();
  await button('Go on with 3 photos', another).click();
  await expect(another.getByRole('status')).toContainText('3 of 3 done, 0 failed');
  await expect(button('Go on with 3 photos', third)).toHaveCount(0);
  const out = Object.keys(await another.evaluate(listOut)).toSorted();
  expect(out).toEqual(['holiday/a-2x.png', 'holiday/b-2x.png', 'holiday/sub/a-2x.png']);
  await expect.poll(() => another.evaluate(readLists)).toEqual([]);
});
