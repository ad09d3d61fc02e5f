import { oklab, valueOf } from '../picture/oklab';
import type { TintStroke } from '../recipe/tint';
import type { SeenColours } from './seen-colours';
import { toStroke, type Place } from './stroke-editing';

/**
 * A colour is sure where its chroma is over so many times twice what it may be off by, less of blues (skies, water) than of others, and
 * over so much: below it is hardly one. Chosen on CBSD68, see `training/colouring.py` and `docs/decisions/0061-proposed-colours.md`.
 */
const sure = { blue: 0.8, other: 1.5 } as const;
const leastChroma = 0.02;

/** How different in colour and lightness two neighbours of one material may be. */
const alike = { colour: 0.02, lightness: 0.08 } as const;

/** Least part of a picture that a stroke is proposed for, in cells of all. */
const leastShare = 0.006;

/** Most strokes that are proposed: a person is to look at each. */
export const mostProposals = 12;

/** Directions that a stroke may have, and the longest, as a share of the longer side. */
const directions = 12;
const longest = 0.22;

/** How near its area's border a stroke may go, and how wide it is, as shares of how far its middle lies from it. */
const nearest = 0.45;
const breadth = 0.35;

/** How far the strokes of one area lie apart at least, as a share of the longer side. */
const apart = 0.35;

/** Places of a network's grid, by number: those that belong together. */
type Area = { readonly cells: readonly number[]; readonly weight: number };

/**
 * Proposes strokes where a network is sure of a photo's colours; where it is not, none.
 *
 * @param seen What it takes them for.
 * @returns Strokes, what is surest and largest first, {@link mostProposals} at most; for any size of the photo.
 */
export function proposeStrokes(seen: SeenColours): readonly TintStroke[] {
  const areas = findAreas(seen).sort((a, b) => b.weight - a.weight);
  const strokes: TintStroke[] = [];
  for (const area of areas)
    for (const stroke of drawIn(area, seen))
      if (strokes.length < mostProposals) strokes.push(stroke);
  return strokes;
}

/** How sure a colour is: under 1 it is not proposed. */
function sureness({ a, b, spread }: SeenColours, i: number): number {
  const chroma = Math.hypot(a[i]!, b[i]!);
  const isBlue = b[i]! < -Math.abs(a[i]!);
  const least = (isBlue ? sure.blue : sure.other) * 2 * spread[i]!;
  return chroma < leastChroma ? 0 : chroma / least;
}

/** Areas of one colour that it is sure of, each large enough for a stroke. */
function findAreas(seen: SeenColours): Area[] {
  const { width, height, lightness, a, b } = seen;
  const isOpen = Uint8Array.from({ length: width * height }, (_, i) =>
    sureness(seen, i) >= 1 ? 1 : 0,
  );
  const least = Math.max(4, leastShare * width * height);
  const areas: Area[] = [];
  for (let first = 0; first < isOpen.length; first++) {
    if (!isOpen[first]) continue;
    isOpen[first] = 0;
    const cells = [first];
    let weight = 0;
    for (const cell of cells) {
      weight += sureness(seen, cell);
      const x = cell % width;
      const beside = [x > 0 ? cell - 1 : -1, x < width - 1 ? cell + 1 : -1];
      for (const next of [...beside, cell - width, cell + width]) {
        if (!isOpen[next]) continue;
        const isAlike =
          Math.abs(lightness[next]! - lightness[cell]!) < alike.lightness &&
          Math.hypot(a[next]! - a[cell]!, b[next]! - b[cell]!) < alike.colour;
        if (!isAlike) continue;
        isOpen[next] = 0;
        cells.push(next);
      }
    }
    if (cells.length >= least) areas.push({ cells, weight });
  }
  return areas;
}

