import { EnhanceError } from '../errors';
import { at, cut, type Planes } from './probe-pictures';

/**
 * Runs a network of which nothing is known, of any size.
 *
 * @param input `[3, height, width]`, in whatever range is being tried.
 * @returns A copy of what it makes of that.
 * @throws {unknown} Where it does not take that size.
 */
export type Probe = (input: Planes) => Promise<Planes>;

/** Milliseconds since some moment. */
export type Clock = () => number;

/** Side of the largest picture that is probed with as long as it tells enough: every multiple divides it. */
export const probeSide = 64;

/** Height of the strips in which a reach is measured, to the sides: what is above and below is as far away in all directions. */
const stripHeight = 32;

/** What a width, a height and a place may have to divide by. */
const multiples = [1, 2, 4, 8, 16, 32] as const;

/**
 * A change at one place that changes the result elsewhere by less than an eighth of a level of 255 does not count as
 * reaching there...
 */
const faint = 1 / 8 / 255;

/** ...as long as all that lies beyond the reach, taken away together, changes no pixel by half a level. */
const seen = 1 / 2 / 255;

/** The widest margin, in pixels: 192 more of each side are twice the work of a tile of 448. */
export const mostHalo = 96;

/** What a wider look may take, in milliseconds: beyond it, the reach is said to be wide. */
const mostLookMs = 40_000;

/**
 * The smallest step that it takes in width and height, and that moves its result by as much and changes nothing else.
 *
 * @param net Runs the network, its range as the model contract has it.
 * @param picture What parts are shown to it of: square, wider than {@link probeSide} by twice {@link mostHalo}.
 * @param whole What it makes of the first {@link probeSide} columns and rows.
 * @param scale Its scale.
 * @returns One of {@link multiples}, in pixels.
 * @throws {EnhanceError} `own-model-unfit` where no step up to 32 will do.
 */
export async function findMultiple(
  net: Probe,
  picture: Planes,
  whole: Planes,
  scale: number,
): Promise<number> {
  const half = probeSide / 2;
  /** How far the middle of the part that begins there comes out from that of the whole. */
  const off = async (start: number) => {
    const part = await net(cut(picture, start, start, half, half));
    return middleOff(whole, part, start, half, scale);
  };
  const margins = await off(half);
  for (const multiple of multiples) {
    const odd = half + multiple;
    const taken = await net(cut(picture, 0, 0, odd, odd)).catch(() => null);
    if (taken?.width !== odd * scale || taken.height !== odd * scale) continue;
    // The margins are in both; a grid of its own would come on top.
    if (multiple === half || (await off(multiple)) <= Math.max(seen, 1.25 * margins))
      return multiple;
  }
  throw new EnhanceError('own-model-unfit', { reason: 'multiple', cause: '' });
}

/**
 * How far a pixel's work reaches: first as far as a change in the middle is seen, then as far as it must be for all that
 * lies beyond to be left out.
 *
 * @param options What is needed for it.
 * @param options.net Runs the network, its range as the model contract has it.
 * @param options.picture As {@link findMultiple} takes it.
 * @param options.scale Its scale.
 * @param options.multiple What sides and places divide by.
 * @param options.clock What its time is measured by.
 * @param options.isGlobal Whether it is known to look at all of a picture, whatever is seen of that here.
 * @returns The margin, in pixels of the input; and whether more would be needed than is worth its time.
 * @throws {unknown} Where the network fails.
 */
export async function findReach({
  net,
  picture,
  scale,
  multiple,
  clock,
  isGlobal,
}: {
  readonly net: Probe;
  readonly picture: Planes;
  readonly scale: number;
  readonly multiple: number;
  readonly clock: Clock;
  readonly isGlobal: boolean;
}): Promise<{ readonly halo: number; readonly isWide: boolean }> {
  let size = probeSide;
  let halo = 0;
  for (;;) {
    const start = clock();
    halo = await changeReach(net, cut(picture, 0, 0, size, stripHeight), scale, multiple);
    const took = clock() - start;
    if (!isGlobal && halo < size / 2 - multiple - 1) break;
    if (size / 2 >= mostHalo || 2 * took > mostLookMs)
      return { halo: wideHalo(size), isWide: true };
    size = Math.min(2 * size, 2 * roundUp(mostHalo, 32) + probeSide);
  }
  const block = roundUp(8, multiple);
  for (let tries = 0; tries < 6 && halo <= mostHalo; tries++) {
    const margin = roundUp(halo, multiple);
    const beyond = roundUp(16, multiple);
    const large = await net(cut(picture, 0, 0, block + 2 * (margin + beyond), stripHeight));
    const small = await net(cut(picture, beyond, 0, block + 2 * margin, stripHeight));
    const columns = { beyond: beyond * scale, from: margin * scale, width: block * scale };
    if (columnsOff(large, small, columns) <= seen) return { halo, isWide: false };
    halo = Math.ceil(halo * 1.25) + 1;
  }
  return { halo: Math.min(halo, mostHalo), isWide: true };
}

const wideHalo = (size: number) => Math.min(mostHalo, size / 2);

/** How far to the sides of a changed block in the middle the result changes, in pixels of the input. */
async function changeReach(
  net: Probe,
  input: Planes,
  scale: number,
  multiple: number,
): Promise<number> {
  const { width, height } = input;
  const from = roundDown(width / 2, multiple);
  const changed = { ...input, values: input.values.slice() };
  const block = Math.max(2, multiple);
  const top = roundDown(height / 2 - 1, multiple);
  for (let c = 0; c < 3; c++)
    for (let y = top; y < top + block; y++)
      for (let x = from; x < from + block; x++) {
        const i = (c * input.height + y) * width + x;
        changed.values[i] = (changed.values[i]! + 0.5) % 1;
      }
  const [before, after] = [await net(input), await net(changed)];
  let reach = 0;
  for (let y = 0; y < before.height; y++)
    for (let x = 0; x < before.width; x++) {
      const far = Math.max(from * scale - x, x - (from + block) * scale + 1);
      if (far <= reach * scale) continue;
      for (let c = 0; c < 3; c++)
        if (Math.abs(at(before, c, x, y) - at(after, c, x, y)) > faint)
          reach = Math.ceil(far / scale);
    }
  return reach;
}

/** Largest difference in some columns of a strip that is cut out of a wider one. */
function columnsOff(
  large: Planes,
  small: Planes,
  columns: { readonly beyond: number; readonly from: number; readonly width: number },
): number {
  const { beyond, from, width } = columns;
  let off = 0;
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < small.height; y++)
      for (let x = from; x < from + width; x++)
        off = Math.max(off, Math.abs(at(large, c, beyond + x, y) - at(small, c, x, y)));
  return off;
}

/** Largest difference in the middle of a part that begins `start` to the right of, and below, the whole's corner. */
function middleOff(
  whole: Planes,
  part: Planes,
  start: number,
  length: number,
  scale: number,
): number {
  const [from, end] = [(length / 2 - 4) * scale, (length / 2 + 4) * scale];
  const shift = start * scale;
  let off = 0;
  for (let c = 0; c < 3; c++)
    for (let y = from; y < end; y++)
      for (let x = from; x < end; x++)
        off = Math.max(off, Math.abs(at(whole, c, shift + x, shift + y) - at(part, c, x, y)));
  return off;
}

/**
 * The next multiple of a step.
 *
 * @param value What is rounded, 0 or more.
 * @param step The step, 1 or more.
 * @returns `value` or the next larger one.
 */
export const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;
const roundDown = (value: number, step: number) => Math.floor(value / step) * step;
