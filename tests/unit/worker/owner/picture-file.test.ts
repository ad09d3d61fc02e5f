import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { sinkInto } from '../../../../src/core/picture/picture';
import {
  bytesOf,
  createRaster,
  cropRaster,
  depthOf,
  type Raster,
} from '../../../../src/core/picture/raster';
import { reduceInto } from '../../../../src/core/picture/reduce';
import type { Rect } from '../../../../src/core/picture/rect';
import type { HeldFile } from '../../../../src/worker/owner/held-file';
import { createResultPlaces, PictureFile } from '../../../../src/worker/owner/picture-file';
import { deepen, drawNoise, maxDifference } from '../../core/pictures';

/** A file in memory, on a disk of so many bytes. */
class FakeFile {
  readonly room: number;
  bytes = new Uint8Array(0);
  isThere = true;

  constructor(room = Infinity) {
    this.room = room;
  }

  readonly access = {
    close: () => undefined,
    read: (into: Uint8Array, { at }: { at: number }) => {
      const part = this.bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: (data: Uint8Array, { at }: { at: number }) => {
      const end = at + data.length;
      if (end > this.room) throw new DOMException('full', 'QuotaExceededError');
      if (end > this.bytes.length) {
        const grown = new Uint8Array(end);
        grown.set(this.bytes);
        this.bytes = grown;
      }
      this.bytes.set(data, at);
      return data.length;
    },
  };

  readonly release = async (isDeleted: boolean) => {
    this.isThere = !isDeleted;
  };

  get held(): HeldFile {
    return this as unknown as HeldFile;
  }
}

const side = { width: 600, height: 300 };
const whole = { x: 0, y: 0, ...side };

/** One block, and no more, stays in memory. */
function create(file: FakeFile, like: Raster): Promise<PictureFile> {
  return PictureFile.create(file.held, { ...like, depth: depthOf(like) }, 4, 1);
}

const part: fc.Arbitrary<Rect> = fc
  .record({ x: fc.nat(149), y: fc.nat(74), right: fc.nat(149), bottom: fc.nat(74) })
  .map(({ x, y, right, bottom }) => ({
    x: 4 * Math.min(x, right),
    y: 4 * Math.min(y, bottom),
    width: 4 * (Math.abs(right - x) + 1),
    height: 4 * (Math.abs(bottom - y) + 1),
  }));

afterEach(() => vi.unstubAllGlobals());

describe('what was written in parts is read in parts', () => {
  const shallow = drawNoise(side.width, side.height, true);
  test.each([
    ['8 bits', shallow],
    ['16 bits', deepen(shallow)],
  ])('of %s', async (_, noise: Raster) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        part,
        async (parts, seen) => {
          const wanted = { ...noise, data: noise.data.slice().fill(0) };
          const picture = await create(new FakeFile(), noise);
          await Promise.all(
            parts.map((each) => {
              const { data } = cropRaster(noise, each);
              void sinkInto(wanted).write(data, each);
              return picture.write(data, each);
            }),
          );
          expect(maxDifference(await picture.readPart(seen), cropRaster(wanted, seen))).toBe(0);
        },
      ),
      { numRuns: 12 },
    );
  });
});

test('from afar it is the mean of its squares, transparent pixels left out', async () => {
  const noise = drawNoise(side.width, side.height, true);
  const picture = await create(new FakeFile(), noise);
  const parts = [0, 200, 400].map((x) => ({ x, y: 0, width: 200, height: side.height }));
  for (const each of parts) await picture.write(cropRaster(noise, each).data, each);
  const { reduced } = picture;
  expect(reduced).toMatchObject({ width: 150, height: 75 });
  const [x, y] = [117, 64];
  let [red, cover] = [0, 0];
  for (let v = 0; v < 4; v++)
    for (let u = 0; u < 4; u++) {
      const at = ((4 * y + v) * side.width + 4 * x + u) * 4;
      red += noise.data[at]! * noise.data[at + 3]!;
      cover += noise.data[at + 3]!;
    }
  const at = (y * 150 + x) * 4;
  expect(reduced.data[at]).toBe(Math.round(red / cover));
  expect(reduced.data[at + 3]).toBe(Math.round(cover / 16));
  const clear = createRaster({ width: 1, height: 1 }, true);
  reduceInto(clear, new Uint8ClampedArray(64), { x: 0, y: 0, width: 4, height: 4 }, 4);
  expect([...clear.data]).toEqual([0, 0, 0, 0]);
});

