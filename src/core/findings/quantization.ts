/**
 * Quantization steps of luminance at quality 50 (ITU-T T.81, table K.1), `[8 * vertical + horizontal]`.
 */
export const lumaSteps: readonly number[] = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
  92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/**
 * By how much libjpeg scales its tables (jpeg_quality_scaling in jcparam.c).
 *
 * @param quality 1..100.
 * @returns The factor; 1 at quality 50.
 */
export function scaleOfQuality(quality: number): number {
  return (quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100;
}

/**
 * {@link scaleOfQuality} the other way round.
 *
 * @param scale By how much steps are wider than those at quality 50.
 * @returns The nearest whole quality, 1..100.
 */
export function qualityOfScale(scale: number): number {
  const quality = scale > 1 ? 50 / scale : 100 - 50 * scale;
  return Math.max(1, Math.min(100, Math.round(quality)));
}

/** The mean of a value's square, and of its fourth power. */
export type Moments = { readonly second: number; readonly fourth: number };

/** Steps of sigma, in shares of a quantization step, that {@link quantizedMoments} is tabulated at; and their end. */
const perUnit = 64;
const widest = 3;

const table: readonly Moments[] = Array.from({ length: widest * perUnit + 2 }, (_, i) => {
  const sigma = i / perUnit;
  let [second, fourth] = [0, 0];
  for (let j = 1; sigma > 0 && j < 8 * sigma + 2; j++) {
    const tail = tailOf((j - 0.5) / sigma);
    second += (j ** 2 - (j - 1) ** 2) * tail;
    fourth += (j ** 4 - (j - 1) ** 4) * tail;
  }
  return { second, fourth };
});

/**
 * What quantization leaves of a Gaussian: of a weak one next to nothing, because it is rounded to zero.
 *
 * @param sigma Its standard deviation.
 * @param step The quantization step in the same unit; 0: none.
 * @returns Its moments after rounding to multiples of the step.
 */
export function quantizedMoments(sigma: number, step: number): Moments {
  const square = sigma ** 2;
  // Rounding adds the variance of an even spread over one step, once sigma is wide enough.
  const added = step ** 2 / 12;
  if (sigma >= widest * step)
    return {
      second: square + added,
      fourth: 3 * square ** 2 + 6 * square * added + 1.8 * added ** 2,
    };
  const at = (sigma / step) * perUnit;
  const i = Math.floor(at);
  const [below, above] = [table[i]!, table[i + 1]!];
  return {
    second: step ** 2 * (below.second + (above.second - below.second) * (at - i)),
    fourth: step ** 4 * (below.fourth + (above.fourth - below.fourth) * (at - i)),
  };
}

/** Chance that a standard Gaussian is farther from zero (Abramowitz and Stegun, 7.1.26). */
function tailOf(distance: number): number {
  const x = distance * Math.SQRT1_2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return series.reduce((sum, term) => sum * t + term, 0) * t * Math.exp(-x * x);
}
