import { blendPixels } from '../picture/blend';
import { lumaOf } from '../picture/luma';
import { peakOf, writeMeans } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';
import { isStrengthOnly, mostSharpenReach, type Finish, type Mask } from '../recipe/finish';
import { prepareTint } from '../tint/lay-on';
import type { TintMap } from '../tint/tint-map';
import { driftCell, type ColourDrift } from './colour-drift';
import { layFaces } from './face-mask';
import { termsOf, type FinishTerms } from './finish-terms';
import { gradeLine } from './grade';
import { grainRow } from './grain';
import { prepareOverlay, type ReadRow } from './overlay';
import {
  blurRow,
  createBlurred,
  findNeighbours,
  neighbourCount,
  sharpenRow,
  type BlurredRow,
  type SharpenTerms,
} from './sharpen';

/** Pixels to be finished, and where they lie in the result. */
export type Plates = {
  /** The plain enlargement, of the result's depth; may be `enhanced` itself for a finish that does not need it (`needsPlain`). */
  readonly plain: Raster;
  /** The result, pixel for pixel over the plain enlargement. */
  readonly enhanced: Raster;
  /** `[width]`: the result's column that each column shows. */
  readonly columns: Int32Array;
  /** `[height]`: the result's row that each row shows. */
  readonly rows: Int32Array;
  /** Size of the whole result. */
  readonly whole: Size;
  /** Pixels of the result from one pixel to the next; 1 where they are the result's own. */
  readonly step: number;
  /** For colour lock; null leaves it out. */
  readonly drift: ColourDrift | null;
  /** The finish's tint, spread over the photo; left out, so is the tint. */
  readonly tint?: TintMap | null;
};

/**
 * Finishes pixels; `finish.wgsl` does the same on the GPU, to 1/255. Values are encoded, luma is that of
 * BT.601. But for sharpening each pixel is worked by itself, in this order:
 *
 * 1. colour lock: `enhanced += lock * drift`, where drift is the difference of both pictures' mean colours
 *    at equal luma, in cells of the result, linear between them (see `measureDrift`);
 * 2. strength, times the mask: a blend of `plain` and `enhanced`, weighted by alpha (see `blendStrength`);
 * 3. luminance only: `plain + (luma of the blend - luma of plain)`, the same in red, green and blue, which
 *    leaves blue less luma and red less luma, that is chroma, as in `plain`;
 * 4. sharpening, times the mask: the same change of red, green and blue (see `sharpenRow`). Its neighbours are
 *    the plates' own pixels: within its reach of a cut edge (see `reachOf`) it is not what the whole has there;
 * 5. tint: colours that were painted, at the lightness that there is (see `prepareTint`), whatever the strength and the mask;
 * 6. grade: exposure and temperature are gains, cut to 0..1; contrast is `v + c * (3v^2 - 2v^3 - v)`, which
 *    rises everywhere for c of -1..1. In Oklab, at the same lightness L: saturation scales chroma, or leaves none
 *    (monochrome); vibrance does that by `1 + v * (1 - C / 0.25)^2`; tones add a warm or cold chroma, times
 *    `L * (1 - L)^2` in the shadows and `L^2 * (1 - L)` in the highlights, so that black and white stay;
 * 7. grain: the same noise for red, green and blue (see `grainRow`), times `4 * luma * (1 - luma)`: strongest
 *    in the mid-tones, none in black and white.
 *
 * Faces that are treated gently are a part of the mask (see `layFaces`). It weighs the networks' work and sharpening alone: a graded photo is graded everywhere, and grain covers all of it.
 *
 * @param plates What to finish; not changed.
 * @param asked The finish.
 * @param out Where the finished pixels go, of the plates' size; may be one of the two pictures.
 */
