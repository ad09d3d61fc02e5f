import type { Trouble } from '../../../core/errors';
import { isWorthRetry } from '../photo/retry';

/**
 * Whose fault it is that a photo failed.
 *
 * @param trouble What went wrong.
 * @param trouble.problem Its name.
 * @param trouble.code Its code.
 * @returns `mayTryAgain`: it may go well the next time, with all the room there is; `isForAll`: it would fail for all others, too.
 */
export function judgeTrouble({ problem, code }: Trouble): {
  readonly mayTryAgain: boolean;
  readonly isForAll: boolean;
} {
  const isOfOthers = ['worker-died', 'photo-missing', 'cancelled'].includes(problem);
  const isForAll = isWorthRetry(problem);
  return { mayTryAgain: isOfOthers || isForAll || code === 'out-of-memory', isForAll };
}
