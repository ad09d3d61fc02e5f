/** What pages of text say of a model. */
import { expect, test } from 'vitest';
import { readText } from '../../../../src/models/own/text-words';

test('a page with a head is read by its head, its quotes and lists taken off', () => {
  const page = `---
license: "cc-by-4.0"
author:
  - Ann
  - Bo
tags: [photo, x4]
---
# 4x Sharp Eyes

License: something else
`;
  expect(readText(page)).toEqual({
    ...{ title: '4x Sharp Eyes', licence: 'cc-by-4.0', author: 'Ann, Bo' },
  });
});

test('a licence that its collection has no sign for is called by its own name', () => {
  expect(readText('---\nlicense: other\nlicense_name: sharp-community\n---\n')).toEqual({
    licence: 'sharp-community',
  });
});

test.each([
  ['in bold', '**Name:** 4xSharp  \n**Author:** Ann B.  \n**License:** CC BY 4.0  \n**Scale:** 4'],
  ['plain', 'Name: 4xSharp\r\nAuthor: Ann B.\r\nLicence: CC BY 4.0\r\n'],
  ['as a list', '- Name: 4xSharp\n* _Author_: Ann B.\n+ **License**: CC BY 4.0'],
  ['as a table', '| Name | 4xSharp |\n|---|---|\n| Author | Ann B. |\n| License | CC BY 4.0 |'],
  [
    'with links',
    'Name: `4xSharp`\nAuthor: [Ann B.](https://a.example)\nLicense: [CC BY 4.0](https://b.example/(4))',
  ],
  ['quoted', '> Name: 4xSharp\n> Authors: Ann B.\n> License: CC BY 4.0'],
  ['under headings', '4xSharp\n=======\n\n## Author\nAnn B.\n\n### License\n\n- CC BY 4.0\n'],
])('lines %s are read', (_, text) => {
  expect(readText(text)).toMatchObject({ title: '4xSharp', author: 'Ann B.' });
  expect(readText(text).licence).toMatch(/^CC BY 4\.0/);
});

test('the first heading is the name, but not that of a section, nor what stands in a program', () => {
  const page = '```sh\n# install\npip install x\n```\n## License\nMIT\n\n## Sharp ##\n# Usage';
  expect(readText(page)).toEqual({ title: 'Sharp', licence: 'MIT' });
});

test.each([
  ['sentences', 'The license: see below.\nAn author wrote this. Names: many.'],
  ['a page of HTML', '<!DOCTYPE html>\n<title>x</title>\nLicense: MIT'],
  ['tags', 'License: <b onclick="x()">MIT</b>\n# <img src=x>'],
  ['badges', 'License: [![License](https://a.example/mit.svg)](LICENSE)'],
  ['empty lines', 'License:\nAuthor:   \n\n#\n---\n'],
  ['a head without an end', '---\ntags: x'],
  ['what stands too far behind', `${'\n'.repeat(64_000)}License: MIT`],
  ['what all objects have', 'constructor: x\n__proto__: y\n# '],
])('%s say nothing', (_, text) => {
  expect(readText(text)).toEqual({});
});

test('a text made to be slow is not', () => {
  for (const part of ['# ', '- ', '[', '![', '* _', '`', 'name ', '<', '|', '"'])
    expect(readText(`License: ${part.repeat(60_000)}\n${part.repeat(60_000)}`)).toBeDefined();
});
