import { writeMeans } from './depth';
import { createLike, type Raster, type Samples } from './raster';
import { resample } from './resample';

/** Rows blended at a time: bounds the plain resample's memory. */
const blockRows = 256;

/** Values blended before they are rounded, together: whole pixels, and few enough for a cache. */
const lineLength = 4096;

/**
 * The result at a strength: a blend of the original's plain bicubic resample (0) with the network's
 * result (1), done on colour weighted by alpha, so that transparent pixels lend no colour.
 *
 * @param original The photo.
 * @param enhanced The network's result, of the photo's depth.
 * @param strength 0..1.
 * @returns `enhanced` itself at strength 1, else a raster that owns a new buffer.
 */
export function blendStrength(original: Raster, enhanced: Raster, strength: number): Raster {
  if (strength >= 1) return enhanced;
  if (strength <= 0) return resample(original, enhanced);
  const out = createLike(enhanced);
  for (let y = 0; y < out.height; y += blockRows) {
    const height = Math.min(blockRows, out.height - y);
    const plain = resample(original, enhanced, { x: 0, y, width: out.width, height });
    const start = y * out.width * 4;
    const end = start + plain.data.length;
    const shown = enhanced.data.subarray(start, end);
    blendPixels(plain.data, shown, strength, out.data.subarray(start, end));
  }
  return out;
}

/**
 * Mixes pixels of one depth that lie over each other; colour is weighted by alpha.
 *
 * @param plain RGBA of strength 0.
 * @param enhanced RGBA of strength 1, as long.
 * @param strength 0..1.
 * @param out Where the mixed pixels go, as long; may be one of the two.
 */
export function blendPixels(
  plain: Samples,
  enhanced: Samples,
  strength: number,
  out: Samples,
): void {
  const line = new Float64Array(Math.min(lineLength, out.length));
  for (let start = 0; start < out.length; start += line.length) {
    const part = line.subarray(0, Math.min(line.length, out.length - start));
    for (let i = 0, at = start; i < part.length; i += 4, at += 4) {
      const a = plain[at + 3]! * (1 - strength);
      const b = enhanced[at + 3]! * strength;
      const alpha = a + b;
      const share = alpha > 0 ? b / alpha : 0;
      for (let c = 0; c < 3; c++) {
        const from = plain[at + c]!;
        part[i + c] = from + share * (enhanced[at + c]! - from);
      }
      part[i + 3] = alpha;
    }
    writeMeans(part, out, start);
  }
}
