import type { Geometry, Precision } from '../core/plan/network';
import type { Size } from '../core/picture/rect';

/**
 * A network on a GPU device of ours, whatever computes it. Its owner calls `release` once, and before
 * that uses it for as many grids as have its window.
 */
export interface GpuNetwork {
  /** The one input size it runs, in pixels. */
  readonly window: Size;
  /** `fp16`: both buffers hold 16-bit floats, else 32-bit ones. */
  readonly precision: Precision;
  /**
   * Submits one run to the device's queue, after all that was submitted before. One at a time.
   *
   * @param image `[1, 3+k, h, w]`, `h` and `w` the window's: RGB in 0..1 and k more planes. A storage
   *   buffer of the caller's.
   * @param enhanced `[1, outputs, s*h, s*w]`, written, unclamped. A storage buffer of the caller's, of a
   *   size in bytes that is a multiple of 16, as the other's.
   * @returns Once it is submitted: the queue keeps it before what is submitted next.
   * @throws {EnhanceError} Where the runtime fails.
   */
  run(image: GPUBuffer, enhanced: GPUBuffer): Promise<void>;
  /** Frees what it holds; the device and the buffers stay. */
  release(): Promise<void>;
}

/** What a network is opened for. */
export type NetworkShape = {
  readonly geometry: Geometry;
  readonly precision: Precision;
  /** Planes of its input: R, G and B, and k more. */
  readonly planes: number;
  /** The one input size it will run, in pixels. */
  readonly window: Size;
};

/** A library that runs networks on a GPU. */
export interface GpuRuntime {
  /** Its name and version: what was proved with one says nothing of another. */
  readonly name: string;
  /**
   * Loads a network.
   *
   * @param bytes A verified ONNX file that keeps the model contract.
   * @param shape What it is for.
   * @param device Where it runs.
   * @returns The network, owned by the caller.
   * @throws {EnhanceError} `model-corrupt` when the file is refused.
   */
  open(bytes: Uint8Array, shape: NetworkShape, device: GPUDevice): Promise<GpuNetwork>;
}
