import type { Trouble } from '../../core/errors';
import { describeProblem } from '../../app/i18n/problem';
import type { Fault } from '../protocol';

/**
 * A failure of the worker's in the protocol's words.
 *
 * @param trouble What went wrong.
 * @returns Its code, and a sentence for people.
 */
export function asFault(trouble: Trouble): Fault {
  return { code: trouble.code, message: describeProblem(trouble) };
}
