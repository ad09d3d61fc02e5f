import protobuf from 'protobufjs/minimal';
import { expect, test } from 'vitest';
import type { EnhanceError } from '../../../../src/core/errors';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import { mostOwnModelBytes, readOwnModel } from '../../../../src/models/own/read-own-model';
import { makeOriginal, mutatedKinds, readMutated } from './mutated-files';
import { port, step } from './sample-graphs';
import { makeCompact } from './sample-nets';
import { makePlksr } from './sample-plksr';
import {
  joinBytes,
  pickle,
  pickleTensor,
  writeLegacyTorch,
  writeSafetensors,
  writeZip,
  zipTorch,
  type Tensors,
} from './weight-files';

/** The problem and its facts, of a file that is refused. */
async function refusalOf(bytes: Uint8Array): Promise<object> {
  const error = (await readOwnModel(bytes, 'a').then(
    () => Promise.reject(new Error('It was read.')),
    (reason: unknown) => reason,
  )) as EnhanceError;
  return { [error.problem]: error.facts };
}

const damagedAt = (detail: unknown) => ({ 'own-model-damaged': { detail } });
const lacking = (lack: string, name: unknown) => ({ 'own-model-unsupported': { lack, name } });

const run = (room: string, name: string) => [
  ...pickle.name(room, name),
  ...[0x28, ...pickle.text('touch /tmp/owned'), 0x74, 0x52],
];
const stackName = [...pickle.text('builtins'), ...pickle.text('eval'), 0x93];
const one: Tensors = { a: { dims: [1], values: Float32Array.of(1) } };
const torch = (main: readonly number[]) => zipTorch(pickle.end(main), one);
/** Numbers that stand for many: one of them a hundred million times. */
const spread = pickleTensor('0', { dims: [1e4, 1e4], values: Float32Array.of(1) });

test.each([
  ['calls a program', run('os', 'system'), { 'own-model-unsafe': { asks: 'os.system' } }],
  ['names one on its stack', stackName, { 'own-model-unsafe': { asks: 'builtins.eval' } }],
  [
    'makes an object of a class',
    [...new TextEncoder().encode('(itorch.nn\nConv2d\n')],
    { 'own-model-unsafe': { asks: 'torch.nn.Conv2d' } },
  ],
  [
    'makes an object anew',
    [...pickle.name('torch', 'Size'), 0x29, 0x81],
    damagedAt('pickle: 0x81'),
  ],
  ['takes what it does not have', [0x52], damagedAt('pickle: stack')],
  ['recalls what it never had', [0x68, 7], damagedAt('pickle: memo')],
  ['ends in a text', [0x58, 255, 255, 255, 127], damagedAt('pickle: end')],
  ['has a number of a billion digits', [0x8b, 0, 0, 0, 64], damagedAt('pickle: number')],
  ['spreads one number over memory', pickle.dict([['a', spread]]), damagedAt('a')],
  [
    'is a million lists in one another',
    Array<number>(1e6).fill(0x5d),
    lacking('unknown-network', ''),
  ],
  [
    'never ends',
    Array.from({ length: 3e6 }, (_, at) => (at % 2 ? 0x30 : 0x4e)),
    damagedAt('pickle: length'),
  ],
])('a pickle that %s is refused', async (_, main, refusal) => {
  expect(await refusalOf(await torch(main))).toEqual(refusal);
});

test('a pickle that doubles what it holds a hundred times is refused, and takes no memory', async () => {
  const doubling = Array.from({ length: 100 }, (_, at) => [
    ...[0x71, at, 0x28, 0x68, at, 0x68, at, 0x6c],
  ]).flat();
  expect(await refusalOf(await torch([0x5d, ...doubling]))).toEqual(lacking('unknown-network', ''));
});

