/** Other forms of a network's weights. */
import * as ort from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { fromHalf, toHalf } from '../../../../src/core/half';
import { writeBytes, writeHalves } from '../../../../src/models/own/graph-forms';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import { readOwnModel } from '../../../../src/models/own/read-own-model';
import { runNet } from './run-net';
import { fractions, port, step } from './sample-graphs';
import { makeCompact, makeEsrgan, randomImage } from './sample-nets';
import { bytesIn, writeSafetensors, type Tensors } from './weight-files';

const [height, width] = [9, 11];
const image = Float32Array.from(randomImage(3, height, width).values);
const run = (onnx: Uint8Array) => runNet(onnx, image, [3, height, width]);

const read = async (tensors: Tensors) =>
  (await readOwnModel(writeSafetensors(tensors), 'a.safetensors')).onnx;

const samples: readonly [string, () => Tensors][] = [
  ['a Compact', () => makeCompact(16, 2, 2).tensors],
  [
    'an ESRGAN, which enlarges in its middle',
    () => makeEsrgan({ names: 'new', width: 8, growth: 4, blocks: 1, doublings: 2 }).tensors,
  ],
];

function mostOff(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return 255 * Math.max(...a.map((value, at) => Math.abs(value - b[at]!)));
}

test.each(samples)('%s of 16 bits runs, and gives nearly the same', async (_, make) => {
  const onnx = await read(make());
  const halves = writeHalves(onnx)!;
  expect(halves.length).toBeLessThan(0.6 * onnx.length);
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(halves, {
    executionProviders: ['wasm'],
    freeDimensionOverrides: { h: height, w: width },
  });
  const feed = new ort.Tensor('float16', Uint16Array.from(image, toHalf), [1, 3, height, width]);
  const { enhanced } = await session.run({ image: feed });
  const bits = enhanced!.data as unknown as ArrayLike<number>;
  const values =
    bits instanceof Uint16Array ? Float32Array.from(bits, fromHalf) : Float32Array.from(bits);
  await session.release();
  const off = mostOff(values, (await run(onnx)).values);
  expect(off).toBeGreaterThan(0);
  expect(off).toBeLessThan(2);
});

test.each(samples)('%s of 8 bits runs as it did, and gives nearly the same', async (_, make) => {
  const onnx = await read(make());
  const bytes = writeBytes(onnx)!;
  expect(bytes.length).toBeLessThan(0.6 * onnx.length);
  const off = mostOff((await run(bytes)).values, (await run(onnx)).values);
  expect(off).toBeGreaterThan(0);
  expect(off).toBeLessThan(8);
});

const graph = {
  opset: 13,
  nodes: [step('Mul', ['image', 'factor'], 'enhanced')],
  constants: new Map([['factor', { dims: [1], type: 1, data: bytesIn(Float32Array.of(1e5)) }]]),
  inputs: [port('image', 1, 3, 'h', 'w')],
  outputs: [port('enhanced', 1, 3, 'h', 'w')],
};

test('numbers that 16 bits do not hold leave a network as it is', () => {
  expect(writeHalves(writeOnnx(graph))).toBeNull();
});

test('where there is no convolution, or no factor for each plane, there is nothing to write in 8 bits', () => {
  expect(writeBytes(writeOnnx(graph))).toBeNull();
  const old = {
    ...{ ...graph, opset: 12 },
    nodes: [step('Conv', ['image', 'weight'], 'enhanced')],
    constants: new Map([['weight', fractions(1, 3, 3, 16, 16)]]),
  };
  expect(writeBytes(writeOnnx(old))).toBeNull();
  expect(writeBytes(writeOnnx({ ...old, opset: 13 }))).not.toBeNull();
});
