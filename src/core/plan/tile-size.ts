import type { Geometry } from './network';

/** How much a machine can hold: `small` is a phone, `medium` a machine of 4 GiB or less. */
export type MemoryClass = 'small' | 'medium' | 'large';

/** What the machine can do, as far as a plan depends on it. */
export type Capabilities = {
  readonly backend: 'webgpu' | 'wasm';
  /** True where WebGPU runs on the CPU. */
  readonly software: boolean;
  /** Largest GPU buffer that may be bound, in bytes; unused on wasm. */
  readonly bindingBytes: number;
  readonly memory: MemoryClass;
};

/** What a plan depends on of a step's network. */
export type Model = Geometry & {
  /** Names of the constant planes behind R, G and B, in order. */
  readonly controls: readonly string[];
  /** Multiply-accumulates per input pixel. */
  readonly macsPerPixel: number;
  /** Bytes per input pixel of its widest float32 tensor. */
  readonly widestBytes: number;
};

/** Most bytes of GPU memory that one tile may take. */
const tileBudget: Record<MemoryClass, number> = {
  small: 96 * 2 ** 20,
  medium: 256 * 2 ** 20,
  large: 2 ** 30,
};

/** Tensors of the widest kind that are alive at once: a layer's input, its result, and a copy in another layout. */
export const liveTensors = 3;

/**
 * Core sides by tier, where the pace allows them. GPU: 32 halos, which the margins make 1.13 times the
 * work. CPU: a tile of 256 takes a third of a second on two cores; 10 % faster in all than 192; nets of
 * a wide reach get 12 halos, 1.36 times the work, as long as the first tile, whose pace nobody knows yet,
 * stays a matter of seconds. Software adapter: over a hundred times slower than wasm, so tiles are tiny.
 */
const tileSides = {
  gpu: (halo: number) => Math.max(256, 32 * halo),
  wasm: (halo: number) => Math.min(Math.max(256, 12 * halo), 640),
  software: 64,
};

/** No tile is planned smaller: its margins would be nearly all of the work. */
const leastTile = (halo: number) => Math.max(64, 2 * halo);

/**
 * What a tile may take, in milliseconds. GPU: a driver's patience with one submit. CPU: a person's with
 * Cancel; smaller tiles would make a slow machine spend its time on margins.
 */
const tileMs: Record<Capabilities['backend'], number> = { webgpu: 400, wasm: 2000 };

/** A few tiles: finished pixels reach the screen soon, and a read-back still hides behind the next band. */
const gpuBandBytes = 8 * 2 ** 20;

/**
 * The side of a tile's core: as large as pays, as small as the machine's limits and its pace demand.
 *
 * @param model The network.
 * @param capabilities The machine's.
 * @param pace Its milliseconds per multiply-accumulate, or null.
 * @returns Pixels of the step's input.
 */
export function chooseTile(
  { halo, scale, macsPerPixel, widestBytes }: Model,
  { backend, software, bindingBytes, memory }: Capabilities,
  pace: number | null,
): number {
  const isGpu = backend === 'webgpu';
  const usual = !isGpu ? tileSides.wasm(halo) : software ? tileSides.software : tileSides.gpu(halo);
  const binding = bindingBytes / Math.max(widestBytes, 4 * 3 * scale * scale);
  const held = tileBudget[memory] / (widestBytes * liveTensors);
  const timely = pace === null ? Infinity : tileMs[backend] / (macsPerPixel * pace);
  const window = Math.sqrt(Math.min(isGpu ? binding : Infinity, held, timely));
  return Math.max(Math.min(usual, leastTile(halo)), Math.min(usual, Math.floor(window) - 2 * halo));
}

/**
 * How much is copied back at once.
 *
 * @param capabilities The machine's.
 * @returns Most bytes of one band's result; on the CPU, where copying costs nothing, each tile is one.
 */
export function chooseBand({ backend, bindingBytes }: Capabilities): number {
  return backend === 'webgpu' ? Math.min(gpuBandBytes, bindingBytes) : 1;
}
