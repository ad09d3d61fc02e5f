/** The pair of files that ncnn writes: the same network as the weights it was made of, or refused by the step's name. */
import { expect, test } from 'vitest';
import type { EnhanceError } from '../../../../src/core/errors';
import { readOwnModel } from '../../../../src/models/own/read-own-model';
import { joinPair, writeLayer, writeNcnnCompact } from './ncnn-files';
import * as plain from './plain-layers';
import { makeCompact, Maker, randomImage } from './sample-nets';
import { runNet } from './run-net';
import { joinBytes } from './weight-files';

async function refusalOf(bytes: Uint8Array, name = 'a.param'): Promise<object> {
  const error = (await readOwnModel(bytes, name).then(
    () => Promise.reject(new Error('It was read.')),
    (reason: unknown) => reason,
  )) as EnhanceError;
  return { [error.problem]: error.facts };
}

const lacking = (lack: string, name: string) => ({ 'own-model-unsupported': { lack, name } });
const damagedAt = (detail: string) => ({ 'own-model-damaged': { detail } });

/** The largest difference from what a definition makes, in levels of 255. */
async function offBy(onnx: Uint8Array, apply: (image: plain.Planes) => plain.Planes) {
  const image = randomImage(3, 9, 11);
  const wanted = apply(image);
  const { values, dims } = await runNet(onnx, Float32Array.from(image.values), [3, 9, 11]);
  expect(dims).toEqual([wanted.count, wanted.height, wanted.width]);
  return 255 * Math.max(...values.map((value, at) => Math.abs(value - wanted.values[at]!)));
}

test.each([
  ['of the usual width', 16, 4, false, 0.1],
  ['of an odd width, 3x', 18, 3, false, 0.1],
  ['of 16 bits', 8, 2, true, 4],
])('a Compact %s gives what its definition does', async (_, width, scale, isHalf, most) => {
  const sample = makeCompact(width, 1, scale);
  const net = await readOwnModel(writeNcnnCompact(sample.tensors, scale, isHalf), 'a.param');
  expect(net).toMatchObject({ architecture: 'ncnn', scale, inputs: 3, outputs: 3, halo: 3 });
  expect(net.notes.includes('half-to-float')).toBe(isHalf);
  expect(await offBy(net.onnx, sample.apply)).toBeLessThan(most);
});

test('a dense block of leaky convolutions gives what its definition does', async () => {
  const make = new Maker(5);
  const [first, next, last] = [make.conv('a', 6, 3), make.conv('b', 3, 9), make.conv('c', 3, 3)];
  const { tensors } = make;
  const bins = ['a', 'b', 'c'].map((name) =>
    writeLayer(tensors[`${name}.weight`]!, tensors[`${name}.bias`]!.values),
  );
  const lines = [
    'Input in 0 1 x',
    'Convolution a 1 1 x a 0=6 1=3 4=1 5=1 6=162 9=2 -23310=1,2.000000e-01',
    'Concat joined 2 1 x a joined 0=0',
    'Convolution b 1 1 joined b 0=3 1=3 4=1 5=1 6=243 9=1',
    'Eltwise sum 2 1 b x sum 0=1 -23301=2,2.000000e-01,1.000000e+00',
    'BinaryOp half 1 1 sum half 0=2 1=1 2=5.000000e-01',
    'Interp up 1 1 half up 0=1 1=2.0 2=2.0',
    'Convolution c 1 1 up c 0=3 1=3 4=1 5=1 6=81',
    'Swish s 1 1 c out',
  ];
  const { onnx } = await readOwnModel(joinPair(lines, joinBytes(...bins)), 'a.param');
  const apply = (image: plain.Planes) => {
    const joined = plain.stack(image, plain.leaky(first(image)));
    const inner = plain.each(next(joined), (value) => Math.max(0, value) * 0.2);
    const half = plain.each(plain.add(inner, image), (value) => value / 2);
    const made = last(plain.repeat(half, 2));
    return plain.each(made, (value) => value * plain.sigmoid(value));
  };
  expect(await offBy(onnx, apply)).toBeLessThan(0.1);
});

test('one of the two without the other is refused by the name of what is missing', async () => {
  const both = writeNcnnCompact(makeCompact(8, 1, 2).tensors, 2);
  const end = both.indexOf(0);
  expect(await refusalOf(both.slice(0, end))).toEqual(lacking('elsewhere', 'a.bin'));
  expect(await refusalOf(both.slice(end + 1), 'a.bin')).toEqual(lacking('elsewhere', 'a.param'));
});

test.each([
  ['Crop', 'Crop c 1 1 x out'],
  ['Deconvolution', 'Deconvolution d 1 1 x out 0=3 1=4'],
  ['Convolution', 'Convolution c 1 1 x out 0=3 1=3 3=2 4=1 6=81'],
  ['Interp', 'Interp i 1 1 x out 0=2 1=2.0 2=2.0'],
  ['Interp', 'Interp i 1 1 x out 0=1 1=1.5 2=1.5'],
  ['PixelShuffle', 'PixelShuffle p 1 1 x out 0=0.5'],
])('a step %s that is not known here is refused by its name', async (type, line) => {
  const head = ['Input in 0 1 in', 'Convolution a 1 1 in x 0=3 1=1 6=9'];
  const file = joinPair([...head, line], new Uint8Array(40));
  expect(await refusalOf(file)).toEqual(lacking('operator', `ncnn ${type}`));
});

test('sides that do not fit, names of nothing, and numbers that are too few or too many are refused', async () => {
  const file = writeNcnnCompact(makeCompact(8, 1, 2).tensors, 2);
  const change = (from: string, to: string) => {
    const end = file.indexOf(0);
    const text = new TextDecoder().decode(file.subarray(0, end)).replace(from, to);
    return joinBytes(new TextEncoder().encode(text), file.subarray(end));
  };
  expect(await refusalOf(file.subarray(0, -1))).toEqual(damagedAt('bin'));
  expect(await refusalOf(joinBytes(file, [0]))).toEqual(damagedAt('bin: end'));
  expect(await refusalOf(change('7767517\n', '7767517\n1'))).toEqual(damagedAt('param'));
  expect(await refusalOf(change('1 1 a v2', '1 1 nothing v2'))).toEqual(
    damagedAt('param: nothing'),
  );
  expect(await refusalOf(change('0=8 1=3', '0=1e15 1=3'))).toMatchObject({
    'own-model-unsupported': { lack: 'shape' },
  });
  expect(await refusalOf(change('6=576', '6=1e15'))).toEqual(damagedAt('param: v4'));
  const doubling = Array.from(
    { length: 60 },
    (_, at) => `Concat c 2 1 v${at} v${at} v${at + 1} 0=0`,
  );
  const lines = ['Input in 0 1 in', 'Convolution a 1 1 in v0 0=4 1=1 6=12', ...doubling];
  expect(await refusalOf(joinPair(lines, new Uint8Array(52)))).toEqual(
    lacking('shape', 'Concat 8192'),
  );
});
