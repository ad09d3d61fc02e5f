/** Models that people bring, as they are kept. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseCatalog, type ModelFile } from '../../../../src/models/catalog';
import { threadLocks } from '../../../../src/models/locks';
import {
  bytesOfOwn,
  nameOwn,
  ownAddress,
  OwnShelf,
  unmadeGolden,
  type OwnModel,
} from '../../../../src/models/own/own-shelf';
import { ModelStore } from '../../../../src/models/store';
import { createMemoryKeep } from './memory-keep';

const onnx = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
const golden = Uint8Array.from({ length: 40 }, (_, i) => 255 - i);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const sha256 = 'ab'.repeat(32);
const url = ownAddress(sha256);

const model: OwnModel = {
  ...{ v: 1, sha256, title: 'Sharp', licence: '', author: '', fileName: 'Sharp.pth' },
  ...{ fileBytes: 301, architecture: 'Compact', isWide: false },
  card: {
    ...{ id: url, task: 'upscale', tier: 'quality', variant: 'faithful', title: 'Sharp', scale: 4 },
    ...{ outputs: 3, halo: 9, multiple: 1, controls: [], macsPerPixel: 5, widestBytes: 64 },
    ...{ params: 5, licence: '', trainedOn: '', metrics: {} },
    files: [
      {
        ...{ precision: 'fp32', url, bytes: onnx.length, sha256: hash(onnx), psnrLoss: 0 },
        golden: { url, bytes: golden.length, sha256: hash(golden), tolerance: 2 },
      },
    ],
  },
};

function build(mostItems = Infinity) {
  const { items, keep } = createMemoryKeep(({ size }) => size < mostItems);
  return { items, keep, shelf: new OwnShelf(keep) };
}

const [file] = model.card.files;

test('what is kept is there for the next visit, byte for byte', async () => {
  const { keep, shelf } = build();
  await shelf.add(model, { onnx, golden });
  const later = new OwnShelf(keep);
  expect(await later.list()).toEqual([model]);
  expect(await later.load(file!)).toEqual(onnx);
  expect(await later.load(file!.golden)).toEqual(golden);
  expect(nameOwn(model)).toEqual({ sha256, title: 'Sharp', scale: 4 });
});

test('it stays where the site drops models that its catalogue has no more', async () => {
  const { keep, shelf } = build();
  await shelf.add(model, { onnx, golden });
  await new ModelStore({ keep, locks: threadLocks }).prune(
    parseCatalog({ version: 1, models: [] }),
  );
  expect(await shelf.load(file!)).toEqual(onnx);
});

test('what a person says of it is kept, also where the same file is added again', async () => {
  const { shelf } = build();
  await shelf.add(model, { onnx, golden });
  const said = await shelf.describe(model, { title: 'Hair', licence: 'CC0', author: 'A. Person' });
  expect(said.card.title).toBe('Hair');
  const again = await shelf.add(model, { onnx, golden });
  expect(again).toEqual(said);
  const nameless = await shelf.describe(said, { title: ' ', licence: '', author: '' });
  expect(nameless).toMatchObject({ title: 'Hair', licence: '' });
});

test.each([0, 1, 2])('where only %d things fit, it says so and leaves none', async (room) => {
  const { items, shelf } = build(room);
  await expect(shelf.add(model, { onnx, golden })).rejects.toMatchObject({
    problem: 'storage-full',
  });
  expect([...items.keys()]).toEqual([]);
});

test('deleted, it is gone, and a run that asks for it is told which', async () => {
  const { items, shelf } = build();
  await shelf.add(model, { onnx, golden });
  await shelf.drop(model);
  expect([...items.keys()]).toEqual([]);
  await expect(shelf.load(file!)).rejects.toMatchObject({
    problem: 'own-model-missing',
    facts: { sha256 },
  });
});

describe('a golden tile that is made later', () => {
  const halves = Uint8Array.from({ length: 150 }, (_, i) => i & 127);
  const unmade = { ...file!, golden: unmadeGolden(url, 2) };
  const later: OwnModel = { ...model, card: { ...model.card, files: [unmade] } };
  const form: ModelFile = {
    ...{ ...unmade, bytes: 150, sha256: hash(halves), golden: unmadeGolden(url, 9) },
    precision: 'fp16',
  };
  const made = { url, bytes: golden.length, sha256: hash(golden) };

  test('is that of all its forms, made before it or after, each with its tolerance', async () => {
    const formed = { ...form, golden: { ...made, tolerance: 9 } };
    for (const isFirst of [true, false]) {
      const { items, shelf } = build();
      await shelf.add(later, { onnx, golden: null });
      expect(bytesOfOwn(later)).toBe(300);
      if (isFirst) await shelf.addGolden(sha256, golden);
      await shelf.addForm(later, form, halves);
      if (!isFirst) await shelf.addGolden(sha256, golden);
      const [kept] = await shelf.list();
      expect(kept!.card.files).toEqual([{ ...file, golden: { ...made, tolerance: 2 } }, formed]);
      expect(await shelf.load(kept!.card.files[0]!.golden)).toEqual(golden);
      await shelf.drop(later);
      expect([...items.keys()]).toEqual([]);
    }
  });

  test.each([
    ['a model that was deleted meanwhile', Infinity, 0],
    ['a storage that is full', 2, 2],
  ])('of %s leaves nothing', async (_, room, left) => {
    const { items, shelf } = build(room);
    await shelf.add(later, { onnx, golden: null });
    if (left === 0) await shelf.drop(later);
    await shelf.addGolden(sha256, golden);
    expect(items.size).toBe(left);
    expect(await shelf.list()).toEqual(left ? [later] : []);
  });
});

describe('another form of its weights', () => {
  const halves = Uint8Array.from({ length: 150 }, (_, i) => i & 127);
  const form = { ...file!, precision: 'fp16', bytes: 150, sha256: hash(halves) } as const;

  test('is kept beside the first, counted, and deleted with it', async () => {
    const { items, shelf } = build();
    await shelf.add(model, { onnx, golden });
    await shelf.describe(model, { title: 'Hair', licence: '', author: '' });
    const formed = await shelf.addForm(model, form, halves);
    expect(formed).toMatchObject({ title: 'Hair', card: { files: [file, form] } });
    expect(await shelf.list()).toEqual([formed]);
    expect(await shelf.load(form)).toEqual(halves);
    expect(bytesOfOwn(formed!)).toBe(300 + 150 + 40);
    // By what was known of it before.
    await shelf.drop(model);
    expect([...items.keys()]).toEqual([]);
  });

  test.each([
    ['a model that was deleted meanwhile', Infinity, 0],
    ['a storage that is full', 3, 3],
  ])('of %s leaves nothing', async (_, room, left) => {
    const { items, shelf } = build(room);
    await shelf.add(model, { onnx, golden });
    if (left === 0) await shelf.drop(model);
    expect(await shelf.addForm(model, form, halves)).toBeNull();
    expect(items.size).toBe(left);
  });
});

test('a file that is not as it was is not used', async () => {
  const { items, shelf } = build();
  await shelf.add(model, { onnx, golden });
  items.set(`own-file:${file!.sha256}`, new Blob([onnx.map((byte) => byte ^ 1)]));
  await expect(shelf.load(file!)).rejects.toMatchObject({
    problem: 'own-model-missing',
    facts: { sha256, title: 'Sharp' },
  });
});

test('what another version has written is left alone', async () => {
  const { items, shelf } = build();
  items.set('own:1', '{"v":2}');
  items.set('own:2', 'no JSON');
  items.set('own:3', 5);
  expect(await shelf.list()).toEqual([]);
  expect(items.size).toBe(3);
});
