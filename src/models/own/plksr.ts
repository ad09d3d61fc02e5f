import { groupNorm } from './group-norm';
import { readKernel, scaleOfShuffle, type Layout, type Net } from './layout';
import { NetworkWriter, type Features } from './network-writer';
import { unsupported } from './refusals';
import type { Weights } from './weights';

/** Groups of planes that are normed together; its weights do not tell others. */
const groups = 4;
/** PyTorch's own, of `GroupNorm`. */
const epsilon = 1e-5;
/** More is no network that anybody has trained, and would not end. */
const mostBlocks = 200;

/**
 * RealPLKSR (Lee et al., "Partial Large Kernel CNNs for Efficient Super-Resolution", 2024, as trained for photos of every kind): blocks of
 * two convolutions with Mish between, one of a large side over a quarter of the planes, a gate, and a norm over the whole picture.
 */
export const plksr: Layout = {
  recognise: (weights) =>
    ['channel_mixer.0', 'lk.conv', 'refine', 'norm'].every((name) =>
      weights.has(`feats.1.${name}.weight`),
    ),
  write: writePlksr,
};

function writePlksr(weights: Weights): Net {
  // It moves pixels by what it has learnt, which no step of WebGPU's provider does.
  if (weights.has('to_img.offset.weight')) throw unsupported('network', 'RealPLKSR (DySample)');
  const [width = 0, planes = 0] = weights.dims('feats.0.weight');
  const net = new NetworkWriter(planes);
  const conv = (x: Features, name: string, to: number) => {
    const [, , side = 0] = weights.dims(`${name}.weight`);
    if (side % 2 === 0) throw unsupported('unknown-network', `${name}.weight ${side}`);
    return net.conv(x, readKernel(weights, name, { to, from: x.places.length, side }));
  };
  let x = conv(net.input, 'feats.0', width);
  let block = 1;
  for (; block < mostBlocks && weights.has(`feats.${block}.norm.weight`); block++) {
    const name = (part: string) => `feats.${block}.${part}`;
    const before = x;
    const mixed = mish(net, conv(x, name('channel_mixer.0'), 2 * width));
    x = conv(mixed, name('channel_mixer.2'), width);
    const [large = 0] = weights.dims(name('lk.conv.weight'));
    if (large < 1 || large >= width) throw unsupported('unknown-network', name('lk.conv.weight'));
    const near = conv(net.part(x, 0, large), name('lk.conv'), large);
    x = net.concat([near, net.part(x, large, width)]);
    if (weights.has(name('attn.f.0.weight')))
      x = net.combine('Mul', x, net.map('Sigmoid', conv(x, name('attn.f.0'), width)));
    x = conv(x, name('refine'), width);
    const gain = weights.take(name('norm.weight'), [width]);
    const shift = weights.take(name('norm.bias'), [width]);
    x = net.combine('Add', groupNorm(net, x, { groups, gain, shift, epsilon }), before);
  }
  // Behind the blocks a layer without weights, that only training knows.
  const last = weights.has(`feats.${block}.weight`) ? `feats.${block}` : `feats.${block + 1}`;
  const [to = 0] = weights.dims(`${last}.weight`);
  const scale = scaleOfShuffle(to, planes, `${last}.weight`);
  const made = net.conv(x, readKernel(weights, last, { to, from: width, side: 3 }), true);
  const sum = net.combine('Add', made, net.repeated(scale ** 2));
  const written = net.finish(net.shuffle(sum, scale));
  return { ...written, architecture: 'RealPLKSR', scale, inputs: planes, outputs: planes };
}

/**
 * `x * tanh(ln(1 + exp(x)))` (Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019), which is
 * `x (1 - t²) / (1 + t²)` of `t = sigmoid(-x)`: nothing in it overflows.
 */
function mish(net: NetworkWriter, x: Features): Features {
  const t = net.map('Sigmoid', net.times(x, -1));
  const squared = net.combine('Mul', t, t);
  const ratio = net.combine(
    'Div',
    net.offset(net.times(squared, -1), [1]),
    net.offset(squared, [1]),
  );
  return net.combine('Mul', x, ratio);
}
