import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { compileWasm, listenToDownloads } from '../../../src/formats/wasm-codec';

/** A module with nothing in it, and a section of some length that nobody reads. */
const wasm = Uint8Array.from([
  0,
  0x61,
  0x73,
  0x6d,
  1,
  0,
  0,
  0,
  0,
  101,
  1,
  0x78,
  ...new Uint8Array(99),
]);

test('how much of a codec has arrived is told while it does, once', async () => {
  const sha256 = createHash('sha256').update(wasm).digest('hex');
  const serve = () => {
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(wasm.slice(0, 40));
        stream.enqueue(wasm.slice(40));
        stream.close();
      },
    });
    return Promise.resolve(new Response(body));
  };
  vi.stubGlobal('self', { location: { href: 'https://enlarger.example/' } });
  vi.stubGlobal('fetch', serve);
  const told: number[][] = [];
  const hush = listenToDownloads((...bytes) => told.push(bytes));
  const address = `codec.wasm#sha256=${sha256}.${wasm.length}`;
  expect(await compileWasm(address)).toBeInstanceOf(WebAssembly.Module);
  expect(told).toEqual([
    [40, wasm.length],
    [wasm.length, wasm.length],
  ]);
  await compileWasm(address);
  hush();
  await compileWasm(`other-${address}`);
  expect(told).toHaveLength(2);
  vi.unstubAllGlobals();
});
