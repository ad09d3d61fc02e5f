import { expect, test } from 'vitest';
import { faultOfFile } from '../../../src/core/file-fault';

test.each([
  ['NotAllowedError', 'refused'],
  ['NoModificationAllowedError', 'refused'],
  ['QuotaExceededError', 'full'],
  ['NotFoundError', 'gone'],
  ['InvalidStateError', 'failed'],
])('%s is read as %s', (name, fault) => {
  expect(faultOfFile(new DOMException('told so', name))).toBe(fault);
});

test('what is no error of the browser has failed', () => {
  expect(faultOfFile('so')).toBe('failed');
});
