import type { Plane } from '../picture/plane';

/** Side of a patch in pixels. */
export const patchSide = 8;

const count = patchSide * patchSide;

/** Pixels that a plane is continued by beyond each edge, with the edge's own. */
const padding = patchSide + 4;

/** Steps of refinement at most. */
const mostSteps = 4;

/** A step below which a patch rests, in pixels. */
const rest = 0.03;

/** Motions nearer to each other than this, in pixels, are left to refinement. */
const nearby = 0.3;

/** Sums of squared slopes, per pixel of the patch, under which a patch stays rather where it began: noise has as much. */
const flatness = 1;

/** How much better a neighbour's motion must fit than what is believed so far. */
const gain = 0.95;

/** Pixels each way that the coarsest level is searched through. */
const searchReach = 3;

/** Finds the motion of one patch after the other: what is believed of the present one. */
export interface PatchSearch {
  /** Rightwards, in pixels. */
  x: number;
  /** Downwards, in pixels. */
  y: number;
  /** The mean square of what differs, in levels; Infinity while nothing is believed. */
  cost: number;
  /** After `refine`, how the sum of squares grows away from it: by x squared, x times y and y squared. */
  readonly curvature: Float64Array;
  /** Takes a patch by its corner, inside of the first plane; nothing is believed of it. */
  begin(left: number, top: number): void;
  /** Believes a motion if it fits better than what was offered before. */
  offer(x: number, y: number): void;
  /** Offers every whole motion of a few pixels. */
  offerAll(): void;
  /** Moves what is believed to the best fit nearby. */
  refine(): void;
  /** Writes how far each pixel of the patch is from where what is believed leads, in levels, without a difference of means. */
  differ(out: Float32Array): void;
}

/**
 * A search for the patches of a plane in another: inverse compositional, the slopes of the patch taken once (Baker and
 * Matthews 2004, "Lucas-Kanade 20 Years On").
 *
 * @param from The plane of the patches.
 * @param to The plane that they are looked for in, of the same size.
 * @returns A search that keeps a padded copy of each.
 */
