import { balanceOf } from '../frame/tone';
import { lightTable, luminance } from '../picture/light';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';
import type { Tone } from '../recipe/tone';

/** The white balance that a picture calls for, as far as it can be told. */
export type Balance = Pick<Tone, 'temperature' | 'tint'> & {
  /** What the picture looks like: the colour of its light; null where it may as well be that of what is in it. */
  readonly cast: 'bluish' | 'yellowish' | 'greenish' | 'pinkish' | null;
};

/** The colour of a light in stops: red over blue, halved, and green over their mean; gray is 0, 0. */
type Chroma = readonly [warmth: number, green: number];

/** Linear light in blocks, `[height * width * 3]`. */
type Blocks = Size & { readonly light: Float32Array };

/** Blocks along the longer side. */
const mostBlocks = 192;

/** Blocks whose colour must be known. */
const leastKnown = 400;

/** Light of the brightest channel that is neither cut nor lost, and of the darkest one. */
const known = { least: 0.003, most: 0.9, darkest: 0.002 } as const;

/** The norm (Minkowski's) that both estimates take: the brightest and steepest parts tell most. */
const norm = 6;

/** How much of what is estimated is corrected: too little looks better than too much, and is nearer more often. */
const corrected = 0.85;

/** From how many stops on a cast is told, and up to how many the two estimates of one may differ. */
const leastCast = 0.3;
const mostApart = 0.12;

/** The share of the picture that must be about gray without it, and how near to gray that is, in stops. */
const leastGray = 0.3;
const nearGray = 0.2;

/** Up to which share of the cast the brightest tenth may differ from it. */
const mostBrightApart = 0.5;

/** Stops that colours must span: a gray picture that was toned, or one of a single colour, tells nothing of its light. */
const leastSpan = 0.3;

/**
 * Estimates the light of a picture, and the white balance against it: the mean of shades of gray (Finlayson and Trezzi
 * 2004) and gray edge (van de Weijer, Gevers and Gijsenij 2007), with Minkowski's norm 6, of what is neither cut nor lost.
 * `cast` is told only where both are sure of one another, what is brightest has that colour, and a good part of a
 * picture of several colours is gray without it; how often that is so, and right, `npm run bench -- balance` tells.
 *
 * @param picture Only read; transparent pixels do not count. One of a few hundred pixels a side tells as much as a large one.
 * @returns The balance, to be added to the one that the picture is shown in; null where too little of it has a colour
 *   that is known.
 */
export function findBalance(picture: Raster): Balance | null {
  const blocks = takeLight(picture);
  const colours = readColours(blocks);
  if (colours.length < leastKnown) return null;
  const [shades, edges] = [estimate(blocks, shadeOf), estimate(blocks, edgeOf)];
  if (!shades || !edges) return null;
  const light: Chroma = [(shades[0] + edges[0]) / 2, (shades[1] + edges[1]) / 2];
  const isCast = distance(shades, edges) < mostApart && explains(light, colours);
  const [warmth, green] = [corrected * light[0], corrected * light[1]];
  return {
    ...balanceOf([2 ** warmth, 2 ** green, 2 ** -warmth]),
    cast: isCast ? nameCast(light) : null,
  };
}

function nameCast([warmth, green]: Chroma): Balance['cast'] {
  if (Math.abs(warmth) >= Math.abs(green)) return warmth > 0 ? 'yellowish' : 'bluish';
  return green > 0 ? 'greenish' : 'pinkish';
}

/** A colour of the picture, and its brightness. */
type Colour = { readonly chroma: Chroma; readonly light: number };

