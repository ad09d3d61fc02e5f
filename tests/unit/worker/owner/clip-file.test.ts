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
  const read = (into: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }) =>
    memory.read(into, at);
  const nothing = () => undefined;
  const access = { write, read, getSize: () => memory.size(), flush: nothing, close: nothing };
  const handle = {
    createSyncAccessHandle: async () => access,
    getFile: async () => new File([memory.bytes], 'a.mp4', { type: 'video/mp4' }),
  };
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

const bytesOf = async (file: Promise<File>) => new Uint8Array(await (await file).arrayBuffer());

test('room that ends in the middle of a write is told, whatever number the browser gives, and where some is made it goes on', async () => {
  const { file, memory, disk } = await openOn(130);
  const makeRoom = vi.fn(async () => void (disk.room = 90));
  file.whenFull(makeRoom);
  await file.write(data, 0);
  expect(makeRoom).not.toHaveBeenCalled();
  await file.write(data, 100);
  expect(makeRoom).toHaveBeenCalledTimes(1);
  expect(memory.bytes).toEqual(Uint8Array.of(...data, ...data));
  expect([file.isFull, file.fault]).toEqual([false, null]);
});

test('where no room is made the end is held in memory, and the file is whole', async () => {
  const { file, disk } = await openOn(130);
  await file.write(data, 0);
  await file.write(data, 100);
  // What is there is to be ended; more is not to come.
  expect([file.isFull, file.fault]).toEqual([true, null]);
  // Room that comes later does not tear it.
  disk.room = 1000;
  await file.write(data, 200);
  // Over what is on the disk, over where that ends, and over what is not.
  const [x, y, z] = [1, 2, 3].map((value) => new Uint8Array(4).fill(value));
  await file.write(x!, 50);
  await file.write(y!, 98);
  await file.write(z!, 250);
  const wanted = Uint8Array.of(...data, ...data, ...data);
  wanted.set(x!, 50);
  wanted.set(y!, 98);
  wanted.set(z!, 250);
  const whole = await file.finish();
  expect(await bytesOf(Promise.resolve(whole))).toEqual(wanted);
  expect([whole.name, whole.type]).toEqual(['a.mp4', 'video/mp4']);
});

test('a disk that is full from the beginning, and a write over the end of what it took', async () => {
  for (const room of [0, 100]) {
    const { file } = await openOn(room);
    await file.write(data, 0);
    await file.write(data, 60);
    const wanted = Uint8Array.of(...data.subarray(0, 60), ...data);
    expect(await bytesOf(file.finish())).toEqual(wanted);
  }
});

test('what cannot be read back is a fault, and is no full disk', async () => {
  const { file, memory } = await openOn(100);
  await file.write(data, 0);
  vi.spyOn(memory, 'read').mockImplementation(() => {
    throw new DOMException('told so', 'NotAllowedError');
  });
  await expect(file.write(data, 60)).rejects.toThrow('told so');
  expect(file.fault).toBe('refused');
});
