import { toOklab } from '../picture/oklab';
import type { Size } from '../picture/rect';
import type { Tint } from '../recipe/tint';
import { bindCells, createList, type GridSystem } from './grid-system';
import type { Guide } from './guide';
import { GridSolver } from './solve';
import { paintStrokes } from './strokes';

/** Which colour each place of a photo is to have, on a coarse grid that is stretched over it. */
export type TintMap = Size & {
  /**
   * `[width * height * 4]`: Oklab's a and b per {@link fullness}, times the third; how much of the place is coloured, 0..1; and the
   * lightness that was seen there.
   */
  readonly values: Float32Array<ArrayBuffer>;
};

/** Least {@link fullness} that a stroke's chroma is seen against: what is nearly black has no colour to speak of. */
const leastFullness = 0.5;

/** How strongly a cell under a stroke is bound to its colour; two cells of one lightness are by 1. */
const held = 1e3;

/** How strongly cells are bound over the strongest edge. */
const overEdge = 1e-5;

/** Share of the grid's longer side at which colour fades where there is no edge. */
const fadeShare = 0.3;

/** Shares of colour that reach a place: below the first it gets none, above the other all. */
const reached = [0.04, 0.2] as const;

/** Bounds of the difference in lightness that is an edge, and how far it lies above the mean one round it: texture has none. */
const edges = [0.012, 0.15] as const;
const overTexture = 1.5;

/** How far round a cell its texture is seen. */
const textureReach = 7;

/** What a difference across three cells counts for, beside that of two neighbours: edges that are not sharp. */
const wideShare = 0.7;

/**
 * Spreads the colours of strokes over a photo: each cell is to be like its neighbours, the more so the closer their lightness
 * is (A. Levin, D. Lischinski, Y. Weiss, "Colorization using optimization", 2004; here with four neighbours, and a weak pull
 * to no colour, so that what no stroke reaches stays as it is). How much of it reaches a place is spread likewise, and the
 * colours are divided by that: they are means of the strokes' own.
 *
 * @param guide The photo's lightness.
 * @param tint The strokes.
 * @returns The colours, on the guide's grid; the same for the same strokes and photo.
 */
export function spreadTint(guide: Guide, tint: Tint): TintMap {
  const { width, height, lightness } = guide;
  const cells = paintStrokes(tint, guide);
  const solver = new GridSolver(bindGuide(guide, cells));
  const colours = tint.strokes.map(({ colour }) => saturationOf(colour));
  const spread = (value: (stroke: number) => number) => {
    const wanted = createList(guide);
    const first = width + 1;
    for (const [i, stroke] of cells.entries())
      if (stroke > 0) wanted[first + i] = held * value(stroke - 1);
    return solver.solve(wanted).subarray(first, first + width * height);
  };
  const a = spread((stroke) => colours[stroke]![0]);
  const b = spread((stroke) => colours[stroke]![1]);
  const shares = spread(() => 1);
  const values = new Float32Array(width * height * 4);
  for (let i = 0, to = 0; i < shares.length; i++, to += 4) {
    const amount = fadeIn(shares[i]!);
    const factor = amount / Math.max(reached[0], shares[i]!);
    values[to] = factor * a[i]!;
    values[to + 1] = factor * b[i]!;
    values[to + 2] = amount;
    values[to + 3] = lightness[i]!;
  }
  return { width, height, values };
}

/**
 * How much chroma a colour has at a lightness, beside what it has near white. A material in less light has as much less as it
 * is darker; colours of the palette on what is brighter than they are would glow by that, and so it rises ever less.
 *
 * @param lightness Of Oklab, 0..1.
 * @returns 0..1.
 */
export function fullness(lightness: number): number {
  const dark = 1 - lightness;
  return 1 - dark * dark * dark;
}

/** Oklab's a and b of a colour per its {@link fullness}. */
function saturationOf(colour: string | null): readonly [a: number, b: number] {
  if (colour === null) return [0, 0];
  const byte = (at: number) => parseInt(colour.slice(at, at + 2), 16) / 255;
  const [lightness, a, b] = toOklab(byte(1), byte(3), byte(5));
  const against = Math.max(leastFullness, fullness(lightness));
  return [a / against, b / against];
}

function fadeIn(share: number): number {
  const [least, most] = reached;
  const at = Math.min(1, Math.max(0, (share - least) / (most - least)));
  return at * at * (3 - 2 * at);
}

function bindGuide(guide: Guide, cells: Uint16Array): GridSystem {
  const { width, height, calm } = guide;
  const [right, down, pull] = [createList(guide), createList(guide), createList(guide)];
  const fade = 1 / (fadeShare * Math.max(width, height)) ** 2;
  const edge = findEdges(guide);
  const bind = (before: number, here: number, next: number, after: number) => {
    const near = Math.abs(calm[next]! - calm[here]!);
    const wide = Math.abs(calm[after]! - calm[before]!);
    const difference = Math.max(near, wideShare * wide) / edge[here]!;
    return Math.max(overEdge, Math.exp(-difference * difference));
  };
  for (let y = 0, i = 0, to = width + 1; y < height; y++)
    for (let x = 0; x < width; x++, i++, to++) {
      pull[to] = cells[i]! > 0 ? held : fade;
      if (x < width - 1)
        right[to] = bind(x > 0 ? i - 1 : i, i, i + 1, x < width - 2 ? i + 2 : i + 1);
      if (y < height - 1) {
        const after = y < height - 2 ? i + 2 * width : i + width;
        down[to] = bind(y > 0 ? i - width : i, i, i + width, after);
      }
    }
  return bindCells(guide, right, down, pull);
}

/** At each cell the difference in lightness that is an edge there. */
function findEdges({ width, height, calm }: Guide): Float32Array {
  const differences = new Float32Array(calm.length);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const beside = x < width - 1 ? Math.abs(calm[i + 1]! - calm[i]!) : 0;
      const below = y < height - 1 ? Math.abs(calm[i + width]! - calm[i]!) : 0;
      differences[i] = (beside + below) / 2;
    }
  const [least, most] = edges;
  return meansAround({ width, height }, differences, textureReach).map((mean) =>
    Math.min(most, Math.max(least, overTexture * mean)),
  );
}

/** The mean of all values as far round each, as long as they lie in the grid. */
function meansAround({ width, height }: Size, values: Float32Array, reach: number): Float32Array {
  const along = (list: Float32Array, lines: number, length: number, step: number, next: number) => {
    const out = new Float32Array(list.length);
    for (let line = 0; line < lines; line++) {
      let [sum, count] = [0, 0];
      for (let ahead = 0; ahead < length + reach; ahead++) {
        const [added, gone, at] = [ahead, ahead - 2 * reach - 1, ahead - reach];
        if (added < length) {
          sum += list[line * next + added * step]!;
          count++;
        }
        if (gone >= 0) {
          sum -= list[line * next + gone * step]!;
          count--;
        }
        if (at >= 0) out[line * next + at * step] = sum / count;
      }
    }
    return out;
  };
  return along(along(values, height, width, 1, width), width, height, width, 1);
}
