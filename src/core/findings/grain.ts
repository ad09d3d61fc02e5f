import { bandCount, bandSizes, colourWeights, measureSpectrum, type Cell } from './cells';

/** Grain that a picture has all over, as root mean squares in 8-bit levels of R, G and B; 0 where none is seen. */
export type Grain = {
  /** Of its colours: coarse noise that cameras leave in Cb and Cr when they have smoothed them. */
  readonly colour: number;
  /** Of its luma: film or paper, smoothed by what scanned it. */
  readonly luma: number;
};

/** More cells tell no more. */
const mostCells = 512;

/** Fewer of them show no floor. */
const leastCells = 16;

/** The quietest cells, and where their middle is: the floor that even the plainest spot has. */
const quiet = { from: 0.05, to: 0.35 };

/** Bands that grain of 1 to 3 pixels fills, and that shading does not. */
const colourBands = [2, 3];
const lumaBands = [2, 3, 4];

/**
 * Colour grain: its level in those bands, by how much it may differ among the quiet cells, and its share of luma's
 * level; and how much more the whole has than these. Of 157 clean photos none has so much colour in its plainest cells
 * unless luma has as much there.
 */
const coloured = { leastLevel: 3.2, mostUneven: 2.2, leastOfLuma: 1, ofAll: 1.1 };

/**
 * Luma grain: its level in the plainest cells, by how much it may differ among the quiet ones, and how level its spectrum
 * is from the second band to the third, where texture has mostly fallen to 0.8; the stronger, the more it must be, or it
 * is sand.
 */
const plain = {
  ...{ leastLevel: 3, mostLevel: 12, mostUneven: 1.47, quiet: 0.2 },
  ...{ leastSlope: 0.81, strongLevel: 5.5, strongSlope: 0.9 },
};

/**
 * By how much power falls from the first band to the second, at most, and which power of it from the mean to the first:
 * their mean squared frequencies are 0, 1 and 10/3.
 */
const mostFall = 6;
const fallShare = 3 / 7;

/** Flat cells whose colours are looked at, and the share of them that is: more change nothing. */
const mostColourCells = 96;
const plainerShare = 0.6;

/** How much stronger than the second band grain's first may be: beyond, it is the photo's. */
const mostRise = 2;

/** Power of rounding in the two colours. */
const colourRounding = 0.2;

/** One cell's power: in each band, of luma and of what colours add to R, G and B. */
type Powers = { readonly luma: Float64Array; readonly colour: Float64Array };

/**
 * Grain, which noise filters, scanners and demosaicing have smoothed, so that no flat spectrum tells it from texture. It
 * is told by where it is: even the plainest spots of a photo have it, all alike.
 *
 * @param cells Cells of the photo, those with clipped values left out.
 * @returns How strong it is.
 */
export function measureGrain(cells: readonly Cell[]): Grain {
  const every = Math.ceil(cells.length / mostCells);
  const powers = cells.filter((_, i) => i % every === 0).map(measurePowers);
  if (powers.length < leastCells) return { colour: 0, luma: 0 };
  return { colour: findColourGrain(powers), luma: findLumaGrain(powers) };
}

function measurePowers(cell: Cell): Powers {
  const { luma, red, blue } = cell.window;
  const forBlue = measureSpectrum(cell, blue, luma).bands;
  const forRed = measureSpectrum(cell, red, luma).bands;
  const colour = forBlue.map(
    (power, i) => colourWeights.blue * power + colourWeights.red * forRed[i]!,
  );
  return { luma: measureSpectrum(cell, luma).bands, colour };
}

