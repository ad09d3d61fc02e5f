import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is used of the npm package `webgpu`. */
type Dawn = {
  /** Dawn's WebGPU. */
  create(flags: readonly string[]): GPU;
  /** The classes and constants that a browser has in its global scope. */
  readonly globals: Readonly<Record<string, unknown>>;
};

/**
 * Gives this thread WebGPU through Dawn, as a browser has it, where the npm package `webgpu` is installed beside this one or in the
 * folder of the command. What it computes is proved like any GPU's, by golden tiles.
 *
 * @returns Whether there is one now.
 */
export async function installGpu(): Promise<boolean> {
  const dawn = await loadDawn();
  if (!dawn) return false;
  Object.assign(globalThis, dawn.globals);
  Object.assign(navigator, { gpu: dawn.create([]) });
  // Dawn's binding refuses views of shared memory, which is what onnxruntime's wasm memory is.
  const { prototype } = GPUQueue;
  type Write = (...args: Parameters<GPUQueue['writeBuffer']>) => undefined;
  const write = Object.getOwnPropertyDescriptor(prototype, 'writeBuffer')?.value as Write;
  prototype.writeBuffer = function (this: GPUQueue, buffer, at, data, start, size) {
    return write.call(this, buffer, at, unshare(data as GPUAllowSharedBufferSource), start, size);
  };
  return true;
}

async function loadDawn(): Promise<Dawn | null> {
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), 'any.js')).href])
    try {
      const path = createRequire(from).resolve('webgpu');
      return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Dawn;
    } catch {
      // It is not there, or has no build for this machine.
    }
  return null;
}

/** A copy of a view of shared memory; of the same kind, since `start` and `size` count elements. */
function unshare(data: GPUAllowSharedBufferSource): GPUAllowSharedBufferSource {
  const isShared = ArrayBuffer.isView(data) && data.buffer instanceof SharedArrayBuffer;
  return isShared ? (data as Uint8Array).slice() : data;
}
