import { lineStep, unknownStep, type Steps } from './steps';

/** Sides of cells that are looked for, in pixels. */
const sides = { least: 2, most: 16 };

/** A step counts up to so many levels, so that a few strong edges do not outvote many. */
const mostStep = 64;

/** Levels that the steps between cells have on average, at least: fainter ones are JPEG's blocks. */
const leastStep = 4;

/**
 * How much stronger the steps between cells are than those within, at least: 1.6 at most on photos. Blocks of 8 pixels, and
 * of what 8 divides or is divided by, are JPEG's as well, whose steps are up to three times as strong.
 */
const leastContrast = { plain: 1.75, quarter: 2.4, block: 4.5 };

/** Levels by which steps within cells are held to differ, so that none divides by nothing. */
const evenWithin = 0.25;

/**
 * The side of the cells that a picture is made of where its pixels were repeated, as those of pixel art and of
 * screenshots on dense screens are: along both axes all edges lie on one grid. Losses do not hide it.
 *
 * @param steps Of every window of the picture, along rows and columns.
 * @returns Pixels, 2..16; null where there is no such grid.
 */
export function findPixelSide(steps: readonly Steps[]): number | null {
  const sums = { x: countPhases(steps, 'x'), y: countPhases(steps, 'y') };
  let [best, most] = [null as number | null, 0];
  for (let side = sides.least; side <= sides.most; side++) {
    const contrast = Math.min(contrastOf(sums.x, side), contrastOf(sums.y, side));
    if (contrast < leastOf(side) || contrast <= most) continue;
    [best, most] = [side, contrast];
  }
  return best;
}

function leastOf(side: number): number {
  if (side % 8 === 0) return leastContrast.block;
  return side % 4 === 0 ? leastContrast.quarter : leastContrast.plain;
}

type Phases = { readonly sums: Float64Array; readonly counts: Float64Array };

/** Steps by `[side * most + their place modulo that side]`. */
function countPhases(steps: readonly Steps[], axis: Steps['axis']): Phases {
  const bins = (sides.most + 1) * sides.most;
  const phases = { sums: new Float64Array(bins), counts: new Float64Array(bins) };
  for (const each of steps) {
    if (each.axis !== axis) continue;
    const { length, values, window } = each;
    const [sums, counts] = [new Float64Array(length), new Float64Array(length)];
    for (let line = 0; line < values.length; line += length)
      for (let i = 0; i < length; i++) {
        const step = values[line + i]!;
        if (step === unknownStep) continue;
        sums[i]! += Math.min(step, mostStep);
        counts[i]! += lineStep;
      }
    const start = window[axis] + 1;
    for (let side = sides.least; side <= sides.most; side++)
      for (let i = 0; i < length; i++) {
        const bin = side * sides.most + ((start + i) % side);
        phases.sums[bin]! += sums[i]! * lineStep;
        phases.counts[bin]! += counts[i]!;
      }
  }
  return phases;
}

/** How much stronger the steps at one place modulo a side are than those at the others; 0 where they are faint. */
function contrastOf({ sums, counts }: Phases, side: number): number {
  const first = side * sides.most;
  const means = Array.from(
    { length: side },
    (_, i) => sums[first + i]! / Math.max(1, counts[first + i]!),
  );
  const strongest = Math.max(...means);
  if (strongest < leastStep) return 0;
  const others = (means.reduce((sum, mean) => sum + mean, 0) - strongest) / (side - 1);
  return strongest / (others + evenWithin);
}
