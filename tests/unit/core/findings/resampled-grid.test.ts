import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/findings/analyse';
import { resample } from '../../../../src/core/picture/resample';
import { compressScene, drawScene } from '../scenes';

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
});
