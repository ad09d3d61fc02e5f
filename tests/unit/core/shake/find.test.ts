import { describe, expect, test } from 'vitest';
import { deconvolve } from '../../../../src/core/shake/deconvolve';
import { fit, type BlurKernel } from '../../../../src/core/shake/blur-kernel';
import { createRaster, type Raster } from '../../../../src/core/picture/raster';
import { resample } from '../../../../src/core/picture/resample';
import { findShake, widthOf } from '../../../../src/core/shake/find';
import { takeShakeBack } from '../../../../src/core/shake/take-back';
import { drawCells } from '../harmless/drawings';
import { drawSky } from '../harmless/gradients';
import { drawDisc, drawMacro } from '../harmless/nature';
import { repeatPixels } from '../harmless/paint';
import { compressScene } from '../scenes';
import {
  bent,
  drawLeaves,
  drawPath,
  drawRound,
  goOn,
  psnrInside,
  shakeScene,
  straight,
} from '../shaken';

const leaves = drawLeaves(256, 256);

function correlate(a: BlurKernel, b: BlurKernel): number {
  const side = Math.max(a.side, b.side);
  const [one, other] = [fit(a, side).taps, fit(b, side).taps];
  const product = (u: Float32Array, v: Float32Array) =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

/** The left half of one picture beside the right half of another. */
function joinHalves(left: Raster, right: Raster): Raster {
  const data = left.data.map((value, i) =>
    (i >> 2) % left.width < left.width / 2 ? value : right.data[i]!,
  );
  return { ...left, data };
}

describe('the shake of a photo', () => {
  test.each([
    { name: 'a bent path', kernel: bent },
    { name: 'straight motion', kernel: straight },
  ])('is found and can be taken back: $name', async ({ kernel }) => {
    const shaken = shakeScene(leaves, kernel);
    const { kernel: found, factor } = (await findShake(shaken, goOn))!;
    expect(factor).toBe(1);
    expect(found.side % 2).toBe(1);
    expect(found.taps).toHaveLength(found.side ** 2);
    expect(found.taps.reduce((sum, tap) => sum + tap)).toBeCloseTo(1, 5);
    expect(correlate(found, kernel)).toBeGreaterThan(0.9);
    const restored = await deconvolve(shaken, found, goOn);
    expect(psnrInside(restored, leaves) - psnrInside(shaken, leaves)).toBeGreaterThan(3);
  });

  test('of a large photo is found in it reduced, and taken back from it', async () => {
    const large = { width: 2600, height: 256 };
    const wide = resample(shakeScene(drawLeaves(1300, 128), straight), large);
    const shake = (await findShake(wide, goOn))!;
    expect(shake.factor).toBe(2);
    expect(widthOf(shake)).toBeGreaterThan(26);
    const sharp = resample(drawLeaves(1300, 128), large);
    const restored = await takeShakeBack(wide, shake, goOn);
    expect(psnrInside(restored, sharp) - psnrInside(wide, sharp)).toBeGreaterThan(2);
  });

  test.each([1.5, 3])('is not found where a lens was out of focus, sigma %d', async (sigma) => {
    const round = drawRound(sigma);
    expect(await findShake(shakeScene(leaves, round), goOn)).toBeNull();
  });

  test('is not found in a flat picture', async () => {
    const flat = createRaster({ width: 256, height: 256 }, false);
    flat.data.fill(255);
    expect(await findShake(flat, goOn)).toBeNull();
  });

  test('is not found in a picture with a side under 128 pixels', async () => {
    expect(await findShake(shakeScene(drawLeaves(300, 127), bent), goOn)).toBeNull();
  });

  test('is not found in a sharp picture', async () => {
    expect(await findShake(leaves, goOn)).toBeNull();
  });

  test('is not found where every half was blurred by itself', async () => {
    const up = drawPath((t) => [-2 * t, 8 * t], 9);
    const other = joinHalves(shakeScene(leaves, straight), shakeScene(leaves, up));
    expect(await findShake(other, goOn)).toBeNull();
  });

  test.each([
    ['a lens far out of focus', () => shakeScene(drawLeaves(512, 512, 3), drawDisc(8))],
    ['a gradient under JPEG', () => compressScene(drawSky(), 80)],
    ['pixel art', () => repeatPixels(drawCells(32, 16, 6), 8)],
    ['pixel art under JPEG', () => compressScene(repeatPixels(drawCells(40, 32, 6, 5), 8), 80)],
    ['a macro with specks', () => drawMacro(7, 20)],
  ])('is not found in %s', async (_, draw) => {
    expect(await findShake(draw(), goOn)).toBeNull();
  });

  test('is not looked for in a picture with alpha', async () => {
    const shaken = shakeScene(leaves, bent);
    expect(await findShake({ ...shaken, hasAlpha: true }, goOn)).toBeNull();
  });

  test('ends with what a pause rejects with', async () => {
    const reason = new Error('enough');
    let pauses = 0;
    const pause = () => (++pauses < 3 ? goOn() : Promise.reject(reason));
    await expect(findShake(shakeScene(leaves, bent), pause)).rejects.toBe(reason);
    expect(pauses).toBe(3);
  });
});
