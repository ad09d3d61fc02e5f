import type { Probed } from '../../core/run/probe';
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from './onnx-model';
import { onnxTypes } from './onnx-model';
import { readOnnx } from './onnx-reading';
import { writeOnnx } from './onnx-writing';

/** What a network calls white. */
type White = Probed['white']['input'];

/** Names of the model contract. */
const contract = { input: 'image', output: 'enhanced' };

/** What these are called in the graph that stood under them. */
const inner = { input: 'enlarger.image', output: 'enlarger.enhanced' };

/**
 * Puts a network into the model contract, exactly, with steps before and after it.
 *
 * @param onnx A sound ONNX file with an input `image` and an output `enhanced`; unchanged.
 * @param change What it needs: `each-plane` for a gray one, which is given red, green and blue as three pictures of one
 *   batch; `opaque` for one of four planes, in and out, the last of which is given the same everywhere, what the network calls white, and
 *   left out of its result; else its white is made 1, and red and blue change places in its result where it swaps them.
 * @returns A whole ONNX file, owned by the caller.
 * @throws {EnhanceError} `own-model-damaged` for what is no such file.
 */
export function fitContract(
  onnx: Uint8Array,
  change: 'each-plane' | { readonly opaque: White } | Pick<Probed, 'white' | 'swaps'>,
): Uint8Array<ArrayBuffer> {
  const graph = readOnnx(onnx);
  const wrap = wrapsOf(change);
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => renamed(name)),
    outputs: node.outputs.map((name) => renamed(name)),
  }));
  return writeOnnx({
    ...graph,
    nodes: [
      ...chain(wrap.before, contract.input, inner.input),
      ...nodes,
      ...chain(wrap.after, inner.output, contract.output),
    ],
    constants: new Map([...graph.constants, ...wrap.constants]),
    inputs: graph.inputs.map((port) => ({ ...port, dims: [1, 3, 'h', 'w'] })),
    outputs: graph.outputs.map((port) => ({ ...port, dims: [...wrap.result, null, null] })),
  });
}

function wrapsOf(change: Parameters<typeof fitContract>[1]): Wraps {
  if (change === 'each-plane') return eachPlane;
  return 'opaque' in change ? opaque(change.opaque) : inRange(change);
}

/** A step with one input and, behind it, constants. */
type Wrapping = Pick<OnnxNode, 'op' | 'attributes'> & { readonly constants: readonly string[] };

/** What is done before and after, and what that is told. */
type Wraps = {
  readonly before: readonly Wrapping[];
  readonly after: readonly Wrapping[];
  readonly constants: OnnxGraph['constants'];
  /** How many pictures, and planes of each, come out. */
  readonly result: readonly [number | null, number | null];
};

const renamed = (name: string): string => {
  if (name === contract.input) return inner.input;
  return name === contract.output ? inner.output : name;
};

/** One after the other, from one name to another; at least a step that changes nothing, since names must meet. */
function chain(steps: readonly Wrapping[], from: string, to: string): OnnxNode[] {
  const all = steps.length > 0 ? steps : [step('Identity')];
  return all.map(({ constants, ...each }, i) => ({
    ...{ ...each, domain: '' },
    inputs: [i === 0 ? from : `${to}.${i}`, ...constants],
    outputs: [i === all.length - 1 ? to : `${to}.${i + 1}`],
  }));
}

function step(
  op: string,
  constants: readonly string[] = [],
  attributes: readonly (readonly [string, OnnxAttribute])[] = [],
): Wrapping {
  return { op, constants, attributes: new Map(attributes) };
}

const turn = step('Transpose', [], [['perm', { kind: 'ints', value: [1, 0, 2, 3] }]]);

// As many pictures as the network gives planes of each: what gives more than one is refused when it has run, for that reason.
const eachPlane: Wraps = {
  ...{ before: [turn], after: [turn], constants: new Map() },
  result: [null, 3],
};

/** By convolutions of one pixel, which the GPU runs as well as any, and which refuse a result of another number of planes. */
function opaque(white: White): Wraps {
  const [widen, alpha, narrow] = ['enlarger.widen', 'enlarger.alpha', 'enlarger.narrow'];
  const first3 = Float32Array.from({ length: 12 }, (_, at) =>
    Number(at % 4 === Math.floor(at / 4)),
  );
  const into4 = Float32Array.from({ length: 12 }, (_, at) => Number(at % 3 === Math.floor(at / 3)));
  return {
    result: [1, 3],
    before: [step('Conv', [widen, alpha])],
    after: [step('Conv', [narrow])],
    constants: new Map([
      [widen, floats(into4, 4, 3, 1, 1)],
      [alpha, floats(Float32Array.of(0, 0, 0, white), 4)],
      [narrow, floats(first3, 3, 4, 1, 1)],
    ]),
  };
}

function inRange({ white, swaps }: Pick<Probed, 'white' | 'swaps'>): Wraps {
  const [gain, share, order] = ['enlarger.gain', 'enlarger.share', 'enlarger.order'];
  const axis = [['axis', { kind: 'int', value: 1 }]] as const;
  return {
    result: [1, 3],
    before: white.input === 1 ? [] : [step('Mul', [gain])],
    after: [
      ...(white.output === 1 ? [] : [step('Mul', [share])]),
      ...(swaps ? [step('Gather', [order], axis)] : []),
    ],
    constants: new Map<string, OnnxTensor>([
      [gain, number(white.input)],
      [share, number(1 / white.output)],
      [order, { dims: [3], type: onnxTypes.int64, data: bytesOf(new BigInt64Array([2n, 1n, 0n])) }],
    ]),
  };
}

const number = (value: number): OnnxTensor => floats(Float32Array.of(value));

function floats(values: Float32Array<ArrayBuffer>, ...dims: number[]): OnnxTensor {
  return { dims, type: onnxTypes.float, data: bytesOf(values) };
}

/** All machines that browsers run on are little-endian, as ONNX is. */
function bytesOf({ buffer }: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(buffer);
}
