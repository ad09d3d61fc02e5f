import type { Validator } from '../validator';

/** What moves after a run, without another: how the result is shown and saved. */
export type Finish = {
  /** 0 = a plain resample of the original, 1 = the networks' result. */
  readonly strength: number;
};

/** The result as it is. */
export const defaultFinish: Finish = { strength: 1 };

/**
 * Checks a finish that came from outside.
 *
 * @param value Anything; what is left out is as in {@link defaultFinish}.
 * @param path Where it lies.
 * @param check Makes the errors.
 * @returns A new, typed finish.
 * @throws {Error} What `check` makes of the path of what is wrong.
 */
export function parseFinish(value: unknown, path: string, check: Validator): Finish {
  const { strength } = check.object(value, path, ['strength']);
  return { strength: check.between(strength ?? 1, [0, 1], `${path}.strength`) };
}
