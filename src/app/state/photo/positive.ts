import { withBasis } from '../../../core/recipe/basis';
import { neutralTone } from '../../../core/recipe/tone';
import type { Workbench } from './workbench.svelte';

/**
 * Shows the open photo as the positive of a negative, or as it is; its light and its crop stay.
 *
 * @param workbench Has the photo; one that is no negative of anything stays as it is.
 * @param isOn Which.
 */
export function setPositive(workbench: Workbench, isOn: boolean): void {
  const { recipe, photo, run } = workbench;
  const film = isOn ? photo?.negative?.film : undefined;
  const { negative: before, ...tone } = recipe.tone ?? neutralTone;
  if (run || film === before || (isOn && !film)) return;
  const wanted = { ...tone, ...(film && { negative: film }) };
  void workbench.ask(withBasis(recipe, { ...recipe, tone: wanted }));
}
