import { expect, test } from 'vitest';
import { isAllowed, readAllow } from '../../../../src/embed/frame/door';

test.each([
  ['*', 'https://any.example', true],
  ['https://a.example', 'https://a.example', true],
  ['https://a.example', 'http://a.example', false],
  ['https://a.example', 'https://a.example:8443', false],
  ['https://a.example', 'https://a.example.evil.test', false],
  ['https://*.a.example', 'https://b.a.example', true],
  ['https://*.a.example', 'https://c.b.a.example', true],
  ['https://*.a.example', 'https://a.example', false],
  ['https://*.a.example', 'https://evila.example', false],
  ['https://*.a.example', 'http://b.a.example', false],
  ['*.a.example', 'https://b.a.example', false],
  ['https://*.*', 'https://b.a', false],
  ['https://a.example', 'null', false],
])('%s and %s: %s', (entry, origin, allowed) => {
  expect(isAllowed([entry], origin)).toBe(allowed);
});

test.each([null, 7, [], {}, { allow: '*' }, { allow: ['*', 7] }])(
  '%j, which is no allow-list, lets nobody in',
  (config) => {
    expect(isAllowed(readAllow(config), 'https://a.example')).toBe(false);
  },
);
