/** What files say of a model: its name, its licence, who made it. */
import { expect, test } from 'vitest';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import { mergeWords, readAbout, readWords } from '../../../../src/models/own/model-words';
import { readOwnWords } from '../../../../src/models/own/own-words';
import { awkwardGraph } from './sample-graphs';

const nothing = { title: '', licence: '', author: '' };

test('a collection’s page of a model is read, whatever else it says', () => {
  const page = {
    ...{ name: 'Sharp\n x4', author: ['Ann', 'Bo'], license: 'CC-BY-4.0' },
    ...{ tags: ['photo'], resources: [{ sha256: 'ab' }], scale: 4 },
  };
  expect(readWords(JSON.stringify(page))).toEqual({
    ...{ title: 'Sharp x4', licence: 'CC-BY-4.0', author: 'Ann, Bo' },
  });
});

test.each([
  ['what is no JSON', 'Dear model'],
  ['a list', '[1, 2]'],
  ['nothing', 'null'],
  ['other kinds of values', '{"name": 4, "author": {"name": "Ann"}, "license": null}'],
  ['a name that all objects have', '{}'],
])('%s says nothing', (_, text) => {
  expect(readWords(text)).toEqual(nothing);
});

test('files beside it are believed in their order; a large one, and one that is not to be read, say nothing', async () => {
  const page = new File([JSON.stringify({ name: 'Sharp', license: 'MIT' })], 'a.json');
  const text = new File(['Name: Other\nLicense: CC0\nAuthor: Ann'], 'a.md');
  const large = new File([`{"name": "Large", "x": "${'x'.repeat(1e6)}"}`], 'b.json');
  const gone = { size: 1, text: () => Promise.reject(new Error('gone')) } as unknown as File;
  expect(await readAbout([large, gone, page, text])).toEqual({
    ...{ title: 'Sharp', licence: 'MIT', author: 'Ann' },
  });
  expect(await readAbout([])).toEqual(nothing);
});

test('a text without an end is cut', () => {
  expect(readWords(JSON.stringify({ title: 'a'.repeat(5000) })).title).toHaveLength(200);
});

test('a .safetensors file says it in its header', () => {
  const metadata = { 'modelspec.title': 'Sharp', 'modelspec.author': 'Ann', format: 'pt' };
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata }));
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  expect(readOwnWords(bytes)).toEqual({ title: 'Sharp', licence: '', author: 'Ann' });
  expect(readOwnWords(new Uint8Array([8, 7, 18, 0]))).toEqual(nothing);
});

test('an .onnx file says it in its properties, behind its graph or before', () => {
  const entry = (field: number, text: string) => {
    const bytes = new TextEncoder().encode(text);
    return [(field << 3) | 2, bytes.length, ...bytes];
  };
  const property = (name: string, text: string) => {
    const body = [...entry(1, name), ...entry(2, text)];
    return [(14 << 3) | 2, body.length, ...body];
  };
  const bytes = [
    ...[8, 7, ...property('author', 'Ann')],
    ...writeOnnx(awkwardGraph()).subarray(2),
    ...property('license', 'MIT'),
  ];
  expect(readOwnWords(Uint8Array.from(bytes))).toEqual({
    ...{ title: '', licence: 'MIT', author: 'Ann' },
  });
  expect(readOwnWords(Uint8Array.from(bytes.slice(0, -2)))).toEqual(nothing);
});

test('each word is of the first that has it', () => {
  const beside = { ...nothing, licence: 'MIT' };
  const inside = { title: 'Sharp', licence: 'CC0', author: 'Ann' };
  expect(mergeWords(beside, inside)).toEqual({ ...inside, licence: 'MIT' });
});
