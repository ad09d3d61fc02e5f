import { untilAborted } from '../core/abort';
import { EnhanceError } from '../core/errors';

/** A device that is watched. */
export type WatchedDevice = {
  readonly device: GPUDevice;
  /**
   * Aborted, with an {@link EnhanceError}, by the first thing that makes what it computes worthless: its
   * loss, or an error that no error scope caught, as that of a pipeline that fails in the driver.
   */
  readonly failure: AbortSignal;
};

/** A GPU device of ours, and what is worth knowing of it. Its owner calls `device.destroy()`. */
export type Gpu = WatchedDevice & {
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

/**
 * The failure of a device that is gone.
 *
 * @param reason Why, as the browser or the place that noticed calls it.
 * @param cause What was said.
 * @returns An error to throw, code `device-lost`.
 */
export function lostDevice(reason: string, cause: string): EnhanceError {
  return new EnhanceError('gpu-lost', { reason, cause });
}

function refusedWork({ message }: GPUError): EnhanceError {
  return new EnhanceError('gpu-refused', { cause: message });
}

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
    failure: watchFailure(device),
    software,
    name: [vendor, architecture].filter(Boolean).join(' '),
    identity: [vendor, architecture, adapter.info.device, description].join('/'),
    hasF16: device.features.has('shader-f16'),
    bindingBytes: Math.min(maxStorageBufferBindingSize, maxBufferSize),
  };
}

/** See {@link WatchedDevice}. */
function watchFailure(device: GPUDevice): AbortSignal {
  const failing = new AbortController();
  device.addEventListener('uncapturederror', ({ error }) => failing.abort(refusedWork(error)));
  void device.lost.then(({ reason, message }) => failing.abort(lostDevice(reason, message)));
  return failing.signal;
}

/** The error scopes round guarded work, the outermost first. */
export const guardScopes = ['out-of-memory', 'validation'] as const;

/**
 * Runs GPU work with out-of-memory and validation errors turned into exceptions, and with the failure of
 * the device ending the wait: after a loss, promises of the work itself may never settle.
 *
 * @param gpu The device that the work uses.
 * @param work What to run.
 * @returns What `work` returns.
 * @throws {EnhanceError} `gpu-memory`, `gpu-lost`, or `gpu-refused` for any other error of the GPU.
 */
export async function guardGpu<T>(
  { device, failure }: WatchedDevice,
  work: () => Promise<T>,
): Promise<T> {
  for (const filter of guardScopes) device.pushErrorScope(filter);
  const outcome = await untilAborted(work(), failure).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const [invalid, full] = await Promise.race([
    Promise.all([device.popErrorScope(), device.popErrorScope()]),
    device.lost.then(() => [null, null]),
  ]);
  if (full) throw new EnhanceError('gpu-memory', { cause: full.message });
  if ('error' in outcome) throw outcome.error;
  if (invalid) throw refusedWork(invalid);
  return outcome.value;
}