/** Strokes for an area: the first where it is widest, others far from it. */
function drawIn({ cells }: Area, seen: SeenColours): readonly TintStroke[] {
  const { width, height } = seen;
  const depth = measureDepth(cells, seen);
  const across = Math.max(width, height);
  const left = new Set(cells);
  const strokes: TintStroke[] = [];
  while (left.size > 0) {
    let [middle, deepest] = [-1, 0];
    for (const cell of left) if (depth[cell]! > deepest) [middle, deepest] = [cell, depth[cell]!];
    // A later one is for a part of its own, not for what is left round the first.
    if (middle < 0 || (strokes.length > 0 && deepest < 3)) break;
    const path = longestThrough(middle, deepest, depth, seen);
    const covered = path.map(({ x, y }) => Math.floor(y) * width + Math.floor(x));
    strokes.push(toStroke(path, seen, Math.max(0.4, breadth * deepest), colourOf(covered, seen)));
    for (const cell of left) {
      const [x, y] = [(cell % width) + 0.5, Math.floor(cell / width) + 0.5];
      if (path.some((each) => Math.hypot(each.x - x, each.y - y) < apart * across))
        left.delete(cell);
    }
  }
  return strokes;
}

/** How many cells each cell of an area lies from its border or the picture's, at least 1; 0 outside. */
function measureDepth(cells: readonly number[], { width, height }: SeenColours): Uint16Array {
  const depth = new Uint16Array(width * height);
  for (const cell of cells) depth[cell] = width + height;
  const order = [...cells].sort((a, b) => a - b);
  const lower = (cell: number, step: -1 | 1) => {
    const x = cell % width;
    const beside = step < 0 ? x > 0 : x < width - 1;
    const near = beside ? depth[cell + step]! : 0;
    depth[cell] = Math.min(depth[cell]!, near + 1, (depth[cell + step * width] ?? 0) + 1);
  };
  for (const cell of order) lower(cell, -1);
  for (const cell of order.reverse()) lower(cell, 1);
  return depth;
}

/** The longest straight line through a cell that keeps away from the border: places a cell apart. */
function longestThrough(
  middle: number,
  deepest: number,
  depth: Uint16Array,
  { width, height }: SeenColours,
): readonly Place[] {
  const centre = { x: (middle % width) + 0.5, y: Math.floor(middle / width) + 0.5 };
  const most = (longest / 2) * Math.max(width, height);
  const least = Math.max(1, nearest * deepest);
  const reach = (x: number, y: number): readonly Place[] => {
    const places: Place[] = [];
    for (let far = 1; far <= most; far++) {
      const place = { x: centre.x + far * x, y: centre.y + far * y };
      if (!(place.x >= 0 && place.x < width && place.y >= 0 && place.y < height)) break;
      if (depth[Math.floor(place.y) * width + Math.floor(place.x)]! < least) break;
      places.push(place);
    }
    return places;
  };
  let best: readonly Place[] = [centre];
  for (let i = 0; i < directions; i++) {
    const [x, y] = [Math.cos((i * Math.PI) / directions), Math.sin((i * Math.PI) / directions)];
    const path = [...reach(-x, -y).toReversed(), centre, ...reach(x, y)];
    if (path.length > best.length) best = path;
  }
  return best;
}

/** The mean colour of some cells, `#rrggbb`. */
function colourOf(cells: readonly number[], { lightness, a, b }: SeenColours): string {
  const mean = (list: Float32Array) =>
    cells.reduce((sum, cell) => sum + list[cell]!, 0) / cells.length;
  const [l, redness, yellowness] = [mean(lightness), mean(a), mean(b)];
  const { roots, light } = oklab;
  const cube = (i: number) => (l + roots[i + 1]! * redness + roots[i + 2]! * yellowness) ** 3;
  const [long, middle, short] = [cube(0), cube(3), cube(6)];
  const channel = (i: number) =>
    Math.round(255 * valueOf(light[i]! * long + light[i + 1]! * middle + light[i + 2]! * short));
  return `#${[channel(0), channel(3), channel(6)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
