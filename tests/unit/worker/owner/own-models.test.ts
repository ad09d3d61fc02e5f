/** Models that a person brings: added whole or not at all. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { examineNetwork, proveNetwork } from '../../../../src/core/run/probe';
import type { Probe } from '../../../../src/core/run/probe-reach';
import { EnhanceError } from '../../../../src/core/errors';
import type { Keep } from '../../../../src/models/keep';
import { isMade, OwnShelf } from '../../../../src/models/own/own-shelf';
import {
  addOwnModel,
  type AddingParts,
  type Brought,
} from '../../../../src/worker/owner/own-models';
import type { Machine } from '../../../../src/worker/engine/protocol';
import { readOnnx } from '../../../../src/models/own/onnx-reading';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import type { Planes } from '../../../../src/core/run/probe-pictures';
import { Trials } from '../../../../src/worker/owner/trials';
import { makeCompact } from '../../models/own/sample-nets';
import { runNet } from '../../models/own/run-net';
import { fractions, ints, port, step } from '../../models/own/sample-graphs';
import { createMemoryKeep } from '../../models/own/memory-keep';
import { writeSafetensors } from '../../models/own/weight-files';

/** Repeats each pixel. */
const twice: Probe = async ({ width, height, values }) => {
  const size = { width: 2 * width, height: 2 * height, count: 3 };
  const made = new Float32Array(4 * values.length);
  for (let c = 0, i = 0; c < 3; c++)
    for (let y = 0; y < size.height; y++)
      for (let x = 0; x < size.width; x++, i++)
        made[i] = values[(c * height + (y >> 1)) * width + (x >> 1)]!;
  return { ...size, values: made };
};

const machine: Machine = {
  ...{ backend: 'wasm', software: false, device: '', identity: '', hasF16: false },
  ...{ bindingBytes: 0, runtimes: ['cpu'] },
};

let shelf: OwnShelf;
let host: AddingParts['host'];
let keep: Keep;
let items: Map<string, unknown>;
/** Of one file that the storage has room for. */
let mostBytes: number;

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'Test' });
  mostBytes = Infinity;
  ({ items, keep } = createMemoryKeep((_, value) => {
    return !(value instanceof Blob) || value.size <= mostBytes;
  }));
  shelf = new OwnShelf(keep);
  host = {
    open: async () => machine,
    warm: async () => undefined,
    probe: vi.fn(async (...[, known]: Parameters<AddingParts['host']['probe']>) =>
      examineNetwork(twice, () => 0, known),
    ),
    compare: async () => ({ psnrLoss: 0.01, agreement: 50, levels: 1 }),
    prove: vi.fn(async (...[, found]: Parameters<AddingParts['host']['prove']>) =>
      proveNetwork(twice, found, () => 0),
    ),
    kill: vi.fn(),
  };
});

const file = (name = 'sharp.safetensors') =>
  new File([writeSafetensors(makeCompact(4, 1, 2).tensors) as BlobPart], name);

const add = (brought: Brought, signal = new AbortController().signal) =>
  addOwnModel(brought, { shelf, trials: new Trials(keep), host }, signal);