export function createSearch(from: Plane, to: Plane): PatchSearch {
  const source = padPlane(from);
  const target = padPlane(to);
  const across = from.width + 2 * padding;
  const down = from.height + 2 * padding;
  const patch = new Float32Array(count);
  const slopeX = new Float32Array(count);
  const slopeY = new Float32Array(count);
  const meanSlopes = new Float64Array(2);
  const corner = { left: 0, top: 0 };
  // What `measure` finds beside: what the difference has of each slope. An array, since numbers that
  // functions share would be allocated anew each time.
  const seen = new Float64Array(2);

  /** The mean square of what differs at a motion, once its mean is taken out. */
  const measure = (x: number, y: number): number => {
    const column = Math.max(0, Math.min(across - patchSide - 1.001, corner.left + x + padding));
    const row = Math.max(0, Math.min(down - patchSide - 1.001, corner.top + y + padding));
    const firstColumn = Math.floor(column);
    const firstRow = Math.floor(row);
    const right = column - firstColumn;
    const low = row - firstRow;
    const b = right * (1 - low);
    const c = (1 - right) * low;
    const d = right * low;
    const a = 1 - b - c - d;
    let sum = 0;
    let squares = 0;
    let bySlopeX = 0;
    let bySlopeY = 0;
    for (let i = 0, k = 0; i < patchSide; i++) {
      let at = (firstRow + i) * across + firstColumn;
      let upper = target[at]!;
      let lower = target[at + across]!;
      for (let j = 0; j < patchSide; j++, k++) {
        at++;
        const nextUpper = target[at]!;
        const nextLower = target[at + across]!;
        const off = a * upper + b * nextUpper + c * lower + d * nextLower - patch[k]!;
        upper = nextUpper;
        lower = nextLower;
        sum += off;
        squares += off * off;
        bySlopeX += slopeX[k]! * off;
        bySlopeY += slopeY[k]! * off;
      }
    }
    seen[0] = bySlopeX - meanSlopes[0]! * sum;
    seen[1] = bySlopeY - meanSlopes[1]! * sum;
    return (squares - (sum * sum) / count) / count;
  };

  const search: PatchSearch = {
    ...{ x: 0, y: 0, cost: Infinity, curvature: new Float64Array(3) },
    begin(left, top) {
      corner.left = left;
      corner.top = top;
      search.cost = Infinity;
      for (let i = 0, k = 0; i < patchSide; i++) {
        const start = (top + i + padding) * across + left + padding;
        for (let j = start; j < start + patchSide; j++) patch[k++] = source[j]!;
      }
    },
    offer(x, y) {
      const isKnown = Math.abs(x - search.x) + Math.abs(y - search.y) < nearby;
      if (search.cost < Infinity && isKnown) return;
      const cost = measure(x, y);
      if (cost >= search.cost * gain) return;
      search.x = x;
      search.y = y;
      search.cost = cost;
    },
    offerAll() {
      for (let y = -searchReach; y <= searchReach; y++)
        for (let x = -searchReach; x <= searchReach; x++) search.offer(x, y);
    },
    refine() {
      const { left, top } = corner;
      let xx = 0;
      let xy = 0;
      let yy = 0;
      let meanX = 0;
      let meanY = 0;
      for (let i = 0, k = 0; i < patchSide; i++) {
        const start = (top + i + padding) * across + left + padding;
        for (let j = start; j < start + patchSide; j++, k++) {
          const dx = (source[j + 1]! - source[j - 1]!) / 2;
          const dy = (source[j + across]! - source[j - across]!) / 2;
          slopeX[k] = dx;
          slopeY[k] = dy;
          meanX += dx / count;
          meanY += dy / count;
          xx += dx * dx;
          xy += dx * dy;
          yy += dy * dy;
        }
      }
      xx -= meanX * meanX * count;
      xy -= meanX * meanY * count;
      yy -= meanY * meanY * count;
      search.curvature[0] = xx;
      search.curvature[1] = xy;
      search.curvature[2] = yy;
      xx += flatness * count;
      yy += flatness * count;
      meanSlopes[0] = meanX;
      meanSlopes[1] = meanY;
      const scale = 1 / (xx * yy - xy * xy);
      let { x, y } = search;
      const [startX, startY] = [x, y];
      for (let step = 0; step <= mostSteps; step++) {
        const cost = measure(x, y);
        if (step > 0 && cost >= search.cost) break;
        search.x = x;
        search.y = y;
        search.cost = cost;
        const stepX = (yy * seen[0]! - xy * seen[1]!) * scale;
        const stepY = (xx * seen[1]! - xy * seen[0]!) * scale;
        x -= stepX;
        y -= stepY;
        if (Math.abs(x - startX) + Math.abs(y - startY) > patchSide) break;
        if (Math.abs(stepX) + Math.abs(stepY) < rest) break;
      }
    },
    differ(out) {
      const { left, top } = corner;
      const column = Math.max(0, Math.min(across - patchSide - 1.001, left + search.x + padding));
      const row = Math.max(0, Math.min(down - patchSide - 1.001, top + search.y + padding));
      const firstColumn = Math.floor(column);
      const firstRow = Math.floor(row);
      const right = column - firstColumn;
      const low = row - firstRow;
      let sum = 0;
      for (let i = 0, k = 0; i < patchSide; i++)
        for (let j = 0, at = (firstRow + i) * across + firstColumn; j < patchSide; j++, at++, k++) {
          const upper = target[at]! + right * (target[at + 1]! - target[at]!);
          const under = at + across;
          const lower = target[under]! + right * (target[under + 1]! - target[under]!);
          out[k] = upper + low * (lower - upper) - patch[k]!;
          sum += out[k]!;
        }
      for (let k = 0; k < count; k++) out[k]! -= sum / count;
    },
  };
  return search;
}

/** A plane continued beyond its edges with their own values. */
function padPlane({ width, height, values }: Plane): Float32Array {
  const across = width + 2 * padding;
  const down = height + 2 * padding;
  const all = new Float32Array(across * down);
  for (let y = 0; y < down; y++) {
    const start = Math.max(0, Math.min(height - 1, y - padding)) * width;
    const row = all.subarray(y * across, (y + 1) * across);
    row.fill(values[start]!, 0, padding);
    row.set(values.subarray(start, start + width), padding);
    row.fill(values[start + width - 1]!, padding + width);
  }
  return all;
}