export function finishPixels(plates: Plates, asked: Finish, out: Raster): void {
  const { plain, enhanced, columns, rows, tint } = plates;
  const laid = layFaces(asked, plates.whole);
  const finish = tint ? laid : { ...laid, tint: null };
  if (isStrengthOnly(finish)) {
    blendPixels(plain.data, enhanced.data, finish.strength, out.data);
    return;
  }
  const full = peakOf(depthOf(enhanced));
  const terms = termsOf(finish, plates.step);
  const mixRow = prepareMix(plates, finish, terms);
  const { mask } = finish;
  const readRow = terms.sharpen ? prepareSharpening(plates, mask, terms.sharpen, mixRow) : mixRow;
  const layTint = tint && terms.tint && prepareTint(tint, plates, terms.tint.keepsOwn, full);
  const width = columns.length;
  const line = new Float64Array(width * 4);
  const noise = new Float64Array(width);
  for (const [y, row] of rows.entries()) {
    readRow(y, line);
    layTint?.(y, line);
    if (terms.grade) gradeLine(line, terms.grade, full);
    if (terms.grain) {
      grainRow(terms.grain, columns, row, noise);
      addGrain(line, noise, terms.grain.deviation * full, full);
    }
    writeMeans(line, out.data, y * width * 4);
  }
}

/** Prepares filling a line with a row's colours before they are graded, in levels, not rounded. */
function prepareMix(plates: Plates, { mask }: Finish, terms: FinishTerms): ReadRow {
  const { drift, columns, enhanced } = plates;
  const { strength, colourLock } = terms;
  const amounts = new Float64Array(columns.length).fill(strength);
  const lock = new Float64Array(columns.length * 4);
  const readMask = mask && layMask(mask, plates, strength);
  const readDrift =
    drift && colourLock > 0 && layDrift(drift, plates, colourLock * peakOf(depthOf(enhanced)));
  return (y, line) => {
    if (readMask) readMask(y, amounts);
    if (readDrift) readDrift(y, lock);
    mixLine(plates, y, amounts, lock, line);
    if (terms.luminanceOnly) keepChroma(plates, y, line);
  };
}

/** Prepares filling a line with a row's sharpened colours; each row is mixed once. */
function prepareSharpening(
  plates: Plates,
  mask: Mask | null,
  terms: SharpenTerms,
  mixRow: ReadRow,
): ReadRow {
  const { columns, rows, step } = plates;
  const reach = terms.weights.length - 1;
  const look = prepareLook(plates, terms, mixRow);
  const down = findNeighbours(rows, step);
  const shares = new Float64Array(columns.length).fill(1);
  const change = new Float64Array(columns.length);
  const bounds = createBlurred(columns.length);
  const readMask = mask && layMask(mask, plates, 1);
  const known = new Map<number, LookedRow>();
  // Rows that are not looked at any more: their arrays are filled anew.
  const free: LookedRow[] = [];
  const find = (row: number): LookedRow => {
    const found = known.get(row);
    if (found) return found;
    const looked = free.pop() ?? createLooked(columns.length);
    look(row, looked);
    known.set(row, looked);
    return looked;
  };
  return (y, line) => {
    const middle = y * neighbourCount + mostSharpenReach;
    const near = [...down.subarray(middle - reach, middle + reach + 1)];
    for (const [row, looked] of known)
      if (row < near[0]!) {
        known.delete(row);
        free.push(looked);
      }
    const { mixed, own } = find(y);
    if (readMask) readMask(y, shares);
    sharpenRow(near.map(find), own, terms, bounds, change);
    addChange(mixed, shares, change, line);
  };
}

function addChange(
  mixed: Float64Array,
  shares: Float64Array,
  change: Float64Array,
  line: Float64Array,
): void {
  for (let i = 0, x = 0; i < line.length; i += 4, x++) {
    const more = shares[x]! * change[x]!;
    line[i] = mixed[i]! + more;
    line[i + 1] = mixed[i + 1]! + more;
    line[i + 2] = mixed[i + 2]! + more;
    line[i + 3] = mixed[i + 3]!;
  }
}

/** A row before it is sharpened. */
type LookedRow = BlurredRow & { readonly mixed: Float64Array; readonly own: Float64Array };

