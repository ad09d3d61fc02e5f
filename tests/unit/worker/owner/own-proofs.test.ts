/** Golden tiles of models that people bring, made once a GPU is to be held against them. */
import { createHash } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { EnhanceError } from '../../../../src/core/errors';
import type { Proof } from '../../../../src/core/run/probe';
import {
  ownAddress,
  OwnShelf,
  unmadeGolden,
  type OwnModel,
} from '../../../../src/models/own/own-shelf';
import { ModelStore } from '../../../../src/models/store';
import type { Machine } from '../../../../src/worker/engine/protocol';
import { OwnProofs } from '../../../../src/worker/owner/own-proofs';
import { SiteModels } from '../../../../src/worker/owner/site-models';
import { threadLocks } from '../../../../src/models/locks';
import { createMemoryKeep } from '../../models/own/memory-keep';

const sha256 = 'ab'.repeat(32);
const url = ownAddress(sha256);
const onnx = new Uint8Array(30).fill(7);
const golden = new Uint8Array(40).fill(9);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const machine: Machine = {
  ...{ backend: 'webgpu', software: false, device: '', identity: '', hasF16: false },
  ...{ bindingBytes: 0, runtimes: ['gpu'] },
};

const full = { url, bytes: 30, sha256: hash(onnx), precision: 'fp32', psnrLoss: 0 } as const;
const model: OwnModel = {
  ...{ v: 1, sha256, title: 'a', licence: '', author: '', fileName: 'a.pth', fileBytes: 1 },
  ...{ architecture: 'Compact', isWide: false },
  card: {
    ...{ id: url, task: 'upscale', tier: 'quality', variant: 'faithful', title: 'a', scale: 2 },
    ...{ outputs: 3, halo: 3, multiple: 4, controls: [], macsPerPixel: 5, widestBytes: 64 },
    ...{ params: 5, licence: '', trainedOn: '', metrics: {} },
    files: [{ ...full, golden: unmadeGolden(url, 2) }],
  },
};

let shelf: OwnShelf;
let proofs: OwnProofs;
const host = {
  open: vi.fn(async () => machine),
  prove: vi.fn(async (): Promise<Proof> => ({ golden, tolerance: 2, msPerPixel: 1 })),
  kill: vi.fn(),
};

beforeEach(async () => {
  vi.clearAllMocks();
  shelf = new OwnShelf(createMemoryKeep().keep);
  proofs = new OwnProofs({ shelf, newHost: () => host });
  await shelf.add(model, { onnx, golden: null });
});

test('one is made on the CPU, once, however many ask, and kept', async () => {
  const [one, other] = await Promise.all([proofs.make(model.card), proofs.make(model.card)]);
  expect([one, other]).toEqual([golden, golden]);
  expect(host.open).toHaveBeenCalledExactlyOnceWith('wasm');
  const geometry = { scale: 2, halo: 3, multiple: 4, isExact: true };
  expect(host.prove).toHaveBeenCalledExactlyOnceWith(onnx, geometry);
  expect(host.kill).toHaveBeenCalledOnce();
  // By a plan that was made before.
  expect(await proofs.make(model.card)).toEqual(golden);
  expect(host.prove).toHaveBeenCalledOnce();
  const [kept] = await shelf.list();
  expect(kept!.card.files[0]!.golden).toEqual({
    url,
    bytes: 40,
    sha256: hash(golden),
    tolerance: 2,
  });
});

test('one of a model that is not there any more is not made', async () => {
  await shelf.drop(model);
  await expect(proofs.make(model.card)).rejects.toMatchObject({ problem: 'own-model-missing' });
  expect(host.open).not.toHaveBeenCalled();
});

test('who does not want it any more does not wait, and it is there for the next', async () => {
  const stopper = new AbortController();
  let finish = (_: Proof) => {};
  host.prove.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
  const waiting = proofs.make(model.card, stopper.signal);
  stopper.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  const next = proofs.make(model.card);
  await vi.waitFor(() => expect(host.prove).toHaveBeenCalled());
  finish({ golden, tolerance: 2, msPerPixel: 1 });
  expect(await next).toEqual(golden);
  expect(host.prove).toHaveBeenCalledOnce();
});

test('a failure is told, the engine is killed, and the next who asks tries again', async () => {
  host.prove.mockRejectedValueOnce(new Error('broken'));
  await expect(proofs.make(model.card)).rejects.toThrow('broken');
  expect(host.kill).toHaveBeenCalledOnce();
  expect(await proofs.make(model.card)).toEqual(golden);
});

test('a job on a GPU has it made before it begins, one on the CPU does without', async () => {
  const store = new ModelStore({ keep: createMemoryKeep().keep, locks: threadLocks });
  const prove = vi.fn(async () => golden);
  const models = new SiteModels(store, 'https://a.example/catalog.json', undefined, {
    shelf,
    prove,
  });
  const { signal } = new AbortController();
  const supply = { signal, onFraction: () => undefined, onUnkept: () => undefined };
  const tile = model.card.files[0]!.golden;
  const cpu = await models.supply([model.card], { ...machine, backend: 'wasm' }, supply);
  expect(cpu.bytesOf(full)).toEqual(onnx);
  expect(() => cpu.bytesOf(tile)).toThrow();
  expect(prove).not.toHaveBeenCalled();
  const files = await models.supply([model.card], machine, supply);
  expect(prove).toHaveBeenCalledExactlyOnceWith(model.card, signal);
  expect(files.bytesOf(tile)).toEqual(golden);
  // It fails, and the job begins all the same: it finds no tile, and takes the CPU.
  prove.mockRejectedValueOnce(new EnhanceError('engine-stopped', { reason: 'killed' }));
  const without = await models.supply([model.card], machine, supply);
  expect(without.bytesOf(full)).toEqual(onnx);
  expect(() => without.bytesOf(tile)).toThrow(
    expect.objectContaining({ problem: 'engine-stopped' }) as Error,
  );
});
