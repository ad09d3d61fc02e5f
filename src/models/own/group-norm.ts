import { ints } from './graph-writer';
import type { Features, NetworkWriter } from './network-writer';
import { unsupported } from './refusals';

/** A group normalisation's numbers. */
export type GroupNorm = {
  /** Into how many groups, of as many planes each, the planes are taken. */
  readonly groups: number;
  /** A factor for each plane. */
  readonly gain: Float32Array;
  /** What is added to each plane. */
  readonly shift: Float32Array;
  /** Added to each group's variance. */
  readonly epsilon: number;
};

/**
 * Group normalisation (Wu and He, "Group Normalization", 2018): each group of planes gets a mean of 0 and a deviation of 1 over the whole
 * picture, then each plane its own gain and shift. Means of groups are convolutions of the planes' means.
 *
 * @param net The network, in which a pixel depends on all of the picture from here on.
 * @param x Features.
 * @param norm Its numbers.
 * @returns Features of as many planes.
 * @throws {EnhanceError} `own-model-unsupported` where the planes make no groups.
 */
export function groupNorm(net: NetworkWriter, x: Features, norm: GroupNorm): Features {
  net.isGlobal = true;
  const { planes, places } = x;
  const size = places.length / norm.groups;
  if (!Number.isInteger(size)) throw unsupported('unknown-network', `norm ${places.length}`);
  const mixing = new Float32Array(planes ** 2);
  const [gain, shift] = [new Float32Array(planes), new Float32Array(planes)];
  places.forEach((place, plane) => {
    const first = plane - (plane % size);
    for (const other of places.slice(first, first + size))
      mixing[place * planes + other] = 1 / size;
    [gain[place], shift[place]] = [norm.gain[plane]!, norm.shift[plane]!];
  });
  const weight = net.constant(mixing, [planes, planes, 1, 1]);
  const mean = (of: string) =>
    net.node('Conv', [net.node('ReduceMean', [of], { axes: ints(2, 3) }), weight]);
  const even = net.node('Sub', [x.name, mean(x.name)]);
  const spread = mean(net.node('Mul', [even, even]));
  const epsilon = net.constant(Float32Array.of(norm.epsilon), []);
  const deviation = net.node('Sqrt', [net.node('Add', [spread, epsilon])]);
  const dims = [1, planes, 1, 1];
  const factor = net.node('Div', [net.constant(gain, dims), deviation]);
  const scaled = net.node('Mul', [even, factor]);
  return { ...x, name: net.node('Add', [scaled, net.constant(shift, dims)]) };
}
