import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/findings/analyse';
import { findGrid, measureGrid } from '../../../../src/core/findings/block-grid';
import { estimateJpegQuality } from '../../../../src/core/findings/blockiness';
import { sampleWindows } from '../../../../src/core/findings/sample';
import { createRaster, cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { resample } from '../../../../src/core/picture/resample';
import { emboss, honeycomb } from '../prints';
import { addNoise, blurScene, compressScene, drawScene } from '../scenes';
import { drawLeaves, drawRound, shakeScene } from '../shaken';

const scene = drawScene(512);
const unharmed = {
  noise: 0,
  jpegQuality: 100,
  jpegEvidence: 'none',
  blur: 0,
  effectiveResolution: 1,
  shake: 0,
  printed: false,
  faded: false,
  drawn: false,
} as const;

function fill(width: number, height: number, colour: readonly number[]): Raster8 {
  const raster = createRaster({ width, height }, colour[3] !== 255);
  return { ...raster, data: raster.data.map((_, i) => colour[i % 4]!) };
}

test('a sharp, clean scene is neither noisy, blocky, blurred nor enlarged', () => {
  const result = analyse(scene, null);
  expect(result).toMatchObject({ jpegQuality: 100, jpegEvidence: 'none', effectiveResolution: 1 });
  expect(result.noise).toBeLessThan(3);
  expect(result.blur).toBeLessThan(0.8);
});

test('the pattern of silk paper is told', () => {
  expect(analyse(emboss(scene, honeycomb, 0.03), null).printed).toBe(true);
  expect(analyse(scene, null).printed).toBe(false);
});

describe('noise', () => {
  test.each([5, 10, 15, 25, 50])('of sigma %i is told within 15 percent', (sigma) => {
    const { noise } = analyse(addNoise(scene, sigma), null);
    expect(Math.abs(noise - sigma)).toBeLessThan(0.15 * sigma);
  });

  test('is told in dark and bright photos, where half of it is clipped away', () => {
    for (const level of [2, 253]) {
      const half = cropRaster(scene, { x: 0, y: 0, width: 512, height: 256 });
      const shaded = { ...scene, data: scene.data.map((v, i) => (i % 4 === 3 ? v : level)) };
      shaded.data.set(half.data);
      expect(analyse(addNoise(shaded, 10), null).noise).toBeGreaterThan(8);
    }
  });

  test('beside black bars is told all the same', () => {
    const barred = addNoise(scene, 12);
    barred.data.fill(0, 0, barred.data.length / 3);
    for (let i = 3; i < barred.data.length; i += 4) barred.data[i] = 255;
    expect(analyse(barred, null).noise).toBeGreaterThan(10);
  });

  test('is not seen in a drawing of plain areas', () => {
    const drawing = fill(256, 256, [200, 180, 90, 255]);
    for (let i = 0; i < 200; i++) drawing.data.fill(30, i * 1300, i * 1300 + 80);
    for (let i = 3; i < drawing.data.length; i += 4) drawing.data[i] = 255;
    expect(analyse(drawing, null).noise).toBe(0);
  });

  test('that JPEG has left is told, though its high frequencies are gone', () => {
    const { noise } = analyse(compressScene(addNoise(scene, 20), 60), null);
    expect(noise).toBeGreaterThan(5);
    expect(noise).toBeLessThan(20);
  });

  test('that JPEG has left is told in a part that the file cuts through its blocks', () => {
    const file = compressScene(addNoise(scene, 12), 60);
    const place = { x: 3, y: 5, width: 400, height: 400 };
    const whole = analyse(cropRaster(file, { ...place, x: 0, y: 0 }), 60).noise;
    const part = analyse(cropRaster(file, place), 60, { cut: 'part' }).noise;
    expect(Math.abs(part - whole)).toBeLessThan(0.1 * whole);
    const misjudged = analyse(cropRaster(file, place), 60).noise;
    expect(Math.abs(misjudged - whole)).toBeGreaterThan(0.1 * whole);
  });
});

describe('JPEG blocks', () => {
  test.each([10, 20, 35, 50, 65, 80])('of quality %i are told within 3', (quality) => {
    const result = analyse(compressScene(scene, quality), null);
    expect(result.jpegEvidence).toBe('blocks');
    expect(Math.abs(result.jpegQuality - quality)).toBeLessThanOrEqual(3);
  });

  test('are found at every phase of the grid', () => {
    const blocks = compressScene(drawScene(264, 3), 40);
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 8; x++) {
        const crop = cropRaster(blocks, { x, y, width: 256, height: 256 });
        const windows = sampleWindows(crop);
        const quality = estimateJpegQuality(windows, findGrid(measureGrid(windows)));
        expect(quality, `phase ${x}, ${y}`).toBeGreaterThan(36);
        expect(quality, `phase ${x}, ${y}`).toBeLessThan(44);
      }
  });

  test('outweigh the tables of a file that was saved well after it was saved badly', () => {
    const twice = compressScene(compressScene(scene, 30), 95);
    const result = analyse(twice, 95);
    expect(result.jpegEvidence).toBe('blocks');
    expect(Math.abs(result.jpegQuality - 30)).toBeLessThanOrEqual(3);
  });

  test('leave the word to the tables where both say much the same, or where none are seen', () => {
    const tables = { jpegQuality: 72, jpegEvidence: 'tables' };
    expect(analyse(compressScene(scene, 70), 72)).toMatchObject(tables);
    expect(analyse(scene, 72)).toMatchObject(tables);
  });

  test('are not seen in noise or in an enlargement', () => {
    expect(analyse(addNoise(scene, 15), null).jpegEvidence).toBe('none');
    const enlarged = resample(drawScene(128), { width: 512, height: 512 });
    expect(analyse(enlarged, null).jpegEvidence).toBe('none');
  });
});

