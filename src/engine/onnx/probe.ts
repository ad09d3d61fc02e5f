import type { Tensor } from 'onnxruntime-web';
import type { Probe } from '../../core/run/probe-reach';
import { EnhanceError } from '../../core/errors';
import { fromHalf, toHalf } from '../../core/half';
import { exclusively } from './runtime';
import { openSession } from './session';

/**
 * Loads a network of which nothing is known, to be run with inputs of any size on the CPU.
 *
 * @param bytes A sound ONNX file with an input `image` and an output `enhanced`, both of 32 bits or both of 16.
 * @returns What runs it, and frees it: once, by the caller.
 * @throws {EnhanceError} `model-refused` by onnxruntime.
 */
export async function openProbe(
  bytes: Uint8Array,
): Promise<{ readonly probe: Probe; readonly release: () => Promise<void> }> {
  const { inner, ort, release } = await openSession(bytes, null, null);
  const [port] = inner.inputMetadata;
  const isHalf = port?.isTensor === true && port.type === 'float16';
  const probe: Probe = async ({ count, width, height, values }) => {
    const dims = [1, count, height, width];
    const image = isHalf
      ? new ort.Tensor('float16', Uint16Array.from(values, toHalf), dims)
      : new ort.Tensor('float32', values, dims);
    const { enhanced } = await exclusively(() => inner.run({ image }));
    if (!enhanced) throw new EnhanceError('model-without-output', { output: 'enhanced' });
    const [batch = 0, planes = 0, high = 0, wide = 0] = enhanced.dims;
    const type = isHalf ? 'float16' : 'float32';
    const isPicture = enhanced.dims.length === 4 && batch === 1 && enhanced.type === type;
    const data = isHalf ? widen(enhanced.data) : (enhanced.data as Float32Array);
    return { width: wide, height: high, count: isPicture ? planes : 0, values: data };
  };
  return { probe, release };
}

/** Numbers of 16 bits: their bits, or where the browser has such arrays, themselves. */
function widen(data: Tensor['data']): Float32Array {
  return data instanceof Uint16Array
    ? Float32Array.from(data, fromHalf)
    : Float32Array.from(data as ArrayLike<number>);
}
