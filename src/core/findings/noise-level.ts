import type { GridPhase } from './block-grid';
import { bandCount, measureCells, measureSpectrum, type Cell, type Spectrum } from './cells';
import { measureEvenness } from './evenness';
import { measureColourNoise, measureGrain } from './grain';
import { createModel, type NoiseModel } from './noise-spectrum';
import { scaleOfQuality } from './quantization';
import { leastNoise } from '../recipe/reasons';
import type { Window } from './sample';

/** What is known of a JPEG compression: the quality on libjpeg's scale, and where its blocks start. */
export type Compression = { readonly quality: number; readonly grid: GridPhase };

/** Below so many cells (a picture of about 48 x 48) texture cannot be told from noise. */
const leastCells = 9;

/** Cells with more clipped values than this share do not count, unless there are hardly others. */
const mostClipped = 0.3;

/**
 * Where more than so many times the cells that count are of black or white alone, what is stronger than this (sigma in levels) is what is
 * drawn on that ground, or lights in the night: such noise would be seen on it.
 */
const plainGround = { leastClipped: 0.95, times: 2, mostNoise: 25 };

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
  coarse: { leastGain: 0.6, mostDoubt: 0.15 },
  strong: { leastGain: 0.6, mostDoubt: 0.1 },
};

/** How much more doubt each neper of gain beyond some outweighs, and the most. */
const doubtPerGain = 0.25;
const leastSure = 0.7;
const mostOutweighed = 0.35;

/** JPEG quality below which steps are so wide that texture looks like noise. */
const leastOutweighing = 25;
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
const leastUneven = { fine: 0.7, coarse: 0.8 };

/**
 * How even noise is, see {@link measureEvenness}: at least; and in all spots, where the blocks of most differ by more than `mostVaried`
 * times what chance makes them, as texture's do, which comes and goes.
 */
const leastEven = { any: 0.65, varied: 0.95 };
const mostVaried = 2;

/** How much stronger than in the flattest spots of all noise may be in one level: beyond, it is texture. */
const mostRise = 1.8 ** 2;

/** How much of luma grain is to go: the rest is paper, or film that people want to see. */
const grainShare = 0.6;

/**
 * From what is seen of luma and colour noise to the sigma that the cleaner means, in square: the root mean square of
 * what is seen in R, G and B.
 */
const lumaGain = 1.2;
const colourGain = 0.65;

/**
 * The part of a photo that is flat, where quantization takes of noise what it leaves where there is detail: at fine steps,
 * by how much it grows with those of quality 50, and the most.
 */
const flatPart = { least: 0.2, perScale: 0.35, from: 0.5, most: 0.6 };

/** How much stronger than what is seen beside white noise colour grain must be to be more than that. */
const leastCoarse = 1.7;

/** Colour noise is no stronger than luma's in square, times this; what is, is the photo's own, or grain. */
const mostColour = 1.2;

/**
 * The strength of a photo's noise: what of the spectrum of its flat spots does not fall off with the
 * frequency, as texture does, and differs from block to block no more than chance makes it; see
 * {@link createModel}. Flat spots are the cells with the least power in the two lowest bands; several levels
 * of brightness are judged apart, and those that show noise are averaged. Noise that was smoothed has no flat
 * spectrum: see {@link measureGrain}.
 *
 * Measured on 70 crops of dev photos with a camera's noise and JPEG 75 to 95: the cleaner set to it is within
 * 0.3 dB of its best in 49, 0.15 dB off in the median, 0.50 on the mean; the others are dim or full of texture, and
 * mostly read as clean. Of 157 clean photos three read as noisy. Of 77 (every second of CID22_val, LIVE1, CBSD68 and Set14) saved at 92
 * seven do, scans of film at 2.6 to 3.1, at 85 four, at 75 seven; before texture was told by its unevenness it was 12, 6 and 9, a baboon's fur
 * at 8 and gravel at 5 among them, for one of 105 noisy ones that is missed more.
 *
 * @param windows What was sampled of the photo.
 * @param jpeg The compression it went through; null where none is known.
 * @returns Sigma in 8-bit levels, as the cleaner's control means it; 0 where no noise is seen.
 */
export function estimateNoise(windows: readonly Window[], jpeg: Compression | null): number {
  const all = measureCells(windows, jpeg?.grid ?? { x: 0, y: 0 });
  const cells = pickUnclipped(all);
  if (cells.length < leastCells) return 0;
  const white = estimateWhite(cells, jpeg);
  if (white.luma > plainGround.mostNoise && isOnPlainGround(all, cells)) return 0;
  const grain = measureGrain(cells);
  if (white.luma > 0) {
    const coarse = Math.sqrt(colourGain) * grain.colour;
    return Math.hypot(white.luma, coarse > leastCoarse * white.colour ? coarse : white.colour);
  }
  if (grain.colour > 0) return grain.colour;
  return grain.luma > 0 ? Math.max(leastNoise, grainShare * grain.luma) : 0;
}

