import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBetween, type MixMoved } from '../../src/core/film/between';
import { createDeband } from '../../src/core/film/deband';
import { createDeflicker } from '../../src/core/film/deflicker';
import { filmOnArrays, type FilmWork } from '../../src/core/film/film-work';
import { createSteadyDetail } from '../../src/core/film/steady-detail';
import type { FilmStep } from '../../src/core/film/step';
import type { YuvColours, YuvPicture } from '../../src/core/film/yuv';
import { createRaster, type Raster, type Raster8 } from '../../src/core/picture/raster';
import type { Gpu } from '../../src/engine/device';
import { isFilmWorkRight, openFilmPass } from '../../src/engine/film/film-trials';
import { runStep } from '../unit/core/film/clips';
import { drawMotion } from '../unit/core/film/moving';
import { addNoise, drawScene } from '../unit/core/scenes';

const kinds = (['bt601', 'bt709', 'bt2020'] as const).flatMap((matrix) =>
  [false, true].map((isFull): YuvColours => ({ matrix, isFull })),
);

/** Samples of every level, in any layout that decoders have; `gap` bytes lie between rows. */
function drawYuv(
  width: number,
  height: number,
  [across, down]: readonly [1 | 2, 1 | 2],
  layout: { readonly gap?: number; readonly isPaired?: boolean } = {},
): YuvPicture {
  const { gap = 0, isPaired = false } = layout;
  const [columns, rows] = [Math.ceil(width / across), Math.ceil(height / down)];
  const [stride, step] = [width + gap, isPaired ? 2 : 1];
  const narrow = columns * step + gap;
  const luma = stride * height;
  const length = luma + (isPaired ? 1 : 2) * narrow * rows;
  const data = Uint8Array.from({ length }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
  const plane = (offset: number) => ({ data, offset, stride: narrow, step });
  const v = isPaired ? luma + 1 : luma + narrow * rows;
  const y = { data, offset: 0, stride, step: 1 };
  return { width, height, y, u: plane(luma), v: plane(v), across, down };
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst;
}

const size = { width: 97, height: 70 };
const [behind, front] = [drawScene(230, 41), drawScene(230, 42)];
const scene = drawMotion('object', size, behind, front);
const clipOf = (rasters: readonly Raster[]) =>
  rasters.map((raster, k) => ({ raster, at: k * 40_000, duration: 40_000 }));

describe('the pictures of a clip on the GPU', () => {
  let gpu: Gpu;
  let work: FilmWork;
  beforeAll(async () => {
    ({ gpu, work } = (await openFilmPass(true))!);
  });
  afterAll(() => gpu.device.destroy());

  test.each(kinds)(
    'turn $matrix into the very levels of the arrays, full $isFull',
    async (kind) => {
      for (const picture of [
        drawYuv(64, 32, [2, 2]),
        drawYuv(37, 21, [2, 2], { gap: 3 }),
        drawYuv(37, 21, [2, 2], { isPaired: true, gap: 5 }),
        drawYuv(33, 10, [2, 1]),
        drawYuv(18, 9, [1, 1]),
        drawYuv(1, 1, [2, 2]),
      ]) {
        const made = await work.rasterOfYuv(picture, kind);
        expect(made).toEqual(await filmOnArrays.rasterOfYuv(picture, kind));
      }
    },
  );

  test.each(kinds)('make the very samples of the arrays, $matrix, full $isFull', async (kind) => {
    for (const [width, height] of [
      [64, 32],
      [37, 21],
      [2, 1],
      [1, 1],
    ] as const) {
      const raster = createRaster({ width, height }, false);
      for (let i = 0; i < raster.data.length; i++)
        raster.data[i] = Math.imul(i + 7, 2654435761) >>> 24;
      const made = await work.yuvOfRaster(raster, kind);
      expect(made).toEqual(await filmOnArrays.yuvOfRaster(raster, kind));
    }
  });

  test.each([1, 0.6])(
    'smooth steps to the very levels of the arrays, strength %f',
    async (strength) => {
      const sky = createRaster({ width: 130, height: 71 }, false);
      for (let i = 0; i < 130 * 71; i++) {
        const level = Math.round((60 + (i % 130) / 3 + Math.floor(i / 130) / 5) / 3) * 3;
        sky.data.set([level, 200 - level, 90, i % 256], i * 4);
      }
      const clip = clipOf([sky, scene.frame(0), addNoise(sky, 1)]);
      const made = await runStep(createDeband({ strength, deband: work.deband }), clip);
      const wanted = await runStep(createDeband({ strength }), clip);
      expect(wanted[0]!.raster.data).not.toEqual(sky.data);
      for (const [k, { raster }] of made.entries()) expect(raster).toEqual(wanted[k]!.raster);
    },
  );

  const flickering = clipOf(
    Array.from({ length: 12 }, (_, k) => {
      const raster = scene.frame(k / 4);
      const data = raster.data.map((v, i) =>
        i % 4 === 3 ? v : v * (1 + 0.08 * Math.sin(1.7 * k + i / 9000)),
      );
      return { ...raster, data };
    }),
  );
  const noisy = clipOf(Array.from({ length: 5 }, (_, k) => addNoise(scene.frame(k), 6, k + 1)));
  const large = clipOf(
    [0, 1].map((k) => drawMotion('pan', { width: 900, height: 620 }, behind, front).frame(k)),
  );

  test.each<[string, readonly { raster: Raster }[], (work: FilmWork) => FilmStep]>([
    [
      'take flicker out',
      flickering,
      ({ applyGains: apply }) => createDeflicker({ strength: 1, apply }),
    ],
    [
      'keep detail steady',
      noisy,
      ({ blendSteady: blend }) => createSteadyDetail({ strength: 1, blend }),
    ],
    [
      'keep detail steady whose motion is of fewer pixels',
      large,
      ({ blendSteady: blend }) => createSteadyDetail({ strength: 0.7, blend }),
    ],
  ])(
    '%s as the arrays do, to a level, also where one picture is made of the other',
    async (_, clip, step) => {
      const frames = clip as ReturnType<typeof clipOf>;
      const wanted = await runStep(step(filmOnArrays), frames);
      const made = await runStep(step(work), frames);
      expect(made.map(({ at }) => at)).toEqual(wanted.map(({ at }) => at));
      expect(wanted.some(({ raster }, k) => raster !== frames[k]!.raster)).toBe(true);
      for (const [k, { raster }] of made.entries())
        expect(furthest(raster.data, wanted[k]!.raster.data)).toBeLessThanOrEqual(1);
    },
  );

  test.each([0.25, 0.5, 0.9])(
    'make what is between, at %f, as the arrays do, to a level',
    async (phase) => {
      for (const clip of [noisy, large]) {
        const [a, b] = [clip[0]!.raster, clip[1]!.raster];
        let isMade = false;
        const mix: MixMoved = (...args) => {
          isMade = true;
          return work.mixMoved(...args);
        };
        const made = await createBetween(a, b, mix).at(phase);
        expect(isMade).toBe(true);
        expect(furthest(made.data, (await createBetween(a, b).at(phase)).data)).toBeLessThanOrEqual(
          1,
        );
      }
    },
  );

  test('16 bits are left to the arrays', async () => {
    const deep = createRaster({ width: 40, height: 30 }, false, 16);
    deep.data.forEach((_, i) => (deep.data[i] = 20_000 + ((i >> 2) % 40) * 300));
    expect(await work.deband(deep, 1)).toEqual(await filmOnArrays.deband(deep, 1));
  });

  test.each(Object.keys(filmOnArrays) as (keyof FilmWork)[])(
    'are tried before they are trusted: %s',
    async (name) => {
      expect(await isFilmWorkRight(work, name)).toBe(true);
      const spoil = async (made: ReturnType<FilmWork[typeof name]>) => {
        const { data } = (await made) as Raster8;
        data[5] = data[5]! > 128 ? data[5]! - 2 : data[5]! + 2;
        return made;
      };
      const wrong = Object.fromEntries(
        Object.entries(work).map(([each, make]) => [each, make]),
      ) as FilmWork;
      const spoiled = {
        ...wrong,
        [name]: (...args: unknown[]) =>
          spoil((work[name] as (...all: unknown[]) => never)(...args)),
      };
      expect(await isFilmWorkRight(spoiled, name)).toBe(false);
    },
  );

  test('a device that is lost in the middle of a picture fails it', async () => {
    const { gpu: other, work: lost } = (await openFilmPass(true))!;
    await lost.yuvOfRaster(scene.frame(0), kinds[0]!);
    const made = lost.yuvOfRaster(scene.frame(1), kinds[0]!);
    other.device.destroy();
    await expect(made).rejects.toMatchObject({ code: 'device-lost' });
  });
});
