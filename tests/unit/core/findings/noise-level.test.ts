import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/findings/analyse';
import { estimateNoise } from '../../../../src/core/findings/noise-level';
import { sampleWindows } from '../../../../src/core/findings/sample';
import { cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { leastNoise } from '../../../../src/core/recipe/reasons';
import { drawCurves } from '../harmless/drawings';
import { drawFireworks } from '../harmless/nature';
import { paint } from '../harmless/paint';
import { addNoise, compressScene, drawScene, seedRandom } from '../scenes';
import { drawAsphalt, drawGravel, drawTurf } from '../textures';

const scene = drawScene(512);

/** A sensor's noise: stronger the more light there is, and flattened by the tone curve. */
function addSensorNoise(source: Raster8, shot: number): Raster8 {
  const random = seedRandom(11);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const light = (v: number) => (v / 255) ** 2.2;
  const data = source.data.map((v, i) => {
    if (i % 4 === 3) return v;
    const seen = light(v) + Math.sqrt(shot * light(v) + shot ** 2) * gauss();
    return 255 * Math.max(0, seen) ** (1 / 2.2);
  });
  return { ...source, data };
}

/** Noise whose grain is a mean over squares of some pixels, as strong as it was; in Cb and Cr, or in luma. */
function addGrain(source: Raster8, sigma: number, side: number, kind: 'colour' | 'luma'): Raster8 {
  const random = seedRandom(5);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const { width, height } = source;
  const draw = () => {
    const white = Float32Array.from({ length: width * height }, gauss);
    return white.map((_, i) => {
      let sum = 0;
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++) sum += white[(i + y * width + x) % white.length]!;
      return (sigma * sum) / side;
    });
  };
  const [blue, red] = [draw(), draw()];
  const added =
    kind === 'luma'
      ? [blue, blue, blue]
      : [
          red.map((v) => 1.402 * v),
          red.map((v, i) => -0.714 * v - 0.344 * blue[i]!),
          blue.map((v) => 1.772 * v),
        ];
  const data = source.data.map((v, i) => (i % 4 === 3 ? v : v + added[i % 4]![i >> 2]!));
  return { ...source, data };
}

/** Fine detail everywhere, in squares of 12 pixels four times as strong in half of them as in the others. */
function drawPatches(side: number): Raster8 {
  const random = seedRandom(5);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const across = Math.ceil(side / 12);
  const strengths = Array.from({ length: across ** 2 }, () => (random() < 0.5 ? 16 : 4));
  return paint(side, side, (x, y) => {
    const value = 120 + strengths[Math.floor(y / 12) * across + Math.floor(x / 12)]! * gauss();
    return [value, value, value];
  });
}

/** Root mean square of the difference in R, G and B. */
function differenceOf(a: Raster8, b: Raster8): number {
  const sum = a.data.reduce((total, v, i) => total + (v - b.data[i]!) ** 2, 0);
  return Math.sqrt(sum / (a.data.length * 0.75));
}

describe('texture is not noise', () => {
  test.each([
    ['grass', () => drawTurf(384, 6, 1)],
    ['long grass', () => drawTurf(384, 15, 2)],
    ['lawn', () => drawTurf(384, 4, 0.7)],
    ['gravel', () => drawGravel(384, 2, 6)],
    ['sand', () => drawGravel(384, 1, 2)],
    ['pebbles', () => drawGravel(384, 3, 9)],
    ['asphalt', () => drawAsphalt(384)],
  ])('%s, as it is and as JPEG', (_, draw) => {
    const clean = draw();
    expect(analyse(clean, null).noise).toBeLessThan(leastNoise);
    for (const quality of [95, 92, 85, 75]) {
      const { noise } = analyse(compressScene(clean, quality), quality);
      expect(noise, `at ${quality}`).toBeLessThan(leastNoise);
    }
  });

  test('detail that is much stronger in places, as JPEG', () => {
    const patches = drawPatches(384);
    for (const quality of [95, 92, 90]) {
      const { noise } = analyse(compressScene(patches, quality), quality);
      expect(noise, `at ${quality}`).toBeLessThan(leastNoise);
    }
  });

  test('and hides none that is seen beside it', () => {
    const lawn = drawTurf(512, 15, 2);
    const half = { ...scene, data: scene.data.slice() };
    half.data.set(lawn.data.subarray(0, lawn.data.length / 2));
    expect(analyse(half, null).noise).toBeLessThan(leastNoise);
    for (const sigma of [6, 15]) {
      const { noise } = analyse(addNoise(half, sigma), null);
      expect(Math.abs(noise - sigma)).toBeLessThan(0.25 * sigma);
    }
  });
});

