import { expect, test } from 'vitest';
import { FileEnd } from '../../../../src/worker/owner/file-end';

test('holds what is written from a place on, over what was there and behind it', () => {
  const end = new FileEnd(100, Uint8Array.of(1, 2, 3));
  end.write(Uint8Array.of(7, 8), 102);
  end.write(Uint8Array.of(9), 107);
  expect([...end.bytes]).toEqual([1, 2, 7, 8, 0, 0, 0, 9]);
});

test('holds no more than 128 MiB, and keeps what it had', () => {
  const end = new FileEnd(5, new Uint8Array());
  end.write(Uint8Array.of(1), 5);
  const beyond = () => end.write(Uint8Array.of(2), 5 + 2 ** 27);
  expect(beyond).toThrow(expect.objectContaining({ code: 'storage-full' }));
  expect([...end.bytes]).toEqual([1]);
  end.write(Uint8Array.of(2), 4 + 2 ** 27);
  expect(end.bytes.length).toBe(2 ** 27);
});
