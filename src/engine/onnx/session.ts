import type { InferenceSession } from 'onnxruntime-web';
import { EnhanceError } from '../../core/errors';
import type { Size } from '../../core/picture/rect';
import { exclusively, loadRuntime, type Ort } from './runtime';
import { forgetWasm } from './wasm-file';

/** A model loaded for one tile shape. Its owner calls `release` once. */
export type Session = {
  readonly inner: InferenceSession;
  readonly ort: Ort;
  readonly release: () => Promise<void>;
};

/**
 * Loads a model into onnxruntime.
 *
 * @param bytes A verified ONNX file that keeps the model contract.
 * @param window The one input size it will run; null for any.
 * @param device Where to run: a device of ours, or null for the wasm tier.
 * @returns A session, owned by the caller.
 * @throws {EnhanceError} `model-refused` by onnxruntime.
 */
export async function openSession(
  bytes: Uint8Array,
  window: Size | null,
  device: GPUDevice | null,
): Promise<Session> {
  const ort = await loadRuntime(device ? 'webgpu' : 'wasm');
  const inner = await exclusively(() =>
    ort.InferenceSession.create(bytes, {
      executionProviders: device
        ? [{ name: 'webgpu', device, storageBufferCacheMode: 'simple' }]
        : ['wasm'],
      ...(window && { freeDimensionOverrides: { h: window.height, w: window.width } }),
      graphOptimizationLevel: 'all',
      // Folds the int8 weights once at load; otherwise they are expanded on every run.
      extra: { session: { disable_quant_qdq: '1' } },
    }),
  ).catch((error: unknown) => {
    throw new EnhanceError('model-refused', { cause: String(error) });
  });
  forgetWasm(ort.env.wasm);
  return { inner, ort, release: () => exclusively(() => inner.release()) };
}
