import { expect, test } from 'vitest';
import { readOwnModel, type OwnNet } from '../../../../src/models/own/read-own-model';
import { at, draw, type Planes } from './plain-layers';
import {
  makeCompact,
  makeEsrgan,
  makeSpan,
  randomImage,
  type EsrganShape,
  type SampleNet,
} from './sample-nets';
import { makePlksr } from './sample-plksr';
import { runNet } from './run-net';
import {
  pickle,
  pickleTensor,
  writeLegacyTorch,
  writeSafetensors,
  writeTorch,
  zipTorch,
} from './weight-files';

/** The largest difference from the network's definition, in levels of 255. */
async function offBy(net: OwnNet, sample: SampleNet, height = 9, width = 11): Promise<number> {
  const image = randomImage(net.inputs, height, width);
  const wanted = sample.apply(image);
  const { values, dims } = await runNet(net.onnx, Float32Array.from(image.values), [
    ...[net.inputs, height, width],
  ] as [number, number, number]);
  expect(dims).toEqual([wanted.count, wanted.height, wanted.width]);
  return 255 * Math.max(...values.map((value, index) => Math.abs(value - wanted.values[index]!)));
}

test.each([
  ['of the usual width', 16, 2, 4, 3],
  ['that does not enlarge', 8, 1, 1, 3],
  ['of an odd width, which WebGPU computes wrongly', 18, 1, 3, 3],
  ['of gray pictures', 8, 1, 2, 1],
])('a Compact %s gives what its definition does', async (_, width, depth, scale, planes) => {
  const sample = makeCompact(width, depth, scale, planes);
  const net = await readOwnModel(writeSafetensors(sample.tensors), 'a.safetensors');
  expect(net).toMatchObject({ architecture: 'Compact', scale, inputs: planes, outputs: planes });
  expect(net.halo).toBe(depth + 2);
  expect(await offBy(net, sample)).toBeLessThan(0.1);
});

test.each([
  ['of the usual kind', { width: 16, blocks: 2, scale: 4, side: 17, hasGate: true }],
  [
    'without gates, of a width that WebGPU computes wrongly',
    { width: 20, blocks: 1, scale: 3, side: 5, hasGate: false },
  ],
  ['that does not enlarge', { width: 8, blocks: 1, scale: 1, side: 9, hasGate: true }],
])('a RealPLKSR %s gives what its definition does', async (_, shape) => {
  const sample = makePlksr(shape);
  const net = await readOwnModel(writeSafetensors(sample.tensors), 'a.safetensors');
  // Its norms are over the whole picture.
  expect(net).toMatchObject({ architecture: 'RealPLKSR', scale: shape.scale, halo: null });
  expect(net.isGlobal).toBe(true);
  expect(await offBy(net, sample)).toBeLessThan(0.1);
});

test.each([
  ['as it was trained', 8, 2, true, false],
  ['made into single convolutions, of an odd width', 6, 4, false, false],
  ['that takes no mean off', 8, 1, false, true],
])('a SPAN %s gives what its definition does', async (_, width, scale, isTrained, isPlain) => {
  const sample = makeSpan(width, scale, isTrained, isPlain);
  const net = await readOwnModel(await writeTorch(sample.tensors), 'a.pth');
  expect(net).toMatchObject({ architecture: 'SPAN', scale, inputs: 3, outputs: 3, halo: 21 });
  expect(await offBy(net, sample)).toBeLessThan(0.1);
});

const small = { width: 8, growth: 4, blocks: 2 };
const esrgans: readonly [string, EsrganShape, number][] = [
  ['by its old names, 4x', { ...small, names: 'old', doublings: 2 }, 4],
  ['by its old names, 1x', { ...small, names: 'old', doublings: 0 }, 1],
  ['by its old names, 8x', { ...small, blocks: 1, names: 'old', doublings: 3 }, 8],
  ['by its first new names', { ...small, blocks: 1, names: 'middle', doublings: 2 }, 4],
  ['of odd widths', { ...small, width: 6, growth: 3, names: 'new', doublings: 2 }, 4],
  ['of gathered pixels, 2x', { ...small, names: 'new', doublings: 2, gather: 2 }, 2],
  ['of gathered pixels, 1x', { ...small, names: 'new', doublings: 2, gather: 4 }, 1],
  ['with more shortcuts', { ...small, names: 'old', doublings: 1, isPlus: true }, 2],
  ['of gray pictures', { ...small, names: 'new', doublings: 2, planes: 1 }, 4],
];

