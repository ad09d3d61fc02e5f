import { expect, test, vi } from 'vitest';
import { filmOnArrays, type FilmWork } from '../../../../src/core/film/film-work';
import { createRaster } from '../../../../src/core/picture/raster';
import type { FastFilm } from '../../../../src/worker/engine/fast-film';
import { FilmDesk } from '../../../../src/worker/owner/film-desk';
import { drawNoise } from '../../core/pictures';

const colours = { matrix: 'bt709', isFull: false } as const;
const picture = drawNoise(20, 10);
const sky = createRaster({ width: 40, height: 30 }, false);
sky.data.forEach((_, i) => (sky.data[i] = 90 + 3 * Math.floor(((i >> 2) % 40) / 8)));
const onArrays = filmOnArrays.yuvOfRaster(picture, colours);
/** What only the GPU of these tests makes. */
const made = { width: 20, height: 10, data: new Uint8ClampedArray(300).fill(7) };

/** A GPU that makes some pictures and fails at the next ones. */
function gpu(most = Infinity, wrong?: keyof FilmWork) {
  let count = 0;
  const work: FilmWork = {
    ...filmOnArrays,
    yuvOfRaster: () => (count++ < most ? made : Promise.reject(new Error('lost'))),
    deband: () => picture,
  };
  const isRight = vi.fn(async (name: keyof FilmWork) => name !== wrong);
  return { work, isRight, close: vi.fn() } satisfies FastFilm;
}

test('a GPU makes the pictures where there is one, opened once and each kind of work tried once', async () => {
  const fast = gpu();
  const open = vi.fn(async () => fast);
  const desk = new FilmDesk(open);
  expect(open).not.toHaveBeenCalled();
  for (let i = 0; i < 3; i++) expect(await desk.yuvOfRaster(picture, colours)).toBe(made);
  expect(await desk.deband(sky, 1)).toBe(picture);
  expect(open).toHaveBeenCalledTimes(1);
  expect(fast.isRight.mock.calls.flat()).toEqual(['yuvOfRaster', 'deband']);
  desk.close();
  await vi.waitFor(() => expect(fast.close).toHaveBeenCalledTimes(1));
  expect(await desk.yuvOfRaster(picture, colours)).toEqual(onArrays);
});

test.each<[string, () => Promise<FastFilm | null>]>([
  ['there is none', async () => null],
  ['it cannot be opened', () => Promise.reject(new Error('no driver'))],
  ['it comes to something else', async () => gpu(Infinity, 'yuvOfRaster')],
])('arrays make them where %s', async (_, open) => {
  const desk = new FilmDesk(open);
  for (let i = 0; i < 3; i++) expect(await desk.yuvOfRaster(picture, colours)).toEqual(onArrays);
});

test('work that is wrong on a GPU is done on arrays, and the rest there', async () => {
  const desk = new FilmDesk(async () => gpu(Infinity, 'deband'));
  expect(await desk.deband(sky, 1)).toEqual(await filmOnArrays.deband(sky, 1));
  expect(await desk.yuvOfRaster(picture, colours)).toBe(made);
});

test('what a GPU fails at is made on arrays, the next on one that is opened anew, and after the second failure all is', async () => {
  const gpus = [gpu(1), gpu(1), gpu()];
  const open = vi.fn(async () => gpus[open.mock.calls.length - 1]!);
  const desk = new FilmDesk(open);
  const made5 = [];
  for (let i = 0; i < 5; i++) made5.push((await desk.yuvOfRaster(picture, colours)) === made);
  expect(made5).toEqual([true, false, true, false, false]);
  expect(open).toHaveBeenCalledTimes(2);
  expect(gpus.map(({ close }) => close.mock.calls.length)).toEqual([1, 1, 0]);
});

test('pictures that are under way when a GPU fails are one failure of it', async () => {
  const gpus = [gpu(0), gpu()];
  const open = vi.fn(async () => gpus[open.mock.calls.length - 1]!);
  const desk = new FilmDesk(open);
  const all = [1, 2, 3].map(async () => desk.yuvOfRaster(picture, colours));
  expect(await Promise.all(all)).toEqual([onArrays, onArrays, onArrays]);
  expect(await desk.yuvOfRaster(picture, colours)).toBe(made);
});
