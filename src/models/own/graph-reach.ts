import type { OnnxGraph, OnnxNode } from './onnx-model';

/** Steps that make one number of all pixels of a plane, or divide by it. */
const pooling: ReadonlySet<string> = new Set([
  ...['GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool'],
  ...['InstanceNormalization', 'GroupNormalization'],
]);

/**
 * Whether a pixel of a network's result depends on all of the picture that it is given, by a step that pools or norms whole planes. What
 * attention does, its graph does not tell.
 *
 * @param graph The network's.
 * @param graph.nodes Its steps.
 * @returns Whether one is there.
 */
export function isGlobal({ nodes, constants }: Pick<OnnxGraph, 'nodes' | 'constants'>): boolean {
  return nodes.some((node) => pooling.has(node.op) || isOverBoth(node, constants));
}

/** A sum, a mean or another single number along both sides of a picture; along its planes alone it is each pixel's own. */
function isOverBoth(node: OnnxNode, constants: OnnxGraph['constants']): boolean {
  if (!node.op.startsWith('Reduce')) return false;
  const axes = axesOf(node, constants);
  return axes === null || [2, 3].every((axis) => axes.includes(axis) || axes.includes(axis - 4));
}

/** Null for all: none are named, or none that are known. */
function axesOf(
  { attributes, inputs }: OnnxNode,
  constants: OnnxGraph['constants'],
): readonly number[] | null {
  const given = attributes.get('axes');
  if (given?.kind === 'ints') return given.value;
  const data = constants.get(inputs[1] ?? '')?.data;
  if (!data || data.length % 8 > 0) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: data.length / 8 }, (_, at) => Number(view.getBigInt64(at * 8, true)));
}
