import { describe, expect, it } from 'vitest';
import {
  rasterOfYuv,
  yuvOfRaster,
  type YuvColours,
  type YuvPicture,
} from '../../../../src/core/film/yuv';
import { createRaster } from '../../../../src/core/picture/raster';

/** Of one colour. */
function flat(
  width: number,
  height: number,
  [y, u, v]: readonly [number, number, number],
): YuvPicture {
  const plane = (value: number) => ({
    ...{ data: new Uint8Array(width * height).fill(value), offset: 0, stride: width, step: 1 },
  });
  return { width, height, y: plane(y), u: plane(u), v: plane(v), across: 2, down: 2 };
}

/** Bars of 75 % as BT.601, BT.709 and their full ranges write them, from the sums of the standards by hand. */
const bars: readonly [string, YuvColours, readonly [number, number, number], readonly number[]][] =
  [
    ['white, 601', { matrix: 'bt601', isFull: false }, [180, 128, 128], [191, 191, 191]],
    ['yellow, 601', { matrix: 'bt601', isFull: false }, [162, 44, 142], [191, 191, 0]],
    ['red, 601', { matrix: 'bt601', isFull: false }, [65, 100, 212], [191, 0, 0]],
    ['blue, 601', { matrix: 'bt601', isFull: false }, [35, 212, 114], [0, 0, 191]],
    ['yellow, 709', { matrix: 'bt709', isFull: false }, [168, 44, 136], [191, 191, 0]],
    ['red, 709', { matrix: 'bt709', isFull: false }, [51, 109, 212], [191, 0, 0]],
    ['blue, 709', { matrix: 'bt709', isFull: false }, [28, 212, 120], [0, 0, 191]],
    ['red, 601 full', { matrix: 'bt601', isFull: true }, [57, 96, 224], [191, 0, 0]],
    ['red, 709 full', { matrix: 'bt709', isFull: true }, [41, 106, 224], [191, 0, 0]],
  ];

describe('rasterOfYuv', () => {
  it.each(bars)('reads %s within a level of what it stands for', (_, colours, yuv, rgb) => {
    const { data } = rasterOfYuv(flat(5, 3, yuv), colours);
    for (let i = 0; i < 15; i++)
      for (let c = 0; c < 3; c++)
        expect(Math.abs(data[i * 4 + c]! - rgb[c]!)).toBeLessThanOrEqual(1.5);
  });

  it('places the samples between two of a halved plane in their middle', () => {
    const picture = flat(4, 2, [128, 128, 128]);
    const grey = { matrix: 'bt601', isFull: true } as const;
    picture.v.data.set([128, 188]);
    const reds = [0, 1, 2, 3].map((x) => rasterOfYuv(picture, grey).data[x * 4]!);
    expect(reds[1]).toBe(Math.round(128 + 1.402 * 30));
    expect(reds[2]).toBe(Math.round(128 + 1.402 * 60));
  });
});

describe('yuvOfRaster', () => {
  it.each(['bt601', 'bt709', 'bt2020'] as const)('gives back what %s was made of', (matrix) => {
    for (const isFull of [false, true])
      for (const rgb of [
        [191, 30, 60],
        [0, 0, 255],
        [255, 255, 255],
        [12, 200, 90],
      ]) {
        // Odd sides, as clips may have.
        const raster = createRaster({ width: 7, height: 5 }, false);
        for (let i = 0; i < 35; i++) raster.data.set([...rgb, 255], i * 4);
        const { data } = yuvOfRaster(raster, { matrix, isFull });
        expect(data.length).toBe(35 + 2 * 12);
        const plane = (offset: number, stride: number) => ({ data, offset, stride, step: 1 });
        const planes = {
          y: plane(0, 7),
          u: plane(35, 4),
          v: plane(47, 4),
          across: 2,
          down: 2,
        } as const;
        const back = rasterOfYuv({ width: 7, height: 5, ...planes }, { matrix, isFull });
        for (let i = 0; i < back.data.length; i++)
          expect(Math.abs(back.data[i]! - raster.data[i]!)).toBeLessThanOrEqual(2);
      }
  });
});

describe('whole numbers', () => {
  const kinds = (['bt601', 'bt709', 'bt2020'] as const).flatMap((matrix) =>
    [false, true].map((isFull): YuvColours => ({ matrix, isFull })),
  );

  it.each(kinds)('leave every grey of $matrix without colour: full $isFull', (colours) => {
    const raster = createRaster({ width: 256, height: 3 }, false);
    for (let i = 0; i < raster.data.length; i++) raster.data[i] = (i >> 2) & 255;
    const { data } = yuvOfRaster(raster, colours);
    const [black, levels] = colours.isFull ? [0, 255] : [16, 219];
    for (let x = 0; x < 256; x++) expect(data[x]).toBe(Math.round(black + (x * levels) / 255));
    expect(new Set(data.subarray(256 * 3))).toEqual(new Set([128]));
    expect(new Set(rasterOfYuv(flat(2, 2, [black, 128, 128]), colours).data)).toEqual(
      new Set([0, 255]),
    );
    const white = rasterOfYuv(flat(2, 2, [black + levels, 128, 128]), colours);
    expect(new Set(white.data)).toEqual(new Set([255]));
  });

  it.each(kinds)('come to what the sums of $matrix do in fractions: full $isFull', (colours) => {
    const [red, blue] = {
      bt601: [0.299, 0.114],
      bt709: [0.2126, 0.0722],
      bt2020: [0.2627, 0.0593],
    }[colours.matrix] as [number, number];
    const [black, luma, chroma] = colours.isFull ? [0, 255, 255] : [16, 219, 224];
    for (let i = 0; i < 3000; i++) {
      const [y, u, v] = [(i * 67) % 256, (i * 151) % 256, (i * 211) % 256];
      const light = ((y - black) * 255) / luma;
      const r = light + ((2 * (1 - red) * 255) / chroma) * (v - 128);
      const b = light + ((2 * (1 - blue) * 255) / chroma) * (u - 128);
      const g = (light - red * r - blue * b) / (1 - red - blue);
      const { data } = rasterOfYuv(flat(1, 1, [y, u, v]), colours);
      for (const [c, level] of [r, g, b].entries()) {
        const clamped = Math.min(255, Math.max(0, level));
        expect(Math.abs(data[c]! - clamped)).toBeLessThanOrEqual(0.505);
      }
    }
  });
});
