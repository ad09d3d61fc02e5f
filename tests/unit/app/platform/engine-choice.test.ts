import { expect, test } from 'vitest';
import { chooseFiles } from '../../../../src/app/platform/engine-choice';

const files = [
  'assets/engine/enhancer.worker-12345678.js',
  'assets/engine/ort.jspi.bundle.min-12345678.js',
  'assets/engine/ort.webgpu.bundle.min-12345678.js',
  'assets/engine/ort-wasm-simd-threaded.jspi-12345678.js',
  'assets/engine/ort-wasm-simd-threaded.asyncify-12345678.js',
  'assets/ort-wasm-simd-threaded.jspi-12345678.wasm',
  'assets/ort-wasm-simd-threaded.asyncify.1of2-12345678.wasm',
  'assets/webp_dec-12345678.wasm',
].map((url) => ({ url: `https://enlarger.example/${url}`, bytes: 1 }));

test.each([
  [true, 'jspi', /asyncify|webgpu/],
  [false, 'asyncify', /jspi/],
] as const)('a browser keeps only the runtime that it uses (JSPI: %s)', (suspends, own, other) => {
  const urls = chooseFiles(files, suspends).map(({ url }) => url);
  expect(urls.filter((url) => other.test(url))).toEqual([]);
  expect(urls.some((url) => url.includes(own))).toBe(true);
  expect(urls.filter((url) => /worker|webp/.test(url))).toHaveLength(2);
});
