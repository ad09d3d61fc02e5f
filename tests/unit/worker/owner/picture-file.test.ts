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
import { readReduced, reduceInto } from '../../../../src/core/picture/reduce';
import type { Rect } from '../../../../src/core/picture/rect';
import { createResultPlaces, PictureFile } from '../../../../src/worker/owner/picture-file';
import { deepen, drawNoise, maxDifference } from '../../core/pictures';
import { FakeFile } from './fake-file';

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

describe('from afar', () => {
  const noise = drawNoise(side.width, side.height, true);
  const write = async () => {
    const picture = await create(new FakeFile(), noise);
    const parts = [0, 200, 400].map((x) => ({ x, y: 0, width: 200, height: side.height }));
    await Promise.all(parts.map((each) => picture.write(cropRaster(noise, each).data, each)));
    return picture;
  };
  /** Of a square of the noise. */
  const meanOf = (left: number, top: number, width: number, height: number) => {
    let [red, cover] = [0, 0];
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++) {
        const at = (y * side.width + x) * 4;
        red += noise.data[at]! * noise.data[at + 3]!;
        cover += noise.data[at + 3]!;
      }
    return [red / cover, cover / (width * height)];
  };

  test('it is the mean of its squares, transparent pixels left out', async () => {
    const { reduced } = await write();
    expect(reduced).toMatchObject({ width: 150, height: 75 });
    const { data } = await reduced.readPart({ x: 110, y: 60, width: 20, height: 10 });
    const at = (4 * 20 + 7) * 4;
    expect([data[at], data[at + 3]]).toEqual(meanOf(4 * 117, 4 * 64, 4, 4).map(Math.round));
    const clear = createRaster({ width: 1, height: 1 }, true);
    reduceInto(clear, new Uint8ClampedArray(64), { x: 0, y: 0, width: 4, height: 4 }, 4);
    expect([...clear.data]).toEqual([0, 0, 0, 0]);
  });

  test('from farther away it is reduced as it is read, to its very edges', async () => {
    const { reduced } = await write();
    // 75 rows are 10 squares of 7, and 5 rows of another.
    const { data, ...read } = await readReduced(reduced, { x: 1, y: 9, width: 21, height: 2 }, 7);
    expect(read).toMatchObject({ width: 21, height: 2 });
    for (const [x, y, width, height] of [
      [0, 0, 7, 7],
      [20, 1, 3, 5],
    ] as const) {
      const [red, cover] = meanOf(28 * (x + 1), 28 * (y + 9), 4 * width, 4 * height);
      const at = (y * 21 + x) * 4;
      // What was rounded once is rounded again.
      expect(Math.abs(data[at]! - red!)).toBeLessThan(1.1);
      expect(Math.abs(data[at + 3]! - cover!)).toBeLessThan(1.1);
    }
  });
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
    // Reduced it lies there, too.
    stub(1.2 * bytes * 1.2);
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