function findColourGrain(powers: readonly Powers[]): number {
  const sorted = sortBy(powers, ({ colour }) => meanOf(colour, colourBands));
  const levelAt = (share: number) =>
    Math.sqrt(meanOf(sorted[Math.floor(share * sorted.length)]!.colour, colourBands));
  const some = sorted.slice(
    Math.floor(quiet.from * sorted.length),
    Math.ceil(quiet.to * sorted.length),
  );
  const level = levelAt((quiet.from + quiet.to) / 2);
  if (level < coloured.leastLevel) return 0;
  if (levelAt(quiet.to) > coloured.mostUneven * levelAt(quiet.from)) return 0;
  const luma = Math.sqrt(medianOf(some.map((each) => meanOf(each.luma, colourBands))));
  return level < coloured.leastOfLuma * luma
    ? 0
    : coloured.ofAll * Math.sqrt(totalOf(some.map(({ colour }) => colour)));
}

function findLumaGrain(powers: readonly Powers[]): number {
  const sorted = sortBy(powers, ({ luma }) => meanOf(luma, lumaBands));
  const levelAt = (share: number) =>
    Math.sqrt(meanOf(sorted[Math.floor(share * sorted.length)]!.luma, lumaBands));
  const level = levelAt(quiet.from);
  if (level < plain.leastLevel || level > plain.mostLevel) return 0;
  if (levelAt(plain.quiet) > plain.mostUneven * level) return 0;
  const some = sorted.slice(0, Math.ceil(plain.quiet * sorted.length)).map(({ luma }) => luma);
  const [second, third] = [2, 3].map((band) => medianOf(some.map((luma) => luma[band]!)));
  const leastSlope = level > plain.strongLevel ? plain.strongSlope : plain.leastSlope;
  if (third! < leastSlope ** 2 * second!) return 0;
  // Shading fills the lowest bands: there grain has what it has in the next.
  return Math.sqrt(totalOf(some.map((luma) => luma.map((power, i) => (i < 3 ? third! : power)))));
}

/**
 * What colour noise of any grain adds to R, G and B in spots that are noisy in luma, as a mean square.
 *
 * @param cells Flat ones.
 * @returns 0 or more; the rounding to whole levels left out.
 */
export function measureColourNoise(cells: readonly Cell[]): number {
  const sorted = sortBy(cells.slice(0, mostColourCells).map(measurePowers), ({ colour }) =>
    meanOf(colour, colourBands),
  );
  // Colours change where luma does not: the plainer cells are enough.
  const plainer = sorted.slice(0, Math.ceil(plainerShare * sorted.length));
  const mean = averageOf(plainer.map(({ colour }) => colour));
  mean[1] = Math.min(mean[1]!, mostRise * mean[2]!);
  mean[0] = mean[1]!;
  return Math.max(0, sumUp(mean) - colourRounding);
}

/** The mean square of a plane whose bands are those of some cells on the mean. */
function totalOf(spectra: readonly Float64Array[]): number {
  const mean = averageOf(spectra);
  // The mean of a block is grain and photo; a Gaussian's power there follows from the next two bands.
  const fall = Math.max(1, Math.min(mostFall, mean[1]! / mean[2]!));
  mean[0] = mean[1]! * fall ** fallShare;
  return sumUp(mean);
}

function averageOf(spectra: readonly Float64Array[]): Float64Array {
  return new Float64Array(bandCount).map(
    (_, band) => spectra.reduce((total, each) => total + each[band]!, 0) / spectra.length,
  );
}

/** The mean square of a plane with these bands. */
function sumUp(bands: Float64Array): number {
  return bands.reduce((sum, power, band) => sum + power * bandSizes[band]!, 0) / 64;
}

/** The mean power of a coefficient in some bands. */
function meanOf(power: Float64Array, bands: readonly number[]): number {
  let [sum, count] = [0, 0];
  for (const band of bands) {
    sum += power[band]! * bandSizes[band]!;
    count += bandSizes[band]!;
  }
  return sum / count;
}

function sortBy<Item>(items: readonly Item[], valueOf: (item: Item) => number): Item[] {
  return items
    .map((item) => ({ item, value: valueOf(item) }))
    .sort((a, b) => a.value - b.value)
    .map(({ item }) => item);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
