import { EnhanceError } from '../core/errors';

/** A GPU device of ours, and what is worth knowing of it. Its owner calls `device.destroy()`. */
export type Gpu = {
  readonly device: GPUDevice;
  /** True where the adapter is software, that is, the CPU. */
  readonly software: boolean;
  /** Vendor and architecture as far as the browser tells, for the report. */
  readonly name: string;
  /** Vendor, architecture, device and driver as far as the browser tells. */
  readonly identity: string;
  readonly hasF16: boolean;
  /** Largest buffer that one binding may hold, in bytes. */
  readonly bindingBytes: number;
};

/** Limits that onnxruntime's kernels and our bands want at the adapter's maximum. */
const wantedLimits = [
  'maxBindGroups',
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * Asks for a GPU device with everything the engine can use.
 *
 * @param acceptSoftware Whether a software adapter will do (tests and bug reports).
 * @returns The device, owned by the caller; null where there is no adapter to use.
 */
export async function openGpu(acceptSoftware: boolean): Promise<Gpu | null> {
  if (!('gpu' in navigator)) return null;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const software = adapter.info.isFallbackAdapter;
  if (software && !acceptSoftware) return null;
  const features = (['shader-f16', 'subgroups'] as const).filter((f) => adapter.features.has(f));
  const device = await adapter.requestDevice({
    requiredFeatures: features,
    requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
  });
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  const { vendor, architecture, description } = adapter.info;
  return {
    device,
    software,
    name: [vendor, architecture].filter(Boolean).join(' '),
    identity: [vendor, architecture, adapter.info.device, description].join('/'),
    hasF16: device.features.has('shader-f16'),
    bindingBytes: Math.min(maxStorageBufferBindingSize, maxBufferSize),
  };
}

/**
 * Runs GPU work with out-of-memory and validation errors turned into exceptions, and with the loss of
 * the device ending the wait: after a loss, promises of the work itself may never settle.
 *
 * @param device The device that the work uses.
 * @param work What to run.
 * @returns What `work` returns.
 * @throws {EnhanceError} `gpu-memory`, `gpu-lost`, or `gpu-refused` for a validation error.
 */
export async function guardGpu<T>(device: GPUDevice, work: () => Promise<T>): Promise<T> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const outcome = await untilLost(device, work()).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const [invalid, full] = await Promise.race([
    Promise.all([device.popErrorScope(), device.popErrorScope()]),
    device.lost.then(() => [null, null]),
  ]);
  if (full) throw new EnhanceError('gpu-memory', { cause: full.message });
  if ('error' in outcome) throw outcome.error;
  if (invalid) throw new EnhanceError('gpu-refused', { cause: invalid.message });
  return outcome.value;
}

/**
 * A promise's outcome, or the loss of the device where that comes first.
 *
 * @param device The device that the work uses.
 * @param work Awaited; after a loss it may never settle.
 * @returns What `work` gives.
 * @throws {EnhanceError} `gpu-lost`.
 */
export function untilLost<T>(device: GPUDevice, work: Promise<T>): Promise<T> {
  const lost = device.lost.then(({ reason, message }) => {
    throw new EnhanceError('gpu-lost', { reason, cause: message });
  });
  return Promise.race([work, lost]);
}
