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

/** SPAN, with each layer made of four convolutions or of one. */
export function makeSpan(
  width: number,
  scale: number,
  isTrained: boolean,
  isPlain = false,
): SampleNet {
  const make = new Maker(width + scale);
  const layer = (name: string, from: number) => {
    if (!isTrained) return make.conv(`${name}.eval_conv`, width, from);
    const shortcut = make.conv(`${name}.sk`, width, from, 1);
    const [first, second, third] = [
      make.conv(`${name}.conv.0`, 2 * from, from, 1),
      make.conv(`${name}.conv.1`, 2 * width, 2 * from),
      make.conv(`${name}.conv.2`, width, 2 * width, 1),
    ];
    // Out of date, as it is after a training that nobody ended.
    make.conv(`${name}.eval_conv`, width, from);
    const inside = framed(first, second, third);
    return (x: Planes) => plain.add(inside(x), shortcut(x));
  };
  const head = layer('conv_1', 3);
  const blocks = [1, 2, 3, 4, 5, 6].map((block) =>
    [1, 2, 3].map((part) => layer(`block_${block}.c${part}_r`, width)),
  );
  const join = make.conv('conv_cat', width, 4 * width, 1);
  const tail = layer('conv_2', width);
  const last = make.conv('upsampler.0', 3 * scale ** 2, width);
  if (isPlain) make.tensor('no_norm', [1]);
  const mean = [0.4488, 0.4371, 0.404];
  return {
    tensors: make.tensors,
    apply(image) {
      const shifted = plain.each(image, (value, plane) => (value - mean[plane]!) * 255);
      const first = head(isPlain ? image : shifted);
      const after: Planes[] = [first];
      let inner = first;
      for (const [one, two, three] of blocks) {
        const x = after.at(-1)!;
        inner = silu(one!(x));
        const third = three!(silu(two!(inner)));
        const attention = plain.each(third, (value) => plain.sigmoid(value) - 0.5);
        after.push(plain.multiply(plain.add(third, x), attention));
      }
      const all = plain.stack(first, tail(after[6]!), after[1]!, inner);
      return plain.shuffle(last(join(all)), scale);
    },
  };
}

const silu = (a: Planes) => plain.each(a, (value) => value * plain.sigmoid(value));

/**
 * Three convolutions as their authors run them once trained, merged: beyond the edge there are zeros for all three, and what the
 * first adds to every value is added there as inside the picture.
 */
const framed =
  (...[first, second, third]: readonly ((x: Planes) => Planes)[]) =>
  (x: Planes): Planes => {
    const added = first!(plain.blank(x.count, 1, 1)).values;
    const moving = plain.each(first!(x), (value, plane) => value - added[plane]!);
    const middle = (value: (plane: number) => number) =>
      second!(plain.draw(moving.count, 3, 3, value)).values.filter((_, index) => index % 9 === 4);
    const still = middle((plane) => added[plane]!).map(
      (value, plane) => value - middle(() => 0)[plane]!,
    );
    return third!(plain.each(second!(moving), (value, plane) => value + still[plane]!));
  };

/** How the layers of an ESRGAN are called. */
export type EsrganNames = 'old' | 'middle' | 'new';

/** Sides of an ESRGAN. */
export type EsrganShape = {
  readonly names: EsrganNames;
  readonly width: number;
  readonly growth: number;
  readonly blocks: number;
  readonly doublings: number;
  /** Pixels that become planes, per side. */
  readonly gather?: number;
  /** With the shortcuts of ESRGAN+. */
  readonly isPlus?: boolean;
  readonly planes?: number;
};

/** RRDBNet. */
export function makeEsrgan(shape: EsrganShape): SampleNet {
  const { names, width, growth, blocks, doublings, gather = 1, isPlus, planes = 3 } = shape;
  const make = new Maker(blocks + doublings);
  const nameOf = {
    old: (block: number, third: number, layer: string) =>
      `model.1.sub.${block}.RDB${third}.${layer}${layer === 'conv1x1' ? '' : '.0'}`,
    middle: (block: number, third: number, layer: string) =>
      `RRDB_trunk.${block}.RDB${third}.${layer}`,
    new: (block: number, third: number, layer: string) => `body.${block}.rdb${third}.${layer}`,
  }[names];
  const dense = (block: number, third: number) => {
    const convs = [1, 2, 3, 4, 5].map((layer) =>
      make.conv(
        nameOf(block, third, `conv${layer}`),
        layer === 5 ? width : growth,
        width + (layer - 1) * growth,
      ),
    );
    const shortcut =
      isPlus && make.tensor(`${nameOf(block, third, 'conv1x1')}.weight`, [growth, width, 1, 1]);
    return (x: Planes) => {
      const all = [x];
      for (const [index, conv] of convs.slice(0, 4).entries()) {
        let next = plain.leaky(conv(plain.stack(...all)));
        if (shortcut && index === 1) next = plain.add(next, plain.conv(x, shortcut));
        if (shortcut && index === 3) next = plain.add(next, all[2]!);
        all.push(next);
      }
      return plain.add(shrink(convs[4]!(plain.stack(...all))), x);
    };
  };
  const first = make.conv(names === 'old' ? 'model.0' : 'conv_first', width, planes * gather ** 2);
  const trunk = Array.from({ length: blocks }, (_, block) =>
    [1, 2, 3].map((third) => dense(block, third)),
  );
  const trunkNames = { old: `model.1.sub.${blocks}`, middle: 'trunk_conv', new: 'conv_body' };
  const body = make.conv(trunkNames[names], width, width);
  const ups = Array.from({ length: doublings }, (_, at) => {
    const upNames = {
      old: `model.${3 + 3 * at}`,
      middle: `upconv${at + 1}`,
      new: `conv_up${at + 1}`,
    };
    return make.conv(upNames[names], width, width);
  });
  const fineNames = { old: `model.${2 + 3 * doublings}`, middle: 'HRconv', new: 'conv_hr' };
  const fine = make.conv(fineNames[names], width, width);
  const last = make.conv(
    names === 'old' ? `model.${4 + 3 * doublings}` : 'conv_last',
    planes,
    width,
  );
  return {
    tensors: make.tensors,
    apply(image) {
      const head = first(plain.unshuffle(image, gather));
      let x = head;
      for (const block of trunk) {
        const inside = block.reduce((each, layer) => layer(each), x);
        x = plain.add(shrink(inside), x);
      }
      x = plain.add(body(x), head);
      for (const up of ups) x = plain.leaky(up(plain.repeat(x, 2)));
      return last(plain.leaky(fine(x)));
    },
  };
}

const shrink = (a: Planes) => plain.each(a, (value) => 0.2 * value);
