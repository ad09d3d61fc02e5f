import type { InferenceSession } from 'onnxruntime-web';
import { EnhanceError } from '../core/errors';
import type { Session } from './onnx/session';

/** What a test lets go wrong, in the place of the network. */
export type Fault = {
  /**
   * `lose-device`: the driver goes away. `fail-allocation`: no memory. `crash`: the thread throws.
   * `vanish`: the thread ends without a word. `corrupt`: the result is NaN. `blacken`: it is zeros.
   * `distort`: it is a little wrong. `stall`: it never comes.
   */
  readonly kind:
    | 'lose-device'
    | 'fail-allocation'
    | 'crash'
    | 'vanish'
    | 'corrupt'
    | 'blacken'
    | 'distort'
    | 'stall';
  /** Which run of the network since the grid was loaded, from 0. */
  readonly at: number;
  /** True where it hits the self-test instead of the photo. */
  readonly inTrial?: boolean;
};

/**
 * A session that fails once, in a stated way. Used by tests only; nothing else loads this file.
 *
 * @param session The sound session; stays the caller's.
 * @param device The device it runs on, or null on wasm.
 * @param fault What goes wrong.
 * @returns A session to use in its place.
 */
export function plantFault(session: Session, device: GPUDevice | null, fault: Fault): Session {
  let runs = 0;
  const run = async (
    feeds: InferenceSession.FeedsType,
    fetches?: InferenceSession.FetchesType,
  ): Promise<InferenceSession.ReturnType> => {
    const isDue = runs++ === fault.at;
    if (isDue) await strike(fault.kind, device);
    const results = await (fetches ? session.inner.run(feeds, fetches) : session.inner.run(feeds));
    const factor = isDue ? spoilt[fault.kind] : undefined;
    const { enhanced } = results;
    if (factor === undefined || !enhanced) return results;
    if (!device) {
      const data = enhanced.data as Float32Array;
      for (let i = 0; i < data.length; i++) data[i]! *= factor;
      return results;
    }
    const buffer = enhanced.gpuBuffer;
    const values = new Float32Array(buffer.size / 4).fill(factor === 0 ? 0 : factor * 0.5);
    device.queue.writeBuffer(buffer, 0, values);
    return results;
  };
  const inner = new Proxy(session.inner, {
    get: (target, name) => (name === 'run' ? run : (Reflect.get(target, name) as unknown)),
  });
  return { ...session, inner };
}

/** What a result is multiplied by; on the GPU, where it is not at hand, half of it replaces it. */
const spoilt: Partial<Record<Fault['kind'], number>> = { corrupt: NaN, blacken: 0, distort: 0.9 };

async function strike(kind: Fault['kind'], device: GPUDevice | null): Promise<void> {
  switch (kind) {
    case 'lose-device':
      device?.destroy();
      return;
    case 'fail-allocation':
      throw new EnhanceError('gpu-memory', { cause: 'planted' });
    case 'crash':
      setTimeout(() => {
        throw new Error('planted');
      });
      return new Promise(() => undefined);
    case 'vanish':
      self.close();
      return new Promise(() => undefined);
    case 'stall':
      return new Promise(() => undefined);
    case 'corrupt':
    case 'blacken':
    case 'distort':
  }
}
