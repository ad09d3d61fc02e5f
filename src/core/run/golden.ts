import { EnhanceError } from '../errors';
import type { Patch } from './bands';
import { createRaster, type Samples } from '../picture/raster';
import { magnify } from '../picture/rect';
import { outputsOf, type Geometry } from '../plan/network';
import { readRect, type Band, type TileGrid } from '../plan/tiles';

/**
 * A golden tile: one period of a picture that repeats in both directions, and the same period of what
 * a network makes of it. All that lies at least the halo away from the edge of a window must equal the
 * golden result at its place in the period, so one small file proves a window of any size.
 */
export type Golden = {
  /** RGB of one period, `goldenSide` squared. */
  readonly input: Uint8Array;
  /** The result's period, `scale` times as wide and as high: RGB, or its one plane. */
  readonly result: Uint8Array;
};

/** Period of a golden picture in pixels: every network's `multiple` divides it. */
export const goldenSide = 32;

/** Value of every plane behind R, G and B in a golden run: a network cannot tell whether one varies. */
const goldenControl = 0.25;

/**
 * Takes a golden tile's file apart.
 *
 * @param bytes The file: input, then result, both interleaved.
 * @param geometry The network's.
 * @returns Views of `bytes`.
 * @throws {EnhanceError} `golden-damaged` when the length is wrong.
 */
export function parseGolden(bytes: Uint8Array, geometry: Geometry): Golden {
  const area = goldenSide * goldenSide;
  if (bytes.length !== area * (3 + outputsOf(geometry) * geometry.scale ** 2))
    throw new EnhanceError('golden-damaged', { bytes: bytes.length });
  return { input: bytes.subarray(0, 3 * area), result: bytes.subarray(3 * area) };
}

/**
 * A grid of one tile that runs a window of the same shape as another grid's, far from any edge, in 8 bits.
 *
 * @param grid The grid whose work is to be proved.
 * @returns Its trial.
 */
export function trialGrid(grid: TileGrid): TileGrid & { readonly bands: readonly [Band] } {
  const { core, margin } = grid;
  const source = { width: core.width + 4 * margin + 4, height: core.height + 4 * margin + 4 };
  const rect = { x: 2 * margin, y: 2 * margin, ...core };
  const controls = grid.controls.map(() => goldenControl);
  const bands = [{ rect, tiles: [rect] }] as const;
  return { ...grid, source, depth: 8, bands, tileCount: 1, controls, amount: 1 };
}

/**
 * What a trial reads: the golden picture, repeated.
 *
 * @param golden The golden tile.
 * @param trial What `trialGrid` returned.
 * @returns A new patch for its one band.
 */
export function repeatGolden({ input }: Golden, trial: ReturnType<typeof trialGrid>): Patch {
  const rect = readRect(trial, trial.bands[0]);
  const raster = createRaster(rect, false);
  for (let y = 0; y < rect.height; y++)
    for (let x = 0; x < rect.width; x++) {
      const from = 3 * periodIndex(rect.x + x, rect.y + y, goldenSide);
      const to = (y * rect.width + x) * 4;
      raster.data.set(input.subarray(from, from + 3), to);
      raster.data[to + 3] = 255;
    }
  return { rect, raster, planes: [] };
}

/**
 * How far a trial's result is from the golden one.
 *
 * @param golden The golden tile.
 * @param trial What `trialGrid` returned.
 * @param pixels What its band gave, RGBA of 8 bits.
 * @returns The largest difference, in levels of 255.
 */
export function deviation(
  { result }: Golden,
  trial: ReturnType<typeof trialGrid>,
  pixels: Samples,
): number {
  const { scale } = trial.geometry;
  const outputs = outputsOf(trial.geometry);
  const { x: left, y: top, width, height } = magnify(trial.bands[0].rect, scale);
  let worst = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const expected = outputs * periodIndex(left + x, top + y, goldenSide * scale);
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < outputs; channel++) {
        const difference = Math.abs(pixels[at + channel]! - result[expected + channel]!);
        if (difference > worst) worst = difference;
      }
    }
  return worst;
}

/** Which pixel of one period a position is. */
function periodIndex(x: number, y: number, period: number): number {
  return (y % period) * period + (x % period);
}