function createLooked(width: number): LookedRow {
  const { luma, cover, least, most } = createBlurred(width);
  const [mixed, own] = [new Float64Array(width * 4), new Float64Array(width)];
  return { mixed, own, luma, cover, least, most };
}

/** Prepares mixing a row and looking at it as sharpening does. */
function prepareLook({ columns, step, enhanced }: Plates, terms: SharpenTerms, mixRow: ReadRow) {
  const full = peakOf(depthOf(enhanced));
  const across = findNeighbours(columns, step);
  const cover = new Float64Array(columns.length);
  return (row: number, out: LookedRow): void => {
    mixRow(row, out.mixed);
    const isOpaque = readLuma(out.mixed, full, out.own, cover);
    blurRow({ luma: out.own, cover: isOpaque ? null : cover }, full, across, terms, out);
  };
}

/** Luma of a line's colours, and what they cover, 0..1; true where all of them cover whatever is behind. */
function readLuma(
  mixed: Float64Array,
  full: number,
  luma: Float64Array,
  cover: Float64Array,
): boolean {
  let isOpaque = true;
  for (let i = 0, x = 0; i < mixed.length; i += 4, x++) {
    luma[x] = lumaOf(mixed[i]!, mixed[i + 1]!, mixed[i + 2]!);
    const alpha = mixed[i + 3]!;
    cover[x] = alpha / full;
    if (alpha < full) isOpaque = false;
  }
  return isOpaque;
}

function layMask(mask: Mask, { columns, rows, whole }: Plates, strength: number): ReadRow {
  const perColumn = mask.width / whole.width;
  const perRow = mask.height / whole.height;
  const overlay = { ...mask, channels: 1, perColumn, perRow };
  return prepareOverlay(overlay, columns, rows, strength / 255);
}

function layDrift(drift: ColourDrift, { columns, rows }: Plates, scale: number): ReadRow {
  const density = { perColumn: 1 / driftCell, perRow: 1 / driftCell };
  const overlay = { ...drift, ...density, channels: 4 };
  return prepareOverlay(overlay, columns, rows, scale);
}

function mixLine(
  { plain: { data: plain }, enhanced: { data: enhanced } }: Plates,
  y: number,
  amounts: Float64Array,
  lock: Float64Array,
  line: Float64Array,
): void {
  for (let i = 0, at = y * line.length; i < line.length; i += 4, at += 4) {
    const amount = amounts[i >> 2]!;
    const ground = plain[at + 3]! * (1 - amount);
    const cover = enhanced[at + 3]! * amount;
    const alpha = ground + cover;
    const share = alpha > 0 ? cover / alpha : 0;
    for (let c = 0; c < 3; c++) {
      const from = plain[at + c]!;
      line[i + c] = from + share * (enhanced[at + c]! + lock[i + c]! - from);
    }
    line[i + 3] = alpha;
  }
}

/** Gives a line's luma the plain pixels' chroma. */
function keepChroma({ plain: { data: plain } }: Plates, y: number, line: Float64Array): void {
  for (let i = 0, at = y * line.length; i < line.length; i += 4, at += 4) {
    const red = plain[at]!;
    const green = plain[at + 1]!;
    const blue = plain[at + 2]!;
    const change = lumaOf(line[i]!, line[i + 1]!, line[i + 2]!) - lumaOf(red, green, blue);
    line[i] = red + change;
    line[i + 1] = green + change;
    line[i + 2] = blue + change;
  }
}

/** `deviation` is in levels, of which `full` is the highest. */
function addGrain(line: Float64Array, noise: Float64Array, deviation: number, full: number): void {
  for (let i = 0; i < line.length; i += 4) {
    const luma = lumaOf(line[i]!, line[i + 1]!, line[i + 2]!) / full;
    const tone = Math.min(1, Math.max(0, luma));
    const change = deviation * 4 * tone * (1 - tone) * noise[i >> 2]!;
    line[i]! += change;
    line[i + 1]! += change;
    line[i + 2]! += change;
  }
}
