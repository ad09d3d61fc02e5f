import { expect, test } from 'vitest';
import { sampleWindows } from '../../../../src/core/findings/sample';
import { createRaster } from '../../../../src/core/picture/raster';

test.each([1, 2, 3])(
  'a large photo reduced %i times is measured in at most a megapixel',
  (factor) => {
    const large = createRaster({ width: 3000, height: 2000 }, false);
    const windows = sampleWindows(large, factor);
    const pixels = windows.reduce((sum, { width, height }) => sum + width * height, 0);
    expect(pixels).toBeLessThanOrEqual(2 ** 20);
    // Spread over all of it: to the last window that fits and begins at a multiple of 8.
    const ends = windows.map(({ x, y, width, height }) => [x + width, y + height] as const);
    expect(Math.max(...ends.map(([right]) => right))).toBeGreaterThan(3000 / factor - 8);
    expect(Math.max(...ends.map(([, bottom]) => bottom))).toBeGreaterThan(2000 / factor - 8);
  },
);
