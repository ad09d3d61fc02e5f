/** An object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Thrown by the checks at the first field that does not fit, and never seen outside of {@link attempt}. */
const refusal = new Error('refused');

/** Refuses the message that is being read. */
export function refuse(): never {
  throw refusal;
}

/**
 * Reads a message.
 *
 * @param read Checks it.
 * @returns What it gives, or null where anything of the message does not fit.
 */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/**
 * An object that is no list.
 *
 * @param value Anything.
 * @returns The object itself.
 */
export function fields(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Fields) : refuse();
}

/**
 * One of some values.
 *
 * @param value Anything.
 * @param all The values.
 * @returns The value.
 */
export function oneOf<T>(value: unknown, all: readonly T[]): T {
  return all.includes(value as T) ? (value as T) : refuse();
}

/**
 * Text.
 *
 * @param value Anything.
 * @param longest Most characters.
 * @returns The text.
 */
export function text(value: unknown, longest: number): string {
  return typeof value === 'string' && value.length <= longest ? value : refuse();
}

/**
 * A name of the frame's: a newer one may know others, which are the page's to leave alone.
 *
 * @param value Anything.
 * @returns The name: a to z and hyphens, at most 40.
 */
export function word<T extends string>(value: unknown): T {
  return /^[a-z-]+$/.test(text(value, 40)) ? (value as T) : refuse();
}

/**
 * A number of a range.
 *
 * @param value Anything.
 * @param least The smallest that fits.
 * @param most The largest that fits.
 * @returns The number.
 */
export function number(value: unknown, least: number, most: number): number {
  return typeof value === 'number' && value >= least && value <= most ? value : refuse();
}

/**
 * A whole number from 0 on, which a double holds exactly.
 *
 * @param value Anything.
 * @returns The number.
 */
export function whole(value: unknown): number {
  return Number.isSafeInteger(value) ? number(value, 0, Infinity) : refuse();
}

/**
 * True or false.
 *
 * @param value Anything.
 * @returns The value.
 */
export function flag(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse();
}

/**
 * A file, or bytes like one.
 *
 * @param value Anything.
 * @returns The blob itself.
 */
export function blob(value: unknown): Blob {
  return value instanceof Blob ? value : refuse();
}

/**
 * A value or null.
 *
 * @param value Anything.
 * @param read Checks what is not null.
 * @returns What it gives, or null.
 */
export function optional<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}