test('what unpacks to more than it says, or to more than any, is refused', async () => {
  const bomb = await writeZip({ 'archive/data.pkl': new Uint8Array(2e7) }, 9);
  expect(bomb.length).toBeLessThan(1e5);
  expect(await refusalOf(bomb)).toEqual(damagedAt('archive/data.pkl'));
  const lying = bomb.slice();
  const view = new DataView(lying.buffer);
  // The size in the local and in the central header.
  for (let at = 0; at < lying.length - 30; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true);
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
  }
  expect(await refusalOf(lying)).toEqual(damagedAt('archive/data.pkl'));
});

test('archives of something else, programs among them, are refused', async () => {
  const text = new TextEncoder().encode('x');
  expect(await refusalOf(await writeZip({ 'a.txt': text }))).toEqual(lacking('file', 'zip'));
  const script = { 'm/data.pkl': Uint8Array.from(pickle.end([0x7d])), 'm/code/a.py': text };
  expect(await refusalOf(await writeZip(script))).toEqual(lacking('network', 'TorchScript'));
});

test('a storage that is shorter than its tensor, or not there, is refused', async () => {
  const long = { a: { dims: [4], values: new Float32Array(4) } };
  const main = pickle.end(pickle.dict([['a', pickleTensor('0', long.a)]]));
  expect(await refusalOf(await zipTorch(main, one))).toEqual(damagedAt('a'));
  expect(await refusalOf(await zipTorch(main, {}))).toEqual(damagedAt('archive/data/0'));
  const legacy = writeLegacyTorch(long);
  expect(await refusalOf(legacy.subarray(0, -1))).toEqual(damagedAt('storage 0'));
  const endless = legacy.slice();
  endless.fill(255, endless.length - 24, endless.length - 16);
  expect(await refusalOf(endless)).toEqual(damagedAt('storage 0'));
});

const { tensors } = makeCompact(4, 1, 2);
const bias = tensors['body.0.bias']!;

test.each([
  ['of one tensor over another', { dtype: 'F32', shape: [4], data_offsets: [0, 16] }],
  ['beyond its end', { dtype: 'F32', shape: [4], data_offsets: [1e9, 1e9 + 16] }],
  ['turned round', { dtype: 'F32', shape: [4], data_offsets: [16, 0] }],
  [
    'of a size that does not fit',
    { dtype: 'F32', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 16] },
  ],
  ['that are no numbers', { dtype: 'F32', shape: ['4'], data_offsets: [0, 16] }],
  ['that are not there', null],
])('a .safetensors with offsets %s is refused', async (_, entry) => {
  expect(await refusalOf(writeSafetensors(tensors, { 'body.0.bias': entry }))).toEqual(
    damagedAt('body.0.bias'),
  );
});

test('a header that is longer than its file, or no JSON, is refused', async () => {
  const file = writeSafetensors(tensors);
  for (const [at, value] of [
    [3, 9],
    [9, 0x7b],
  ] as const) {
    const other = file.slice();
    other[at] = value;
    expect(await refusalOf(other)).toEqual(damagedAt('header'));
  }
});

test('weights that are no numbers, missing, too many or of other sides are refused', async () => {
  const broken = { ...bias, values: bias.values.with(2, NaN) };
  const cases: [Tensors, object][] = [
    [{ ...tensors, 'body.0.bias': broken }, damagedAt('body.0.bias: NaN')],
    [{ ...tensors, extra: bias }, lacking('unknown-network', 'extra')],
    [
      { ...tensors, 'body.0.bias': { dims: [2, 2], values: bias.values } },
      lacking('unknown-network', 'body.0.bias 2×2'),
    ],
    [
      Object.fromEntries(Object.entries(tensors).filter(([name]) => name !== 'body.2.bias')),
      lacking('unknown-network', 'body.2.bias'),
    ],
  ];
  for (const [each, refusal] of cases)
    expect(await refusalOf(writeSafetensors(each))).toEqual(refusal);
});

test.each([
  ['PLKSR', ['feats.1.channe_mixer.0.weight', 'feats.1.lk.conv.weight']],
  ['DAT', ['before_RG.1.weight']],
  ['SwinIR', ['layers.0.residual_group.blocks.0.norm1.weight']],
])('a %s is refused by its name', async (kind, names) => {
  const file = writeSafetensors(Object.fromEntries(names.map((name) => [name, bias])));
  expect(await refusalOf(file)).toEqual(lacking('network', kind));
});

