/**
 * Lets onnxruntime use all cores of the machine. In its bundle for browsers a thread of Node does not know itself for one of its own;
 * in the same code as a module by itself it does, which it would load through a `blob:` address, and Node loads none. Its build that
 * suspends wasm is left alone: the other one runs in every Node.
 */
export async function lendThreads(): Promise<void> {
  const { env } = await import('onnxruntime-web/webgpu');
  const { href } = new URL(/* @vite-ignore */ './ort-threads.js', import.meta.url);
  env.wasm.wasmPaths = { mjs: href };
  URL.createObjectURL = () => href;
  Reflect.deleteProperty(WebAssembly, 'Suspending');
}
