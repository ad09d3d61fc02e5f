import { afterEach, expect, test, vi } from 'vitest';
import { createRaster } from '../../src/core/picture/raster';
import { decode } from '../../src/formats/decode';
import { encode } from '../../src/formats/encode';

afterEach(() => vi.unstubAllGlobals());

test('without its codec a photo is still saved, and with it again later', async () => {
  const raster = createRaster({ width: 40, height: 30 }, false);
  raster.data.fill(180);
  for (let i = 3; i < raster.data.length; i += 4) raster.data[i] = 255;
  const real = fetch;
  const asked = vi.fn((url: string) =>
    url.includes('.wasm') ? Promise.reject(new TypeError('offline')) : real(url),
  );
  vi.stubGlobal('fetch', asked);
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const blob = await encode(raster, { format, quality: 90 });
    expect(blob.type).toBe(`image/${format}`);
    expect((await decode(blob)).raster.data[4 * 600]).toBeGreaterThan(170);
  }
  // PNG takes none.
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(2);

  vi.unstubAllGlobals();
  const loaded = vi.fn((url: string) => real(url));
  vi.stubGlobal('fetch', loaded);
  expect((await encode(raster, { format: 'jpeg', quality: 90 })).type).toBe('image/jpeg');
  expect(loaded).toHaveBeenCalledTimes(1);
});

test('without the colour engine inks of a JPEG are left to the browser, and those of a TIFF are missed', async () => {
  const real = fetch;
  const read = async (name: string) =>
    (await real(new URL(`../fixtures/formats/${name}`, import.meta.url))).blob();
  const [jpeg, tiff] = [await read('inks.jpg'), await read('inks.tif')];
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  const { raster, notes } = await decode(jpeg);
  expect([raster.width, notes.map(({ note }) => note)]).toEqual([96, ['colours-converted']]);
  await expect(decode(tiff)).rejects.toMatchObject({ problem: 'codec-missing' });
});

test('without its own decoder a JPEG XL of 16 bits opens in 8, which is said', async () => {
  const real = fetch;
  const file = await real(new URL('../fixtures/formats/deep.jxl', import.meta.url));
  const blob = await file.blob();
  vi.stubGlobal('fetch', (url: string) =>
    url.includes('oxide') ? Promise.reject(new TypeError('offline')) : real(url),
  );
  const { raster, header, notes } = await decode(blob);
  expect([header.depth, raster.data[4 * 512]]).toEqual([8, 127]);
  expect(notes).toEqual([{ note: 'depth-lost', facts: {} }]);
});
