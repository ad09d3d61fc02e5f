import { expect, test } from 'vitest';
import { FormFiles } from '../../../../src/embed/element/form-files';
import type { FrameResult } from '../../../../src/embed/protocol';

/** A form, and what it was given last: name and file name of each entry. */
function makeForm() {
  let given: string[] = [];
  const element = { name: 'photo' } as HTMLElement & { name: string };
  const setFormValue = (entries: FormData) => {
    given = [...entries].map(([name, file]) => `${name}: ${(file as File).name}`);
  };
  const files = new FormFiles(element, { setFormValue } as unknown as ElementInternals);
  return { element, files, given: () => given };
}

const result = (name: string) => ({ name, blob: new Blob([name]) }) as FrameResult;

test('a result takes the place of the one before, and with it its file', () => {
  const { files, given } = makeForm();
  files.put(result('a'));
  files.put(result('b'));
  expect(given()).toEqual(['photo: b']);
  files.put(null);
  expect([given(), files.latest]).toEqual([[], null]);
});

test('a file that is kept stays before the next one, which alone is replaced', () => {
  const { files, given } = makeForm();
  files.put(result('a'));
  files.put(null, true);
  expect([given(), files.latest]).toEqual([['photo: a'], null]);
  files.put(result('b'));
  files.put(result('b, stronger'));
  expect(given()).toEqual(['photo: a', 'photo: b, stronger']);
});

test('files have the name that the element has then, and none without one', () => {
  const { element, files, given } = makeForm();
  files.put(result('a'));
  element.name = 'scan';
  files.fill();
  expect(given()).toEqual(['scan: a']);
  element.name = '';
  files.fill();
  expect(given()).toEqual([]);
  files.empty();
  element.name = 'photo';
  files.fill();
  expect(given()).toEqual([]);
});
