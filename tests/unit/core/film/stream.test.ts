import { expect, test } from 'vitest';
import type { FilmFrame, FilmStep } from '../../../../src/core/film/step';
import { since, stepped } from '../../../../src/core/film/stream';
import { createRaster } from '../../../../src/core/picture/raster';

const raster = createRaster({ width: 1, height: 1 }, false);

async function* clip(count: number): AsyncGenerator<FilmFrame, void, undefined> {
  for (let i = 0; i < count; i++)
    yield await Promise.resolve({ raster, at: i * 1000, duration: 1000 });
}

async function timesOf(frames: AsyncIterable<FilmFrame>): Promise<number[]> {
  const times: number[] = [];
  for await (const { at } of frames) times.push(at);
  return times;
}

/** Holds one frame back, and moves each by a time. */
function late(by: number): FilmStep {
  let held: FilmFrame[] = [];
  return {
    async push(frame) {
      const ready = held;
      held = [{ ...frame, at: frame.at + by }];
      return ready;
    },
    flush: async () => held,
  };
}

test('frames go through all steps in their order, and those that were held back come at the end', async () => {
  expect(await timesOf(stepped(clip(3), [late(1), late(20)]))).toEqual([21, 1021, 2021]);
  expect(await timesOf(stepped(clip(2), []))).toEqual([0, 1000]);
  expect(await timesOf(stepped(clip(0), [late(1)]))).toEqual([]);
});

test('of what is known only what the rest is made of is given again', async () => {
  expect(await timesOf(since(clip(5), 3000, 0))).toEqual([3000, 4000]);
  expect(await timesOf(since(clip(5), 3000, 1500))).toEqual([2000, 3000, 4000]);
  expect(await timesOf(since(clip(2), null, 0))).toEqual([0, 1000]);
});
