/** The list of models that a person has brought. */
import { describe, expect, test } from 'vitest';
import { OwnList } from '../../../../../src/app/state/page/own-list.svelte';
import { failed, type Reply } from '../../../../../src/core/errors';
import { OwnShelf, type OwnModel } from '../../../../../src/models/own/own-shelf';
import { createMemoryKeep } from '../../../models/own/memory-keep';

const keep = {
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
  keys: async () => [],
};

function setUp(answer: (name: string) => Promise<Reply<OwnModel>>, shelf = new OwnShelf(keep)) {
  const asked: string[] = [];
  const list = new OwnList(
    {
      addModel: (file, about) => {
        asked.push(
          [file.name, about?.map((each) => each.name).join(' and ') || 'nothing'].join(' with '),
        );
        return answer(file.name);
      },
      stopAdding: async () => void asked.push('stop'),
      onChange: () => undefined,
    },
    shelf,
  );
  return { asked, list };
}

const named = (...names: string[]) => names.map((name) => new File([''], name));
const added = async (title: string): Promise<Reply<OwnModel>> => ({
  ok: true,
  value: { title } as OwnModel,
});

test('several are added one after the other, each with what lies beside it under its name', async () => {
  const { asked, list } = setUp(added);
  await list.add(named('a.pth', 'b.ONNX', 'b.json', 'c.json'));
  expect(asked).toEqual(['a.pth with nothing', 'b.ONNX with b.json']);
  expect([list.adding, list.fault]).toEqual(['', '']);
});

test('a single one takes what lies beside it under other names', async () => {
  const { asked, list } = setUp(added);
  await list.add(named('page.json', 'a.pth', 'README.md', 'notes.txt', 'a.txt'));
  expect(asked).toEqual(['a.pth with page.json and a.txt and README.md']);
});

test('the two files of one network are one model, with what lies beside them', async () => {
  const { asked, list } = setUp(added);
  await list.add(named('a.bin', 'b.param', 'a.param', 'c.pth', 'a.json', 'B.bin'));
  expect(asked).toEqual(['b.param with nothing', 'a.param with a.json', 'c.pth with nothing']);
});

describe('what comes later, without a model,', () => {
  const text = (name: string, of: string) => new File([of], name);
  const setUpWith = async (...models: Partial<OwnModel>[]) => {
    const shelf = new OwnShelf(createMemoryKeep().keep);
    for (const [at, model] of models.entries())
      await shelf.add(
        {
          ...{ v: 1, sha256: `${at}`, title: 'a', licence: '', author: '', fileName: 'a.pth' },
          ...{ fileBytes: 1, architecture: 'Compact', isWide: false },
          ...model,
          card: { files: [{ golden: { sha256: '' }, sha256: `${at}`, bytes: 1 }] } as never,
        },
        { onnx: new Uint8Array(1), golden: null },
      );
    const list = setUp(added, shelf).list;
    const words = async () =>
      (await shelf.list()).map(({ title, licence, author }) => [title, licence, author].join());
    return { list, words };
  };

  test('is kept with the model of its name', async () => {
    const { list, words } = await setUpWith(
      { licence: 'unclear' },
      { fileName: 'b.pth', title: 'b' },
    );
    await list.add([text('A.txt', '# Sharp\nLicense: MIT'), text('README.md', 'License: CC0')]);
    expect(await words()).toEqual(['b,,', 'Sharp,MIT,']);
    expect(list.fault).toBe('');
    expect(list.said).toContain('a.pth');
    expect(list.models.map(({ title }) => title)).toEqual(['b', 'Sharp']);
  });

  test('does not call a model otherwise that the person has named', async () => {
    const { list, words } = await setUpWith({ title: 'Hair' });
    await list.add([text('readme.txt', '# Sharp\nAuthor: Ann')]);
    expect(await words()).toEqual(['Hair,,Ann']);
  });

  test('changes nothing where it is of none that is here, which is said', async () => {
    const { list, words } = await setUpWith({}, { fileName: 'b.pth', title: 'b' });
    await list.add([text('readme.md', '# Sharp'), text('a.txt', 'Dear model')]);
    expect(await words()).toEqual(['a,,', 'b,,']);
    expect(list.fault).toContain('readme.md');
    expect(list.said).toBe('');
  });
});

test('what is stopped is no fault, and what would come after it is not begun', async () => {
  let stop = (_: Reply<OwnModel>) => undefined as void;
  const { asked, list } = setUp(() => new Promise((resolve) => (stop = resolve)));
  const adding = list.add(named('a.pth', 'b.pth'));
  expect(list.adding).toBe('a.pth');
  await list.stop();
  stop(failed('cancelled'));
  await adding;
  expect(asked).toEqual(['a.pth with nothing', 'stop']);
  expect([list.adding, list.fault, list.said]).toEqual(['', '', '']);
});
