import { expect, test, vi } from 'vitest';
import { toneRaster } from '../../../../src/core/frame/tone';
import { neutralTone } from '../../../../src/core/recipe/tone';
import type { FastTone } from '../../../../src/worker/engine/fast-tone';
import { Toner } from '../../../../src/worker/owner/toner';
import { drawNoise } from '../../core/pictures';

const still = () => Promise.resolve();
const bent = { ...neutralTone, shadows: 0.5 };
const small = drawNoise(20, 10);
const large = drawNoise(40, 30);
const leastPixels = 1000;
const made = drawNoise(40, 30);
const works: FastTone = { tone: (async () => made) as unknown as FastTone['tone'] };

test('large photos whose shadows move go to what is faster, which is opened once', async () => {
  const open = vi.fn(async () => works);
  const toner = new Toner(open, leastPixels);
  expect((await toner.tone(small, bent, still)).data).toEqual(
    (await toneRaster(small, bent, still)).data,
  );
  await toner.tone(large, { ...neutralTone, brightness: 1 }, still);
  expect(open).not.toHaveBeenCalled();
  expect(await toner.tone(large, bent, still)).toBe(made);
  expect(await toner.tone(large, bent, still)).toBe(made);
  expect(open).toHaveBeenCalledTimes(1);
});

test.each<[string, () => Promise<FastTone | null>]>([
  ['is none', async () => null],
  ['cannot be opened', () => Promise.reject(new Error('no driver'))],
  ['fails', async () => ({ tone: () => Promise.reject(new Error('lost')) })],
])('arrays do it where what is faster %s', async (_, open) => {
  const toner = new Toner(open, leastPixels);
  const expected = (await toneRaster(large, bent, still)).data;
  for (let i = 0; i < 2; i++) expect((await toner.tone(large, bent, still)).data).toEqual(expected);
});

test('what is given up is not begun again on arrays', async () => {
  const pause = vi.fn(() => Promise.reject(new Error('enough')));
  const slow: FastTone = {
    tone: async (_, __, pause) => {
      await pause(0.5);
      throw new Error('never');
    },
  };
  await expect(new Toner(async () => slow, leastPixels).tone(large, bent, pause)).rejects.toThrow(
    'enough',
  );
  expect(pause).toHaveBeenCalledTimes(1);
});
