import { damaged, unsafe } from './refusals';
import type { NumberType } from './weights';

/** Most steps of a pickle; files of weights have some 60 a tensor. */
const mostSteps = 2_000_000;

/** A dictionary, of either kind that Python has. */
export type PickleDict = Map<unknown, PickleValue>;

/** A stretch of numbers that lies elsewhere in the file. */
export class Storage {
  /**
   * @param type Of its numbers.
   * @param key Its name in the file.
   * @param count How many numbers it claims to have.
   */
  constructor(
    readonly type: NumberType,
    readonly key: string,
    readonly count: number,
  ) {}
}

/** A tensor as a view of a storage. */
export class StoredTensor {
  /**
   * @param storage Where its numbers are.
   * @param offset Of its first, in numbers.
   * @param dims Its sides.
   * @param strides Numbers from one to the next along each side.
   */
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly dims: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** The only names that a pickle may use, and what we make of a call of each. */
class Known {
  constructor(
    readonly name: string,
    readonly make: (given: readonly PickleValue[]) => PickleValue,
    readonly type?: NumberType,
  ) {}
}

/** What a pickle of weights is made of. Tuples and lists are both arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickleValue[]
  | PickleDict
  | Storage
  | StoredTensor
  | Known;

const storages: Readonly<Record<string, NumberType>> = {
  ...{ DoubleStorage: 'f64', FloatStorage: 'f32', HalfStorage: 'f16', BFloat16Storage: 'bf16' },
  ...{ LongStorage: 'i64', IntStorage: 'i32', ShortStorage: 'i16', CharStorage: 'i8' },
  ...{ ByteStorage: 'u8', BoolStorage: 'bool' },
};

const neverMade = (name: string) => () => {
  throw damaged(`pickle: ${name}`);
};

const known: ReadonlyMap<string, Known> = new Map(
  [
    new Known('collections.OrderedDict', (given) => {
      if (given.length > 0) throw damaged('pickle: OrderedDict');
      return new Map<unknown, PickleValue>();
    }),
    new Known('torch._utils._rebuild_tensor', rebuildTensor),
    new Known('torch._utils._rebuild_tensor_v2', rebuildTensor),
    new Known('torch._utils._rebuild_parameter', ([tensor]) => {
      if (!(tensor instanceof StoredTensor)) throw damaged('pickle: parameter');
      return tensor;
    }),
    new Known('torch.Size', ([sides]) => wholes(sides, 'size')),
    ...Object.entries(storages).flatMap(([name, type]) =>
      ['torch', 'torch.cuda'].map((room) => new Known(`${room}.${name}`, neverMade(name), type)),
    ),
  ].map((each) => [each.name, each]),
);

function rebuildTensor([storage, offset, dims, strides]: readonly PickleValue[]): StoredTensor {
  if (!(storage instanceof Storage)) throw damaged('pickle: tensor');
  const [start = -1] = wholes([offset ?? null], 'offset');
  const sides = wholes(dims, 'dims');
  const steps = wholes(strides, 'strides');
  if (sides.length !== steps.length) throw damaged('pickle: strides');
  return new StoredTensor(storage, start, sides, steps);
}

function wholes(value: PickleValue | undefined, what: string): number[] {
  const isRight =
    Array.isArray(value) &&
    value.length <= 8 &&
    value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
  if (!isRight) throw damaged(`pickle: ${what}`);
  return value as number[];
}

function openStorage(id: PickleValue): Storage {
  if (!Array.isArray(id)) throw damaged('pickle: storage');
  const [word, kind, key, , count] = id;
  const type = kind instanceof Known ? kind.type : undefined;
  if (word !== 'storage' || !type || typeof key !== 'string') throw damaged('pickle: storage');
  const [length = 0] = wholes([count ?? null], 'storage');
  return new Storage(type, key, length);
}

/** A pickle that was read. */
export type Pickle = {
  readonly value: PickleValue;
  /** Where in the file it ended. */
  readonly end: number;
  /** All that it names, by key. */
  readonly storages: ReadonlyMap<string, Storage>;
};

/**
 * Reads a pickle without running anything: a stack machine that makes numbers, texts, lists, dictionaries and descriptions of
 * tensors, and refuses the name of whatever else a pickle would have called. Sources: the opcodes in CPython's
 * `Lib/pickletools.py`; which names weights use in PyTorch's `torch/_utils.py`.
 *
 * @param bytes A file.
 * @param start Where in it the pickle begins.
 * @returns What it holds.
 * @throws {EnhanceError} `own-model-unsafe` of a name that no weights need, `own-model-damaged` of anything else.
 */
export function readPickle(bytes: Uint8Array, start = 0): Pickle {
  const machine = new Machine(bytes, start);
  for (let step = 0; step < mostSteps; step++) {
    if (!machine.step()) continue;
    return { value: machine.pop(), end: machine.at, storages: machine.storages };
  }
  throw damaged('pickle: length');
}

/** One pickle being read. */
class Machine {
  at: number;
  readonly storages = new Map<string, Storage>();
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #stack: PickleValue[] = [];
  /** What lay below each open mark. */
  readonly #below: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = start;
  }

