import { outputsOf } from '../../core/plan/network';
import type { GpuNetwork, GpuRuntime, NetworkShape } from '../gpu-network';
import { exclusively, runtimeName } from './runtime';
import { openSession, type Session } from './session';

/** onnxruntime's WebGPU provider. */
export const onnxGpu: GpuRuntime = {
  name: runtimeName,
  open: async (bytes, shape, device) =>
    createNetwork(await openSession(bytes, shape.window, device), shape),
};

function createNetwork(session: Session, shape: NetworkShape): GpuNetwork {
  const { window, precision, planes, geometry } = shape;
  const { inner, ort, release } = session;
  const dataType = precision === 'fp16' ? 'float16' : 'float32';
  const wrap = (buffer: GPUBuffer, channels: number, scale: number) => {
    const dims = [1, channels, window.height * scale, window.width * scale];
    return ort.Tensor.fromGpuBuffer(buffer, { dataType, dims });
  };
  return {
    window,
    precision,
    release,
    async run(image, enhanced) {
      const feeds = { image: wrap(image, planes, 1) };
      const fetches = { enhanced: wrap(enhanced, outputsOf(geometry), geometry.scale) };
      await exclusively(() => inner.run(feeds, fetches));
    },
  };
}
