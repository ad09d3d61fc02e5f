import { unsupported } from './refusals';
import { NetworkWriter, type Features } from './network-writer';
import { readKernel, scaleOfShuffle, type Layout, type Net } from './layout';
import type { Weights } from './weights';

/**
 * SRVGGNetCompact of Real-ESRGAN, of any width and depth ("Compact", "UltraCompact", "SuperUltraCompact"): convolutions of 3 x 3 with
 * PReLU between, planes shuffled into pixels, and the picture itself, its pixels repeated, added.
 */
export const compact: Layout = {
  recognise: (weights) =>
    weights.dims('body.0.weight').length === 4 && weights.dims('body.1.weight').length === 1,
  write: writeCompact,
};

function writeCompact(weights: Weights): Net {
  const [width = 0, planes = 0] = weights.dims('body.0.weight');
  const net = new NetworkWriter(planes);
  let x: Features = net.input;
  let at = 0;
  for (; weights.has(`body.${at + 1}.weight`); at += 2) {
    x = net.conv(
      x,
      readKernel(weights, `body.${at}`, { to: width, from: x.places.length, side: 3 }),
    );
    const [slopes = 0] = weights.dims(`body.${at + 1}.weight`);
    const slope = weights.take(`body.${at + 1}.weight`, [slopes]);
    if (slopes !== 1 && slopes !== width) throw unsupported('unknown-network', `body.${at + 1}`);
    x = net.prelu(x, slopes === 1 ? new Float32Array(width).fill(slope[0]!) : slope);
  }
  const [to = 0] = weights.dims(`body.${at}.weight`);
  const scale = scaleOfShuffle(to, planes, `body.${at}.weight`);
  x = net.conv(x, readKernel(weights, `body.${at}`, { to, from: width, side: 3 }), true);
  const sum = net.combine('Add', x, net.repeated(scale ** 2));
  const written = net.finish(net.shuffle(sum, scale));
  return { ...written, architecture: 'Compact', scale, inputs: planes, outputs: planes };
}
