import { raisePlane, reduceByMeans, searchFactor } from '../../core/findings/damage';
import { depthOf, type Raster } from '../../core/picture/raster';
import { chooseTile } from '../../core/plan/tile-size';
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
 * Looks for damage in a photo: scratches, cracks, dust, hair, stains. The network sees a large photo reduced (see
 * `searchFactor`); more urgent work goes first, between two of its tiles.
 *
 * @param photo Only read.
 * @param parts What the search is made with.
 * @param hooks Cancel, at the end of the present tile, and progress.
 * @returns How likely each pixel is damaged, 0..255, row by row; owned by the caller.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} `model-not-offered` where this site has no network for it; what cannot be helped.
 */
export async function findDamage(
  photo: Raster,
  parts: SearchParts,
  { signal, onShare = ignore }: SearchHooks,
): Promise<Uint8Array> {
  const { host, models, trials, turns, options } = parts;
  const [found, catalog] = await Promise.all([host.identify(options.backend), models.catalog()]);
  const model = chooseCard(catalog, { task: 'find-damage', scale: 1, variant: 'faithful' }, 'fast');
  const depth = depthOf(photo);
  // Half precision has too few bits for 16: its file is not fetched.
  const machine = { ...found, hasF16: found.hasF16 && depth === 8 };
  const supply = { signal, onFraction: ignore, onUnkept: ignore };
  const files = await models.supply([model], machine, supply);
  signal.throwIfAborted();
  const factor = searchFactor(photo);
  const input = reduceByMeans(photo, factor);
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
  return raisePlane(firstPlane(picture.output), photo, factor);
}

/** The red of a gray picture, in 8 bits. */
function firstPlane({ data, width, height }: Raster): Uint8Array {
  const plane = new Uint8Array(width * height);
  const shift = data instanceof Uint16Array ? 8 : 0;
  for (let i = 0; i < plane.length; i++) plane[i] = data[i * 4]! >> shift;
  return plane;
}

function ignore(): void {}
