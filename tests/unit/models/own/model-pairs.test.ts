/** The two files of one network become one, in a fixed order. */
import { expect, test } from 'vitest';
import { joinPairs } from '../../../../src/models/own/model-pairs';

const file = (name: string, text = name) => new File([text], name);

async function joined(...files: readonly File[]): Promise<string[]> {
  const texts = joinPairs(files).map(async (each) => `${each.name}: ${await each.text()}`);
  return Promise.all(texts);
}

test('steps come before numbers, whichever file was named first', async () => {
  const both = [file('Net.bin', 'numbers'), file('net.param', 'steps')];
  expect(await joined(...both)).toEqual(['net.param: steps\0numbers']);
  expect(await joined(...both.toReversed())).toEqual(['net.param: steps\0numbers']);
});

test('two alone belong together under any names; of several those of one name do', async () => {
  const one = [file('a.param'), file('weights.bin')];
  expect(await joined(...one)).toEqual(['a.param: a.param\0weights.bin']);
  expect(await joined(...one, file('b.param'), file('b.bin'), file('c.onnx'))).toEqual([
    ...['a.param: a.param', 'weights.bin: weights.bin'],
    ...['b.param: b.param\0b.bin', 'c.onnx: c.onnx'],
  ]);
});
