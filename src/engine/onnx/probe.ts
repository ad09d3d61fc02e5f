import type { Probe } from '../../core/run/probe';
import { EnhanceError } from '../../core/errors';
import { exclusively } from './runtime';
import { openSession } from './session';

/**
 * Loads a network of which nothing is known, to be run with inputs of any size on the CPU.
 *
 * @param bytes A sound ONNX file with an input `image` and an output `enhanced`.
 * @returns What runs it, and frees it: once, by the caller.
 * @throws {EnhanceError} `model-refused` by onnxruntime.
 */
export async function openProbe(
  bytes: Uint8Array,
): Promise<{ readonly probe: Probe; readonly release: () => Promise<void> }> {
  const { inner, ort, release } = await openSession(bytes, null, null);
  const probe: Probe = async ({ count, width, height, values }) => {
    const image = new ort.Tensor('float32', values, [1, count, height, width]);
    const { enhanced } = await exclusively(() => inner.run({ image }));
    if (!enhanced) throw new EnhanceError('model-without-output', { output: 'enhanced' });
    const [batch = 0, planes = 0, high = 0, wide = 0] = enhanced.dims;
    const isPicture = enhanced.dims.length === 4 && batch === 1 && enhanced.type === 'float32';
    const data = enhanced.data as Float32Array;
    return { width: wide, height: high, count: isPicture ? planes : 0, values: data };
  };
  return { probe, release };
}
