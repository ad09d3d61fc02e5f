import { expect, test } from 'vitest';
import { readOwnModel, type OwnNet } from '../../../../src/models/own/read-own-model';
import { makeCompact, randomImage, type SampleNet } from './sample-nets';
import { runNet } from './run-net';
import { writeLegacyTorch, writeSafetensors, writeTorch } from './weight-files';

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
