import { afterEach, expect, test, vi } from 'vitest';
import { decode } from '../../src/formats/decode';

const urls = import.meta.glob<string>('../fixtures/formats/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** A file as it is opened: its pixels, or why it is not. */
const open = async (url: string) =>
  decode(await (await fetch(url)).blob()).then(
    ({ raster }) => raster,
    (error: unknown) => String(error),
  );

afterEach(() => vi.unstubAllGlobals());

test('pixels that are copied past the canvas are those that it gives, in every format, turn and space', async () => {
  for (const [name, url] of Object.entries(urls)) {
    // The others are never the browser's to decode, and of what is cut off it is waited for.
    if (!/\.(jpg|png|webp|avif|gif|bmp)$/.test(name) || /\/(cut|empty)/.test(name)) continue;
    const copied = await open(url);
    vi.stubGlobal('VideoFrame', undefined);
    const drawn = await open(url);
    vi.unstubAllGlobals();
    expect(copied, name).toEqual(drawn);
  }
});

test('an opaque photo leaves no canvas and no copies of its pixels behind', async () => {
  const getImageData = vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, 'getImageData');
  for (const name of [
    'rgb.png',
    'progressive.jpg',
    'lossy.webp',
    'plain.bmp',
    'orientation-6.webp',
  ])
    expect(await open(urls[`../fixtures/formats/${name}`]!), name).toHaveProperty('data');
  expect(getImageData).not.toHaveBeenCalled();
  getImageData.mockRestore();
});
