import { expect, test } from 'vitest';
import { frameRaster } from '../../../../src/core/frame/apply';
import { framedSize } from '../../../../src/core/frame/geometry';
import type { Raster, Raster8 } from '../../../../src/core/picture/raster';
import { gatherRows } from '../../../../src/core/picture/rows';
import { wholeFrame, type Frame } from '../../../../src/core/recipe/frame';
import { drawGainMap } from '../../../../src/formats/gain-map/draw';
import { drawNoise } from '../../core/pictures';

const map = drawNoise(24, 16);
const colours = ({ data }: Raster) => data.filter((_, i) => i % 4 < 3);
const drawAll = (...given: Parameters<typeof drawGainMap>) => gatherRows(drawGainMap(...given));

test.each([
  ['as it is', wholeFrame],
  ['cropped', { ...wholeFrame, crop: { x: 4, y: 2, width: 10, height: 12 } }],
  ['turned', { ...wholeFrame, turns: 1 }],
  [
    'turned, mirrored and cropped',
    { crop: { x: 1, y: 3, width: 9, height: 7 }, angle: 0, turns: 3, flip: true },
  ],
] satisfies [string, Frame][])(
  '%s: each pixel goes where the photo puts its own',
  async (_, frame) => {
    const wanted = await frameRaster(map, frame, () => Promise.resolve());
    const framed = framedSize(frame, map);
    const drawn = await drawAll(map, map, frame, framed, framed);
    expect([drawn.width, drawn.height]).toEqual([wanted.width, wanted.height]);
    expect(colours(drawn)).toEqual(colours(wanted));
  },
);

test('it keeps its ratio to the photo, also on its side, and its detail where that is made smaller', () => {
  const photo = { width: 96, height: 64 };
  const sizes = (frame: Frame, saved: { width: number; height: number }) => {
    const { width, height } = drawGainMap(map, photo, frame, framedSize(frame, photo), saved);
    return [width, height];
  };
  expect(sizes(wholeFrame, { width: 192, height: 128 })).toEqual([48, 32]);
  expect(sizes({ ...wholeFrame, turns: 1 }, { width: 128, height: 192 })).toEqual([32, 48]);
  expect(sizes(wholeFrame, { width: 48, height: 32 })).toEqual([24, 16]);
});

test('between two of its pixels it goes straight from one to the other, and no further at its edges', async () => {
  const data = Uint8ClampedArray.of(10, 10, 10, 255, 210, 210, 210, 255);
  const two: Raster8 = { width: 2, height: 1, hasAlpha: false, space: 'srgb', data };
  const drawn = await drawAll(two, two, undefined, two, { width: 8, height: 1 });
  const reds = Array.from(drawn.data.filter((_, i) => i % 4 === 0));
  expect(reds).toEqual([10, 10, 35, 85, 135, 185, 210, 210]);
});

test('any of its rows are those of the whole', async () => {
  const size = { width: 40, height: 27 };
  const whole = await drawAll(map, map, undefined, map, size);
  const rows = await drawGainMap(map, map, undefined, map, size).read(11, 3);
  expect(rows).toEqual(whole.data.slice(11 * 160, 14 * 160));
});
