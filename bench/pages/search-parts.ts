import type { Raster } from '../../src/core/picture/raster';
import { decode } from '../../src/formats/decode';
import { createBrowserKeep } from '../../src/models/keep';
import { ModelStore } from '../../src/models/store';
import { EngineHost } from '../../src/worker/engine/host';
import { EngineTurns } from '../../src/worker/owner/engine-turns';
import type { SearchParts } from '../../src/worker/owner/plane-search';
import { SiteModels } from '../../src/worker/owner/site-models';
import { Trials } from '../../src/worker/owner/trials';

const keep = createBrowserKeep();
const options = { backend: 'wasm', tile: 0 } as const;

/** What a search is made with: the CPU, and the models of this site. */
export const parts: SearchParts = {
  ...{ host: new EngineHost(), turns: new EngineTurns(), trials: new Trials(keep), options },
  models: new SiteModels(
    new ModelStore({ keep }),
    new URL('/models/catalog.json', location.href).href,
  ),
};

/** Of a search that is not ended. */
export const { signal } = new AbortController();

/**
 * A picture.
 *
 * @param address Of its file.
 * @returns Its pixels.
 */
export async function open(address: string): Promise<Raster> {
  return (await decode(new File([await (await fetch(address)).blob()], address))).raster;
}
