import { getContext } from 'svelte';
import type { EnhancerClient } from '../../platform/enhancer-client';
import { DetailLoader } from './detail-loader';
import { Layers } from './layers.svelte';
import { StageView } from './stage-view.svelte';
import { Workbench } from './workbench.svelte';

/** What a photo lies on: all that the components of the stage and the recipe need, in app and embed. */
export type Easel = {
  readonly enhancer: EnhancerClient;
  readonly view: StageView;
  readonly layers: Layers;
  readonly details: DetailLoader;
  readonly workbench: Workbench;
};

/** The context key under which a page's entry passes its {@link Easel}; in the app it is the desk. */
export const easelKey = Symbol('easel');

/**
 * Sets up an easel.
 *
 * @param enhancer The page's end of the worker.
 * @param mayPrepare Whether models may be loaded before they are asked for.
 * @returns The parts, connected.
 */
export function createEasel(enhancer: EnhancerClient, mayPrepare: () => boolean): Easel {
  const view = new StageView();
  const layers = new Layers();
  const details = new DetailLoader(enhancer, view, layers);
  const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const workbench = new Workbench({ enhancer, view, layers, details, reducedMotion, mayPrepare });
  return { enhancer, view, layers, details, workbench };
}

/**
 * The shared state of stage and recipe, for a component while it is being initialised.
 *
 * @returns What the page's entry passed.
 */
export function useEasel(): Easel {
  return getContext<Easel>(easelKey);
}
