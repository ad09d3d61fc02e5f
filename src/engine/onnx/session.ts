import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { EnhanceError } from '../../core/errors';
import type { Geometry, Network } from '../../core/plan/network';
import type { Size } from '../../core/picture/rect';
import { exclusively, loadRuntime, type Runtime } from './runtime';

/** Numeric type of a network's input and output. */
export type Precision = 'int8' | 'fp16';

/** A model loaded for one tile shape. Its owner calls `release` once. */
export type Session = {
  readonly geometry: Geometry;
  readonly precision: Precision;
  readonly window: Size;
  readonly inner: InferenceSession;
  readonly runtime: Runtime;
  release(): Promise<void>;
};

/** How to open a session. */
export type SessionOptions = {
  readonly geometry: Geometry;
  readonly precision: Precision;
  /** The one input size it will run. */
  readonly window: Size;
  /** Where to run: a device of ours, or null for the wasm tier. */
  readonly device: GPUDevice | null;
};

/**
 * Loads a model into onnxruntime.
 *
 * @param bytes A verified ONNX file that keeps the model contract.
 * @param options Shape, precision and device.
 * @returns A session, owned by the caller.
 * @throws {EnhanceError} `model-corrupt` when onnxruntime refuses the file.
 */
export async function openSession(bytes: Uint8Array, options: SessionOptions): Promise<Session> {
  const { geometry, precision, window, device } = options;
  const runtime = await loadRuntime(device ? 'webgpu' : 'wasm');
  const inner = await exclusively(() =>
    runtime.InferenceSession.create(bytes, {
      executionProviders: device
        ? [{ name: 'webgpu', device, storageBufferCacheMode: 'simple' }]
        : ['wasm'],
      freeDimensionOverrides: { h: window.height, w: window.width },
      graphOptimizationLevel: 'all',
      // Folds the int8 weights once at load; otherwise they are expanded on every run.
      extra: { session: { disable_quant_qdq: '1' } },
    }),
  ).catch((error: unknown) => {
    throw new EnhanceError('model-corrupt', 'The model could not be loaded.', {
      message: String(error),
    });
  });
  return {
    geometry,
    precision,
    window,
    inner,
    runtime,
    release: () => exclusively(() => inner.release()),
  };
}

/**
 * Runs a session on tensors that live on the GPU, in place.
 *
 * @param session An open session.
 * @param image Input `[1, 3+k, h, w]`.
 * @param enhanced Output `[1, 3, s*h, s*w]`, written.
 */
export async function runSession(session: Session, image: Tensor, enhanced: Tensor): Promise<void> {
  await exclusively(() => session.inner.run({ image }, { enhanced }));
}

/** Name of the performance measures of single runs on the wasm tier. */
export const networkMeasure = 'enlarger:network';

/**
 * Wraps a session of the wasm tier as the reference port of `core/plan/network`. Each run leaves a
 * performance measure, for profiles and the benchmark.
 *
 * @param session A session opened without a device; stays the caller's.
 * @returns The network; it runs only the session's window size.
 */
export function asNetwork(session: Session): Network {
  return {
    ...session.geometry,
    async run(tile, size) {
      const planes = tile.length / (size.width * size.height);
      const dims = [1, planes, size.height, size.width];
      const image = new session.runtime.Tensor('float32', tile, dims);
      const output = await exclusively(async () => {
        const start = performance.now();
        const { enhanced } = await session.inner.run({ image });
        performance.measure(networkMeasure, { start, end: performance.now() });
        return enhanced;
      });
      if (!output)
        throw new EnhanceError('model-corrupt', 'The model has no output named "enhanced".');
      return output.data as Float32Array;
    },
  };
}
