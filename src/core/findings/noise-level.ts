import type { GridPhase } from './block-grid';
import {
  bandCount,
  bandSizes,
  measureCells,
  measureSpectrum,
  type Cell,
  type Spectrum,
} from './cells';
import { createModel, type NoiseModel } from './noise-spectrum';
import { scaleOfQuality } from './quantization';
import type { Window } from './sample';

/** What is known of a JPEG compression: the quality on libjpeg's scale, and where its blocks start. */
export type Compression = { readonly quality: number; readonly grid: GridPhase };

/** Below so many cells (a picture of about 48 x 48) texture cannot be told from noise. */
const leastCells = 9;

/** Cells with more clipped values than this share do not count, unless there are hardly others. */
const mostClipped = 0.3;

/** Levels of brightness that are judged apart: a sensor's noise grows and falls with the light. */
const mostLevels = 4;
const cellsPerLevel = 10;

/** The flattest of all cells, and of each level's, are fitted; a level's own must be more to be as many. */
const flatShare = { all: 0.06, level: 0.25 };
const leastFlat = 4;

/**
 * When noise is seen: by how much worse the fit must be without it, and how much may speak for texture: the
 * share of the error that is left with noise, times by how much the blocks differ more than chance makes them.
 * At quality 85 and below steps are so coarse that weak noise fits badly; strong noise never does.
 */
const rules = {
  fine: { leastGain: 0.15, mostDoubt: 0.12 },
  coarse: { leastGain: 0.6, mostDoubt: 0.3 },
  strong: { leastGain: 0.6, mostDoubt: 0.1 },
};
const coarseQuality = 85;

/**
 * Sigmas at quality 50, where steps of the low bands are 10 to 16: what is weaker is rounded away, and
 * what is stronger is strong.
 */
const weakSigma = 5;
const strongSigma = 20;

/** A variance of four blocks lies below its mean more often than not: its mean over its median. */
const medianBias = 1.27;

/** Blocks that differ less than chance makes them are no proof: quantization evens them out. */
const leastUneven = { fine: 0.7, coarse: 1 };

/** How much stronger than in the flattest spots of all noise may be in one level: beyond, it is texture. */
const mostRise = 1.8 ** 2;

/** Bands where a photo's colours hold nothing but noise. */
const firstColourBand = 7;

/** Flat cells whose colours are looked at: more change nothing. */
const mostColourCells = 96;

/** Power of rounding in the two colours. */
const colourRounding = 0.2;

/**
 * From white luma noise to the sigma that the cleaner does best with, in square: sensors' colour noise is
 * coarse, and adds a little everywhere; what JPEG has taken of it, the cleaner must still be told.
 */
const lumaGain = { plain: 1.2, compressed: 1.4 };
const colourGain = 0.65;

/** What R, G and B gain by Cb and Cr, in square and on the mean, for each of blue and red without luma. */
const colourWeights = { blue: 1.086 * 0.564 ** 2, red: 0.825 * 0.713 ** 2 };

/**
 * The strength of a photo's noise: what of the spectrum of its flat spots does not fall off with the
 * frequency, as texture does, and differs from block to block no more than chance makes it; see
 * {@link createModel}. Flat spots are the cells with the least power in the two lowest bands; several levels
 * of brightness are judged apart, and those that show noise are averaged.
 *
 * Measured (`npm run bench -- readings`) on 48 dev photos with a camera's noise and JPEG 75 to 95: the cleaner
 * set to it is within 0.3 dB of its best in 28, 0.22 dB off in the median, 0.63 on the mean. Read as noisy
 * are 1 of 24 clean ones, and 1 of 24 saved at 92.
 *
 * @param windows What was sampled of the photo.
 * @param jpeg The compression it went through; null where none is known.
 * @returns Sigma in 8-bit levels, as the cleaner's control means it; 0 where no noise is seen.
 */
