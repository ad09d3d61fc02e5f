import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/findings/analyse';
import { looksShaken, suggest } from '../../../../src/core/findings/suggest';
import { cropRaster, type Raster8 } from '../../../../src/core/picture/raster';
import { drawGradient, drawSky } from '../harmless/gradients';
import { compressScene } from '../scenes';

/** Without a rest that would fill no block. */
function wholeBlocks(raster: Raster8): Raster8 {
  const [width, height] = [raster.width, raster.height].map((side) => side - (side % 8));
  return cropRaster(raster, { x: 0, y: 0, width: width!, height: height! });
}

/** What is found that would change more than what JPEG left. */
function findHarm(raster: Raster8, quality: number | null) {
  const analysis = analyse(raster, quality);
  const reasons = suggest(analysis, 1).reasons.map(({ kind }) => kind);
  return { look: looksShaken(analysis), reasons: reasons.filter((kind) => kind !== 'jpeg') };
}

const none = { look: false, reasons: [] };

describe('a smooth gradient is neither shaken, blurred nor noisy', () => {
  test.each([null, 70, 75, 80, 85, 90, 95])('the sky at quality %s', (quality) => {
    const sky = drawSky();
    expect(findHarm(quality ? compressScene(sky, quality) : sky, quality)).toEqual(none);
  });

  test.each(Array.from({ length: 12 }, (_, i) => [i, 70 + Math.round(i * 2.5)]))(
    'number %i at quality %i',
    (seed, quality) => {
      const gradient = wholeBlocks(drawGradient(seed));
      expect(findHarm(gradient, null)).toEqual(none);
      expect(findHarm(compressScene(gradient, quality), quality)).toEqual(none);
    },
  );
});
