import { expect, test } from 'vitest';
import type { FilmFrame } from '../../../../src/core/film/step';
import { cropRaster } from '../../../../src/core/picture/raster';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { ClipEnhancer } from '../../../../src/worker/owner/clip-enhancer';
import type { OpenPhoto } from '../../../../src/worker/owner/photos';
import type { RunSeries } from '../../../../src/worker/owner/run-series';
import type { RunWish } from '../../../../src/worker/owner/runs';
import type { RunReport } from '../../../../src/worker/reports';
import { drawNoise } from '../../core/pictures';

const recipe = parseRecipe({ v: 2, steps: [] });
const source = drawNoise(12, 8);
const report: RunReport = {
  ...{ output: source, steps: [], backend: 'wasm', software: false },
  ...{ device: '', seconds: 0, notes: [] },
};

async function* clip(count: number): AsyncGenerator<FilmFrame, void, undefined> {
  for (let i = 0; i < count; i++)
    yield await Promise.resolve({ raster: source, at: i * 40, duration: 40 });
}

/** A network that turns pictures dark, and fails at one. */
function open(finish = neutralFinish, failAt = -1) {
  const seen: (RunSeries | undefined)[] = [];
  const runs = {
    async enhance(photo: OpenPhoto, { series }: Pick<RunWish, 'series'>) {
      if (seen.push(series) - 1 === failAt) throw new Error('device lost');
      const raster = cropRaster(photo.raster, { x: 0, y: 0, width: 12, height: 8 });
      raster.data.fill(0);
      photo.result = await Promise.resolve({ picture: raster, scale: 1, growth: null });
      return report;
    },
  };
  const { signal } = new AbortController();
  const hooks = { signal, onProgress: () => undefined, onReport: () => undefined };
  return { pictures: new ClipEnhancer({ id: 1, recipe, finish }, runs, hooks), seen };
}

test('each picture keeps its time, and all are planned together', async () => {
  const { pictures, seen } = open();
  const made: FilmFrame[] = [];
  for await (const frame of pictures.finished(pictures.enhanced(clip(3)))) made.push(frame);
  expect(made.map(({ at }) => at)).toEqual([0, 40, 80]);
  expect(made[2]!.raster.data.every((level) => level === 0)).toBe(true);
  expect(seen).toHaveLength(3);
  expect(new Set(seen).size).toBe(1);
  expect(seen[0]).toBeDefined();
});

test('what is made is finished as was asked', async () => {
  const { pictures } = open({ ...neutralFinish, strength: 0 });
  for await (const { raster } of pictures.finished(pictures.enhanced(clip(1))))
    expect([...raster.data.subarray(0, 3)]).toEqual([...source.data.subarray(0, 3)]);
});

test('what fails is told after the pictures before it', async () => {
  const { pictures } = open(neutralFinish, 2);
  const made: number[] = [];
  const work = async () => {
    for await (const { at } of pictures.finished(pictures.enhanced(clip(5)))) made.push(at);
  };
  await expect(work()).rejects.toThrow('device lost');
  expect(made).toEqual([0, 40]);
});
