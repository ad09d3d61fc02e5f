/** The list of models that a person has brought. */
import { expect, test } from 'vitest';
import { OwnList } from '../../../../../src/app/state/page/own-list.svelte';
import { failed, type Reply } from '../../../../../src/core/errors';
import { OwnShelf, type OwnModel } from '../../../../../src/models/own/own-shelf';

const keep = {
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
  keys: async () => [],
};

function setUp(answer: (name: string) => Promise<Reply<OwnModel>>) {
  const asked: string[] = [];
  const list = new OwnList(
    {
      addModel: (file, about) => {
        asked.push([file.name, about?.name ?? 'nothing'].join(' with '));
        return answer(file.name);
      },
      stopAdding: async () => void asked.push('stop'),
      onChange: () => undefined,
    },
    new OwnShelf(keep),
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

test('a single one takes what lies beside it under any name', async () => {
  const { asked, list } = setUp(added);
  await list.add(named('page.json', 'a.pth'));
  expect(asked).toEqual(['a.pth with page.json']);
});

test('the two files of one network are one model, with what lies beside them', async () => {
  const { asked, list } = setUp(added);
  await list.add(named('a.bin', 'b.param', 'a.param', 'c.pth', 'a.json', 'B.bin'));
  expect(asked).toEqual(['b.param with nothing', 'a.param with a.json', 'c.pth with nothing']);
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