describe('thin lines and sparks on plain ground are no noise', () => {
  test.each([
    ['curves', () => drawCurves(10)],
    ['fireworks', () => drawFireworks(8)],
    ['a few fireworks', () => drawFireworks(2)],
    ['many fireworks', () => drawFireworks(12)],
  ])('%s, as it is and as JPEG', (_, draw) => {
    const clean = draw();
    expect(estimateNoise(sampleWindows(clean), null)).toBeLessThan(leastNoise);
    for (const quality of [95, 92, 85, 75]) {
      const { noise } = analyse(compressScene(clean, quality), quality);
      expect(noise, `at ${quality}`).toBeLessThan(leastNoise);
    }
  });
});

describe('noise under JPEG', () => {
  test.each([75, 80, 85, 90, 95])('is what is left of it, at %i', (quality) => {
    for (const shot of [0.002, 0.006]) {
      const seen = compressScene(addSensorNoise(scene, shot), quality);
      const left = differenceOf(seen, compressScene(scene, quality));
      const { noise } = analyse(seen, quality);
      expect(noise, `of ${left}`).toBeGreaterThan(0.75 * left);
      expect(noise, `of ${left}`).toBeLessThan(1.5 * left);
    }
  });

  test.each([30, 40, 60])('is seen where it is strong, at %i', (quality) => {
    const seen = compressScene(addNoise(scene, 23), quality);
    const left = differenceOf(seen, compressScene(scene, quality));
    const { noise } = analyse(seen, quality);
    expect(noise, `of ${left}`).toBeGreaterThan(0.6 * left);
    expect(noise, `of ${left}`).toBeLessThan(1.3 * left);
  });

  test.each([60, 75, 85, 92, 95])('is not seen where there was none, at %i', (quality) => {
    expect(analyse(compressScene(scene, quality), quality).noise).toBeLessThan(leastNoise);
  });
});

describe('noise that was smoothed', () => {
  test.each([
    [8, 2],
    [18, 2],
    [18, 3],
  ])('in colours, of %i with a grain of %i pixels, is told as strong as it is', (sigma, side) => {
    const dark = { ...scene, data: scene.data.map((v, i) => (i % 4 === 3 ? v : v / 3)) };
    for (const picture of [scene, dark]) {
      const seen = addGrain(picture, sigma, side, 'colour');
      const left = differenceOf(seen, picture);
      const { noise } = analyse(seen, null);
      expect(noise, `of ${left}`).toBeGreaterThan(0.6 * left);
      expect(noise, `of ${left}`).toBeLessThan(1.3 * left);
    }
  });

  test.each([3, 5])('in luma, as a scanned film has %i levels of it, is told gently', (sigma) => {
    const { noise } = analyse(addGrain(scene, sigma, 2, 'luma'), null);
    expect(noise).toBeGreaterThanOrEqual(leastNoise);
    expect(noise).toBeLessThan(sigma);
  });
});

describe('what is missing does not count', () => {
  const noisy = addNoise(scene, 10);
  const { noise } = analyse(noisy, null);

  test.each([
    ['the end of a file that was cut off', 128, (_: number, y: number) => y >= 230],
    ['bars above and below', 0, (_: number, y: number) => y < 96 || y >= 410],
    ['bars at the sides', 255, (x: number) => x < 150 || x >= 380],
  ])('%s', (_, level, isMissing) => {
    const data = noisy.data.slice();
    for (let i = 0; i < data.length; i += 4)
      if (isMissing((i / 4) % 512, Math.floor(i / 2048))) data.fill(level, i, i + 3);
    const seen = analyse({ ...noisy, data }, null).noise;
    expect(Math.abs(seen - noise)).toBeLessThan(0.1 * noise);
  });

  test('the rest of a row of blocks that was cut off, either', () => {
    const data = noisy.data.slice();
    for (let i = 0; i < data.length; i += 4) {
      const [x, y] = [(i / 4) % 512, Math.floor(i / 2048)];
      if (y >= 144 || (y >= 128 && x >= 40)) data.fill(128, i, i + 3);
    }
    const seen = analyse({ ...noisy, data }, null).noise;
    expect(Math.abs(seen - noise)).toBeLessThan(0.1 * noise);
  });

  test('in a picture of hardly anything else, either', () => {
    const small = cropRaster(noisy, { x: 0, y: 0, width: 512, height: 40 });
    const data = new Uint8ClampedArray(noisy.data.length).fill(128);
    for (let i = 3; i < data.length; i += 4) data[i] = 255;
    data.set(small.data, data.length / 2);
    expect(analyse({ ...noisy, data }, null).noise).toBeLessThan(2 * noise);
  });
});
