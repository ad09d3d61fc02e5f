import type * as OrtModule from 'onnxruntime-web';
import { findWasm } from './wasm-file';

/** onnxruntime-web, loaded and configured. */
export type Ort = typeof OrtModule;

/** Its name and version, as package.json pins it. */
export const runtimeName = 'onnxruntime-web 1.30.0';

let loading: Promise<Ort> | undefined;

/**
 * Loads onnxruntime-web once for this worker: the JSPI build where the browser can suspend wasm
 * (16.8 MB, faster calls), else the asyncify build (26.8 MB). Both serve the WebGPU and the wasm tier.
 *
 * @param tier Which tier asks first: wasm gets all cores but the page's own where the page is
 *   cross-origin isolated; WebGPU has no use for threads. The first call decides for good.
 * @returns The runtime.
 * @throws {EnhanceError} `offline` or `file-altered` where its wasm does not arrive as it was built; the next
 *   call tries again.
 * @throws {TypeError} When its scripts cannot be fetched, which may be final for this worker.
 */
export function loadRuntime(tier: 'webgpu' | 'wasm'): Promise<Ort> {
  loading ??= ('Suspending' in WebAssembly ? loadJspi() : loadAsyncify()).then((ort) => {
    const threads = tier === 'wasm' && self.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
    ort.env.wasm.numThreads = Math.min(mostThreads, threads);
    return ort;
  });
  // What did not arrive may arrive the next time.
  loading.catch(() => (loading = undefined));
  return loading;
}

/** A bound for machines with dozens of cores: each thread holds a stack and a slice of every layer. */
const mostThreads = 8;

async function loadJspi(): Promise<Ort> {
  const [ort, wasm] = await Promise.all([
    import('onnxruntime-web/jspi'),
    import('onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'),
  ]);
  return configure(ort, wasm.default);
}

async function loadAsyncify(): Promise<Ort> {
  const [ort, wasm] = await Promise.all([
    import('onnxruntime-web/webgpu'),
    import('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'),
  ]);
  return configure(ort, wasm.default);
}

async function configure(ort: Ort, wasm: string): Promise<Ort> {
  Object.assign(ort.env.wasm, await findWasm(wasm));
  ort.env.logLevel = 'error';
  return ort;
}

let tail: Promise<unknown> = Promise.resolve();

/**
 * One call into the runtime at a time: two runs in flight hang it. A failed call does not hold up the
 * next.
 *
 * @param call Creates, runs or releases a session.
 * @returns What `call` returns.
 */
export function exclusively<T>(call: () => Promise<T>): Promise<T> {
  const result = tail.then(call);
  tail = result.catch(() => undefined);
  return result;
}
