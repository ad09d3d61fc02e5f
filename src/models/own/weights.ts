import { fromHalf } from '../../core/half';
import { damaged, unsupported } from './refusals';

/** Types of numbers in files of weights, and the bytes of each. */
export const bytesOf = {
  ...{ f64: 8, f32: 4, f16: 2, bf16: 2 },
  ...{ i64: 8, i32: 4, i16: 2, i8: 1, u8: 1, bool: 1 },
} as const;

/** One of them. */
export type NumberType = keyof typeof bytesOf;

/** A tensor as it lies in a file. */
export type WeightTensor = {
  readonly type: NumberType;
  readonly dims: readonly number[];
  /** Little-endian, in row-major order; belongs to the file. */
  readonly data: Uint8Array;
};

/** Tensors by name. */
export type WeightTable = Map<string, WeightTensor>;

/**
 * The number of values.
 *
 * @param dims Sides of a tensor.
 * @returns Their product; 1 of none.
 */
export const countOf = (dims: readonly number[]): number =>
  dims.reduce((all, side) => all * side, 1);

/**
 * A tensor's values.
 *
 * @param tensor The tensor.
 * @param name For the refusal.
 * @returns A copy, owned by the caller.
 * @throws {EnhanceError} `own-model-unsupported` where they are no fractions.
 */
export function floatsOf({ type, data }: WeightTensor, name: string): Float32Array<ArrayBuffer> {
  const count = data.length / bytesOf[type];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = new Float32Array(count);
  switch (type) {
    case 'f32':
      new Uint8Array(values.buffer).set(data);
      break;
    case 'f64':
      for (let at = 0; at < count; at++) values[at] = view.getFloat64(at * 8, true);
      break;
    case 'f16':
      for (let at = 0; at < count; at++) values[at] = fromHalf(view.getUint16(at * 2, true));
      break;
    case 'bf16': {
      const bits = new Uint32Array(values.buffer);
      for (let at = 0; at < count; at++) bits[at] = view.getUint16(at * 2, true) << 16;
      break;
    }
    default:
      throw unsupported('unknown-network', `${name}: ${type}`);
  }
  return values;
}

/** Hands out each tensor once, and keeps those that nobody took: the memory of what was taken is free. */
export class Weights {
  readonly #left: WeightTable;

  /** @param table The file's tensors; now this object's, which empties it. */
  constructor(table: WeightTable) {
    this.#left = table;
  }

  /** Names of the tensors that are left. */
  get names(): IterableIterator<string> {
    return this.#left.keys();
  }

  /** How many numbers are left. */
  get params(): number {
    return [...this.#left.values()].reduce((count, { dims }) => count + countOf(dims), 0);
  }

  /** Whether one that is left is of 16 bits. */
  get hasHalves(): boolean {
    return [...this.#left.values()].some(({ type }) => type === 'f16' || type === 'bf16');
  }

  /**
   * Whether there is a tensor.
   *
   * @param name Its name.
   * @returns Whether it is there and nobody took it.
   */
  has(name: string): boolean {
    return this.#left.has(name);
  }

  /**
   * The sides of a tensor.
   *
   * @param name Its name.
   * @returns Its dims; of one that is not left none.
   */
  dims(name: string): readonly number[] {
    return this.#left.get(name)?.dims ?? [];
  }

  /**
   * Leaves a tensor out: what is there for training only.
   *
   * @param name Its name; may be missing.
   */
  leave(name: string): void {
    this.#left.delete(name);
  }

  /**
   * Takes a tensor's values.
   *
   * @param name Its name.
   * @param dims What its sides must be.
   * @returns A copy, owned by the caller.
   * @throws {EnhanceError} `own-model-unsupported` where it is missing, or of other sides; `own-model-damaged` where a value is no number.
   */
  take(name: string, dims: readonly number[]): Float32Array<ArrayBuffer> {
    const tensor = this.#left.get(name);
    if (!tensor) throw unsupported('unknown-network', name);
    if (tensor.dims.join() !== dims.join())
      throw unsupported('unknown-network', `${name} ${tensor.dims.join('×')}`);
    this.#left.delete(name);
    const values = floatsOf(tensor, name);
    if (!values.every(Number.isFinite)) throw damaged(`${name}: NaN`);
    return values;
  }
}
