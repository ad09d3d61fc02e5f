import type { Network } from '../../../src/core/plan/network';
import { ArrayLoop } from '../../../src/core/run/array-loop';
import { runBands, type BandHooks, type TileHooks } from '../../../src/core/run/bands';
import type { Plane } from '../../../src/core/picture/plane';
import type { Raster, Samples } from '../../../src/core/picture/raster';
import type { TileGrid } from '../../../src/core/plan/tiles';

/** What a whole run obeys and tells. */
export type RunHooks = TileHooks & BandHooks;

/** Hooks that do nothing. */
export const quiet: RunHooks = {
  signal: new AbortController().signal,
  onTile: () => undefined,
  onBand: () => undefined,
};

/** A whole photo on plain arrays. */
export function runTiles<S extends Samples>(
  source: Raster<S>,
  grid: TileGrid,
  network: Network,
  hooks: RunHooks = quiet,
  planes: readonly Plane[] = [],
): Promise<Raster<S>> {
  return runBands(source, grid, new ArrayLoop(grid, network, hooks), hooks, { planes });
}
