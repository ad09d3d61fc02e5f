/** What is put round a network so that it keeps the model contract, and what its work is reckoned at. */
import { expect, test } from 'vitest';
import { fitContract } from '../../../../src/models/own/contract-fit';
import { weigh } from '../../../../src/models/own/graph-weight';
import { readOnnx } from '../../../../src/models/own/onnx-reading';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import { readOwnModel } from '../../../../src/models/own/read-own-model';
import { makeCompact, randomImage } from './sample-nets';
import { runNet } from './run-net';
import { writeSafetensors } from './weight-files';

const [height, width] = [7, 9];
const plane = height * width;

async function compact(planes: number) {
  const sample = makeCompact(8, 1, 2, planes);
  return readOwnModel(writeSafetensors(sample.tensors), 'a.safetensors');
}

const image = () => Float32Array.from(randomImage(3, height, width).values);

function expectClose(values: Float32Array, wanted: Float32Array): void {
  expect(values.length).toBe(wanted.length);
  const off = values.map((value, i) => Math.abs(value - wanted[i]!));
  expect(Math.max(...off)).toBeLessThan(1e-4);
}

test('white is 1 and red comes first, whatever the network calls them', async () => {
  const { onnx } = await compact(3);
  const white = { input: 255, output: 255 } as const;
  const fitted = fitContract(onnx, { white, swaps: true });
  const shown = image();
  const { values, dims } = await runNet(fitted, shown, [3, height, width]);
  const bright = shown.map((value) => value * 255);
  const { values: bare } = await runNet(onnx, bright, [3, height, width]);
  const result = 4 * plane;
  const wanted = bare.map(
    (_, i) => bare[(2 - Math.floor(i / result)) * result + (i % result)]! / 255,
  );
  expect(dims).toEqual([3, 2 * height, 2 * width]);
  expectClose(values, wanted);
});

test('a gray network sees red, green and blue one by one', async () => {
  const { onnx } = await compact(1);
  const shown = image();
  const fitted = fitContract(onnx, 'each-plane');
  const { values, dims } = await runNet(fitted, shown, [3, height, width]);
  expect(dims).toEqual([3, 2 * height, 2 * width]);
  for (const c of [0, 1, 2]) {
    const own = shown.slice(c * plane, (c + 1) * plane);
    const { values: alone } = await runNet(onnx, own, [1, height, width]);
    expectClose(values.slice(4 * c * plane, 4 * (c + 1) * plane), alone);
  }
});

test('a network of four planes sees an opaque picture, and only its colours are used', async () => {
  const { onnx, inputs } = await compact(4);
  expect(inputs).toBe(4);
  const shown = image();
  const fitted = fitContract(onnx, { opaque: 255 });
  const { values, dims } = await runNet(fitted, shown, [3, height, width]);
  expect(dims).toEqual([3, 2 * height, 2 * width]);
  const whole = Float32Array.from([...shown, ...new Float32Array(plane).fill(255)]);
  const { values: alone } = await runNet(onnx, whole, [4, height, width]);
  expectClose(values, alone.slice(0, 3 * 4 * plane));
  // One that gives three of the four fails, and is not taken for one that gives four.
  const graph = readOnnx((await compact(3)).onnx);
  const narrow = fitContract(writeOnnx(graph), { opaque: 1 });
  await expect(runNet(narrow, shown, [3, height, width])).rejects.toThrow();
});

test('the work is that of the weights, each used once a pixel', async () => {
  const net = await compact(3);
  const { macsPerPixel, widestBytes } = weigh(net.onnx);
  expect(macsPerPixel).toBe(net.macsPerPixel);
  // Twelve planes before they are laid out twice as wide and as high.
  expect(widestBytes).toBe(4 * 12);
});
