import { EnhanceError, type EnhanceCode } from '../core/errors';
import { sayProblem } from './words';

/**
 * An expected failure, in words; exported as `EnhanceError`. Its own class, because the code is promised
 * and the problems behind it are not.
 */
export class PublicError extends Error {
  override readonly name = 'EnhanceError';

  /**
   * @param code Which failure.
   * @param message For people: what happened, what is kept, what to do next.
   * @param detail Facts, as plain values.
   */
  constructor(
    readonly code: EnhanceCode,
    message: string,
    readonly detail?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

/**
 * What a page is to catch.
 *
 * @param error What was thrown.
 * @returns An `EnhanceError` of core in the package's words; anything else itself.
 */
export function asPublic(error: unknown): unknown {
  if (!(error instanceof EnhanceError)) return error;
  const { code, facts } = error;
  return new PublicError(
    code,
    sayProblem(error),
    Object.keys(facts).length > 0 ? facts : undefined,
  );
}

/**
 * Does a page's work.
 *
 * @param work What to do.
 * @returns What `work` gives.
 * @throws {PublicError} What `work` fails with, as {@link asPublic} says it.
 */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asPublic(error);
  }
}
