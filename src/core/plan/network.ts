import type { Size } from '../picture/rect';

/** How a network's output lies over its input. */
export type Geometry = {
  /** Output pixels per input pixel, along each axis. */
  readonly scale: 1 | 2 | 3 | 4 | 8;
  /** Receptive-field radius in input pixels: an output depends on nothing farther away. */
  readonly halo: number;
  /** What the input's width and height, and the position of its origin, must divide by. */
  readonly multiple: number;
  /** Planes of the output: R, G and B, where it is not here, or one, which stands for all three. */
  readonly outputs?: Outputs;
};

/** How many planes a network gives: a picture's three, or a mask. */
export type Outputs = 1 | 3;

/**
 * How many planes a network gives.
 *
 * @param geometry The network's.
 * @returns 1 or 3.
 */
export function outputsOf({ outputs = 3 }: Geometry): Outputs {
  return outputs;
}

/**
 * Which of a model's files is used: `int8` weights are computed with in 32-bit floats, as those of `fp32` are, which only
 * a person's own models have; `fp16` computes in half precision.
 */
export type Precision = 'int8' | 'fp16' | 'fp32';

/** The reference port: a network on plain arrays. */
export interface Network extends Geometry {
  /**
   * Runs the network.
   *
   * @param tile `[3+k, height, width]`: RGB in 0..1, sRGB-encoded, and k constant planes; not kept
   *   after the call.
   * @param size Width and height of `tile`.
   * @returns `[outputs, scale*height, scale*width]`, unclamped; valid until the next call.
   */
  run(tile: Float32Array, size: Size): Promise<Float32Array>;
}
