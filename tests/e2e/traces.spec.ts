/** What is left of a photo on the machine, once the page is closed: nothing that nobody asked for. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { launchOptions } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import { Enlarger } from './enlarger';
import { drawNoisePng } from './pictures';

/** No four letters in a row of it are anywhere else, so that packed stores keep it literally, too. */
const name = 'Xq7zVkJw9Gy';
const planted = 'Hw8bTfZx2Mc';

/** Every file below a folder. */
const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Where any of some texts or runs of bytes are found, in the files as they are. */
function search(folder: string, wanted: ReadonlyMap<string, Buffer>): string[] {
  return listFiles(folder).flatMap((file) => {
    const bytes = readFileSync(file);
    return [...wanted]
      .filter(([, run]) => bytes.includes(run))
      .map(([what]) => `${what} in ${file.slice(folder.length + 1)}`);
  });
}

/** Some runs of 24 bytes, from all over. */
function runsOf(what: string, bytes: Buffer): [string, Buffer][] {
  return Array.from({ length: 40 }, (_, i) => {
    const at = Math.floor(((i + 0.5) / 40) * (bytes.length - 24));
    return [`${what} at ${at}`, bytes.subarray(at, at + 24)];
  });
}

/** The same pixels without alpha. */
const withoutAlpha = (rgba: Buffer): Buffer => Buffer.from(rgba.filter((_, i) => i % 4 < 3));

test('after a whole job nothing of the photo is in the profile of the browser', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enlarger-traces-'));
  const profile = join(folder, 'profile');
  const server = await serve({ port: 0 });
  try {
    const { file, pixels } = drawNoisePng(96, 64, planted);
    const path = join(folder, `${name}.png`);
    writeFileSync(path, file);
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions(),
      acceptDownloads: true,
    });
    const app = new Enlarger(await context.newPage());
    await app.visitAndStay(server.url);
    await app.page.locator('input[type=file]').first().setInputFiles(path);
    await expect(app.enhanceButton).toBeEnabled();
    await app.enhance();
    const { download, bytes } = await app.save();
    await download.delete();
    const result = Buffer.from((await app.decode(bytes, 'image/png')).data);
    await app.page.goto('about:blank');
    await context.close();

    const wanted = new Map<string, Buffer>([
      ['the name', Buffer.from(name)],
      ['the name, as UTF-16', Buffer.from(name, 'utf16le')],
      ['the text in the file', Buffer.from(planted)],
      ['the text in the file, as UTF-16', Buffer.from(planted, 'utf16le')],
      ...runsOf('the file', file),
      ...runsOf('pixels', pixels),
      ...runsOf('pixels without alpha', withoutAlpha(pixels)),
      ...runsOf('the saved file', bytes),
      ...runsOf('pixels of the result', result),
      ...runsOf('pixels of the result without alpha', withoutAlpha(result)),
    ]);
    // The search finds what is there.
    const found = search(folder, wanted);
    expect(found).toContain(`the text in the file in ${name}.png`);
    expect(found).toContain(`${runsOf('pixels', pixels)[20]?.[0]} in ${name}.png`);
    expect(listFiles(profile).length).toBeGreaterThan(20);
    expect(search(profile, wanted)).toEqual([]);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
