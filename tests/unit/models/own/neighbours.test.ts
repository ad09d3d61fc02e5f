/** What lies beside a model and says of what it is. */
import { expect, test } from 'vitest';
import { isAbout, neighboursOf } from '../../../../src/models/own/neighbours';

const named = (...names: string[]) => names.map((name) => new File([''], name));
const beside = (names: readonly string[], isAlone: boolean) =>
  neighboursOf({ name: 'Sharp.pth' }, named(...names), isAlone).map(({ name }) => name);

test('JSON, Markdown and plain text may say of a model what it is', () => {
  const files = named('a.json', 'README.MD', 'a.b.txt', 'a.pth', 'a.html', 'txt', 'a.txt.onnx');
  expect(files.filter(isAbout).map(({ name }) => name)).toEqual(['a.json', 'README.MD', 'a.b.txt']);
});

const all = ['README.md', 'notes.txt', 'page.json', 'sharp.TXT', 'Sharp.json'];

test('of several models each has what has its name', () => {
  expect(beside(all, false)).toEqual(['Sharp.json', 'sharp.TXT']);
});

test('one alone has JSON of any name and a README, too, after what has its name', () => {
  expect(beside(all, true)).toEqual(['Sharp.json', 'page.json', 'sharp.TXT', 'README.md']);
});
