import { undoCosts } from '../fading/undo';
import { healCosts } from '../heal/heal';
import { takeOutCosts } from '../pattern/take-out';
import type { Size } from '../picture/rect';
import type { FilterKind } from '../recipe/kinds';
import { reductionFor, searchMs, type Shake } from '../shake/find';
import { takeBackCosts } from '../shake/take-back';

/** What arithmetic of our own takes. */
export type FilterCosts = {
  /** Expected time. */
  readonly ms: number;
  /** Bytes that it works in besides whole pictures. */
  readonly bytes: number;
  /** Pixels on every side that a pixel is made from. */
  readonly reach: number;
};

/** What is known of a photo that its filters' costs depend on. */
export type FilterFacts = {
  /** Null for none, undefined where it was not looked for. */
  readonly shake: Shake | null | undefined;
  /** How much of the photo is marked as damaged, 0..1. */
  readonly damaged: number;
};

/** Milliseconds for a pixel that is blended. */
const msAMixed = 2e-5;

/** Side of a kernel that is reckoned with before one was found. */
const usualKernel = 31;

/**
 * What a filter takes.
 *
 * @param step The filter.
 * @param source Size of its input.
 * @param facts What is known of the photo.
 * @returns Its costs.
 */
export function filterCosts(step: FilterKind, source: Size, facts: FilterFacts): FilterCosts {
  switch (step.filter) {
    case 'shake':
      return shakeCosts(source, facts.shake);
    case 'heal':
      return healCosts(source, facts.damaged);
    case 'pattern':
      return takeOutCosts(source);
    case 'colours':
      return undoCosts(source);
    case 'mix':
      return { ms: source.width * source.height * msAMixed, bytes: 0, reach: 0 };
  }
}

/** A shake that was not looked for is reckoned with in bytes; in time only the search, which mostly finds none. */
function shakeCosts(source: Size, shake: Shake | null | undefined): FilterCosts {
  if (shake) return takeBackCosts(source, { side: shake.kernel.side, factor: shake.factor });
  const costs = takeBackCosts(source, { side: usualKernel, factor: reductionFor(source) });
  return { ...costs, ms: searchMs(source) };
}
