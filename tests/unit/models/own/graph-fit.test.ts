import { expect, test } from 'vitest';
import type { OnnxGraph, OnnxTensor } from '../../../../src/models/own/onnx-model';
import { readOnnx } from '../../../../src/models/own/onnx-reading';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import { readOwnModel } from '../../../../src/models/own/read-own-model';
import { runNet } from './run-net';
import {
  asIs,
  awkwardGraph,
  foldGraph,
  fractions,
  ints,
  port,
  resizeGraph,
  resizeWays,
  step,
} from './sample-graphs';
import { randomImage } from './sample-nets';

const read = (graph: OnnxGraph) => readOwnModel(writeOnnx(graph), 'a.onnx');

const refusal = (problem: string, facts: object) => ({
  problem,
  facts: expect.objectContaining(facts) as object,
});

const run = (onnx: Uint8Array) =>
  runNet(onnx, Float32Array.from(randomImage(3, 12, 10).values), [3, 12, 10]);

test('a graph is rewritten for the GPU and computes the same, at any size', async () => {
  const net = await read(awkwardGraph());
  expect(net).toMatchObject({ architecture: 'ONNX', inputs: 3, outputs: 3, scale: 1 });
  expect(new Set(net.notes)).toEqual(
    new Set([
      ...['prelu-rewritten', 'planes-padded', 'operators-rewritten'],
      ...['renamed', 'batch-fixed', 'sides-freed'],
    ]),
  );
  const [wanted, result] = [await run(writeOnnx(asIs(awkwardGraph()))), await run(net.onnx)];
  expect(result.dims).toEqual([3, 12, 10]);
  const off = result.values.map((value, index) => Math.abs(value - wanted.values[index]!));
  expect(255 * Math.max(...off)).toBeLessThan(0.01);
  const { nodes, constants } = readOnnx(net.onnx);
  expect(nodes.some(({ op }) => op === 'PRelu')).toBe(false);
  expect(Math.max(...nodes.map(({ inputs }) => inputs.length))).toBeLessThanOrEqual(7);
  for (const { inputs } of nodes.filter(({ op }) => op === 'Conv')) {
    const [, from = 0, side] = constants.get(inputs[1]!)!.dims;
    if (side === 3) expect(from === 3 || from % 4 === 0 || from % 3 > 0).toBe(true);
  }
});

test.each([
  ['a picture', foldGraph()],
  ['what a convolution makes of one', foldGraph(4)],
])('%s is folded by a convolution, which gives the same to the last bit', async (_, graph) => {
  const net = await read(graph);
  expect(net.notes).toContain('operators-rewritten');
  expect(readOnnx(net.onnx).nodes.some(({ op }) => op === 'SpaceToDepth')).toBe(false);
  const [wanted, result] = [await run(writeOnnx(graph)), await run(net.onnx)];
  expect(result).toEqual(wanted);
});

test.each(resizeWays)('enlarging by %s, %s, %s %d times stays as it is', async (...way) => {
  const graph = resizeGraph(way);
  const net = await read(graph);
  const [wanted, result] = [await run(writeOnnx(graph)), await run(net.onnx)];
  expect(result).toEqual(wanted);
  expect(result.dims).toEqual([3, 12 * way[3], 10 * way[3]]);
});

/** The same numbers in 16 bits: the first of them only, whose fraction is short. */
const halves = ({ dims }: OnnxTensor): OnnxTensor => {
  const count = dims.reduce((all, side) => all * side, 1);
  const bits = Uint16Array.from({ length: count }, (_, at) => 0x2c00 + (at % 64));
  return { dims, type: 10, data: new Uint8Array(bits.buffer) };
};

test('a graph of 16 bits computes with 32', async () => {
  const { constants, ...rest } = asIs(awkwardGraph());
  const half: OnnxGraph = {
    ...rest,
    constants: new Map([...constants].map(([name, tensor]) => [name, halves(tensor)])),
    nodes: rest.nodes.map((node) =>
      node.op === 'Constant'
        ? step('Constant', [], 'b1', { value: { kind: 'tensor', value: halves(fractions(3, 6)) } })
        : node,
    ),
    inputs: rest.inputs.map((each) => ({ ...each, type: 10 })),
    outputs: rest.outputs.map((each) => ({ ...each, type: 10 })),
  };
  const net = await read(half);
  expect(net.notes).toContain('half-to-float');
  const { values } = await run(net.onnx);
  expect(values.every((value) => value > 0)).toBe(true);
});