  /** Whether the pickle has ended. */
  step(): boolean {
    const code = this.#byte();
    if (code === 0x2e) return true;
    const act = steps[code];
    if (!act) throw damaged(`pickle: 0x${code.toString(16)}`);
    act(this);
    return false;
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw damaged('pickle: stack');
    return value;
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw damaged('pickle: stack');
    return value;
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  mark(): void {
    this.#below.push(this.#stack);
    this.#stack = [];
  }

  popMark(): PickleValue[] {
    const values = this.#stack;
    const below = this.#below.pop();
    if (!below) throw damaged('pickle: mark');
    this.#stack = below;
    return values;
  }

  popSeveral(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** The place of `count` bytes, which are passed. */
  take(count: number): number {
    const from = this.at;
    // Also of a count that is no number.
    if (!(from + count <= this.#bytes.length)) throw damaged('pickle: end');
    this.at = from + count;
    return from;
  }

  #byte(): number {
    return this.#view.getUint8(this.take(1));
  }

  unsigned(size: 1 | 2 | 4 | 8): number {
    const from = this.take(size);
    if (size === 1) return this.#view.getUint8(from);
    if (size === 2) return this.#view.getUint16(from, true);
    if (size === 4) return this.#view.getUint32(from, true);
    return Number(this.#view.getBigUint64(from, true));
  }

  signed(): number {
    return this.#view.getInt32(this.take(4), true);
  }

  float(): number {
    return this.#view.getFloat64(this.take(8));
  }

  /** A whole number of any length; what is longer than any number of weights is none. */
  long(length: number): number {
    if (length > 64) throw damaged('pickle: number');
    const from = this.take(length);
    let value = 0n;
    for (let at = length - 1; at >= 0; at--)
      value = (value << 8n) | BigInt(this.#view.getUint8(from + at));
    return Number(BigInt.asIntN(8 * length, value));
  }

  data(length: number): Uint8Array {
    const from = this.take(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(length: number): string {
    return new TextDecoder().decode(this.data(length));
  }

  line(): string {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0 || end - this.at > 1000) throw damaged('pickle: line');
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  remember(key: number = this.#memo.size): void {
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) throw damaged('pickle: memo');
    this.push(value);
  }

  name(room: PickleValue, name: PickleValue): void {
    if (typeof room !== 'string' || typeof name !== 'string') throw damaged('pickle: name');
    const whole = `${room}.${name}`;
    const found = known.get(whole);
    if (!found) throw unsafe(whole);
    this.push(found);
  }
}

function append(machine: Machine, values: readonly PickleValue[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw damaged('pickle: list');
  for (const value of values) list.push(value);
}

function setItems(machine: Machine, values: readonly PickleValue[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map) || values.length % 2) throw damaged('pickle: dict');
  for (let at = 0; at < values.length; at += 2) dict.set(values[at], values[at + 1] ?? null);
}

function call(machine: Machine): void {
  const given = machine.pop();
  const callee = machine.pop();
  if (!(callee instanceof Known) || !Array.isArray(given)) throw damaged('pickle: call');
  machine.push(callee.make(given));
}

/** State that an ordered dictionary carries beside its items, PyTorch's `_metadata`, is dropped. */
function build(machine: Machine): void {
  machine.pop();
  if (!(machine.top() instanceof Map)) throw damaged('pickle: state');
}

const byName: Readonly<Record<string, (machine: Machine) => void>> = {
  '(': (machine) => machine.mark(),
  '0': (machine) => void machine.pop(),
  '1': (machine) => void machine.popMark(),
  '2': (machine) => machine.push(machine.top()),
  N: (machine) => machine.push(null),
  K: (machine) => machine.push(machine.unsigned(1)),
  M: (machine) => machine.push(machine.unsigned(2)),
  J: (machine) => machine.push(machine.signed()),
  G: (machine) => machine.push(machine.float()),
  X: (machine) => machine.push(machine.text(machine.unsigned(4))),
  T: (machine) => machine.push(machine.text(machine.unsigned(4))),
  U: (machine) => machine.push(machine.text(machine.unsigned(1))),
  B: (machine) => machine.push(machine.data(machine.unsigned(4))),
  C: (machine) => machine.push(machine.data(machine.unsigned(1))),
  ')': (machine) => machine.push([]),
  t: (machine) => machine.push(machine.popMark()),
  ']': (machine) => machine.push([]),
  l: (machine) => machine.push(machine.popMark()),
  '}': (machine) => machine.push(new Map<unknown, PickleValue>()),
  d: (machine) => {
    const values = machine.popMark();
    machine.push(new Map<unknown, PickleValue>());
    setItems(machine, values);
  },
  a: (machine) => append(machine, machine.popSeveral(1)),
  e: (machine) => append(machine, machine.popMark()),
  s: (machine) => setItems(machine, machine.popSeveral(2)),
  u: (machine) => setItems(machine, machine.popMark()),
  h: (machine) => machine.recall(machine.unsigned(1)),
  j: (machine) => machine.recall(machine.unsigned(4)),
  q: (machine) => machine.remember(machine.unsigned(1)),
  r: (machine) => machine.remember(machine.unsigned(4)),
  c: (machine) => machine.name(machine.line(), machine.line()),
  i: (machine) => machine.name(machine.line(), machine.line()),
  R: call,
  b: build,
  Q: (machine) => {
    const storage = openStorage(machine.pop());
    machine.storages.set(storage.key, storage);
    machine.push(storage);
  },
};

const byNumber: Readonly<Record<number, (machine: Machine) => void>> = {
  0x80: (machine) => void machine.take(1),
  0x85: (machine) => machine.push(machine.popSeveral(1)),
  0x86: (machine) => machine.push(machine.popSeveral(2)),
  0x87: (machine) => machine.push(machine.popSeveral(3)),
  0x88: (machine) => machine.push(true),
  0x89: (machine) => machine.push(false),
  0x8a: (machine) => machine.push(machine.long(machine.unsigned(1))),
  0x8b: (machine) => machine.push(machine.long(machine.unsigned(4))),
  0x8c: (machine) => machine.push(machine.text(machine.unsigned(1))),
  0x8d: (machine) => machine.push(machine.text(machine.unsigned(8))),
  0x8e: (machine) => machine.push(machine.data(machine.unsigned(8))),
  0x93: (machine) => {
    const [room = null, name = null] = machine.popSeveral(2);
    machine.name(room, name);
  },
  0x94: (machine) => machine.remember(),
  0x95: (machine) => void machine.take(8),
};

/** What each opcode does. */
const steps: readonly (((machine: Machine) => void) | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => byNumber[code] ?? byName[String.fromCharCode(code)],
);
