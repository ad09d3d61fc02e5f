import { EnhanceError, type Expected } from './errors';

/** An object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks values that came from outside, and names the path of what is wrong.
 *
 * Every method gives its value back, typed, and throws what its owner makes of a path and of what must be
 * there.
 */
export class Validator {
  /**
   * The error for a value that does not fit.
   *
   * @param path Where it lies.
   * @param expected What must be there.
   */
  readonly wrong: (path: string, expected: Expected) => Error;

  /** @param wrong Makes the error; see {@link Validator.wrong}. */
  constructor(wrong: (path: string, expected: Expected) => Error) {
    this.wrong = wrong;
  }

  /**
   * An object that is no list.
   *
   * @param value Anything.
   * @param path Where it lies.
   * @param known Names of its fields; any by default.
   * @returns The object itself.
   */
  object(value: unknown, path: string, known?: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.wrong(path, 'object');
    for (const name of known ? Object.keys(value) : [])
      if (!known!.includes(name)) throw this.wrong(`${path}.${name}`, { names: known! });
    return value as Fields;
  }

  /**
   * A list.
   *
   * @param value Anything.
   * @param path Where it lies.
   * @param most Its largest length; any by default.
   * @returns The list itself.
   */
  list(value: unknown, path: string, most = Infinity): readonly unknown[] {
    if (!Array.isArray(value)) throw this.wrong(path, 'list');
    if (value.length > most) throw this.wrong(path, { mostItems: most });
    return value;
  }

  /**
   * Text that is not empty.
   *
   * @param value Anything.
   * @param path Where it lies.
   * @returns The text.
   */
  text(value: unknown, path: string): string {
    if (typeof value !== 'string' || value === '') throw this.wrong(path, 'text');
    return value;
  }

  /**
   * A finite number.
   *
   * @param value Anything.
   * @param path Where it lies.
   * @returns The number.
   */
  number(value: unknown, path: string): number {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.wrong(path, 'number');
    return value;
  }

  /**
   * A number of a range.
   *
   * @param value Anything.
   * @param range Both ends belong to it.
   * @param path Where it lies.
   * @returns The number, 0 for -0, which JSON does not know.
   */
  between(value: unknown, [least, most]: readonly [number, number], path: string): number {
    if (typeof value === 'number' && value >= least && value <= most) return value + 0;
    throw this.wrong(path, { least, most });
  }

  /**
   * A whole number that a double holds exactly.
   *
   * @param value Anything.
   * @param range The smallest that fits and, if there is one, the largest.
   * @param path Where it lies.
   * @returns The number.
   */
  whole(value: unknown, [least, most]: readonly [number, number?], path: string): number {
    const isFitting = Number.isSafeInteger(value) && (value as number) <= (most ?? Infinity);
    if (isFitting && (value as number) >= least) return (value as number) + 0;
    throw this.wrong(
      path,
      most === undefined ? { wholeFrom: least } : { least, most, isWhole: true },
    );
  }

  /**
   * True or false.
   *
   * @param value Anything.
   * @param path Where it lies.
   * @returns The value.
   */
  flag(value: unknown, path: string): boolean {
    if (typeof value === 'boolean') return value;
    throw this.wrong(path, 'boolean');
  }

  /**
   * One of some values.
   *
   * @param value Anything.
   * @param all The values.
   * @param path Where it lies.
   * @returns The value.
   */
  oneOf<T extends string | number>(value: unknown, all: readonly T[], path: string): T {
    const found = all.find((each) => each === value);
    if (found === undefined) throw this.wrong(path, { oneOf: all });
    return found;
  }
}

/** For what a caller asks for: throws an {@link EnhanceError} `option-wrong`. */
export const optionValidator = new Validator(
  (path, expected) => new EnhanceError('option-wrong', { path, expected }),
);