test('nothing of it can be read in the file, and the same pixels never look the same there', async () => {
  const flat = createRaster(side, false);
  flat.data.fill(200);
  const files = [new FakeFile(), new FakeFile()] as const;
  for (const file of files) await (await create(file, flat)).write(flat.data, whole);
  const [one, other] = [files[0].bytes, files[1].bytes];
  expect(one.length).toBeGreaterThan(side.width * side.height * 3);
  const counts = new Uint32Array(256);
  for (const byte of one) counts[byte]!++;
  expect(Math.max(...counts) / (one.length / 256)).toBeLessThan(1.2);
  const equal = one.filter((byte, i) => byte === other[i]).length / one.length;
  expect(equal).toBeLessThan(0.01);
});

test('what was altered in the file is not shown', async () => {
  const noise = drawNoise(side.width, side.height);
  const file = new FakeFile();
  const picture = await create(file, noise);
  await picture.write(noise.data, whole);
  file.bytes[100]! ^= 1;
  await expect(picture.readPart(whole)).rejects.toThrow();
  // And the next reader has its turn.
  const end = { x: 520, y: 280, width: 80, height: 20 };
  expect(maxDifference(await picture.readPart(end), cropRaster(noise, end))).toBe(0);
});

test('where the disk is full, memory holds the rest', async () => {
  const noise = drawNoise(side.width, side.height);
  const again = { ...noise, data: noise.data.map((value) => 255 - value) };
  for (const room of [0, 300_000]) {
    const picture = await create(new FakeFile(room), noise);
    await picture.write(noise.data, whole);
    expect(maxDifference(await picture.readPart(whole), noise)).toBe(0);
    await picture.write(again.data, whole);
    expect(maxDifference(await picture.readPart(whole), again)).toBe(0);
  }
});

test('it is deleted with its last user', async () => {
  const file = new FakeFile();
  const picture = await create(file, drawNoise(side.width, side.height));
  let goOn = () => {};
  const used = picture.use(async () => {
    await new Promise<void>((resolve) => (goOn = resolve));
    return picture.readPart(whole);
  });
  picture.end();
  await Promise.resolve();
  expect(file.isThere).toBe(true);
  goOn();
  expect((await used).width).toBe(side.width);
  await vi.waitFor(() => expect(file.isThere).toBe(false));
  const late = picture.use(() => picture.readPart(whole));
  await expect(late).rejects.toMatchObject({ problem: 'photo-missing' });
});

describe('a result is held in memory', () => {
  const kind = { ...side, hasAlpha: false, space: 'srgb', depth: 8 } as const;
  const bytes = bytesOf(side, 8);
  const folder = {
    getDirectoryHandle: async () => folder,
    getFileHandle: async () => ({ createSyncAccessHandle: async () => new FakeFile().access }),
    removeEntry: async () => undefined,
  };
  const stub = (quota: number) => {
    vi.stubGlobal('FileSystemFileHandle', { prototype: { createSyncAccessHandle: null } });
    vi.stubGlobal('navigator', {
      storage: { estimate: async () => ({ quota, usage: 0 }), getDirectory: async () => folder },
    });
  };

  test('where it is small, as large as the photo, or finds no room outside', async () => {
    stub(2 * bytes);
    expect(await createResultPlaces(bytes).hold(kind, 2)).not.toBeNull();
    expect(await createResultPlaces(bytes + 1).hold(kind, 2)).toBeNull();
    expect(await createResultPlaces(bytes).hold(kind, 1)).toBeNull();
    stub(bytes);
    expect(await createResultPlaces(bytes).hold(kind, 2)).toBeNull();
  });

  test('where the page may not encrypt, and where there is no such place', async () => {
    stub(2 * bytes);
    vi.stubGlobal('crypto', { randomUUID: () => 'a' });
    expect(await createResultPlaces(bytes).hold(kind, 2)).toBeNull();
    vi.unstubAllGlobals();
    vi.stubGlobal('navigator', {});
    expect(await createResultPlaces(bytes).hold(kind, 2)).toBeNull();
  });
});