/** Whether a light is plain to see, and the colours are those of a usual picture without it. */
function explains(light: Chroma, colours: readonly Colour[]): boolean {
  const size = Math.hypot(...light);
  if (size < leastCast) return false;
  const gray = colours.filter(({ chroma }) => distance(chroma, light) < nearGray).length;
  if (gray < leastGray * colours.length) return false;
  const sorted = colours.toSorted((a, b) => a.light - b.light);
  const brightest = (share: number) => sorted.slice(Math.floor((1 - share) * sorted.length));
  if (distance(medianOf(brightest(0.1)), light) > mostBrightApart * size) return false;
  return spanOf(brightest(0.5)) > leastSpan;
}

const distance = (a: Chroma, b: Chroma): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** What all but a tenth at each end of both axes spans; in dark parts levels that were rounded span much. */
function spanOf(colours: readonly Colour[]): number {
  const spans = ([0, 1] as const).map((i) => rank(colours, i, 0.9) - rank(colours, i, 0.1));
  return spans[0]! + spans[1]!;
}

const medianOf = (colours: readonly Colour[]): Chroma => [
  rank(colours, 0, 0.5),
  rank(colours, 1, 0.5),
];

function rank(colours: readonly Colour[], axis: 0 | 1, share: number): number {
  const values = Float64Array.from(colours, ({ chroma }) => chroma[axis]).sort();
  return values[Math.floor(share * (values.length - 1))]!;
}

function chromaOf(red: number, green: number, blue: number): Chroma {
  const [r, g, b] = [Math.log2(red), Math.log2(green), Math.log2(blue)];
  return [(r - b) / 2, g - (r + b) / 2];
}

/** Colours of the blocks that have one. */
function readColours({ light }: Blocks): readonly Colour[] {
  const colours: Colour[] = [];
  for (let i = 0; i < light.length; i += 3) {
    const [r, g, b] = [light[i]!, light[i + 1]!, light[i + 2]!];
    if (Math.max(r, g, b) > known.most || Math.min(r, g, b) < known.darkest) continue;
    colours.push({
      chroma: chromaOf(r, g, b),
      light: luminance[0] * r + luminance[1] * g + luminance[2] * b,
    });
  }
  return colours;
}

/** Reads what one channel of a block tells of the light; its neighbours lie 3 and `stride` values away. */
type Reading = (light: Float32Array, at: number, stride: number) => number;

const shadeOf: Reading = (light, at) => light[at]!;

const edgeOf: Reading = (light, at, stride) =>
  Math.hypot(light[at + 3]! - light[at - 3]!, light[at + stride]! - light[at - stride]!);

/** The colour of the light by the norm of a reading; null where nothing is read. */
function estimate({ light, width, height }: Blocks, read: Reading): Chroma | null {
  const sums = [0, 0, 0];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = (y * width + x) * 3;
      const brightest = Math.max(light[at]!, light[at + 1]!, light[at + 2]!);
      if (brightest < known.least || brightest > known.most) continue;
      for (let c = 0; c < 3; c++) sums[c]! += read(light, at + c, width * 3) ** norm;
    }
  const [r, g, b] = sums.map((sum) => sum ** (1 / norm));
  return Math.min(r!, g!, b!) > 1e-4 ? chromaOf(r!, g!, b!) : null;
}

/** The mean light of square blocks; one with a transparent pixel is black, which counts for nothing. */
function takeLight(picture: Raster): Blocks {
  const { data } = picture;
  const table = lightTable(depthOf(picture));
  const side = Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / mostBlocks));
  const width = Math.floor(picture.width / side);
  const height = Math.floor(picture.height / side);
  const light = new Float32Array(width * height * 3);
  for (let y = 0; y < height * side; y++) {
    const row = Math.floor(y / side) * width;
    for (let x = 0, from = y * picture.width * 4; x < width * side; x++, from += 4) {
      const to = (row + Math.floor(x / side)) * 3;
      const part = picture.hasAlpha && data[from + 3] === 0 ? -Infinity : side ** -2;
      for (let c = 0; c < 3; c++) light[to + c]! += part * Math.max(1e-6, table[data[from + c]!]!);
    }
  }
  return { width, height, light: light.map((value) => Math.max(0, value)) };
}
