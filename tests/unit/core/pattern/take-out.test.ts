import { describe, expect, it } from 'vitest';
import { findPattern } from '../../../../src/core/pattern/find';
import { takeOutCosts, takePatternOut } from '../../../../src/core/pattern/take-out';
import type { Raster } from '../../../../src/core/picture/raster';
import { deepen } from '../pictures';
import { emboss, honeycomb } from '../prints';
import { addNoise, drawScene } from '../scenes';

const scene = addNoise(drawScene(400), 1.5);
const onSilk = emboss(scene, honeycomb, 0.06);
const { waves } = findPattern(onSilk);
const go = () => Promise.resolve();

/** How much of what the paper added is still there: the share of it that a picture's difference to the scene holds. */
function shareLeft(picture: Raster, paper: Raster = onSilk): number {
  let [product, whole] = [0, 0];
  for (let i = 0; i < picture.data.length; i++) {
    const added = paper.data[i]! - scene.data[i]!;
    product += added * (picture.data[i]! - scene.data[i]!);
    whole += added ** 2;
  }
  return product / whole;
}

/** The same of the scene's own steps from pixel to pixel, where they are steep. */
function edgesLeft(picture: Raster): number {
  let [product, whole] = [0, 0];
  for (let i = 4; i < picture.data.length; i++) {
    const step = scene.data[i]! - scene.data[i - 4]!;
    if (Math.abs(step) < 40) continue;
    product += step * (picture.data[i]! - picture.data[i - 4]!);
    whole += step ** 2;
  }
  return product / whole;
}

describe('a pattern that is taken out', () => {
  it('loses 20 dB, and edges keep 95 %', async () => {
    const result = await takePatternOut(onSilk, waves, go);
    expect(20 * Math.log10(Math.abs(shareLeft(result)))).toBeLessThan(-20);
    expect(edgesLeft(result)).toBeGreaterThan(0.95);
  });

  it('is taken out of 16 bits as out of 8', async () => {
    const [deep, plain] = [
      await takePatternOut(deepen(onSilk), waves, go),
      await takePatternOut(onSilk, waves, go),
    ];
    expect(deep.data).toBeInstanceOf(Uint16Array);
    const worst = deep.data.reduce(
      (most, level, i) => Math.max(most, Math.abs(level / 257 - plain.data[i]!)),
      0,
    );
    expect(worst).toBeLessThan(0.51);
  });

  it('leaves alpha, and a gray picture gray', async () => {
    const gray = {
      ...onSilk,
      hasAlpha: true,
      data: onSilk.data.map((_, i, all) => all[i - (i % 4)]!),
    };
    const result = await takePatternOut(gray, waves, go);
    for (let i = 0; i < gray.data.length; i += 4) {
      expect(result.data[i + 3]).toBe(gray.data[i + 3]);
      expect(result.data[i + 1]).toBe(result.data[i]);
      expect(result.data[i + 2]).toBe(result.data[i]);
    }
  });

  it('is the picture itself where there is no wave', async () => {
    expect(await takePatternOut(scene, [], go)).toBe(scene);
  });

  it('changes little where the waves are not', async () => {
    const result = await takePatternOut(scene, waves, go);
    const mean =
      result.data.reduce((sum, level, i) => sum + Math.abs(level - scene.data[i]!), 0) /
      result.data.length;
    expect(mean).toBeLessThan(0.8);
  });

  it('ends when it is told to', async () => {
    const stop = new Error('stop');
    await expect(takePatternOut(onSilk, waves, () => Promise.reject(stop))).rejects.toBe(stop);
  });

  it('says how far it is, up to all of it', async () => {
    const shares: number[] = [];
    await takePatternOut(onSilk, waves, (share) => {
      shares.push(share);
      return Promise.resolve();
    });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('works in less than three pictures', () => {
    const { bytes } = takeOutCosts({ width: 4000, height: 3000 });
    expect(bytes).toBeLessThan(3 * 4 * 4000 * 3000);
  });
});
