import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-model';
import { readOnnx } from './onnx-reading';

/** What a network's work and memory are reckoned from. */
export type GraphWeight = {
  /** Multiply-accumulates per input pixel; 1 at least. */
  readonly macsPerPixel: number;
  /** Bytes per input pixel of its widest tensor in float32. */
  readonly widestBytes: number;
};

/** A value of the graph: its channels, where they are known, and its sides as times the input's. */
type Flow = { readonly channels: number; readonly times: number };

/**
 * Reckons the work of a network of convolutions from its graph: each weight is used once for each pixel of the result that
 * it makes. Products of two values, as in attention, are left out, so it may be less than it is.
 *
 * @param onnx A sound ONNX file.
 * @returns The sums.
 * @throws {EnhanceError} `own-model-damaged` for what is no such file.
 */
export function weigh(onnx: Uint8Array): GraphWeight {
  const graph = readOnnx(onnx);
  const flows = new Map<string, Flow>(
    graph.inputs.map(({ name }) => [name, { channels: 3, times: 1 }]),
  );
  let macs = 0;
  let widest = 3;
  for (const node of graph.nodes) {
    const flow = flowOf(node, flows, graph);
    const weights = graph.constants.get(node.inputs[1] ?? '');
    if (weights && working.has(node.op)) {
      const from = flows.get(node.inputs[0] ?? '') ?? flow;
      // Turned round, each weight is used once for each pixel that it reads.
      const times = node.op === 'ConvTranspose' ? from.times : flow.times;
      macs += countOf(weights) * times ** 2;
    }
    widest = Math.max(widest, flow.channels * flow.times ** 2);
    for (const name of node.outputs) flows.set(name, flow);
  }
  return { macsPerPixel: Math.max(1, Math.round(macs)), widestBytes: Math.ceil(4 * widest) };
}

const working = new Set(['Conv', 'ConvTranspose', 'MatMul', 'Gemm']);

function flowOf(node: OnnxNode, flows: ReadonlyMap<string, Flow>, graph: OnnxGraph): Flow {
  const known = node.inputs.flatMap((name) => flows.get(name) ?? []);
  const first = known[0] ?? { channels: 1, times: 1 };
  const weights = graph.constants.get(node.inputs[1] ?? '');
  const block = intOf(node, 'blocksize');
  switch (node.op) {
    case 'Conv':
      return { channels: weights?.dims[0] ?? first.channels, times: first.times / strideOf(node) };
    case 'ConvTranspose':
      return { channels: weights?.dims[1] ?? first.channels, times: first.times * strideOf(node) };
    case 'DepthToSpace':
      return { channels: first.channels / block ** 2, times: first.times * block };
    case 'SpaceToDepth':
      return { channels: first.channels * block ** 2, times: first.times / block };
    case 'Concat':
      return { ...first, channels: known.reduce((sum, { channels }) => sum + channels, 0) };
    case 'Resize':
    case 'Upsample':
      return { ...first, times: first.times * resizeOf(node, graph) };
    default:
      return known.reduce((wide, each) => (each.channels > wide.channels ? each : wide), first);
  }
}

/** By how much it enlarges, where a constant says so; else as much as networks mostly do. */
function resizeOf({ inputs }: OnnxNode, { constants }: OnnxGraph): number {
  const scales = constants.get(inputs[2] ?? '') ?? constants.get(inputs[1] ?? '');
  if (!scales || scales.data.length < 16) return 2;
  const { buffer, byteOffset } = scales.data;
  const factor = new DataView(buffer, byteOffset).getFloat32(12, true);
  return factor > 0 && factor <= 16 ? factor : 2;
}

function intOf({ attributes }: OnnxNode, name: string): number {
  const attribute = attributes.get(name);
  return attribute?.kind === 'int' ? attribute.value : 1;
}

function strideOf({ attributes }: OnnxNode): number {
  const strides = attributes.get('strides');
  return strides?.kind === 'ints' ? (strides.value[0] ?? 1) : 1;
}

const countOf = ({ dims }: OnnxTensor): number => dims.reduce((count, side) => count * side, 1);
