import type { Kernel, Written } from './network-writer';
import { unsupported } from './refusals';
import type { Weights } from './weights';

/** A network written from its weights. */
export type Net = Written & {
  readonly architecture: string;
  readonly scale: number;
  readonly inputs: number;
  readonly outputs: number;
};

/** How the networks of a kind are put together. */
export type Layout = {
  /**
   * Whether weights are of this kind, by the names and sides of a few.
   *
   * @param weights All of a file.
   * @returns Whether to write them so.
   */
  readonly recognise: (weights: Weights) => boolean;
  /**
   * Writes the network.
   *
   * @param weights All of a file; each is taken.
   * @returns The network.
   * @throws {EnhanceError} `own-model-unsupported` where a tensor is missing or of other sides.
   */
  readonly write: (weights: Weights) => Net;
};

/**
 * A convolution's weights.
 *
 * @param weights All of a file.
 * @param name Of the layer, without `.weight` and `.bias`.
 * @param shape What it must be.
 * @returns The kernel.
 * @throws {EnhanceError} As `Weights.take` does.
 */
export function readKernel(
  weights: Weights,
  name: string,
  shape: Pick<Kernel, 'to' | 'from' | 'side'>,
): Kernel {
  const { to, from, side } = shape;
  return {
    ...shape,
    weight: weights.take(`${name}.weight`, [to, from, side, side]),
    bias: weights.take(`${name}.bias`, [to]),
  };
}

/**
 * The scale of a network whose last planes are shuffled into pixels.
 *
 * @param to The last convolution's planes.
 * @param planes The result's.
 * @param name For the refusal.
 * @returns The scale.
 * @throws {EnhanceError} `own-model-unsupported` where they make no square.
 */
export function scaleOfShuffle(to: number, planes: number, name: string): number {
  const scale = Math.sqrt(to / planes);
  if (Number.isInteger(scale) && scale > 0) return scale;
  throw unsupported('unknown-network', `${name} ${to}`);
}
