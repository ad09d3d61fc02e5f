import type { Recipe } from '../../../core/recipe/recipe';
import type { Suggestion } from '../../../core/findings/suggest';
import type { OwnerCalls } from '../../../worker/client';
import { lookCloser } from '../../../worker/opening';
import type { OpenedPhoto } from '../../../worker/protocol';

/** What of the workbench a closer look reads and changes. */
export type LookedAtBench = {
  photo: OpenedPhoto | null;
  isSearching: boolean;
  readonly suggestion: Suggestion | null;
  readonly isAsSuggested: boolean;
  /** Whether a run waits for it. */
  readonly isWaiting: boolean;
  readonly run: object | null;
  readonly result: object | null;
  ask(recipe: Recipe): Promise<void>;
};

/**
 * Looks for a shake in a soft photo, which takes seconds; what that suggests is asked for, unless the person
 * has chosen otherwise, or has begun.
 *
 * @param enhancer Looks.
 * @param bench Where the photo lies.
 * @param photo The photo, as it was opened; where another lies there by the end, nothing changes.
 */
export async function followShake(
  enhancer: Pick<OwnerCalls, 'findShake'>,
  bench: LookedAtBench,
  photo: OpenedPhoto,
): Promise<void> {
  const reply = await lookCloser(enhancer, photo);
  const { photo: present } = bench;
  if (photo.id !== present?.id) return;
  bench.isSearching = false;
  if (!reply.ok || reply.value.shake === 0) return;
  const { isAsSuggested } = bench;
  // The photo may be in another frame by now, and that measured.
  const analysis = { ...present.analysis, shake: reply.value.shake };
  bench.photo = { ...present, analysis };
  const isToCome = bench.isWaiting || (!bench.run && !bench.result);
  if (isAsSuggested && isToCome && bench.suggestion) await bench.ask(bench.suggestion.recipe);
}
