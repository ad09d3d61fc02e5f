import { createRaster, type Raster } from './raster';
import { resample } from './resample';

/** Rows blended at a time: bounds the plain resample's memory. */
const blockRows = 256;

/**
 * The result at a strength: a blend of the original's plain bicubic resample (0) with the network's
 * result (1), done on colour weighted by alpha, so that transparent pixels lend no colour.
 *
 * @param original The photo.
 * @param enhanced The network's result.
 * @param strength 0..1.
 * @returns `enhanced` itself at strength 1, else a raster that owns a new buffer.
 */
export function blendStrength(original: Raster, enhanced: Raster, strength: number): Raster {
  if (strength >= 1) return enhanced;
  if (strength <= 0) return resample(original, enhanced);
  const out = createRaster(enhanced, enhanced.hasAlpha);
  for (let y = 0; y < out.height; y += blockRows) {
    const height = Math.min(blockRows, out.height - y);
    const plain = resample(original, enhanced, { x: 0, y, width: out.width, height });
    const start = y * out.width * 4;
    const end = start + plain.data.length;
    blendPixels(
      plain.data,
      enhanced.data.subarray(start, end),
      strength,
      out.data.subarray(start, end),
    );
  }
  return out;
}

/**
 * Mixes pixels that lie over each other; colour is weighted by alpha.
 *
 * @param plain RGBA of strength 0.
 * @param enhanced RGBA of strength 1, as long.
 * @param strength 0..1.
 * @param out Where the mixed pixels go, as long; may be one of the two.
 */
export function blendPixels(
  plain: Uint8ClampedArray,
  enhanced: Uint8ClampedArray,
  strength: number,
  out: Uint8ClampedArray,
): void {
  for (let i = 0; i < out.length; i += 4) {
    const a = plain[i + 3]! * (1 - strength);
    const b = enhanced[i + 3]! * strength;
    const alpha = a + b;
    const share = alpha > 0 ? b / alpha : 0;
    for (let c = 0; c < 3; c++)
      out[i + c] = plain[i + c]! + share * (enhanced[i + c]! - plain[i + c]!);
    out[i + 3] = alpha;
  }
}
