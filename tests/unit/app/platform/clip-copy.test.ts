import { expect, test } from 'vitest';
import { copyClip } from '../../../../src/app/platform/clip-copy';
import { pretendFile } from '../pretend-file';

const clip = new Blob([1, 2, 3].map((value) => new Uint8Array(100_000).fill(value)));

test('all of it is written, piece by piece, and how much is told', async () => {
  const { handle, file } = pretendFile();
  const shares: number[] = [];
  await copyClip(clip, handle, (share) => shares.push(share));
  const [out, wanted] = await Promise.all([file().arrayBuffer(), clip.arrayBuffer()]);
  expect(Buffer.compare(Buffer.from(out), Buffer.from(wanted))).toBe(0);
  expect(shares.length).toBeGreaterThan(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('where a write fails the file is what it was', async () => {
  const { handle, file } = pretendFile(100_000);
  const copy = copyClip(clip, handle, () => undefined);
  await expect(copy).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(await file().text()).toBe('before');
});
