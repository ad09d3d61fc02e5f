import { writeShort } from '../../core/recipe/short-form';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { Change, FrameMessage, Settings } from '../protocol';
import type { ClipWork } from './clip-work.svelte';
import type { Consent } from './consent.svelte';
import { recipeOf } from './wishes';

/** What a host is told of. */
export type Told = {
  readonly workbench: Pick<Workbench, 'photo' | 'file' | 'opening' | 'run' | 'result' | 'recipe'>;
  readonly consent: Pick<Consent, 'mayTell'>;
  readonly settings: Settings;
  /** Whether the person is being asked. */
  readonly asking: boolean;
  /** What was made of clips. */
  readonly clip: Pick<ClipWork, 'made'>;
  /** Whether another widget's run must end first. */
  readonly waiting: boolean;
};

/**
 * What the widget shows, in the protocol's words. Of a photo that the person brought, and has not pressed the
 * button for, only that there is one: also the recipe would say what was found in it.
 *
 * @param told What there is; reactive.
 * @returns A new change.
 */
export function describeChange(told: Told): Change {
  const { photo, file, recipe } = told.workbench;
  const state = stateOf(told);
  if (!told.consent.mayTell(file))
    return { state, photo: null, recipe: writeShort(recipeOf(told.settings)) };
  const facts = photo && { name: photo.name, width: photo.width, height: photo.height };
  return { state, photo: facts, recipe: writeShort(recipe) };
}

function stateOf({ workbench, asking, waiting, clip }: Told): Change['state'] {
  const { photo, opening, run, result } = workbench;
  if (opening) return 'opening';
  if (asking) return 'asking';
  if (run) return waiting ? 'waiting' : 'running';
  if (result || clip.made) return 'done';
  return photo ? 'open' : 'empty';
}

/**
 * Tells the host what changes and how far a run is, from now on.
 *
 * @param told What there is; reactive.
 * @param send Says something to the host.
 * @returns Ends it.
 */
export function tellNews(told: Told, send: (message: FrameMessage) => void): () => void {
  let before = '';
  return $effect.root(() => {
    $effect(() => {
      const change = describeChange(told);
      const text = JSON.stringify(change);
      if (text !== before) send({ type: 'change', change });
      before = text;
    });
    $effect(() => {
      const { run } = told.workbench;
      if (!run || told.waiting) return;
      const { stage, fraction, etaSeconds } = run;
      send({ type: 'progress', progress: { stage, fraction, etaSeconds } });
    });
  });
}
