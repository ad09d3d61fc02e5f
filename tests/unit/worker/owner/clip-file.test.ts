import { afterEach, expect, test, vi } from 'vitest';
import { ClipFile } from '../../../../src/worker/owner/clip-file';
import { MemoryFile } from '../../../memory-file';

afterEach(() => vi.unstubAllGlobals());

/** A disk that has so much room; where a write ends in the middle of it, it says what Chromium does. */
async function openOn(room: number) {
  const disk = { room };
  const memory = new MemoryFile();
  const write = (data: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }) => {
    const wanted = at + data.length - memory.size();
    if (wanted > disk.room) {
      memory.write(data.slice(0, data.length - wanted + disk.room), at);
      disk.room = 0;
      return -8 >>> 0;
    }
    memory.write(data, at);
    disk.room -= Math.max(0, wanted);
    return data.length;
  };
  const access = { write, getSize: () => memory.size(), flush: () => undefined };
  const handle = { createSyncAccessHandle: async () => access };
  const folder = {
    getDirectoryHandle: async () => folder,
    getFileHandle: async () => handle,
    removeEntry: async () => undefined,
  };
  const request = (_: string, __: object, hold: (lock: object) => unknown) => hold({});
  const storage = { getDirectory: async () => folder };
  vi.stubGlobal('navigator', { locks: { request }, storage });
  const file = await ClipFile.create('mp4');
  return { file: file!, memory, disk };
}

const data = Uint8Array.from({ length: 100 }, (_, i) => i);

test('room that ends in the middle of a write is told, whatever number the browser gives, and room is made once', async () => {
  const { file, memory, disk } = await openOn(130);
  const makeRoom = vi.fn(async () => void (disk.room = 90));
  file.whenFull(makeRoom);
  await file.write(data, 0);
  expect(file.isFull).toBe(false);
  await file.write(data, 100);
  expect(makeRoom).toHaveBeenCalledTimes(1);
  expect(memory.bytes).toEqual(Uint8Array.of(...data, ...data));
  // What is there can be ended; more is not to come.
  expect([file.isFull, file.fault]).toEqual([true, null]);
});

test('where no room could be made that is said, and no write is taken for done', async () => {
  const { file } = await openOn(130);
  await file.write(data, 0);
  await expect(file.write(data, 100)).rejects.toMatchObject({ code: 'storage-full' });
  await expect(file.write(data, 100)).rejects.toMatchObject({ code: 'storage-full' });
  expect(file.isFull).toBe(true);
});
