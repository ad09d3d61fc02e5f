import { onnxTypes, type OnnxAttribute, type OnnxNode, type OnnxTensor } from './onnx-model';
import { writeOnnx } from './onnx-writing';

/** Writes a graph step by step, and names what is in it. */
export class GraphWriter {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, OnnxTensor>();

  /**
   * Adds a step.
   *
   * @param op What it does, as ONNX calls it.
   * @param inputs Names of values; empty for none.
   * @param attributes Its own.
   * @returns Its result's name.
   */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    const name = `v${this.#nodes.length}`;
    const entries = new Map(Object.entries(attributes));
    this.#nodes.push({ op, domain: '', inputs, outputs: [name], attributes: entries });
    return name;
  }

  /**
   * Adds fractions.
   *
   * @param values Them, in row-major order; now the graph's.
   * @param dims Their sides; none for a single number.
   * @returns Their name.
   */
  constant(values: Float32Array, dims: readonly number[]): string {
    const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return this.#keep({ dims, type: onnxTypes.float, data });
  }

  /**
   * Adds whole numbers, of 64 bits, as steps take them for places and sides.
   *
   * @param values Them.
   * @returns Their name.
   */
  wholes(...values: readonly number[]): string {
    const data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#keep({ dims: [values.length], type: onnxTypes.int64, data });
  }

  /**
   * Writes the file: the last step's result is the network's.
   *
   * @param from Planes of the picture.
   * @param to Planes of the result.
   * @returns A whole ONNX file.
   */
  protected write(from: number, to: number): Uint8Array<ArrayBuffer> {
    const last = this.#nodes.at(-1)!;
    const type = onnxTypes.float;
    return writeOnnx({
      opset: 13,
      nodes: [...this.#nodes.slice(0, -1), { ...last, outputs: ['enhanced'] }],
      constants: this.#constants,
      inputs: [{ name: 'image', type, dims: [1, from, 'h', 'w'] }],
      outputs: [{ name: 'enhanced', type, dims: [1, to, null, null] }],
    });
  }

  #keep(tensor: OnnxTensor): string {
    const name = `c${this.#constants.size}`;
    this.#constants.set(name, tensor);
    return name;
  }
}

/**
 * A step's whole number.
 *
 * @param value It.
 * @returns As an attribute.
 */
export const int = (value: number): OnnxAttribute => ({ kind: 'int', value });

/**
 * Whole numbers of a step.
 *
 * @param value They.
 * @returns As an attribute.
 */
export const ints = (...value: number[]): OnnxAttribute => ({ kind: 'ints', value });

/**
 * A step's fraction.
 *
 * @param value It.
 * @returns As an attribute.
 */
export const float = (value: number): OnnxAttribute => ({ kind: 'float', value });

/**
 * A step's word.
 *
 * @param value It.
 * @returns As an attribute.
 */
export const words = (value: string): OnnxAttribute => ({
  kind: 'text',
  value: new TextEncoder().encode(value),
});
