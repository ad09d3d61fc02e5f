/** How large a host's data may be: nothing of ours is near it. */
const limits = { depth: 12, values: 5_000, characters: 10_000 };

/** Made once: an error notes where it was made, which costs more than most copies. */
const refusal = new Error('refused');

/**
 * Copies data as JSON has it, and bytes.
 *
 * @param value Anything that was sent: objects and lists, also with circles in them.
 * @returns A copy that belongs to nobody else, with bytes as they are; undefined where something else is in
 *   it (a BigInt, a date, a picture), or far too much, as in a circle.
 */
export function copyPlain(value: unknown): unknown {
  let left = limits.values;
  const copy = (each: unknown, depth: number): unknown => {
    if (depth > limits.depth || --left < 0) throw refusal;
    if (each === null || ['undefined', 'number', 'boolean'].includes(typeof each)) return each;
    if (typeof each === 'string' && each.length <= limits.characters) return each;
    if (each instanceof Uint8Array) return each;
    if (Array.isArray(each)) return Array.from(each, (item) => copy(item, depth + 1));
    if (typeof each !== 'object' || Object.getPrototypeOf(each) !== Object.prototype) throw refusal;
    const entries = Object.entries(each).map(([name, item]) => [name, copy(item, depth + 1)]);
    return Object.fromEntries(entries) as unknown;
  };
  try {
    return copy(value, 0);
  } catch {
    return undefined;
  }
}

/**
 * Whether two values are the same.
 *
 * @param a Plain data, see {@link copyPlain}.
 * @param b The same.
 * @returns True where all that is in them is equal, in the same order.
 */
export function isSamePlain(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) return isSameBytes(a, b);
  const left: [string, unknown][] = Object.entries(a);
  const right: [string, unknown][] = Object.entries(b);
  if (left.length !== right.length || Array.isArray(a) !== Array.isArray(b)) return false;
  return left.every(([name, value], i) => {
    const [otherName, other] = right[i]!;
    return name === otherName && isSamePlain(value, other);
  });
}

function isSameBytes(a: object, b: object): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.length !== b.length) return false;
  return a.every((byte, i) => byte === b[i]);
}
