import {
  onnxTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
} from './onnx-model';
import type { OwnNote } from './own-net';
import { usedIn } from './onnx-graph';
import { unsupported } from './refusals';
import { countOf, floatsOf } from './weights';

/** Operators that make no picture of a picture, or another one at every run. */
const refused =
  /^(If|Loop|Scan|Sequence|SplitToSequence|ConcatFromSequence|Optional|String|Random|Bernoulli|Multinomial|TfIdf|Regex|ImageDecoder)/;

/** Most inputs that the GPU joins in one step: beyond its number of storage buffers it fails without a word. */
const mostJoined = 7;

/**
 * Refuses a graph with operators that do not run here: of other makers, of control flow, of chance and of texts.
 *
 * @param graph The graph.
 * @throws {EnhanceError} `own-model-unsupported` with their names.
 */
export function refuseOperators({ nodes }: OnnxGraph): void {
  const names = nodes
    .filter(({ op, domain }) => domain !== '' || op === '' || refused.test(op))
    .map(({ op, domain }) => (domain === '' ? op : `${domain}.${op}`));
  if (names.length > 0) throw unsupported('operator', [...new Set(names)].join(', '));
}

/**
 * Rewrites what the WebGPU provider computes wrongly, or not at once, in forms that give the same: PReLU with ReLU, convolutions of 6,
 * 9, 15, 18 ... planes with planes of zeros added, SpaceToDepth as a convolution, and joins of many values in several steps. All ways
 * of Resize that networks are exported with are right as they are.
 *
 * @param graph A tidied graph of 32-bit floats.
 * @param notes What was done is added.
 * @returns The same network.
 */
export function rewriteGraph(graph: OnnxGraph, notes: Set<OwnNote>): OnnxGraph {
  const rewriting = new Rewriting(graph);
  for (const node of graph.nodes) {
    rewriting.follow(node);
    const rule = rules.get(node.op);
    const note = rule?.(rewriting, node);
    if (note) notes.add(note);
    else rewriting.nodes.push(node);
  }
  return { ...graph, nodes: rewriting.nodes, constants: usedIn(rewriting) };
}

class Rewriting {
  readonly nodes: OnnxNode[] = [];
  /** Planes of values, where they are certain. */
  readonly planes: Map<string, number>;
  readonly constants: Map<string, OnnxTensor>;
  readonly #taken: Set<string>;

  constructor(graph: OnnxGraph) {
    this.constants = new Map(graph.constants);
    this.planes = new Map(
      graph.inputs.flatMap(({ name, dims: [, planes] }) =>
        typeof planes === 'number' ? [[name, planes] as const] : [],
      ),
    );
    this.#taken = new Set([
      ...this.constants.keys(),
      ...[...graph.inputs, ...graph.outputs].map(({ name }) => name),
      ...graph.nodes.flatMap(({ outputs }) => outputs),
    ]);
  }

  /**
   * Notes how many planes a step makes: a convolution says it, and what works on each value leaves them as they are.
   *
   * @param node The step.
   */
  follow({ op, inputs, outputs: [output = ''] }: OnnxNode): void {
    const [x = '', weight = ''] = inputs;
    const same = each.has(op) && inputs.slice(1).every((name) => this.#isScalar(name));
    const planes = op === 'Conv' ? this.constants.get(weight)?.dims[0] : same && this.planes.get(x);
    if (planes) this.planes.set(output, planes);
  }

  #isScalar(name: string): boolean {
    const constant = this.constants.get(name);
    return name === '' || (constant !== undefined && countOf(constant.dims) === 1);
  }

  /** A name that the graph does not have. */
  name(): string {
    let count = this.#taken.size;
    while (this.#taken.has(`new${count}`)) count++;
    this.#taken.add(`new${count}`);
    return `new${count}`;
  }

  constant(values: Float32Array, dims: readonly number[]): string {
    const name = this.name();
    const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.constants.set(name, { dims, type: onnxTypes.float, data });
    return name;
  }

  floats(name: string | undefined): { values: Float32Array; dims: readonly number[] } | undefined {
    const tensor = this.constants.get(name ?? '');
    if (tensor?.type !== onnxTypes.float) return undefined;
    return { values: floatsOf({ ...tensor, type: 'f32' }, name ?? ''), dims: tensor.dims };
  }

  add(
    op: string,
    inputs: readonly string[],
    output: string = this.name(),
    attributes: ReadonlyMap<string, OnnxAttribute> = new Map(),
  ): string {
    this.nodes.push({ op, domain: '', inputs, outputs: [output], attributes });
    return output;
  }
}

/** Writes a step's other form and says so; nothing where it stays as it is. */
type Rule = (rewriting: Rewriting, node: OnnxNode) => OwnNote | undefined;

