import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/findings/analyse';
import type { Raster8 } from '../../../../src/core/picture/raster';
import { resample } from '../../../../src/core/picture/resample';
import { mix, paint } from '../harmless/paint';
import { compressScene, drawScene } from '../scenes';
import { drawGravel } from '../textures';

const scene = drawScene(512);
const shrink = (raster: typeof scene, side: number) =>
  resample(raster, { width: side, height: side });

describe('a photo that was saved badly, shrunk and saved well', () => {
  test.each([
    [384, 20],
    [400, 20],
    [464, 20],
    [464, 10],
    [464, 30],
  ])('to %i pixels, from quality %i, shows the first damage', (side, quality) => {
    const given = compressScene(shrink(compressScene(scene, quality), side), 92);
    const { jpegQuality, jpegEvidence } = analyse(given, 92);
    expect(jpegEvidence).toBe('blocks');
    expect(jpegQuality).toBeLessThanOrEqual(60);
  });

  test.each([384, 400, 464])('to %i pixels, shows none where there was none', (side) => {
    const given = compressScene(shrink(scene, side), 92);
    expect(analyse(given, 92)).toMatchObject({ jpegQuality: 92, jpegEvidence: 'tables' });
    expect(analyse(shrink(scene, side), null).jpegEvidence).toBe('none');
  });

  test('is not what shrinking by itself leaves', () => {
    // Between two pixels a value is a mean of both, on one it is sharp: by 15/16 that repeats every 15 and 7.5 pixels.
    const gravel = shrinkBetween(drawGravel(768, 2, 6), 720);
    expect(analyse(gravel, null)).toMatchObject({ jpegEvidence: 'none', noise: 0 });
  });
});

/** Shrunk to a square as a fast scaler does it: each value is between four. */
function shrinkBetween(source: Raster8, side: number): Raster8 {
  const ratio = source.width / side;
  return paint(side, side, (x, y) => {
    const [u, v] = [(x + 0.5) * ratio - 0.5, (y + 0.5) * ratio - 0.5].map((at) => Math.max(0, at));
    const [left, top] = [Math.floor(u!), Math.floor(v!)];
    const at = (dx: number, dy: number) => {
      const [i, j] = [left + dx, top + dy].map((place) => Math.min(source.width - 1, place));
      const [red, green, blue] = source.data.subarray((j! * source.width + i!) * 4);
      return [red!, green!, blue!] as const;
    };
    const row = (dy: number) => mix(at(0, dy), at(1, dy), u! - left);
    return mix(row(0), row(1), v! - top);
  });
}
