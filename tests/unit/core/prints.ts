import { createLike, type Raster, type Samples } from '../../../src/core/picture/raster';
import { peakOf } from '../../../src/core/picture/depth';
import { depthOf } from '../../../src/core/picture/raster';
import type { Wave } from '../../../src/core/pattern/find';

/** The waves of a honeycomb whose cells are 7.3 pixels wide, turned by 8 degrees; its third is not counted twice. */
export const honeycomb: readonly Wave[] = [8, 68, 128].map((degrees) => {
  const angle = (degrees * Math.PI) / 180;
  return { x: Math.cos(angle) / 7.3, y: Math.sin(angle) / 7.3 };
});

/**
 * A picture as a scan of it on silk paper shows it, which shines with each of a pattern's waves.
 *
 * @param raster Only read.
 * @param waves The pattern's.
 * @param strength Of a wave, as a share of full scale.
 * @returns A raster of its own, rounded and clamped.
 */
export function emboss<S extends Samples>(
  raster: Raster<S>,
  waves: readonly Wave[],
  strength: number,
): Raster<S> {
  const out = createLike(raster);
  const peak = peakOf(depthOf(raster));
  for (let i = 0; i < raster.data.length; i++) {
    const pixel = i >> 2;
    const [x, y] = [pixel % raster.width, Math.floor(pixel / raster.width)];
    const wave = waves.reduce(
      (sum, each) => sum + Math.cos(2 * Math.PI * (each.x * x + each.y * y)),
      0,
    );
    const level = raster.data[i]! + (i % 4 === 3 ? 0 : strength * peak * wave);
    out.data[i] = Math.min(peak, Math.max(0, Math.round(level)));
  }
  return out;
}
