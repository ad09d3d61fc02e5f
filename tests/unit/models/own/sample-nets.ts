import * as plain from './plain-layers';
import type { Planes, Tensor } from './plain-layers';
import type { Tensors } from './weight-files';

/** A network of random weights, and what it makes of a picture by its definition. */
export type SampleNet = {
  readonly tensors: Tensors;
  readonly apply: (image: Planes) => Planes;
};

/** Numbers from -1 to 1, the same for the same seed. Source: mulberry32. */
export function randomly(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** Makes random tensors and keeps them by name. */
export class Maker {
  readonly tensors: Record<string, Tensor> = {};
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomly(seed);
  }

  /** Values whose sums stay about 1, round a middle. */
  tensor(name: string, dims: readonly number[], middle = 0): Tensor {
    const count = dims.reduce((all, side) => all * side, 1);
    const spread = 1.2 / Math.sqrt(count / dims[0]!);
    const values = Float32Array.from({ length: count }, () => middle + spread * this.#next());
    return (this.tensors[name] = { dims, values });
  }

  /** A convolution's weights and numbers to add, and the layer. */
  conv(name: string, to: number, from: number, side = 3): (x: Planes) => Planes {
    const weight = this.tensor(`${name}.weight`, [to, from, side, side]);
    const bias = this.tensor(`${name}.bias`, [to]);
    for (let index = 0; index < to; index++) bias.values[index]! *= 0.1;
    return (x) => plain.conv(x, weight, bias);
  }
}

/** A picture of random values from 0 to 1. */
export function randomImage(count: number, height: number, width: number, seed = 1): Planes {
  const next = randomly(seed);
  return plain.draw(count, height, width, () => Math.fround((next() + 1) / 2));
}

/** SRVGGNetCompact. */
export function makeCompact(width: number, depth: number, scale: number, planes = 3): SampleNet {
  const make = new Maker(width + depth);
  const layers: ((x: Planes) => Planes)[] = [];
  for (let layer = 0; layer <= depth; layer++) {
    const conv = make.conv(`body.${2 * layer}`, width, layer === 0 ? planes : width);
    const slopes = make.tensor(`body.${2 * layer + 1}.weight`, [width], 0.1);
    layers.push((x) => plain.prelu(conv(x), slopes));
  }
  const last = make.conv(`body.${2 * depth + 2}`, planes * scale ** 2, width);
  return {
    tensors: make.tensors,
    apply(image) {
      const features = layers.reduce((x, layer) => layer(x), image);
      return plain.add(plain.shuffle(last(features), scale), plain.repeat(image, scale));
    },
  };
}
