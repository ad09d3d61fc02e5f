import { expect, test } from 'vitest';
import { addressBelow } from '../../../src/models/address';

const catalog = 'https://enlarger.example/app/models/catalog.json';
const folder = 'https://enlarger.example/app/models/';

test.each([
  ['a.onnx', 'a.onnx'],
  ['./a.onnx', 'a.onnx'],
  ['deep/er/a.onnx?v=2', 'deep/er/a.onnx?v=2'],
  ['deep/../a.onnx', 'a.onnx'],
  [' a b é.onnx', 'a%20b%20%C3%A9.onnx'],
  ['100%25..onnx', '100%25..onnx'],
  [`${folder}a.onnx`, 'a.onnx'],
  ['//enlarger.example/app/models/a.onnx', 'a.onnx'],
  ['/app/models/a.onnx', 'a.onnx'],
])('%j is below the catalogue', (name, path) => {
  expect(addressBelow(name, catalog)).toBe(folder + path);
});

test.each([
  '../a.onnx',
  '..',
  '/a.onnx',
  '%2e%2e/a.onnx',
  '%2E%2e/a.onnx',
  '.%2e/a.onnx',
  'deep/%2e%2e/%2e%2e/a.onnx',
  '.\t./a.onnx',
  '\t../a.onnx',
  '.\n.\r/a.onnx',
  ' ../a.onnx',
  '\u0000/a.onnx',
  '..\\a.onnx',
  '\\a.onnx',
  '\\\\elsewhere.example\\app\\models\\a.onnx',
  '//elsewhere.example/app/models/a.onnx',
  '\t//elsewhere.example/app/models/a.onnx',
  ' //elsewhere.example/app/models/a.onnx',
  '/\t/elsewhere.example/app/models/a.onnx',
  'https://elsewhere.example/app/models/a.onnx',
  ' https://elsewhere.example/app/models/a.onnx',
  'ht\ttps://elsewhere.example/app/models/a.onnx',
  'http://enlarger.example/app/models/a.onnx',
  'https://enlarger.example:8443/app/models/a.onnx',
  'https://enlarger.example.elsewhere.example/app/models/a.onnx',
  'https://enlarger.example@elsewhere.example/app/models/a.onnx',
  'https://me:secret@enlarger.example/app/models/a.onnx',
  'https://me@enlarger.example/app/models/a.onnx',
  'https://enlarger.example/app/models-of-another/a.onnx',
  'data:application/octet-stream,a',
  'blob:https://enlarger.example/app/models/a',
  'javascript:void 0',
  'file:///app/models/a.onnx',
  'https://[/a.onnx',
  // What servers decode.
  '..%2fa.onnx',
  'deep%2F..%2F..%2Fa.onnx',
  '..%5ca.onnx',
])('%j is not', (name) => {
  expect(addressBelow(name, catalog)).toBeNull();
});

test('an address is its own, whatever its scheme, and no base for another', () => {
  const inline = 'data:application/octet-stream;base64,AAAA';
  expect(addressBelow(inline, inline)).toBe(inline);
  expect(addressBelow('a.onnx', inline)).toBeNull();
  expect(addressBelow('a.onnx', 'blob:https://enlarger.example/5')).toBeNull();
});