describe('blur', () => {
  test.each([1, 1.5, 2, 3, 4])('of sigma %f is told within 25 percent', (sigma) => {
    const { blur } = analyse(blurScene(scene, sigma), null);
    expect(Math.abs(blur - sigma)).toBeLessThan(0.25 * sigma);
  });

  test('is told under noise and JPEG', () => {
    const soft = blurScene(scene, 2);
    for (const worse of [addNoise(soft, 5), compressScene(soft, 75)]) {
      const { blur } = analyse(worse, null);
      expect(blur).toBeGreaterThan(1.5);
      expect(blur).toBeLessThan(2.6);
    }
  });

  test('of the background alone is shallow depth of field, not blur', () => {
    const portrait = blurScene(scene, 4);
    for (let y = 150; y < 360; y++) {
      const row = cropRaster(scene, { x: 150, y, width: 210, height: 1 });
      portrait.data.set(row.data, (y * 512 + 150) * 4);
    }
    expect(analyse(portrait, null).blur).toBeLessThan(0.8);
  });
});

describe('resolution', () => {
  test.each([
    [2, 0.42, 0.6],
    [3, 0.28, 0.42],
    [4, 0.2, 0.35],
  ])('a bicubic enlargement by %i is told', (scale, least, most) => {
    const size = { width: 256 * scale, height: 256 * scale };
    const { effectiveResolution } = analyse(resample(drawScene(256), size), null);
    expect(effectiveResolution).toBeGreaterThan(least);
    expect(effectiveResolution).toBeLessThan(most);
  });

  test('a blur that leaves a large photo nothing fine is told by the photo reduced', () => {
    const sharp = drawLeaves(2176, 256);
    expect(analyse(sharp, null).effectiveResolution).toBe(1);
    const wide = addNoise(shakeScene(sharp, drawRound(10)), 2);
    expect(analyse(wide, null).effectiveResolution).toBeLessThan(0.3);
  });

  test('a blur that can be undone is no enlargement', () => {
    expect(analyse(blurScene(scene, 1.6), null).effectiveResolution).toBe(1);
  });
});

describe('any picture at all', () => {
  test.each([
    ['black', [0, 0, 0, 255]],
    ['white', [255, 255, 255, 255]],
    ['of one colour', [90, 140, 30, 255]],
    ['fully transparent', [90, 140, 30, 0]],
  ])('%s has nothing wrong with it', (_, colour) => {
    expect(analyse(fill(200, 150, colour), null)).toEqual(unharmed);
  });

  test('what is fully transparent does not count', () => {
    const cut = addNoise(scene, 10);
    const hidden = { ...addNoise(scene, 10), hasAlpha: true };
    for (let i = 0; i < cut.data.length / 2; i += 4) hidden.data.set([(i * 7) % 256, 0, 0, 0], i);
    const visible = cropRaster(cut, { x: 0, y: 256, width: 512, height: 256 });
    const [a, b] = [analyse(hidden, null), analyse(visible, null)];
    expect(Math.abs(a.noise - b.noise)).toBeLessThan(0.5);
    expect(Math.abs(a.blur - b.blur)).toBeLessThan(0.3);
  });

  test('of any size and content gives finite values in range, always the same', () => {
    const side = fc.integer({ min: 1, max: 150 });
    const content = fc.constantFrom('noise', 'edges', 'constant', 'alpha');
    const quality = fc.option(fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(side, side, content, fc.integer(), quality, (width, height, kind, seed, file) => {
        const raster = drawAnything(width, height, kind, seed);
        const result = analyse(raster, file);
        expect(result.noise).toBeGreaterThanOrEqual(0);
        expect(result.noise).toBeLessThan(256);
        expect(result.jpegQuality).toBeGreaterThanOrEqual(1);
        // A drawing's pixels may show no loss, whatever its file's tables say.
        expect(result.jpegQuality).toBeLessThanOrEqual(result.drawn ? 100 : (file ?? 100));
        expect(result.blur).toBeGreaterThanOrEqual(0);
        expect(result.blur).toBeLessThan(50);
        expect(result.effectiveResolution).toBeGreaterThan(0);
        expect(result.effectiveResolution).toBeLessThanOrEqual(1);
        expect(analyse(raster, file)).toEqual(result);
      }),
      { numRuns: 150 },
    );
  });
});

function drawAnything(width: number, height: number, kind: string, seed: number): Raster8 {
  const flat = fill(width, height, [seed & 255, 128, 0, 255]);
  if (kind === 'constant') return flat;
  if (kind === 'noise') return addNoise(flat, 80, seed);
  const noisy = addNoise(flat, 2000, seed);
  if (kind === 'edges') return noisy;
  return {
    ...noisy,
    hasAlpha: true,
    data: noisy.data.map((v, i) => (i % 4 === 3 ? (i * seed) & 255 : v)),
  };
}