function isOnPlainGround(all: readonly Cell[], counted: readonly Cell[]): boolean {
  const plain = all.filter(({ clipped }) => clipped >= plainGround.leastClipped);
  return plain.length > plainGround.times * counted.length;
}

/** White noise of luma, and the colour noise beside it, as the cleaner's control means them. */
function estimateWhite(
  cells: readonly Cell[],
  jpeg: Compression | null,
): { readonly luma: number; readonly colour: number } {
  const model = createModel(jpeg?.quality ?? null);
  const measure = (flat: readonly Cell[]) => measureSpot(flat, model, jpeg);
  const all = measure(pickFlattest(cells, flatShare.all));
  const levels = splitByBrightness(cells).map((level) =>
    measure(pickFlattest(level, flatShare.level)),
  );
  const counted = levels.filter(({ isNoise }) => isNoise);
  if (!all.isNoise && counted.length <= levels.length / 2) return { luma: 0, colour: 0 };
  if (isTexture(all.isNoise ? [all, ...counted] : counted)) return { luma: 0, colour: 0 };
  const luma = ({ seen }: Spot) => lumaGain * seen;
  const colours = new Map(
    [all, ...counted].map((spot) => [spot, Math.min(mostColour * luma(spot), colourOf(spot))]),
  );
  const varianceOf = (spot: Spot) => luma(spot) + colours.get(spot)!;
  const base = all.isNoise ? varianceOf(all) : Math.min(...counted.map(varianceOf));
  const spots = counted.length > 0 ? counted : [all];
  const shares = spots.map((spot) => Math.min(1, (mostRise * base) / varianceOf(spot)));
  const mean = (valueOf: (spot: Spot) => number) =>
    spots.reduce((sum, spot, i) => sum + shares[i]! * valueOf(spot), 0) / spots.length;
  return {
    luma: Math.sqrt(mean(luma)),
    colour: Math.sqrt(mean((spot) => colours.get(spot)!)),
  };
}

function colourOf({ flat }: Spot): number {
  return colourGain * measureColourNoise(flat);
}

/** Flat cells, and what is seen in their luma. */
type Spot = {
  readonly flat: readonly Cell[];
  /** Of white noise, as a mean square. */
  readonly seen: number;
  /** How much more their blocks differ than chance makes them; 0 where that was not looked at. */
  readonly varied: number;
  /** As {@link measureEvenness} has it. */
  readonly even: number;
  readonly isNoise: boolean;
};

function measureSpot(flat: readonly Cell[], model: NoiseModel, jpeg: Compression | null): Spot {
  const spectra = flat.map((cell) => measureSpectrum(cell, cell.window.luma));
  const { sigma, gain, left } = model.fit(meanOf(spectra));
  const isCoarse = jpeg !== null && jpeg.quality <= coarseQuality;
  const scale = isCoarse ? scaleOfQuality(jpeg.quality) : 0;
  const isStrong = isCoarse && sigma > strongSigma * scale;
  const grown = flatPart.least + flatPart.perScale * Math.max(0, scale - flatPart.from);
  const taken = Math.min(flatPart.most, grown) * (sigma ** 2 - model.seenOf(sigma));
  const seen = sigma ** 2 - taken;
  const { leastGain, mostDoubt } = rules[isStrong ? 'strong' : isCoarse ? 'coarse' : 'fine'];
  const even = measureEvenness(flat);
  if (sigma <= weakSigma * scale || gain < leastGain || even < leastEven.any)
    return { flat, seen, varied: 0, even, isNoise: false };
  // The median, because a star or a hair in one cell makes no texture.
  const varied =
    (medianBias * medianOf(spectra.map(({ spread }) => spread))) / model.spreadOf(sigma);
  const doubt = left * Math.max(leastUneven[isCoarse ? 'coarse' : 'fine'], varied);
  const outweighed =
    isStrong || !jpeg || jpeg.quality < leastOutweighing
      ? 0
      : doubtPerGain * Math.max(0, gain - leastSure);
  const isNoise = doubt <= mostDoubt + Math.min(mostOutweighed, outweighed);
  return { flat, seen, varied, even, isNoise };
}

function isTexture(spots: readonly Spot[]): boolean {
  const isVaried = medianOf(spots.map(({ varied }) => varied)) > mostVaried;
  return isVaried && Math.min(...spots.map(({ even }) => even)) < leastEven.varied;
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

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function meanOf(spectra: readonly Spectrum[]): Float64Array {
  return new Float64Array(bandCount).map(
    (_, band) => spectra.reduce((sum, { bands }) => sum + bands[band]!, 0) / spectra.length,
  );
}
