/** A clip that an encoder makes megabytes of, what a test does with it on the page, and what lies in the browser's files then. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { makeClip, probeClip, soundPackets } from '../clips.ts';
import { pick } from './enlarger';
import type { Enlarger } from './enlarger';

const sound = ['-f', 'lavfi', '-i', 'sine=440:d=9:r=48000'];
const coded = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
const noise = ['-f', 'lavfi', '-i', 'nullsrc=s=64x48:r=5:d=9', ...sound];
/** Noise, of which an encoder makes more than a megabyte: only such pieces are written before the end. */
export const made = makeClip('a.mp4', [...noise, '-vf', 'geq=random(1)*255:128:128', ...coded]);
/** It, as it is opened. */
export const file = (buffer: Buffer) => ({ name: 'walk.mp4', mimeType: 'video/mp4', buffer });
/** A button by its name. */
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** What the page is given for a file that a person chooses: one of the browser's own. */
export const offerFile = (page: Page) =>
  page.addInitScript(() => {
    const showSaveFilePicker = async ({ suggestedName }: { readonly suggestedName: string }) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('out', { create: true });
      return folder.getFileHandle(suggestedName, { create: true });
    };
    Object.assign(globalThis, { showSaveFilePicker });
  });

/** What lies in a file of the folder `out`, in base64. */
export const readOut = async (name: string): Promise<string> => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('out');
  const bytes = await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer();
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
};

/** The names and bytes of what is kept of clips that are being made. */
export const listKept = async (): Promise<Record<string, number>> => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('clips', { create: true });
  const sizes: Record<string, number> = {};
  for await (const [name, handle] of folder as unknown as AsyncIterable<
    [string, FileSystemFileHandle]
  >)
    sizes[name] = (await handle.getFile()).size;
  return sizes;
};

/** Of these, the bytes of what a clip is gone on with by another day. */
export const sizeOfLog = (kept: Record<string, number>): number =>
  Object.entries(kept).find(([name]) => name.startsWith('kept-'))?.[1] ?? 0;

/** Opens a clip, and has Enhance make so much of it as noise gives, where it is that. */
export async function begin(
  app: Enlarger,
  page: Page,
  clip: Buffer,
  isNoisy: boolean,
): Promise<void> {
  await app.open(file(clip));
  if (isNoisy) {
    // It is to stay.
    await pick(app.scale('4×'));
    for (const name of ['Noise', 'JPEG'] as const) await app.press(app.slider(name), 'Home');
  }
  await page.getByRole('tab', { name: 'Film' }).click();
  if (!isNoisy) return;
  await page.getByRole('combobox', { name: 'Quality', exact: true }).selectOption('custom');
  const rate = page.getByRole('spinbutton', { name: 'Bit rate', exact: true });
  await rate.fill('50');
  await rate.press('Enter');
}

/** Chooses the file that a clip goes into. */
export async function choose(page: Page, name: string): Promise<void> {
  await button(page, 'Save into a file').click();
  await expect(page.getByText(`The clip goes into ${name} as it is made.`)).toBeVisible();
}

/** What Save gives. */
export async function saved(app: Enlarger, page: Page): Promise<Buffer> {
  const saving = page.waitForEvent('download');
  await app.saveButton.click();
  return readFileSync(await (await saving).path());
}

/** Expects all pictures at their times, and all of the sound. */
export function expectWhole(out: Buffer, source: Buffer): void {
  const [before, after] = [source, out].map(probeClip);
  expect(after!.times).toEqual(before!.times);
  expect(soundPackets(out)).toHaveLength(soundPackets(source).length);
}
