import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { env } from 'onnxruntime-web/webgpu';
import { create, globals } from 'webgpu';

const wasm = 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm';

/**
 * Gives this process WebGPU through Dawn, as a browser has it, and onnxruntime its wasm, which a page
 * would fetch: call once, before the engine opens a device.
 */
export function installWebGpu(): void {
  Object.assign(globalThis, globals);
  const navigator = { gpu: create([]), userAgent: 'node', hardwareConcurrency: 1 };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  // Dawn's binding refuses views of shared memory, which is what onnxruntime's wasm memory is.
  const { prototype } = GPUQueue;
  type Write = (...args: Parameters<GPUQueue['writeBuffer']>) => undefined;
  const write = Object.getOwnPropertyDescriptor(prototype, 'writeBuffer')?.value as Write;
  prototype.writeBuffer = function (this: GPUQueue, buffer, at, data, start, size) {
    return write.call(this, buffer, at, unshare(data as GPUAllowSharedBufferSource), start, size);
  };
  env.wasm.wasmBinary = readFileSync(createRequire(import.meta.url).resolve(wasm));
}

/** A copy of a view of shared memory; of the same kind, since `start` and `size` count elements. */
function unshare(data: GPUAllowSharedBufferSource): GPUAllowSharedBufferSource {
  const isShared = ArrayBuffer.isView(data) && data.buffer instanceof SharedArrayBuffer;
  return isShared ? (data as Uint8Array).slice() : data;
}
