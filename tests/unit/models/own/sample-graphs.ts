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
