import { getContext } from 'svelte';
import type { EnhancerClient } from '../../platform/enhancer-client';
import type { OwnerOptions } from '../../../worker/protocol';
import { DetailLoader } from './detail-loader';
import { DriftLoader } from './drift-loader';
import { Layers } from './layers.svelte';
import { StageView } from './stage-view.svelte';
import { TintLoader } from './tint-loader';
import { Workbench } from './workbench.svelte';

/** What a photo lies on: all that the components of the stage and the recipe need, in app and embed. */
export type Easel = {
  readonly enhancer: EnhancerClient;
  readonly view: StageView;
  readonly layers: Layers;
  readonly details: DetailLoader;
  readonly drift: DriftLoader;
  readonly tint: TintLoader;
  readonly workbench: Workbench;
  /** What may run the networks, and with it what may draw a finished picture. */
  readonly backend: OwnerOptions['backend'];
  /** Opens the guide where it tells of something; not where there is no guide. */
  readonly explain?: (topic: string) => void;
};

/** The context key under which a page's entry passes its {@link Easel}; in the app it is the desk. */
export const easelKey = Symbol('easel');

/**
 * Sets up an easel.
 *
 * @param enhancer The page's end of the worker.
 * @param backend What the page's worker was started with.
 * @param mayPrepare Whether models may be loaded before they are asked for.
 * @param keepsScale Whether enlargement and finish of one photo are those of the next.
 * @param takesClips Whether clips open, too.
 * @returns The parts, connected.
 */
export function createEasel(
  enhancer: EnhancerClient,
  backend: OwnerOptions['backend'],
  mayPrepare: () => boolean,
  keepsScale: boolean,
  takesClips = false,
): Easel {
  const view: StageView = new StageView(() => workbench.finalScale);
  const layers = new Layers();
  const details = new DetailLoader(enhancer, view, layers);
  const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const workbench: Workbench = new Workbench({
    enhancer,
    view,
    layers,
    details,
    reducedMotion,
    mayPrepare,
    keepsScale,
    takesClips,
  });
  const drift = new DriftLoader(enhancer, workbench, layers);
  const tint = new TintLoader(enhancer, workbench, layers);
  return { enhancer, view, layers, details, drift, tint, workbench, backend };
}

/**
 * The shared state of stage and recipe, for a component while it is being initialised.
 *
 * @returns What the page's entry passed.
 */
export function useEasel(): Easel {
  return getContext<Easel>(easelKey);
}