test('a RealPLKSR that moves pixels is refused by what it is', async () => {
  const shape = { width: 8, blocks: 1, scale: 2, side: 3, hasGate: true };
  const { tensors: sound } = makePlksr(shape);
  const file = writeSafetensors({ ...sound, 'to_img.offset.weight': bias });
  expect(await refusalOf(file)).toEqual(lacking('network', 'RealPLKSR (DySample)'));
});

/** A message of protobuf within a field of another. */
const field = (number: number, ...parts: readonly Uint8Array[]) =>
  new protobuf.Writer()
    .uint32((number << 3) | 2)
    .bytes(joinBytes(...parts))
    .finish();
const text = (number: number, value: string) => field(number, new TextEncoder().encode(value));
const onnx = (...graph: readonly Uint8Array[]) => joinBytes([8, 7], field(7, ...graph));

test('a graph with numbers in another file, a graph in a step or groups is refused', async () => {
  const elsewhere = field(13, text(1, 'location'), text(2, '../../etc/passwd'));
  expect(await refusalOf(onnx(field(5, text(8, 'w'), elsewhere)))).toEqual(
    lacking('elsewhere', '../../etc/passwd'),
  );
  const branch = field(1, text(4, 'If'), field(5, text(1, 'then_branch'), field(6)));
  expect(await refusalOf(onnx(branch))).toEqual(lacking('operator', 'then_branch: If, Loop'));
  expect(await refusalOf(onnx(new Uint8Array(1e6).fill(0x3b)))).toEqual(damagedAt('protobuf'));
});

test('a graph of a billion steps is given up early, one of a long chain is not', async () => {
  const nodes = new Uint8Array(4e6);
  for (let at = 0; at < nodes.length; at += 2) nodes[at] = 10;
  expect(await refusalOf(onnx(nodes))).toEqual(damagedAt('nodes: 20000'));
  const chain = Array.from({ length: 19_000 }, (_, at) => step('Relu', [`v${at}`], `v${at + 1}`));
  const ports = { inputs: [port('v0', 1, 3, 'h', 'w')], outputs: [port('v19000', 1, 3, 'h', 'w')] };
  const file = writeOnnx({ opset: 13, nodes: chain.reverse(), constants: new Map(), ...ports });
  expect(await readOwnModel(file, 'a')).toMatchObject({ inputs: 3, params: 0 });
});

test('a small constant does not unpack to a large one', async () => {
  const many = field(7, new Uint8Array(2e6));
  const tensor = field(5, Uint8Array.of(8, 1, 16, 7), many, text(8, 'w'));
  expect(await refusalOf(onnx(tensor))).toEqual(damagedAt('numbers: 1000000'));
});

test('a file that is too large is refused before it is read', async () => {
  expect(await refusalOf(new Uint8Array(mostOwnModelBytes + 1))).toEqual({
    'own-model-too-large': { mostMegabytes: 150 },
  });
});

test('a name of any length and of any characters is told in part', async () => {
  const name = `\u202e\u0000${'x'.repeat(10_000)}`;
  const told = await refusalOf(await torch([...pickle.text('os'), ...pickle.text(name), 0x93]));
  const asks = (told as { 'own-model-unsafe': { asks: string } })['own-model-unsafe'].asks;
  expect(asks).toMatch(/^os\.\uFFFD\uFFFDx+…$/);
  expect(asks.length).toBeLessThan(100);
});

/** Of each kind, for every run of the tests; `npm run bench -- own-models` damages 2,000. */
const seeds = 40;

test.each(mutatedKinds)('a damaged %s is refused, or read as it is', async (kind) => {
  const original = await makeOriginal(kind);
  let wereRefused = 0;
  for (let seed = 0; seed < seeds; seed++) if (!(await readMutated(original, seed))) wereRefused++;
  expect(wereRefused).toBeGreaterThan(0);
});
