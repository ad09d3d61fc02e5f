import { EnhanceError } from '../../core/errors';
import type { Geometry, Network } from '../../core/plan/network';
import type { Size } from '../../core/picture/rect';
import { release as giveBack } from '../../core/picture/release';
import { exclusively } from './runtime';
import { openSession } from './session';

/** Name of the performance measures of single runs on the CPU. */
export const networkMeasure = 'enlarger:network';

/** A network on the CPU. Its owner calls `release` once. */
export type CpuNetwork = Network & { release(): Promise<void> };

/**
 * Loads a network for the CPU, onnxruntime's wasm provider. Each run leaves a performance measure, for
 * profiles and the benchmark.
 *
 * @param bytes A verified ONNX file that keeps the model contract, of 32-bit floats.
 * @param geometry The network's.
 * @param window The one input size it will run.
 * @returns The network, owned by the caller.
 * @throws {EnhanceError} `model-corrupt` when onnxruntime refuses the file.
 */
export async function openCpuNetwork(
  bytes: Uint8Array,
  geometry: Geometry,
  window: Size,
): Promise<CpuNetwork> {
  const { inner, ort, release } = await openSession(bytes, window, null);
  let last: Float32Array<ArrayBuffer> | undefined;
  return {
    ...geometry,
    release,
    async run(tile, { width, height }) {
      // The runtime makes a copy of each result, out of its own memory.
      if (last) giveBack(last);
      const image = new ort.Tensor('float32', tile, [
        ...[1, tile.length / (width * height), height, width],
      ]);
      const output = await exclusively(async () => {
        const start = performance.now();
        const { enhanced } = await inner.run({ image });
        performance.measure(networkMeasure, { start, end: performance.now() });
        return enhanced;
      });
      if (!output) throw new EnhanceError('model-without-output', { output: 'enhanced' });
      return (last = output.data as Float32Array<ArrayBuffer>);
    },
  };
}
