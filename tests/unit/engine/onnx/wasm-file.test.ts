import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchChecked } from '../../../../src/integrity/fetch-checked';
import { findWasm, forgetWasm } from '../../../../src/engine/onnx/wasm-file';

vi.mock('../../../../src/integrity/fetch-checked', () => ({ fetchChecked: vi.fn() }));

/** Engines of 2023 and later have it; this may be an older one. */
const transfer = vi.fn(() => new ArrayBuffer(0));
const own = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'transfer');

beforeEach(() => {
  Object.defineProperty(ArrayBuffer.prototype, 'transfer', { value: transfer, configurable: true });
});

afterEach(() => {
  transfer.mockReset();
  Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer');
  if (own) Object.defineProperty(ArrayBuffer.prototype, 'transfer', own);
});

const arrives = (...numbers: number[]) =>
  vi.mocked(fetchChecked).mockResolvedValueOnce({ bytes: Uint8Array.from(numbers) } as never);

test('the runtime gets the file whole, in a buffer that nobody else has', async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  vi.mocked(fetchChecked).mockResolvedValueOnce({ bytes } as never);
  const one = await findWasm('a.wasm#hash');
  expect('wasmBinary' in one && new Uint8Array(one.wasmBinary)).toEqual(bytes);
  expect('wasmBinary' in one && one.wasmBinary).not.toBe(bytes.buffer);

  arrives(1, 2);
  arrives(3);
  const two = await findWasm('a.1of2.wasm#hash a.2of2.wasm#hash');
  expect('wasmBinary' in two && new Uint8Array(two.wasmBinary)).toEqual(bytes);
});

test('its bytes are given back, once', () => {
  const wasmBinary = new ArrayBuffer(8);
  const flags: { wasmBinary?: ArrayBuffer } = { wasmBinary };
  forgetWasm(flags);
  forgetWasm(flags);
  expect(flags).toEqual({});
  expect(transfer.mock.contexts).toEqual([wasmBinary]);
});