describe('a model', () => {
  test('is called as its file is, and its golden tile is left for the GPU that wants it', async () => {
    const model = await add({ file: file() });
    expect(model).toMatchObject({ title: 'sharp', licence: '', architecture: 'Compact' });
    expect(await shelf.list()).toEqual([model]);
    expect(host.prove).not.toHaveBeenCalled();
    expect(isMade(model.card.files[0]!.golden)).toBe(false);
    expect(host.kill).toHaveBeenCalled();
  });

  test('whose reach had to be found is proved before it is kept', async () => {
    const [inexact, golden] = [{ isExact: false }, new Uint8Array(5)];
    vi.mocked(host.probe).mockImplementation(async (...[, known]) => {
      const examined = await examineNetwork(twice, () => 0, known);
      return { ...examined, found: { ...examined.found, ...inexact } };
    });
    vi.mocked(host.prove).mockResolvedValue({ golden, tolerance: 3, msPerPixel: 1 });
    const model = await add({ file: file() });
    const [full] = model.card.files;
    expect(full!.golden).toMatchObject({ bytes: 5, tolerance: 3 });
    expect(await shelf.load(full!.golden)).toEqual(golden);
  });

  test('is told of by what lay beside it', async () => {
    const words = { name: 'Sharp for photos', author: 'Ann', license: 'CC0-1.0' };
    const about = [new File([JSON.stringify(words)], 'page.json')];
    expect(await add({ file: file(), about })).toMatchObject({
      ...{ title: 'Sharp for photos', author: 'Ann', licence: 'CC0-1.0' },
    });
  });

  test('that is there is told of by what it is brought with again, as far as nobody has', async () => {
    const model = await add({ file: file() });
    await shelf.describe(model, { title: 'Hair', licence: '', author: 'Ann' });
    const about = [new File(['# Sharp\n\nAuthor: Bo\nLicense: MIT'], 'README.md')];
    const words = { title: 'Hair', licence: 'MIT', author: 'Ann' };
    expect(await add({ file: file(), about })).toMatchObject(words);
    expect(await shelf.list()).toMatchObject([words]);
    expect(host.probe).toHaveBeenCalledTimes(1);
  });

  test('is kept with weights of 8 bits where there is no room for the full ones', async () => {
    mostBytes = 16_000;
    const sharp = makeCompact(24, 1, 2).tensors;
    const large = new File([writeSafetensors(sharp) as BlobPart], 'large.safetensors');
    const model = await add({ file: large });
    const [file, ...others] = model.card.files;
    expect(file).toMatchObject({ precision: 'int8', psnrLoss: 0.01 });
    expect(others).toEqual([]);
    expect(await shelf.load(file!)).toHaveLength(file!.bytes);
    expect(await shelf.list()).toEqual([model]);
    expect(file!.golden.tolerance).toBeGreaterThan(2);
    // Of the full weights, which are not there any more.
    expect(await shelf.load(file!.golden)).toHaveLength(15360);
  });

  test('is not kept where that would be seen', async () => {
    mostBytes = 16_000;
    host.compare = async () => ({ psnrLoss: 0.2, agreement: 50, levels: 1 });
    const sharp = makeCompact(24, 1, 2).tensors;
    const large = new File([writeSafetensors(sharp) as BlobPart], 'large.safetensors');
    await expect(add({ file: large })).rejects.toMatchObject({ problem: 'storage-full' });
    expect(items.size).toBe(0);
  });

  describe('of pictures', () => {
    const same = { pads: ints(1, 1, 1, 1), kernel_shape: ints(3, 3) };
    // As many exporters write it: a run alone tells how many planes come out.
    const network = (from: number, to: number, result = port('y')) => {
      const graph = {
        opset: 13,
        nodes: [step('Conv', ['x', 'w'], 'y', same)],
        constants: new Map([['w', fractions(1, to, from, 3, 3)]]),
        inputs: [port('x', 1, from, 'h', 'w')],
        outputs: [result],
      };
      return new File([writeOnnx(graph)], 'planes.onnx');
    };
    beforeEach(() => {
      const run = async (onnx: Uint8Array, { values, count, width, height }: Planes) => {
        const input = Float32Array.from(values);
        const made = await runNet(onnx, input, [count, height, width]);
        const [planes = 0, high = 0, wide = 0] = made.batch === 1 ? made.dims : [];
        return { values: made.values, count: planes, width: wide, height: high };
      };
      const near = { halo: 1, multiple: 1 };
      vi.mocked(host.probe).mockImplementation((onnx) =>
        examineNetwork(
          (input) => run(onnx, input),
          () => 0,
          near,
        ),
      );
    });

    test.each([1, 3, 4])('of %i planes is run on three', async (planes) => {
      const model = await add({ file: network(planes, planes) });
      expect(model).toMatchObject({ planes, card: { scale: 1, outputs: 3 } });
      const { inputs } = readOnnx(await shelf.load(model.card.files[0]!));
      expect(inputs.map(({ dims }) => dims[1])).toEqual([3]);
    });

    test.each([
      [1, 3, 'own-model-unfit', { reason: 'planes' }],
      [3, 1, 'own-model-unfit', { reason: 'planes' }],
      [3, 4, 'own-model-unfit', { reason: 'planes' }],
      [4, 3, 'own-model-unfit', { reason: 'planes' }],
      [4, 1, 'own-model-unfit', { reason: 'planes' }],
      [2, 1, 'own-model-unsupported', { lack: 'shape' }],
    ])('that makes of %i planes %i is refused', async (from, to, problem, facts) => {
      await expect(add({ file: network(from, to) })).rejects.toMatchObject({ problem, facts });
      expect(items.size).toBe(0);
    });

    test('that says itself that another comes out than goes in is not run', async () => {
      const file = network(3, 1, port('y', 1, 1, 'h', 'w'));
      const facts = { reason: 'planes' };
      await expect(add({ file })).rejects.toMatchObject({ problem: 'own-model-unfit', facts });
      expect(host.probe).not.toHaveBeenCalled();
    });
  });

  test('that is there is neither run again nor called otherwise', async () => {
    const model = await shelf.describe(await add({ file: file() }), {
      ...{ title: 'Hair', licence: '', author: '' },
    });
    expect(await add({ file: file('other.safetensors') })).toEqual(model);
    expect(host.probe).toHaveBeenCalledTimes(1);
    // Unless something of it is lost.
    const [full] = model.card.files;
    items.delete(`own-file:${full!.sha256}`);
    await add({ file: file() });
    expect(host.probe).toHaveBeenCalledTimes(2);
    expect(await shelf.load(full!)).toHaveLength(full!.bytes);
  });

  test('that is not wanted any more leaves nothing, and its engine is killed', async () => {
    const stopper = new AbortController();
    vi.mocked(host.probe).mockImplementation(async () => {
      stopper.abort();
      throw new EnhanceError('engine-stopped', { reason: 'killed' });
    });
    await expect(add({ file: file() }, stopper.signal)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }) as Error,
    );
    expect(host.kill).toHaveBeenCalled();
    expect(items.size).toBe(0);
  });
});