const conv = (from: number, to = 3) => ({
  opset: 13,
  nodes: [step('Conv', ['x', 'w'], 'y', { pads: ints(1, 1, 1, 1) })],
  constants: new Map([['w', fractions(1, to, from, 3, 3)]]),
  inputs: [port('x', 1, from, 'h', 'w')],
  outputs: [port('y', 1, to, 'h', 'w')],
});

test('planes that nobody tells are those that its first convolution takes', async () => {
  const net = await read({
    ...conv(1, 1),
    inputs: [port('x', 'a', 'b', 'c', 'd')],
    outputs: [port('y')],
  });
  expect(net).toMatchObject({ inputs: 1, outputs: null, scale: null });
});

test('a picture may have a plane of what is opaque', async () => {
  expect(await read(conv(4, 4))).toMatchObject({ inputs: 4, outputs: 4 });
});

test.each([
  [
    'with a picture and something else',
    conv(4),
    'shape',
    'input: 1×4×h×w (1), output: 1×3×h×w (1)',
  ],
  ['that adds a plane', conv(3, 4), 'shape', 'input: 1×3×h×w (1), output: 1×4×h×w (1)'],
  ['with a picture of two planes', conv(2), 'shape', 'input: 1×2×h×w (1)'],
  [
    'with two pictures',
    { ...conv(3), inputs: [port('x', 1, 3, 'h', 'w'), port('z', 1, 3, 'h', 'w')] },
    'shape',
    'input: 2',
  ],
  ['with no picture as a result', { ...conv(3, 12) }, 'shape', 'output: 1×12×h×w (1)'],
  [
    'of numbers that are no fractions',
    { ...conv(3), inputs: [{ ...port('x', 1, 3, 'h', 'w'), type: 2 }] },
    'shape',
    'input: 1×3×h×w (2)',
  ],
  [
    'with operators of another maker',
    { ...conv(3), nodes: conv(3).nodes.map((node) => ({ ...node, domain: 'com.maker' })) },
    'operator',
    'com.maker.Conv',
  ],
  [
    'with chance',
    { ...conv(3), nodes: [step('RandomNormalLike', ['x'], 'y')] },
    'operator',
    'RandomNormalLike',
  ],
  ['older than any that runs', { ...conv(3), opset: 6 }, 'operator', 'opset 6'],
  [
    'of one size that is in its constants',
    {
      ...conv(3),
      nodes: [step('Reshape', ['x', 'shape'], 'y')],
      constants: new Map([['shape', { dims: [4], type: 7, data: new Uint8Array(32) }]]),
      inputs: [port('x', 1, 3, 64, 64)],
    },
    'shape',
    'input: 1×3×64×64 (1)',
  ],
] as [string, OnnxGraph, string, string][])(
  'a graph %s is refused',
  async (_, graph, lack, name) => {
    await expect(read(graph)).rejects.toMatchObject(
      refusal('own-model-unsupported', { lack, name }),
    );
  },
);

test.each([
  [
    'whose steps wait for one another',
    { ...conv(3), nodes: [step('Relu', ['y'], 'z'), step('Relu', ['z'], 'y')] },
    'value y',
  ],
  ['with a value that nothing makes', { ...conv(3), nodes: [step('Relu', ['q'], 'y')] }, 'value q'],
  [
    'with a value that is made twice',
    { ...conv(3), nodes: [step('Relu', ['x'], 'y'), step('Abs', ['x'], 'y')] },
    'value y',
  ],
  [
    'with fewer numbers than a constant claims',
    {
      ...conv(3),
      constants: new Map([['w', { dims: [2 ** 40, 3, 3, 3], type: 1, data: new Uint8Array(4) }]]),
    },
    'constant w',
  ],
] as [string, OnnxGraph, string][])('a graph %s is damaged', async (_, graph, detail) => {
  await expect(read(graph)).rejects.toMatchObject(refusal('own-model-damaged', { detail }));
});
