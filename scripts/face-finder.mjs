/**
 * Makes the network that finds faces out of a package: the tiny face detector of `@vladmandic/face-api` (MIT, Vladimir
 * Mandic; weights of face-api.js, MIT, Vincent Mühler), a TinyYolov2 with separable convolutions. Its weights are other people's
 * and so not in the repository: they are converted whenever the app is built or tested, to files that are always the same
 * and that the catalogue knows by their hash. See docs/decisions/0054-faces.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { writeOnnx } from './onnx-file.mjs';

/** @typedef {{ name: string, shape: number[], quantization: { scale: number, min: number } }} Entry What the manifest says of a tensor. */
/** @typedef {{ shape: number[], bytes: Uint8Array, scale: number, zero: number }} Weights A tensor: `scale * (byte - zero)` each. */

/** Convolutions of the network. */
const names = ['conv0', 'conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'conv8'];

/** What is taken off R, G and B, in levels, before the network sees them. */
const means = [117.001, 114.697, 97.404];

/** What is left of negative values. */
const leak = 0.1;

/** Pixels along a side of one of its cells, and numbers that it says of each. */
const cell = 32;
const numbers = 25;

/** Of the numbers that come out: see {@link squeeze}. */
const range = 32;

/**
 * How a number of the network comes out: what is no picture would be cut at 0 and 1 else. `core/findings/faces` turns it back.
 *
 * @param {number} value As its author's version has it.
 * @returns {number} 0..1
 */
export const squeeze = (value) => Math.min(1, Math.max(0, 0.5 + value / range));

/**
 * Reads the package's file.
 *
 * @returns {Map<string, Weights>} Its weights by name, each a row-major H x W x in x out.
 */
export function readWeights() {
  const path = join(root, 'node_modules/@vladmandic/face-api/model/tiny_face_detector_model');
  /** @type {unknown} */
  const read = JSON.parse(readFileSync(`${path}-weights_manifest.json`, 'utf8'));
  const manifest = /** @type {{ weights: Entry[] }[]} */ (read);
  const weights = manifest.flatMap((group) => group.weights);
  const data = readFileSync(`${path}.bin`);
  /** @type {Map<string, Weights>} */
  const found = new Map();
  let start = 0;
  for (const { name, shape, quantization } of weights) {
    const end = start + shape.reduce((product, side) => product * side, 1);
    const { scale, min } = quantization;
    const bytes = new Uint8Array(data.subarray(start, end));
    found.set(name, { shape, bytes, scale, zero: Math.round(-min / scale) });
    start = end;
  }
  return found;
}

/**
 * Weights as the numbers that their bytes stand for.
 *
 * @param {Weights} weights Any.
 * @returns {Float32Array} In the same order.
 */
export const toFloats = ({ bytes, scale, zero }) =>
  Float32Array.from(bytes, (byte) => scale * (byte - zero));

/**
 * The same weights in ONNX's order: out x in x H x W.
 *
 * @param {Weights} weights Of a convolution.
 * @param {boolean} isDepthwise Whether each channel has its own filter: then the channels stand first.
 */
function turn({ shape, bytes }, isDepthwise) {
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  const turned = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const output = i % outputs;
    const input = Math.floor(i / outputs) % inputs;
    const place = Math.floor(i / outputs / inputs);
    const filter = isDepthwise ? input : output * inputs + input;
    turned[filter * height * width + place] = bytes[i] ?? 0;
  }
  const dims = isDepthwise ? [inputs, 1, height, width] : [outputs, inputs, height, width];
  return { dims, values: turned };
}

/**
 * Writes the network.
 *
 * @returns {Buffer} An ONNX file.
 */
export function convert() {
  const weights = readWeights();
  const find = (/** @type {string} */ name) => {
    const found = weights.get(name);
    if (!found) throw new Error(`The face detector has no ${name}.`);
    return found;
  };
  /** @type {import('./onnx-file.mjs').Tensor[]} */
  const tensors = [];
  /** @type {import('./onnx-file.mjs').Node[]} */
  const nodes = [];
  const keep = (
    /** @type {string} */ name,
    /** @type {number[]} */ dims,
    /** @type {Float32Array | Uint8Array | BigInt64Array} */ values,
  ) => {
    tensors.push({ name, dims, values });
    return name;
  };
  let last = 'image';
  const run = (
    /** @type {string} */ op,
    /** @type {string[]} */ more,
    /** @type {Record<string, number | string | number[]>} */ set = {},
    out = `v${nodes.length}`,
  ) => {
    nodes.push({ op, in: [last, ...more], out, with: set });
    last = out;
  };
  const filter = (/** @type {string} */ name, isDepthwise = false, share = 1) => {
    const found = find(name);
    const { dims, values } = turn(found, isDepthwise);
    const kept = keep(name, dims, values);
    const scale = keep(`${name}/scale`, [], Float32Array.of(found.scale * share));
    const zero = keep(`${name}/zero`, [], Uint8Array.of(found.zero));
    nodes.push({ op: 'DequantizeLinear', in: [kept, scale, zero], out: `${name}/floats` });
    return `${name}/floats`;
  };
  const bias = (/** @type {string} */ name) => {
    const values = toFloats(find(`${name}/bias`));
    return keep(
      `${name}/bias`,
      [values.length],
      name === 'conv8' ? values.map((value) => 0.5 + value / range) : values,
    );
  };
  run('Sub', [
    keep(
      'means',
      [1, 3, 1, 1],
      Float32Array.from(means, (mean) => mean / 255),
    ),
  ]);
  const round = { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
  for (const name of names) {
    // The first is not padded by its author: it sees from each pixel on, and nothing before the first.
    if (name === 'conv0')
      run('Conv', [filter('conv0/filters'), bias(name)], { ...round, pads: [0, 0, 2, 2] });
    else if (name === 'conv8') {
      run('Conv', [filter('conv8/filters', false, 1 / range), bias(name)], {
        kernel_shape: [1, 1],
      });
      break;
    } else {
      const channels = find(`${name}/depthwise_filter`).shape[2] ?? 1;
      run('Conv', [filter(`${name}/depthwise_filter`, true)], { ...round, group: channels });
      run('Conv', [filter(`${name}/pointwise_filter`), bias(name)], { kernel_shape: [1, 1] });
    }
    run('LeakyRelu', [], { alpha: leak });
    const stays = name === 'conv5';
    const [stride, pads] = stays ? [1, [0, 0, 1, 1]] : [2, [0, 0, 0, 0]];
    run('MaxPool', [], { kernel_shape: [2, 2], strides: [stride, stride], pads });
  }
  // One plane of the picture's size, as the contract of the models wants it: a cell's numbers lie in its first pixels.
  const spare = BigInt64Array.of(0n, 0n, 0n, 0n, 0n, BigInt(cell * cell - numbers), 0n, 0n);
  run('Pad', [keep('spare', [8], spare)], { mode: 'constant' });
  run('DepthToSpace', [], { blocksize: cell, mode: 'CRD' }, 'enhanced');
  return writeOnnx(nodes, tensors, 1);
}