export function estimateNoise(windows: readonly Window[], jpeg: Compression | null): number {
  const cells = pickUnclipped(measureCells(windows, jpeg?.grid ?? { x: 0, y: 0 }));
  if (cells.length < leastCells) return 0;
  const model = createModel(jpeg?.quality ?? null);
  const measure = (flat: readonly Cell[]) => measureSpot(flat, model, jpeg);
  const all = measure(pickFlattest(cells, flatShare.all));
  const levels = splitByBrightness(cells).map((level) =>
    measure(pickFlattest(level, flatShare.level)),
  );
  const seen = levels.filter(({ isNoise }) => isNoise);
  if (!all.isNoise && seen.length <= levels.length / 2) return 0;
  const gain = jpeg ? lumaGain.compressed : lumaGain.plain;
  const varianceOf = ({ flat, sigma }: Spot) => gain * sigma ** 2 + colourGain * colourPower(flat);
  const variances = seen.map(varianceOf);
  const base = all.isNoise ? varianceOf(all) : Math.min(...variances);
  if (variances.length === 0) return Math.sqrt(base);
  const sum = variances.reduce((total, each) => total + Math.min(each, mostRise * base), 0);
  return Math.sqrt(sum / variances.length);
}

/** Flat cells, the white noise of their luma, and whether it is noise. */
type Spot = { readonly flat: readonly Cell[]; readonly sigma: number; readonly isNoise: boolean };

function measureSpot(flat: readonly Cell[], model: NoiseModel, jpeg: Compression | null): Spot {
  const spectra = flat.map((cell) => measureSpectrum(cell, cell.window.luma));
  const { sigma, gain, left } = model.fit(meanOf(spectra));
  const isCoarse = jpeg !== null && jpeg.quality <= coarseQuality;
  const scale = isCoarse ? scaleOfQuality(jpeg.quality) : 0;
  const isStrong = isCoarse && sigma > strongSigma * scale;
  const { leastGain, mostDoubt } = rules[isStrong ? 'strong' : isCoarse ? 'coarse' : 'fine'];
  if (sigma <= weakSigma * scale || gain < leastGain) return { flat, sigma, isNoise: false };
  // The median, because a star or a hair in one cell makes no texture.
  const spreads = spectra.map(({ spread }) => spread).sort((a, b) => a - b);
  const uneven = (medianBias * spreads[spreads.length >> 1]!) / model.spreadOf(sigma);
  const doubt = left * Math.max(leastUneven[isCoarse ? 'coarse' : 'fine'], uneven);
  return { flat, sigma, isNoise: doubt <= mostDoubt };
}

function pickUnclipped(cells: readonly Cell[]): Cell[] {
  const sorted = [...cells].sort((a, b) => a.clipped - b.clipped);
  return sorted.filter(({ clipped }, i) => i < leastCells || clipped <= mostClipped);
}

/** From dark to bright, as many in each. */
function splitByBrightness(cells: readonly Cell[]): Cell[][] {
  const count = Math.max(1, Math.min(mostLevels, Math.floor(cells.length / cellsPerLevel)));
  const sorted = [...cells].sort((a, b) => a.mean - b.mean);
  return Array.from({ length: count }, (_, i) =>
    sorted.slice((i * sorted.length) / count, ((i + 1) * sorted.length) / count),
  );
}

function pickFlattest(cells: readonly Cell[], share: number): Cell[] {
  const count = Math.max(leastFlat, Math.floor(share * cells.length));
  return [...cells].sort((a, b) => a.shading - b.shading).slice(0, count);
}

function meanOf(spectra: readonly Spectrum[]): Float64Array {
  return new Float64Array(bandCount).map(
    (_, band) => spectra.reduce((sum, { bands }) => sum + bands[band]!, 0) / spectra.length,
  );
}

/** The mean square of the highest bands of Cb and Cr, as R, G and B have it. */
function colourPower(cells: readonly Cell[]): number {
  let [sum, count] = [0, 0];
  for (const cell of cells.slice(0, mostColourCells)) {
    const { red, blue, luma } = cell.window;
    const forBlue = measureSpectrum(cell, blue, luma).bands;
    const forRed = measureSpectrum(cell, red, luma).bands;
    for (let band = firstColourBand; band < bandCount; band++) {
      const power = colourWeights.blue * forBlue[band]! + colourWeights.red * forRed[band]!;
      sum += power * bandSizes[band]!;
      count += bandSizes[band]!;
    }
  }
  return Math.max(0, sum / count - colourRounding);
}
