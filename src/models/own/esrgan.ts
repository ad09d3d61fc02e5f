import { readKernel, type Layout, type Net } from './layout';
import { NetworkWriter, type Features, type Kernel } from './network-writer';
import { unsupported } from './refusals';
import type { Weights } from './weights';

/** How much of a block's result is added to what went in. */
const residue = 0.2;
const slope = 0.2;
/** More is no network that anybody has trained, and would not end. */
const mostBlocks = 200;
const mostDoublings = 4;

/** Names of the layers in files of one origin. */
type Names = {
  readonly first: string;
  /** Of a convolution of a dense block. */
  readonly dense: (block: number, third: number, layer: string) => string;
  readonly trunk: (blocks: number) => string;
  /** Of the convolution after the doubling. */
  readonly up: (doubling: number) => string;
  readonly fine: (doublings: number) => string;
  readonly last: (doublings: number) => string;
};

/** Names of BasicSR; of the first ESRGAN's later code; of its earlier code, with a number for each layer in a row. */
const allNames: readonly Names[] = [
  {
    first: 'conv_first',
    dense: (block, third, layer) => `body.${block}.rdb${third}.${layer}`,
    trunk: () => 'conv_body',
    up: (doubling) => `conv_up${doubling + 1}`,
    fine: () => 'conv_hr',
    last: () => 'conv_last',
  },
  {
    first: 'conv_first',
    dense: (block, third, layer) => `RRDB_trunk.${block}.RDB${third}.${layer}`,
    trunk: () => 'trunk_conv',
    up: (doubling) => `upconv${doubling + 1}`,
    fine: () => 'HRconv',
    last: () => 'conv_last',
  },
  {
    first: 'model.0',
    dense: (block, third, layer) =>
      `model.1.sub.${block}.RDB${third}.${layer}${layer === 'conv1x1' ? '' : '.0'}`,
    trunk: (blocks) => `model.1.sub.${blocks}`,
    up: (doubling) => `model.${3 + 3 * doubling}`,
    fine: (doublings) => `model.${2 + 3 * doublings}`,
    last: (doublings) => `model.${4 + 3 * doublings}`,
  },
];

const has = (weights: Weights, name: string) => weights.has(`${name}.weight`);

const namesIn = (weights: Weights) =>
  allNames.find(({ first, dense }) => has(weights, first) && has(weights, dense(0, 1, 'conv1')));

/**
 * ESRGAN's generator, RRDBNet (Wang et al., "ESRGAN: Enhanced Super-Resolution Generative Adversarial Networks", 2018), of any width
 * and depth, by the names of three origins: doublings of the picture as often as it has layers for them, a picture whose pixels
 * are made planes first, and ESRGAN+ with its further shortcuts (`conv1x1`).
 */
export const esrgan: Layout = {
  recognise: (weights) => namesIn(weights) !== undefined,
  write: writeEsrgan,
};

function writeEsrgan(weights: Weights): Net {
  const names = namesIn(weights)!;
  const count = countWhile(mostBlocks, (block) => has(weights, names.dense(block, 1, 'conv1')));
  const doublings = countWhile(mostDoublings, (doubling) => has(weights, names.up(doubling)));
  const [width = 0, wanted = 0] = weights.dims(`${names.first}.weight`);
  const [outputs = 0] = weights.dims(`${names.last(doublings)}.weight`);
  const gather = Math.sqrt(wanted / outputs);
  const scale = 2 ** doublings / gather;
  if (!Number.isInteger(scale) || ![1, 2, 4].includes(gather))
    throw unsupported('unknown-network', `${names.first} ${width}×${wanted}`);

  const net = new NetworkWriter(outputs);
  const conv = (x: Features, name: string, to: number) =>
    net.conv(x, readKernel(weights, name, { to, from: x.places.length, side: 3 }));
  const picture = gather === 1 ? net.input : net.unshuffle(net.input, gather);
  const head = conv(picture, names.first, width);
  let x = head;
  for (let block = 0; block < count; block++) {
    const before = x;
    for (let third = 1; third <= 3; third++)
      x = writeDense(net, weights, x, (layer) => names.dense(block, third, layer));
    x = net.combine('Add', net.times(x, residue), before);
  }
  x = net.combine('Add', conv(x, names.trunk(count), width), head);
  for (let doubling = 0; doubling < doublings; doubling++)
    x = net.leakyRelu(conv(net.repeat(x, 2), names.up(doubling), width), slope);
  x = net.leakyRelu(conv(x, names.fine(doublings), width), slope);
  const last = readKernel(weights, names.last(doublings), { to: outputs, from: width, side: 3 });
  const written = net.finish(net.conv(x, last, true));
  return { ...written, architecture: 'ESRGAN', scale, inputs: outputs, outputs };
}

function countWhile(most: number, isThere: (at: number) => boolean): number {
  let count = 0;
  while (count < most && isThere(count)) count++;
  return count;
}

/** Five convolutions, each of all that came before. */
function writeDense(
  net: NetworkWriter,
  weights: Weights,
  x: Features,
  nameOf: (layer: string) => string,
): Features {
  const width = x.places.length;
  const [growth = 0] = weights.dims(`${nameOf('conv1')}.weight`);
  const isPlus = has(weights, nameOf('conv1x1'));
  const all = [x];
  for (let layer = 1; layer <= 4; layer++) {
    const joined = all.length > 1 ? net.concat(all) : x;
    const shape = { to: growth, from: width + (layer - 1) * growth, side: 3 };
    let next = net.leakyRelu(
      net.conv(joined, readKernel(weights, nameOf(`conv${layer}`), shape)),
      slope,
    );
    if (layer === 2 && isPlus)
      next = net.combine(
        'Add',
        next,
        net.conv(x, readShortcut(weights, nameOf('conv1x1'), growth, width)),
      );
    if (layer === 4 && isPlus) next = net.combine('Add', next, all[2]!);
    all.push(next);
  }
  const shape = { to: width, from: width + 4 * growth, side: 3 };
  const last = readKernel(weights, nameOf('conv5'), shape);
  const small = {
    ...last,
    weight: last.weight.map((each) => each * residue),
    bias: last.bias.map((each) => each * residue),
  };
  return net.combine('Add', net.conv(net.concat(all), small), x);
}

/** ESRGAN+'s: it adds nothing. */
function readShortcut(weights: Weights, name: string, to: number, from: number): Kernel {
  const weight = weights.take(`${name}.weight`, [to, from, 1, 1]);
  return { weight, bias: new Float32Array(to), to, from, side: 1 };
}
