import { EnhanceError, type Expected } from '../errors';

/** An object whose fields are still to be checked. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks that a value from outside is an object.
 *
 * @param value Anything.
 * @param path Its name, for the message.
 * @returns The value.
 * @throws {EnhanceError} `option-wrong`, with the path.
 */
export function asFields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(path, 'object');
  return value as Fields;
}

/**
 * Checks that a value from outside is a number in a range.
 *
 * @param value Anything.
 * @param least Smallest allowed.
 * @param most Largest allowed.
 * @param path Its name, for the message.
 * @returns The value.
 * @throws {EnhanceError} `option-wrong`, with the path.
 */
export function asBetween(value: unknown, least: number, most: number, path: string): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw wrong(path, { least, most });
}

/**
 * Checks that a value from outside is a whole number in a range.
 *
 * @param value Anything.
 * @param least Smallest allowed.
 * @param most Largest allowed.
 * @param path Its name, for the message.
 * @returns The value.
 * @throws {EnhanceError} `option-wrong`, with the path.
 */
export function asWhole(value: unknown, least: number, most: number, path: string): number {
  if (Number.isInteger(value)) return asBetween(value, least, most, path);
  throw wrong(path, { least, most, isWhole: true });
}

/**
 * Checks that a value from outside is true or false.
 *
 * @param value Anything.
 * @param path Its name, for the message.
 * @returns The value.
 * @throws {EnhanceError} `option-wrong`, with the path.
 */
export function asBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong(path, 'boolean');
}

/**
 * Checks that a value from outside is one of a list.
 *
 * @param value Anything.
 * @param all What is allowed.
 * @param path Its name, for the message.
 * @returns The value.
 * @throws {EnhanceError} `option-wrong`, with the path.
 */
export function asOneOf<T extends string | number>(
  value: unknown,
  all: readonly T[],
  path: string,
): T {
  const found = all.find((each) => each === value);
  if (found === undefined) throw wrong(path, { oneOf: all });
  return found;
}

/**
 * What to throw where a value from outside is none of what is allowed.
 *
 * @param path The value's name.
 * @param expected What it must be.
 * @returns The error, to be thrown.
 */
export function wrong(path: string, expected: Expected): EnhanceError {
  return new EnhanceError('option-wrong', { path, expected });
}
