import { peakOf } from '../picture/depth';
import { depthOf, type Raster } from '../picture/raster';
import type { Size } from '../picture/rect';

/** A box that may hold a face, in parts of the picture's sides, and how likely it does, 0..1. */
export type FaceBox = Size & { readonly x: number; readonly y: number; readonly score: number };

/** Pixels along a side of a cell of the network, and numbers that it says of each shape of box in a cell. */
const cell = 32;
const numbers = 5;

/** The network's shapes of boxes, in cells: what its sizes are told in (TinyYolov2 of face-api.js). */
const anchors = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;

/** The network's file gives `0.5 + number / range`: see `scripts/face-finder.mjs`. */
const range = 32;

const logistic = (value: number) => 1 / (1 + Math.exp(-value));

/**
 * Reads what the network says of a picture: in each cell of 32 x 32 pixels, of five shapes, where the middle of a box lies in the
 * cell and how large it is (Redmon & Farhadi 2017, "YOLO9000").
 *
 * @param plane What the network made of the picture, in red; its sides are whole cells. A cell's numbers lie in its first row.
 * @param least Boxes that are less likely are left out.
 * @returns Boxes, in no order.
 */
export function readBoxes(plane: Raster, least: number): readonly FaceBox[] {
  const { data, width } = plane;
  const [columns, rows] = [width / cell, plane.height / cell];
  const peak = peakOf(depthOf(plane));
  const boxes: FaceBox[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (const [i, [across, down]] of anchors.entries()) {
        const first = row * cell * width + column * cell + i * numbers;
        const read = (which: number) => (data[(first + which) * 4]! / peak - 0.5) * range;
        const score = logistic(read(4));
        if (score < least) continue;
        const box = { width: Math.exp(read(2)) * across, height: Math.exp(read(3)) * down };
        const [x, y] = [column + logistic(read(0)), row + logistic(read(1))];
        boxes.push({
          ...{ x: (x - box.width / 2) / columns, y: (y - box.height / 2) / rows },
          ...{ width: box.width / columns, height: box.height / rows, score },
        });
      }
  return boxes;
}

/**
 * Boxes less likely than this say nothing, not even that a face at another size is one. Of it, of the sizes looked at and of
 * what makes a face see `docs/decisions/0054-faces.md`.
 */
export const leastSeen = 0.1;

/** Of two boxes, what they have in common in parts of what either covers: from here on they are one. */
const sameOverlap = 0.4;

/** Most of the smaller of two boxes that a larger, likelier one may cover: a face is not in a face. */
const mostInside = 0.6;

/** Least sum of what tells of a face, of each size the most: one size alone never does. */
const leastEvidence = 1.4;

/**
 * The longer sides at which the network looks at a photo: the largest for small photos and for large ones, how many times a very small
 * one is enlarged at most, and shares of it.
 */
const looks = { usual: 1280, most: 1664, enlarged: 3, shares: [1, 0.7, 0.5, 0.325, 0.2] } as const;

/**
 * The sizes at which faces are looked for in a photo: at each the network sees those of some 60 to 250 pixels best.
 *
 * @param photo The photo's size.
 * @returns Sizes with whole cells, the largest first; small photos are enlarged.
 */
export function faceLevels({ width, height }: Size): readonly Size[] {
  const longest = Math.max(width, height);
  const enlarged = Math.min(looks.usual, looks.enlarged * longest);
  const largest = Math.min(looks.most, Math.max(enlarged, longest));
  const whole = (side: number) => Math.max(1, Math.round(side / cell)) * cell;
  return looks.shares.map((share) => {
    const scale = (largest * share) / longest;
    return { width: whole(width * scale), height: whole(height * scale) };
  });
}

/**
 * The faces that boxes of several sizes of a photo tell of: a face is seen at more than one of them, what only looks like one seldom is.
 *
 * @param levels The boxes of each size.
 * @returns One box for each face, the likeliest first.
 */
export function joinBoxes(levels: readonly (readonly FaceBox[])[]): readonly FaceBox[] {
  const boxes = levels.flatMap((found, level) => found.map((box) => ({ box, level })));
  let rest = boxes.sort((a, b) => b.box.score - a.box.score);
  const faces: { readonly box: FaceBox; readonly evidence: number }[] = [];
  while (rest.length > 0) {
    const { box } = rest[0]!;
    const best = new Map<number, number>();
    const others: typeof rest = [];
    for (const each of rest) {
      if (overlapOf(box, each.box) < sameOverlap) others.push(each);
      else best.set(each.level, Math.max(best.get(each.level) ?? 0, each.box.score));
    }
    const evidence = [...best.values()].reduce((sum, score) => sum + score, 0);
    if (evidence >= leastEvidence) faces.push({ box, evidence });
    rest = others;
  }
  const kept: FaceBox[] = [];
  for (const { box } of faces.sort((a, b) => b.evidence - a.evidence))
    if (kept.every((other) => insideOf(box, other) <= mostInside)) kept.push(box);
  return kept;
}

function shared(a: FaceBox, b: FaceBox): number {
  const along = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, along) * Math.max(0, down);
}

/** What two boxes have in common, in parts of what either covers. */
function overlapOf(a: FaceBox, b: FaceBox): number {
  const both = shared(a, b);
  return both / (a.width * a.height + b.width * b.height - both);
}

/** How much of the smaller of two boxes the other covers. */
function insideOf(a: FaceBox, b: FaceBox): number {
  return shared(a, b) / Math.min(a.width * a.height, b.width * b.height);
}
