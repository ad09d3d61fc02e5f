import type { InferenceSession } from 'onnxruntime-web';

/** A result of a network, and its planes. */
export type Result = {
  readonly values: Float32Array;
  readonly dims: readonly number[];
  /** How many results of such planes there are. */
  readonly batch: number;
};

/**
 * Runs a network on onnxruntime's wasm provider, as the CPU tier does.
 *
 * @param onnx The file.
 * @param image `[planes, height, width]`.
 * @param dims These three.
 * @returns Its output `enhanced`.
 */
export async function runNet(
  onnx: Uint8Array,
  image: Float32Array,
  [planes, height, width]: readonly [number, number, number],
): Promise<Result> {
  const ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session: InferenceSession = await ort.InferenceSession.create(onnx, {
    executionProviders: ['wasm'],
    freeDimensionOverrides: { h: height, w: width },
  });
  try {
    const feed = new ort.Tensor('float32', image, [1, planes, height, width]);
    const { enhanced } = await session.run({ image: feed });
    if (!enhanced) throw new Error('No output is called enhanced.');
    return {
      values: enhanced.data as Float32Array,
      dims: enhanced.dims.slice(1),
      batch: enhanced.dims[0]!,
    };
  } finally {
    await session.release();
  }
}
