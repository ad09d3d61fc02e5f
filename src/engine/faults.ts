import { EnhanceError } from '../core/errors';
import type { Network } from '../core/plan/network';
import { guardScopes } from './device';
import type { GpuNetwork } from './gpu-network';

/** What a test lets go wrong, in the place of the network. */
export type Fault = {
  /**
   * `lose-device`: the driver goes away. `fail-pipeline`: it refuses a pipeline, unseen by any error scope.
   * `fail-allocation`: no memory. `crash`: the thread throws. `vanish`: the thread ends without a word.
   * `corrupt`: the result is NaN. `blacken`: it is zeros. `distort`: it is a little wrong. `stall`: it
   * never comes.
   */
  readonly kind:
    | 'lose-device'
    | 'fail-pipeline'
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

/** What a result is multiplied by; on the GPU, where it is not at hand, half of it replaces it. */
const spoilt: Partial<Record<Fault['kind'], number>> = { corrupt: NaN, blacken: 0, distort: 0.9 };

/**
 * A network on the GPU that fails once, in a stated way. Used by tests only; nothing else loads this file.
 *
 * @param network The sound network; stays the caller's.
 * @param device The device it runs on.
 * @param fault What goes wrong.
 * @returns A network to use in its place.
 */
export function plantGpuFault(network: GpuNetwork, device: GPUDevice, fault: Fault): GpuNetwork {
  let runs = 0;
  return {
    ...network,
    async run(image, enhanced) {
      const isDue = runs++ === fault.at;
      if (isDue) await strike(fault.kind, device);
      await network.run(image, enhanced);
      const factor = isDue ? spoilt[fault.kind] : undefined;
      if (factor === undefined) return;
      const values = new Float32Array(enhanced.size / 4).fill(factor === 0 ? 0 : factor * 0.5);
      device.queue.writeBuffer(enhanced, 0, values);
    },
  };
}

/**
 * The same on the CPU.
 *
 * @param network The sound network; stays the caller's.
 * @param fault What goes wrong.
 * @returns A network to use in its place.
 */
export function plantFault(network: Network, fault: Fault): Network {
  let runs = 0;
  return {
    ...network,
    async run(tile, size) {
      const isDue = runs++ === fault.at;
      if (isDue) await strike(fault.kind, null);
      const result = await network.run(tile, size);
      const factor = isDue ? spoilt[fault.kind] : undefined;
      return factor === undefined ? result : result.map((value) => value * factor);
    },
  };
}

async function strike(kind: Fault['kind'], device: GPUDevice | null): Promise<void> {
  switch (kind) {
    case 'lose-device':
      device?.destroy();
      return;
    case 'fail-pipeline':
      if (device) await failPipeline(device);
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

/** No test can have a driver fail; what that shares with this is that no scope round the work sees it. */
async function failPipeline(device: GPUDevice): Promise<void> {
  const scopes = guardScopes.map(() => device.popErrorScope());
  const module = device.createShaderModule({ code: 'no shader' });
  device.createComputePipeline({ layout: 'auto', compute: { module } });
  for (const filter of guardScopes) device.pushErrorScope(filter);
  await Promise.all(scopes);
}