test.each(esrgans)('an ESRGAN %s gives what its definition does', async (_, shape, scale) => {
  const sample = makeEsrgan(shape);
  const net = await readOwnModel(writeLegacyTorch(sample.tensors), 'a.pth');
  const { planes = 3, gather = 1 } = shape;
  expect(net).toMatchObject({ architecture: 'ESRGAN', scale, inputs: planes, multiple: gather });
  expect(await offBy(net, sample, 8, 12)).toBeLessThan(0.1);
});

/** Whether what the leftmost pixels become depends on a column of the picture. */
async function isSeen(net: OwnNet, column: number, width: number): Promise<boolean> {
  const image = randomImage(3, 3, width);
  const other = draw(3, 3, width, (plane, y, x) => (x === column ? 100 : at(image, plane, y, x)));
  const leftmost = async (picture: Planes) => {
    const { values } = await runNet(net.onnx, Float32Array.from(picture.values), [3, 3, width]);
    return values.filter((_, index) => index % (width * net.scale!) < net.scale!).join();
  };
  return (await leftmost(image)) !== (await leftmost(other));
}

test('of what lies beyond the halo that is told nothing is seen, and at it something is', async () => {
  const net = await readOwnModel(writeSafetensors(makeCompact(8, 1, 2).tensors), 'a.safetensors');
  expect(await isSeen(net, 3, 6)).toBe(true);
  expect(await isSeen(net, 4, 6)).toBe(false);
  expect(net.halo).toBe(3);
  const shape = { width: 4, growth: 4, blocks: 1, names: 'new', doublings: 2 } as const;
  const deep = await readOwnModel(writeSafetensors(makeEsrgan(shape).tensors), 'a.safetensors');
  expect(await isSeen(deep, deep.halo! + 1, deep.halo! + 3)).toBe(false);
});

test('the same weights are the same network in every kind of file', async () => {
  const { tensors } = makeCompact(8, 1, 2);
  const files = [
    writeSafetensors(tensors),
    await writeTorch(tensors),
    await writeTorch(tensors, 'params_ema'),
    await writeTorch(tensors, 'state_dict'),
    writeLegacyTorch(tensors),
  ];
  const nets = await Promise.all(files.map((file) => readOwnModel(file, 'a')));
  for (const net of nets) expect(net).toEqual(nets[0]);
});

test('a tensor whose numbers do not lie in a row is the same network', async () => {
  const { tensors } = makeCompact(8, 1, 2);
  const { dims, values } = tensors['body.2.weight']!;
  const [to = 0, from = 0] = dims;
  // Its planes lie the other way round.
  const turned = values.map((_, at) => {
    const [source, rest] = [Math.floor(at / (9 * to)), at % (9 * to)];
    return values[(Math.floor(rest / 9) * from + source) * 9 + (rest % 9)]!;
  });
  const stored = { ...tensors, 'body.2.weight': { dims, values: turned } };
  const entries = Object.entries(stored).map(([name, tensor], index) => {
    const strides = name === 'body.2.weight' ? { strides: [9, 9 * to, 3, 1] } : {};
    return [name, pickleTensor(`${index}`, tensor, strides)] as const;
  });
  const file = await zipTorch(pickle.end(pickle.ordered(entries)), stored);
  const wanted = await readOwnModel(writeSafetensors(tensors), 'a');
  expect(await readOwnModel(file, 'a')).toEqual(wanted);
});

test('what was written is read again as it is', async () => {
  const sample = makeCompact(8, 1, 2);
  const written = await readOwnModel(writeSafetensors(sample.tensors), 'a.safetensors');
  const net = await readOwnModel(written.onnx, 'a.onnx');
  expect(net).toMatchObject({ architecture: 'ONNX', inputs: 3, outputs: 3 });
  expect(await offBy(net, sample)).toBeLessThan(0.1);
});

test('a picture is no model', async () => {
  const png = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13]);
  await expect(readOwnModel(png, 'a.onnx')).rejects.toMatchObject({
    problem: 'own-model-unsupported',
    facts: { lack: 'file', name: 'a.onnx' },
  });
});
