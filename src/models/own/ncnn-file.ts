import { damaged, unsupported } from './refusals';
import { floatsOf } from './weights';

/** What the text of a network begins with. */
const magic = '7767517';
/** Most bytes of that text, and most steps of it. */
const mostTextBytes = 2e6;
const mostLayers = 20_000;

/** A step of a network. */
export type NcnnLayer = {
  /** What it does, "Convolution". */
  readonly type: string;
  /** Names of the values that it takes, and of those that it makes. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** A parameter's numbers by its own; one, or of a list all. */
  readonly parameters: ReadonlyMap<number, readonly number[]>;
};

/** A network as its two files say it. */
export type NcnnFile = {
  readonly layers: readonly NcnnLayer[];
  readonly weights: NcnnWeights;
};

/**
 * Whether a file begins as the text of a network does.
 *
 * @param bytes The file.
 * @returns Whether it may be one.
 */
export function looksLikeNcnn(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, magic.length)) === magic;
}

/**
 * Reads ncnn's `.param` and `.bin`, one behind the other with a zero between, as they are put together where they are brought. Source:
 * ncnn's documentation ("param and model file structure").
 *
 * @param bytes Both.
 * @param name The first one's name.
 * @returns The network; its weights are read from `bytes` as they are asked for.
 * @throws {EnhanceError} `own-model-damaged`; `own-model-unsupported` where the second one is not there.
 */
export function readNcnn(bytes: Uint8Array, name: string): NcnnFile {
  const end = bytes.indexOf(0);
  if (end < 0) throw unsupported('elsewhere', name.replace(/(\.\w+)?$/, '.bin'));
  if (end > mostTextBytes) throw damaged('param');
  const [first, counts, ...lines] = new TextDecoder()
    .decode(bytes.subarray(0, end))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [count = 0] = (counts ?? '').split(/\s+/).map(Number);
  if (first !== magic || count !== lines.length || count > mostLayers) throw damaged('param');
  return { layers: lines.map(readLayer), weights: new NcnnWeights(bytes.subarray(end + 1)) };
}

function readLayer(line: string): NcnnLayer {
  const [type = '', name = '', ...rest] = line.split(/\s+/);
  const [from, to] = [Number(rest[0]), Number(rest[1])];
  if (!(from >= 0 && to >= 0 && 2 + from + to <= rest.length)) throw damaged(name || 'param');
  const inputs = rest.slice(2, 2 + from);
  const outputs = rest.slice(2 + from, 2 + from + to);
  const parameters = new Map<number, readonly number[]>();
  for (const text of rest.slice(2 + from + to)) {
    const [key, values] = text.split('=');
    const numbers = (values ?? '').split(',').map(Number);
    // A list has its length first, and its number is told as far below zero.
    const [place, isList] = [Number(key), Number(key) <= listed];
    if (!Number.isInteger(place) || !numbers.every(Number.isFinite)) throw damaged(name);
    parameters.set(isList ? listed - place : place, isList ? numbers.slice(1) : numbers);
  }
  return { type, inputs, outputs, parameters };
}

const listed = -23300;

/** What stands before numbers of 16 bits, and before such of 32; nothing does before others of 32. */
const halves = 0x01306b47;
const scaled = 0x0002c056;

/** The numbers of a network, in the order in which its steps take them. */
export class NcnnWeights {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Whether some were of 16 bits. */
  hasHalves = false;
  /** How many were taken. */
  params = 0;

  /** @param bytes Of the file. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all were taken. */
  get isEmpty(): boolean {
    return this.#at === this.#bytes.length;
  }

  /**
   * Takes a step's weights, which say themselves how they are written.
   *
   * @param count How many.
   * @returns A copy, owned by the caller.
   * @throws {EnhanceError} `own-model-damaged` where there are fewer, or one is no number; `own-model-unsupported` of 8 bits.
   */
  takeTagged(count: number): Float32Array<ArrayBuffer> {
    const tag = this.#next(4);
    const kind = new DataView(tag.buffer, tag.byteOffset).getUint32(0, true);
    if (kind !== halves) {
      if (kind !== 0 && kind !== scaled) throw unsupported('operator', 'ncnn int8');
      return this.take(count);
    }
    this.hasHalves = true;
    const values = this.#floats('f16', this.#next(2 * count), count);
    this.#next((2 * count) % 4);
    return values;
  }

  /**
   * Takes numbers of 32 bits.
   *
   * @param count How many.
   * @returns A copy, owned by the caller.
   * @throws {EnhanceError} `own-model-damaged` where there are fewer, or one is no number.
   */
  take(count: number): Float32Array<ArrayBuffer> {
    return this.#floats('f32', this.#next(4 * count), count);
  }

  #floats(type: 'f16' | 'f32', data: Uint8Array, count: number): Float32Array<ArrayBuffer> {
    const values = floatsOf({ type, dims: [count], data }, 'bin');
    if (!values.every(Number.isFinite)) throw damaged('bin: NaN');
    this.params += count;
    return values;
  }

  #next(count: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.#at, this.#at + count);
    if (!Number.isSafeInteger(count) || bytes.length !== count) throw damaged('bin');
    this.#at += count;
    return bytes;
  }
}
