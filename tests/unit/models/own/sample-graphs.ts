import type {
  OnnxAttribute,
  OnnxGraph,
  OnnxNode,
  OnnxPort,
  OnnxTensor,
} from '../../../../src/models/own/onnx-model';
import { randomly } from './sample-nets';
import { bytesIn } from './weight-files';

/** A step of ONNX's own. */
export const step = (
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode => ({
  op,
  domain: '',
  inputs,
  outputs: [output],
  attributes: new Map(Object.entries(attributes)),
});

/** Whole numbers for a step. */
export const ints = (...value: number[]): OnnxAttribute => ({ kind: 'ints', value });

/** A constant of random fractions. */
export function fractions(seed: number, ...dims: number[]): OnnxTensor {
  const next = randomly(seed);
  const count = dims.reduce((all, side) => all * side, 1);
  const values = Float32Array.from({ length: count }, () => next() / Math.sqrt(count / dims[0]!));
  return { dims, type: 1, data: bytesIn(values) };
}

/** An input or output of pictures. */
export const port = (name: string, ...dims: OnnxPort['dims']): OnnxPort => ({
  name,
  type: 1,
  dims,
});

const same = { pads: ints(1, 1, 1, 1), kernel_shape: ints(3, 3) };

/**
 * A network with what must be rewritten: a convolution of 3 x 3 from 6 planes to 4, PReLU, a join of nine values; its steps in
 * another order than they are taken, one of them for nothing, and a constant as a step.
 */
export function awkwardGraph(): OnnxGraph {
  const parts = Array.from({ length: 9 }, (_, at) => `part${at}`);
  return {
    opset: 11,
    nodes: [
      step('Conv', ['joined', 'w3'], 'output', same),
      step('Concat', parts, 'joined', { axis: { kind: 'int', value: 1 } }),
      ...parts.map((name, at) => step('Conv', ['bent', `p${at}`], name, same)),
      step('PRelu', ['wide', 'slopes'], 'bent'),
      step('Conv', ['input', 'w1', 'b1'], 'wide', same),
      step('Relu', ['input'], 'nothing'),
      step('Constant', [], 'b1', { value: { kind: 'tensor', value: fractions(3, 6) } }),
    ],
    constants: new Map([
      ['w1', fractions(1, 6, 3, 3, 3)],
      ['slopes', fractions(2, 6, 1, 1)],
      ...parts.map((_, at) => [`p${at}`, fractions(10 + at, 4, 6, 3, 3)] as const),
      ['w3', fractions(4, 3, 36, 3, 3)],
    ]),
    inputs: [port('input', 'n', 3, 16, 16)],
    outputs: [port('output', 'n', 3, 16, 16)],
  };
}

/** The same with names that the CPU tier asks for: what the rewritten one must equal. */
export function asIs(graph: OnnxGraph): OnnxGraph {
  const nameOf = (name: string) => ({ input: 'image', output: 'enhanced' })[name] ?? name;
  return {
    ...graph,
    nodes: graph.nodes
      .map((node) => ({
        ...node,
        inputs: node.inputs.map(nameOf),
        outputs: node.outputs.map(nameOf),
      }))
      .reverse(),
    inputs: [port('image', 1, 3, 'h', 'w')],
    outputs: [port('enhanced', 1, 3, 'h', 'w')],
  };
}

const word = (value: string): OnnxAttribute => ({
  kind: 'text',
  value: new TextEncoder().encode(value),
});

/** How networks are exported to enlarge: the mode, where pixels are taken to lie, how a place is rounded; and by how much. */
export const resizeWays: readonly (readonly [
  mode: string,
  place: string,
  round: string,
  scale: number,
])[] = [
  ['nearest', 'asymmetric', 'floor', 2],
  ['nearest', 'half_pixel', 'round_prefer_floor', 2],
  ['nearest', 'half_pixel', 'round_prefer_floor', 3],
  ['nearest', 'pytorch_half_pixel', 'floor', 2],
  ['nearest', 'asymmetric', 'round_prefer_floor', 2],
  ['nearest', 'asymmetric', 'round_prefer_ceil', 4],
  ['linear', 'half_pixel', 'floor', 2],
  ['linear', 'pytorch_half_pixel', 'floor', 4],
  ['linear', 'align_corners', 'floor', 2],
  ['linear', 'asymmetric', 'floor', 2],
  ['cubic', 'half_pixel', 'floor', 2],
];

/** A picture that is enlarged in one of these ways between two convolutions. */
export function resizeGraph([mode, place, round, scale]: (typeof resizeWays)[number]): OnnxGraph {
  const factors = { dims: [4], type: 1, data: bytesIn(Float32Array.of(1, 1, scale, scale)) };
  return {
    opset: 13,
    nodes: [
      step('Conv', ['image', 'w0'], 'wide', same),
      step('Resize', ['wide', '', 'factors'], 'large', {
        mode: word(mode),
        coordinate_transformation_mode: word(place),
        nearest_mode: word(round),
      }),
      step('Conv', ['large', 'w1'], 'enhanced', same),
    ],
    constants: new Map([
      ['w0', fractions(1, 4, 3, 3, 3)],
      ['w1', fractions(2, 3, 4, 3, 3)],
      ['factors', factors],
    ]),
    inputs: [port('image', 1, 3, 'h', 'w')],
    outputs: [port('enhanced', 1, 3, null, null)],
  };
}

/** A picture, or what a convolution makes of it, that is folded, four pixels into planes, and comes out again. */
export function foldGraph(planes = 3): OnnxGraph {
  const block = { blocksize: { kind: 'int', value: 2 } } as const;
  return {
    opset: 13,
    nodes: [
      ...(planes === 3 ? [] : [step('Conv', ['image', 'w0'], 'wider', same)]),
      step('SpaceToDepth', [planes === 3 ? 'image' : 'wider'], 'folded', block),
      step('Conv', ['folded', 'w'], 'wide', same),
      step('DepthToSpace', ['wide'], 'enhanced', block),
    ],
    constants: new Map([
      ...(planes === 3 ? [] : [['w0', fractions(4, planes, 3, 3, 3)] as const]),
      ['w', fractions(3, 12, 4 * planes, 3, 3)],
    ]),
    inputs: [port('image', 1, 3, 'h', 'w')],
    outputs: [port('enhanced', 1, 3, null, null)],
  };
}

/**
 * An enlarger with a convolution of 3 x 3 from 6 planes, which the GPU's provider computes wrongly unless zeros are added; its result is like
 * the picture, so that its range is not taken for another.
 */
export function unpaddedGraph(): OnnxGraph {
  return {
    opset: 13,
    nodes: [
      step('Conv', ['image', 'w0'], 'wide', same),
      step('Conv', ['wide', 'w1'], 'deep', same),
      step('DepthToSpace', ['deep'], 'fine', {
        blocksize: { kind: 'int', value: 2 },
        mode: word('CRD'),
      }),
      step('Resize', ['image', '', 'factors'], 'large', {
        mode: word('nearest'),
        coordinate_transformation_mode: word('asymmetric'),
        nearest_mode: word('floor'),
      }),
      step('Mul', ['fine', 'share'], 'detail'),
      step('Add', ['detail', 'large'], 'enhanced'),
    ],
    constants: new Map([
      ['w0', fractions(1, 6, 3, 3, 3)],
      ['w1', fractions(2, 12, 6, 3, 3)],
      ['factors', { dims: [4], type: 1, data: bytesIn(Float32Array.of(1, 1, 2, 2)) }],
      ['share', { dims: [], type: 1, data: bytesIn(Float32Array.of(0.25)) }],
    ]),
    inputs: [port('image', 1, 3, 'h', 'w')],
    outputs: [port('enhanced', 1, 3, null, null)],
  };
}
