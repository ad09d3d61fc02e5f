import { readKernel, scaleOfShuffle, type Layout, type Net } from './layout';
import { NetworkWriter, type Features, type Kernel } from './network-writer';
import { unsupported } from './refusals';
import type { Weights } from './weights';

/** Mean colour that its authors take off, and the range of values that they train with; its weights do not tell others. */
const mean = [0.4488, 0.4371, 0.404];
const range = 255;
const blocks = 6;

/**
 * SPAN (Wan et al., "Swift Parameter-free Attention Network for Efficient Super-Resolution", 2023), of any width and scale: as it
 * was trained, with three convolutions and a shortcut for each of its layers, or with these made one (`eval_conv`). Where a file has
 * both, the former count: the latter may be older.
 */
export const span: Layout = {
  recognise: (weights) =>
    ['block_1.c1_r.sk.weight', 'block_1.c1_r.eval_conv.weight'].some((name) => weights.has(name)) &&
    weights.has('conv_cat.weight'),
  write: writeSpan,
};

function writeSpan(weights: Weights): Net {
  const first = weights.has('conv_1.sk.weight') ? 'conv_1.sk.weight' : 'conv_1.eval_conv.weight';
  const [width = 0, planes = 0] = weights.dims(first);
  if (planes !== 3) throw unsupported('shape', `${first} ${planes}`);
  const net = new NetworkWriter(planes);
  const layer = (name: string, x: Features) =>
    net.conv(x, readLayer(weights, name, width, x.places.length));
  const isPlain = weights.has('no_norm');
  weights.leave('no_norm');
  const shifted = net.offset(net.input, isPlain ? [0] : mean.map((each) => -each));
  const head = layer('conv_1', net.times(shifted, isPlain ? 1 : range));
  let [x, second, inner] = [head, head, head];
  for (let block = 1; block <= blocks; block++) {
    const name = (part: number) => `block_${block}.c${part}_r`;
    // Applied in place by its authors, so that what is joined at the end is this and not the convolution's result.
    inner = net.silu(layer(name(1), x));
    const third = layer(name(3), net.silu(layer(name(2), inner)));
    x = net.combine('Mul', net.combine('Add', third, x), net.centredSigmoid(third));
    if (block === 1) second = x;
  }
  const all = net.concat([head, layer('conv_2', x), second, inner]);
  const joined = net.conv(
    all,
    readKernel(weights, 'conv_cat', { to: width, from: 4 * width, side: 1 }),
  );
  const [to = 0] = weights.dims('upsampler.0.weight');
  const scale = scaleOfShuffle(to, planes, 'upsampler.0.weight');
  const last = net.conv(
    joined,
    readKernel(weights, 'upsampler.0', { to, from: width, side: 3 }),
    true,
  );
  const written = net.finish(net.shuffle(last, scale));
  return { ...written, architecture: 'SPAN', scale, inputs: planes, outputs: planes };
}

function readLayer(weights: Weights, name: string, to: number, from: number): Kernel {
  if (!weights.has(`${name}.sk.weight`))
    return readKernel(weights, `${name}.eval_conv`, { to, from, side: 3 });
  for (const part of ['weight', 'bias']) weights.leave(`${name}.eval_conv.${part}`);
  const [wide = 0] = weights.dims(`${name}.conv.0.weight`);
  const [wider = 0] = weights.dims(`${name}.conv.1.weight`);
  return merge(
    readKernel(weights, `${name}.conv.0`, { to: wide, from, side: 1 }),
    readKernel(weights, `${name}.conv.1`, { to: wider, from: wide, side: 3 }),
    readKernel(weights, `${name}.conv.2`, { to, from: wider, side: 1 }),
    readKernel(weights, `${name}.sk`, { to, from, side: 1 }),
  );
}

/**
 * One convolution that does what three in a row and a shortcut do: of 1 x 1, of 3 x 3 and of 1 x 1, as each is linear. Summed in double
 * precision.
 */
function merge(before: Kernel, middle: Kernel, after: Kernel, shortcut: Kernel): Kernel {
  const { to } = after;
  const { from } = before;
  const weight = new Float32Array(to * from * 9);
  const bias = new Float32Array(to);
  const sums = new Float64Array(from * 9);
  /** The middle's weights, as the last convolution mixes them for one plane. */
  const mixed = new Float64Array(middle.from * 9);
  for (let out = 0; out < to; out++) {
    mixed.fill(0);
    let sum = after.bias[out]! + shortcut.bias[out]!;
    for (let each = 0; each < after.from; each++) {
      const factor = after.weight[out * after.from + each]!;
      sum += factor * middle.bias[each]!;
      for (let at = 0; at < mixed.length; at++)
        mixed[at]! += factor * middle.weight[each * mixed.length + at]!;
    }
    sums.fill(0);
    for (let each = 0; each < middle.from; each++)
      for (let place = 0; place < 9; place++) {
        const factor = mixed[each * 9 + place]!;
        sum += factor * before.bias[each]!;
        for (let source = 0; source < from; source++)
          sums[source * 9 + place]! += factor * before.weight[each * from + source]!;
      }
    for (let source = 0; source < from; source++)
      sums[source * 9 + 4]! += shortcut.weight[out * from + source]!;
    weight.set(sums, out * from * 9);
    bias[out] = sum;
  }
  return { weight, bias, to, from, side: 3 };
}
