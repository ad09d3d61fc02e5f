import { gatherPicture } from '../../core/picture/picture';
import { depthOf, type Raster } from '../../core/picture/raster';
import { chooseTile } from '../../core/plan/tile-size';
import type { Search } from '../../core/recipe/kinds';
import { chooseCard } from '../../models/catalog';
import { capabilitiesOf } from '../engine/machine';
import type { OwnerOptions } from '../protocol';
import { PictureBands } from './picture-bands';
import { ProvenEngine, type EngineTools } from './proven-engine';
import type { SiteModels } from './site-models';

/** What a search is made with. */
export type SearchParts = Pick<EngineTools, 'host' | 'turns' | 'trials'> & {
  readonly models: SiteModels;
  readonly options: Pick<OwnerOptions, 'backend' | 'tile'>;
};

/** What a search obeys and tells. */
export type SearchHooks = {
  readonly signal: AbortSignal;
  /** So much of the work is done, 0..1; files that must be fetched come before it. */
  readonly onShare?: (share: number) => void;
};

/**
 * Lets a network look for something in a picture. More urgent work goes first, between two of its tiles.
 *
 * @param input Only read.
 * @param task What is looked for.
 * @param parts What the search is made with.
 * @param hooks Cancel, at the end of the present tile, and progress.
 * @returns The network's plane as a gray picture of the input's size and depth; owned by the caller.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} `model-not-offered` where this site has no network for it; what cannot be helped.
 */
export async function searchPlane(
  input: Raster,
  task: Search,
  parts: SearchParts,
  { signal, onShare = ignore }: SearchHooks,
): Promise<Raster> {
  const { host, models, trials, turns, options } = parts;
  const [found, catalog] = await Promise.all([host.identify(options.backend), models.catalog()]);
  const model = chooseCard(catalog, { task, scale: 1, variant: 'faithful' }, 'fast');
  const depth = depthOf(input);
  // Half precision has too few bits for 16: its file is not fetched.
  const machine = { ...found, hasF16: found.hasF16 && depth === 8 };
  const supply = { signal, onFraction: ignore, onUnkept: ignore };
  const files = await models.supply([model], machine, supply);
  signal.throwIfAborted();
  const tools: EngineTools = {
    ...{ host, trials, turns, files, lane: 'look' },
    ...{ choice: options.backend, tile: options.tile },
  };
  const tile = options.tile || chooseTile(model, capabilitiesOf(machine), null);
  const plan = { model, controls: [], wraps: false, step: { amount: 1 } };
  const picture = new PictureBands(
    { input, plan, planes: [], centre: { x: 0, y: 0 } },
    { onPixels: ignore, onAnew: ignore },
  );
  let done = 0;
  const engine = new ProvenEngine(
    tools,
    { model, tile, depth },
    {
      signal,
      onNote: ignore,
      onStart: (share) => onShare((done = share)),
      onTile: (share) => onShare((done = Math.min(1, done + share))),
    },
  );
  await engine.run(picture);
  return gatherPicture(picture.output);
}

function ignore(): void {}
