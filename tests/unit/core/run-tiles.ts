import type { Network } from '../../../src/core/plan/network';
import { ArrayLoop } from '../../../src/core/run/array-loop';
import {
  runBands,
  type BandHooks,
  type BandRunner,
  type TileHooks,
} from '../../../src/core/run/bands';
import type { Plane } from '../../../src/core/picture/plane';
import type { Raster, Samples } from '../../../src/core/picture/raster';
import { Spares } from '../../../src/core/picture/spares';
import type { TileGrid } from '../../../src/core/plan/tiles';

/** What a whole run obeys and tells. */
export type RunHooks = TileHooks & BandHooks;

/** Hooks that do nothing. */
export const quiet: RunHooks = {
  signal: new AbortController().signal,
  onTile: () => undefined,
  onBand: () => undefined,
};

/**
 * A runner whose results go round, as between two threads; what waits is soiled, so that a result which is not written
 * whole shows it.
 */
export function circulate(runner: BandRunner): BandRunner {
  const spares = new Spares();
  return {
    run: (band, patch) => runner.run(band, patch, spares.take()),
    giveBack(pixels) {
      new Uint8Array(pixels.buffer).fill(0xa5);
      spares.give(pixels);
    },
  };
}

/** A whole photo on plain arrays. */
export function runTiles<S extends Samples>(
  source: Raster<S>,
  grid: TileGrid,
  network: Network,
  hooks: RunHooks = quiet,
  planes: readonly Plane[] = [],
): Promise<Raster<S>> {
  const runner = circulate(new ArrayLoop(grid, network, hooks));
  return runBands(source, grid, runner, hooks, { planes });
}
