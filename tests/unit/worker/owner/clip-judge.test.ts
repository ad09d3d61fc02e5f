import { expect, test } from 'vitest';
import type { ClipFacts } from '../../../../src/core/film/clip';
import { findFilmReasons } from '../../../../src/core/findings/clip-findings';
import { suggest } from '../../../../src/core/findings/suggest';
import { cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { judgePictures, type JudgedClip } from '../../../../src/worker/owner/clip-judge';
import { addNoise, drawScene } from '../../core/scenes';

const facts: ClipFacts = {
  ...{ container: 'mp4', codec: 'H.264', width: 144, height: 108, from: 0, to: 10 },
  ...{ frameRate: 25, isEven: true, sounds: [], lostSounds: 0 },
};
const world = drawScene(400);
/** A pan of a pixel a frame. */
const pan = (k: number) => cropRaster(world, { x: k, y: 40, width: 144, height: 108 });

/** A clip of ten seconds; counts the pictures that are read. */
function film(frame: (k: number) => Raster8, to = facts.to) {
  const read: number[] = [];
  const picture = (k: number) => {
    read.push(k);
    return frame(k);
  };
  const clip: JudgedClip = {
    facts: { ...facts, to },
    pictureAt: async (seconds) => picture(Math.floor(seconds * 25 + 1e-6)),
    async *frames({ from, to: end }) {
      for (let k = Math.floor(from * 25 + 1e-6); k < Math.min(end, to) * 25; k++)
        yield { raster: picture(k), at: k * 40_000, duration: 40_000 };
    },
  };
  return { clip, read };
}

/** What is found in a clip, and suggested for it. */
async function judge(frame: (k: number) => Raster8, to = facts.to) {
  const { clip, read } = film(frame, to);
  const findings = await judgePictures(clip, { from: 0, to }, async () => undefined);
  return {
    read,
    findings,
    film: findFilmReasons(findings).map(({ kind }) => kind),
    ...suggest(findings.analysis, 2),
  };
}

test('a clean pan gets nothing but the enlargement, from eleven pictures and the neighbours of three', async () => {
  const { film: reasons, recipe, read } = await judge(pan);
  expect(reasons).toEqual([]);
  expect(recipe.steps).toEqual([{ task: 'upscale', scale: 2, variant: 'faithful' }]);
  // From all over it, and no more than that.
  expect(Math.min(...read)).toBeLessThan(25);
  expect(Math.max(...read)).toBeGreaterThan(225);
  expect(read.length).toBeLessThanOrEqual(8 + 3 * 26);
});

test('noise of its own in each picture is cleaned, near its sigma', async () => {
  const noisy = (k: number) => addNoise(pan(k), 20, k + 1);
  const { findings, film: reasons, recipe } = await judge(noisy);
  expect(Math.abs(findings.analysis.noise - 20)).toBeLessThan(4);
  expect(recipe.steps.some(({ task }) => task === 'clean')).toBe(true);
  expect(reasons).toEqual(['unrest']);
});

test('flicker of 7 Hz gets Deflicker, and nothing else', async () => {
  const flickering = (k: number) => {
    const frame = pan(k);
    const gain = 1 + 0.07 * Math.sin((2 * Math.PI * 7.3 * k) / 25);
    return { ...frame, data: frame.data.map((v, i) => (i % 4 === 3 ? v : v * gain)) };
  };
  const { findings, film: reasons, recipe } = await judge(flickering);
  expect(reasons).toEqual(['flicker']);
  expect(findings.flicker).toBeCloseTo(0.07, 1);
  expect(recipe.steps.map(({ task }) => task)).toEqual(['upscale']);
});

test('a sky in steps over what moves gets Deband, and nothing else', async () => {
  const banded = (k: number) => {
    const frame = pan(k);
    const data = frame.data.slice();
    for (let i = 0; i < 144 * 54; i++) {
      const level = Math.round((100 + 18 * (Math.floor(i / 144) / 54)) / 3) * 3;
      data.set([level - 20, level, level + 50, 255], i * 4);
    }
    return { ...frame, data };
  };
  const { film: reasons, recipe } = await judge(banded);
  expect(reasons).toEqual(['bands']);
  expect(recipe.steps.map(({ task }) => task)).toEqual(['upscale']);
});

test('a clip of one picture, or of a few, is judged by these', async () => {
  for (const to of [0.04, 0.2]) {
    const { findings } = await judge(pan, to);
    expect([findings.flicker, findings.isBanded]).toEqual([0, false]);
  }
  expect(
    (await judge((k) => addNoise(pan(k), 20, k + 1), 0.04)).findings.analysis.noise,
  ).toBeGreaterThan(16);
});

test('looking ends where it is wanted no more', async () => {
  const { clip, read } = film(pan);
  let left = 3;
  const pause = async () => {
    if (left-- === 0) throw new DOMException('over', 'AbortError');
  };
  await expect(judgePictures(clip, { from: 0, to: 10 }, pause)).rejects.toThrow('over');
  expect(read.length).toBeLessThanOrEqual(4);
});
