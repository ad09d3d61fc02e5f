import { toHalf } from '../../core/half';
import { usedIn } from './onnx-graph';
import {
  onnxTypes,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxPort,
  type OnnxTensor,
} from './onnx-model';
import { readOnnx } from './onnx-reading';
import { writeOnnx } from './onnx-writing';
import { countOf, floatsOf } from './weights';

/** The largest number of 16 bits. */
const mostHalf = 65504;

/** The opset from which on weights may have a factor for each plane of a result. */
const factorsOpset = 13;

/** Fewer weights than this are not worth a step of their own. */
const leastWeights = 256;

/**
 * Writes a network with all of its fractions in 16 bits, which is how a GPU with `shader-f16` computes it.
 *
 * @param onnx A sound ONNX file of 32-bit floats.
 * @returns A whole ONNX file, its input and output of 16 bits too; null where it has numbers that 16 bits do not hold, or makes
 *   fractions in its graph.
 * @throws {EnhanceError} `own-model-damaged` for what is no such file.
 */
export function writeHalves(onnx: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const graph = readOnnx(onnx);
  const { nodes, constants, inputs, outputs } = graph;
  const exact = new Set(nodes.flatMap(factorsOf));
  const others = new Set(
    nodes.flatMap((node) => node.inputs.filter((_, at) => !isFactor(node, at))),
  );
  const isMixed = [...exact].some((name) => others.has(name) || !constants.has(name));
  if (isMixed || nodes.some(({ op }) => op === 'Constant')) return null;
  const halved = new Map<string, OnnxTensor>();
  for (const [name, tensor] of constants) {
    const half = exact.has(name) ? tensor : halve(tensor);
    if (!half) return null;
    halved.set(name, half);
  }
  const written: OnnxNode[] = [];
  for (const node of nodes) {
    const attributes = new Map<string, OnnxAttribute>();
    for (const [name, attribute] of node.attributes) {
      const half = halveAttribute(name, attribute);
      if (!half) return null;
      attributes.set(name, half);
    }
    written.push({ ...node, attributes });
  }
  const port = (each: OnnxPort) => ({ ...each, type: onnxTypes.half });
  return writeOnnx({
    ...{ ...graph, nodes: written, constants: halved },
    ...{ inputs: inputs.map(port), outputs: outputs.map(port) },
  });
}

/** How much a step enlarges is told in 32 bits, whatever it enlarges. */
const isFactor = ({ op }: OnnxNode, at: number) => (op === 'Resize' || op === 'Upsample') && at > 0;

const factorsOf = (node: OnnxNode) =>
  node.inputs.filter((name, at) => name !== '' && isFactor(node, at));

function halve(tensor: OnnxTensor): OnnxTensor | null {
  if (tensor.type !== onnxTypes.float) return tensor;
  const values = floatsOf({ ...tensor, type: 'f32' }, '');
  if (!values.every((value) => Math.abs(value) <= mostHalf)) return null;
  const halves = Uint16Array.from(values, toHalf);
  return { dims: tensor.dims, type: onnxTypes.half, data: new Uint8Array(halves.buffer) };
}

function halveAttribute(name: string, attribute: OnnxAttribute): OnnxAttribute | null {
  if (attribute.kind === 'tensor') {
    const value = halve(attribute.value);
    return value && { kind: 'tensor', value };
  }
  const isCast = name === 'to' && attribute.kind === 'int' && attribute.value === onnxTypes.float;
  return isCast ? { kind: 'int', value: onnxTypes.half } : attribute;
}

/**
 * Writes a network with the weights of its convolutions in 8 bits and a factor for each plane that they make: about a
 * quarter of the file. It computes in 32 bits as before.
 *
 * @param onnx A sound ONNX file of 32-bit floats.
 * @returns A whole ONNX file; null where there is nothing to be written so.
 * @throws {EnhanceError} `own-model-damaged` for what is no such file.
 */
export function writeBytes(onnx: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const graph = readOnnx(onnx);
  if (graph.opset < factorsOpset) return null;
  const constants = new Map(graph.constants);
  const unfolding: OnnxNode[] = [];
  const short = new Map<string, string>();
  const nodes = graph.nodes.map((node): OnnxNode => {
    const [x = '', weight = '', ...rest] = node.inputs;
    if (node.op !== 'Conv') return node;
    const known = short.get(weight);
    if (known !== undefined) return { ...node, inputs: [x, known, ...rest] };
    const tensor = constants.get(weight);
    const isLong = tensor?.type === onnxTypes.float && countOf(tensor.dims) >= leastWeights;
    const packed = isLong && pack(tensor);
    if (!packed) return node;
    const name = `enlarger.weight${short.size}`;
    constants.set(`${name}.bytes`, packed.bytes);
    constants.set(`${name}.factors`, packed.factors);
    unfolding.push({
      ...{ op: 'DequantizeLinear', domain: '', outputs: [name] },
      inputs: [`${name}.bytes`, `${name}.factors`],
      attributes: new Map([['axis', { kind: 'int', value: 0 }]]),
    });
    short.set(weight, name);
    return { ...node, inputs: [x, name, ...rest] };
  });
  if (unfolding.length === 0) return null;
  const written = { ...graph, nodes: [...unfolding, ...nodes], constants };
  return writeOnnx({ ...written, constants: usedIn(written) });
}

/** Each plane's weights as shares of its largest; null where one of them is no number. */
function pack(
  tensor: OnnxTensor,
): { readonly bytes: OnnxTensor; readonly factors: OnnxTensor } | null {
  const values = floatsOf({ ...tensor, type: 'f32' }, '');
  const planes = tensor.dims[0]!;
  const length = values.length / planes;
  const factors = new Float32Array(planes);
  const bytes = new Int8Array(values.length);
  for (let plane = 0; plane < planes; plane++) {
    const row = values.subarray(plane * length, (plane + 1) * length);
    const most = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (!Number.isFinite(most)) return null;
    // A plane of zeros alone has any factor.
    const factor = (factors[plane] = Math.fround(most / 127) || 1);
    row.forEach((value, at) => (bytes[plane * length + at] = Math.round(value / factor)));
  }
  const { dims } = tensor;
  return {
    bytes: { dims, type: onnxTypes.int8, data: new Uint8Array(bytes.buffer) },
    factors: { dims: [planes], type: onnxTypes.float, data: new Uint8Array(factors.buffer) },
  };
}
