/** Other forms of models that a person brings: kept where nobody would see the difference. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { FormLoss } from '../../../../src/core/run/form-loss';
import { digest } from '../../../../src/integrity/digest';
import { ownAddress, OwnShelf, type OwnModel } from '../../../../src/models/own/own-shelf';
import { readOwnModel } from '../../../../src/models/own/read-own-model';
import { makeHalves } from '../../../../src/worker/owner/own-forms';
import type { Machine } from '../../../../src/worker/engine/protocol';
import { createMemoryKeep } from '../../models/own/memory-keep';
import { makeCompact } from '../../models/own/sample-nets';
import { writeSafetensors } from '../../models/own/weight-files';

const golden = new Uint8Array(40);
let shelf: OwnShelf;
let model: OwnModel;
let loss: FormLoss | null;
const kill = vi.fn();
const host = {
  open: async () => ({}) as Machine,
  compare: async () => loss,
  kill,
};

beforeEach(async () => {
  kill.mockClear();
  loss = { psnrLoss: -0.001, agreement: 60, levels: 0.3 };
  const { onnx } = await readOwnModel(writeSafetensors(makeCompact(8, 1, 2).tensors), 'a');
  const sha256 = 'ab'.repeat(32);
  const url = ownAddress(sha256);
  const tile = { url, bytes: golden.length, sha256: await digest(golden), tolerance: 2 };
  const file = { url, bytes: onnx.length, sha256: await digest(onnx), psnrLoss: 0, golden: tile };
  shelf = new OwnShelf(createMemoryKeep().keep);
  model = await shelf.add(
    {
      ...{ v: 1, sha256, title: 'a', licence: '', author: '', fileName: 'a.pth', fileBytes: 1 },
      ...{ architecture: 'Compact', isWide: false },
      card: {
        ...{ id: url, task: 'upscale', tier: 'quality', variant: 'faithful', title: 'a', scale: 2 },
        ...{ outputs: 3, halo: 3, multiple: 1, controls: [], macsPerPixel: 5, widestBytes: 64 },
        ...{ params: 5, licence: '', trainedOn: '', metrics: {} },
        files: [{ ...file, precision: 'fp32' }],
      },
    },
    { onnx, golden },
  );
});

test('one of 16 bits is kept beside the full weights, and proved by the same tile', async () => {
  const formed = await makeHalves(model, { shelf, host });
  expect(await shelf.list()).toEqual([formed]);
  const [full, half] = formed!.card.files;
  expect(full).toEqual(model.card.files[0]);
  expect(half).toMatchObject({ precision: 'fp16', psnrLoss: 0 });
  expect(half!.golden).toMatchObject({ sha256: full!.golden.sha256, tolerance: 9 });
  expect(half!.bytes).toBeLessThan(full!.bytes);
  expect(kill).toHaveBeenCalled();
});

test.each([
  ['costs a tenth of a dB', { psnrLoss: 0.1, agreement: 60, levels: 0.3 }],
  ['is another picture', { psnrLoss: 0, agreement: 30, levels: 0.3 }],
  ['could be proved by nothing', { psnrLoss: 0, agreement: 60, levels: 6 }],
  ['does not run', null],
])('one that %s is not kept', async (_, cost) => {
  loss = cost;
  expect(await makeHalves(model, { shelf, host })).toBeNull();
  expect(await shelf.list()).toEqual([model]);
  expect(kill).toHaveBeenCalled();
});

test('one of a model that is not there any more is not made', async () => {
  await shelf.drop(model);
  await expect(makeHalves(model, { shelf, host })).rejects.toMatchObject({
    problem: 'own-model-missing',
  });
  expect(kill).toHaveBeenCalled();
});