const rewritePrelu: Rule = (rewriting, { inputs: [x = '', slope], outputs: [output = ''] }) => {
  const slopes = rewriting.floats(slope);
  if (!slopes || slopes.values.length === 0) return undefined;
  const { values, dims } = slopes;
  const alpha = values[0]!;
  if (values.every((value) => value === alpha)) {
    rewriting.add('LeakyRelu', [x], output, new Map([['alpha', { kind: 'float', value: alpha }]]));
    return 'prelu-rewritten';
  }
  const rest = rewriting.constant(
    values.map((value) => 1 - value),
    dims,
  );
  const upper = rewriting.add('Mul', [rewriting.add('Relu', [x]), rest]);
  rewriting.add('Add', [rewriting.add('Mul', [x, slope!]), upper], output);
  return 'prelu-rewritten';
};

const padConv: Rule = (rewriting, node) => {
  const { inputs, attributes } = node;
  const group = attributes.get('group');
  if (group?.kind === 'int' && group.value !== 1) return undefined;
  const weight = rewriting.floats(inputs[1]);
  const [to = 0, from = 0, ...sides] = weight?.dims ?? [];
  const isWrong = from > 3 && from % 3 === 0 && from % 4 !== 0 && countOf(sides) > 1;
  if (!weight || sides.length !== 2 || !isWrong) return undefined;
  const wide = Math.ceil(from / 4) * 4;
  const same = new Float32Array(wide * from);
  for (let plane = 0; plane < from; plane++) same[plane * from + plane] = 1;
  const area = countOf(sides);
  const padded = new Float32Array(to * wide * area);
  for (let out = 0; out < to; out++) {
    const row = weight.values.subarray(out * from * area, (out + 1) * from * area);
    padded.set(row, out * wide * area);
  }
  const [x = '', , ...rest] = inputs;
  const wider = rewriting.add('Conv', [x, rewriting.constant(same, [wide, from, 1, 1])]);
  const wideWeight = rewriting.constant(padded, [to, wide, ...sides]);
  rewriting.nodes.push({ ...node, inputs: [wider, wideWeight, ...rest] });
  return 'planes-padded';
};

/** Steps that work on each value, and with one more, the same for all. */
const each: ReadonlySet<string> = new Set([
  ...['Relu', 'LeakyRelu', 'Sigmoid', 'Tanh', 'Clip', 'Identity', 'Abs', 'Neg', 'Sqrt'],
  ...['Add', 'Sub', 'Mul', 'Div'],
]);

/** The GPU's provider leaves it to the CPU: as a convolution of ones, which takes each pixel of a block, it stays on the GPU. */
const foldByConv: Rule = (rewriting, { inputs: [x = ''], outputs: [output], attributes }) => {
  const size = attributes.get('blocksize');
  const planes = rewriting.planes.get(x);
  if (size?.kind !== 'int' || !(size.value > 1 && size.value <= mostBlock)) return undefined;
  // Others are computed wrongly; see `padConv`.
  if (!planes || planes > mostFolded || (planes > 3 && planes % 4 !== 0)) return undefined;
  const side = size.value;
  const area = side ** 2;
  const ones = new Float32Array(planes ** 2 * area ** 2);
  for (let place = 0; place < area; place++)
    for (let plane = 0; plane < planes; plane++)
      ones[((place * planes + plane) * planes + plane) * area + place] = 1;
  const weight = rewriting.constant(ones, [planes * area, planes, side, side]);
  const sides: OnnxAttribute = { kind: 'ints', value: [side, side] };
  rewriting.add('Conv', [x, weight], output, new Map([['strides', sides]]));
  return 'operators-rewritten';
};

/** Larger ones are in no network, and their weights would be many. */
const mostBlock = 8;
const mostFolded = 64;

const joinInSteps: Rule = (rewriting, { inputs, outputs: [output], attributes }) => {
  if (inputs.length <= mostJoined) return undefined;
  let left = inputs;
  while (left.length > mostJoined) {
    const joined: string[] = [];
    for (let at = 0; at < left.length; at += mostJoined) {
      const some = left.slice(at, at + mostJoined);
      joined.push(
        some.length === 1 ? some[0]! : rewriting.add('Concat', some, undefined, attributes),
      );
    }
    left = joined;
  }
  rewriting.add('Concat', left, output, attributes);
  return 'operators-rewritten';
};

const rules: ReadonlyMap<string, Rule> = new Map([
  ['PRelu', rewritePrelu],
  ['Conv', padConv],
  ['SpaceToDepth', foldByConv],
  ['Concat', joinInSteps],
]);
