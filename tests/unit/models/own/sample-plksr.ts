import * as plain from './plain-layers';
import type { Planes, Tensor } from './plain-layers';
import { Maker, type SampleNet } from './sample-nets';

/** Sides of a RealPLKSR. */
export type PlksrShape = {
  readonly width: number;
  readonly blocks: number;
  readonly scale: number;
  /** Side of its large convolution. */
  readonly side: number;
  /** Whether its blocks have a gate. */
  readonly hasGate: boolean;
};

/** RealPLKSR. */
export function makePlksr({ width, blocks, scale, side, hasGate }: PlksrShape): SampleNet {
  const make = new Maker(width + blocks);
  const first = make.conv('feats.0', width, 3);
  const large = Math.floor(width / 4);
  const layers = Array.from({ length: blocks }, (_, at) => {
    const name = (part: string) => `feats.${at + 1}.${part}`;
    const wide = make.conv(name('channel_mixer.0'), 2 * width, width);
    const narrow = make.conv(name('channel_mixer.2'), width, 2 * width);
    const far = make.conv(name('lk.conv'), large, large, side);
    const gate = hasGate ? make.conv(name('attn.f.0'), width, width) : null;
    const refine = make.conv(name('refine'), width, width, 1);
    const gain = make.tensor(name('norm.weight'), [width], 1);
    const shift = make.tensor(name('norm.bias'), [width]);
    return (before: Planes): Planes => {
      const mixed = narrow(plain.each(wide(before), mish));
      const planes = plain.stack(far(part(mixed, 0, large)), part(mixed, large, width));
      const gated = gate ? plain.multiply(planes, plain.each(gate(planes), plain.sigmoid)) : planes;
      return plain.add(norm(refine(gated), gain, shift), before);
    };
  });
  const last = make.conv(`feats.${blocks + 2}`, 3 * scale ** 2, width);
  return {
    tensors: make.tensors,
    apply(image) {
      const made = last(layers.reduce((x, layer) => layer(x), first(image)));
      return plain.add(plain.shuffle(made, scale), plain.repeat(image, scale));
    },
  };
}

const mish = (value: number) => value * Math.tanh(Math.log1p(Math.exp(value)));

const part = (a: Planes, from: number, end: number): Planes =>
  plain.draw(end - from, a.height, a.width, (plane, y, x) => plain.at(a, from + plane, y, x));

/** In four groups, over the whole picture. */
function norm(a: Planes, gain: Tensor, shift: Tensor): Planes {
  const size = a.count / 4;
  const pixels = a.height * a.width;
  return plain.each(a, (value, plane) => {
    const start = Math.floor(plane / size) * size * pixels;
    const group = a.values.subarray(start, start + size * pixels);
    const mean = group.reduce((sum, each) => sum + each, 0) / group.length;
    const spread = group.reduce((sum, each) => sum + (each - mean) ** 2, 0) / group.length;
    return ((value - mean) / Math.sqrt(spread + 1e-5)) * gain.values[plane]! + shift.values[plane]!;
  });
}
