import { refuseOperators, rewriteGraph } from './graph-rewriting';
import { tidy } from './onnx-graph';
import {
  onnxTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxPort,
  type OnnxTensor,
} from './onnx-model';
import { arePicture, type OwnNote, type PicturePlanes } from './own-net';
import { unsupported } from './refusals';
import { countOf, floatsOf } from './weights';

/** A graph that keeps the model contract's names, and what its file told. */
export type Fitted = {
  readonly graph: OnnxGraph;
  readonly inputs: PicturePlanes;
  readonly outputs: PicturePlanes | null;
  readonly scale: number | null;
  /** Numbers in the file's constants. */
  readonly params: number;
  readonly notes: readonly OwnNote[];
};

/** Takes 16 and 64 bits for 32: these hold all that 16 do, and what 64 hold more no picture shows. */
const isOtherFloat = (type: number) => type === onnxTypes.half || type === onnxTypes.double;

/**
 * Adapts a graph to the names and sides that networks have here: one picture in, `image`, one out, `enhanced`, of any size, in numbers
 * of 32 bits.
 *
 * @param graph As its file has it.
 * @returns The same network.
 * @throws {EnhanceError} `own-model-unsupported` where it is no network from picture to picture, `own-model-damaged` where the graph
 *   makes no sense.
 */
export function fitGraph(graph: OnnxGraph): Fitted {
  const notes = new Set<OwnNote>();
  const tidied = widen(tidy(graph), notes);
  refuseOperators(tidied);
  const [input, output] = [onlyPort(tidied.inputs, 'input'), onlyPort(tidied.outputs, 'output')];
  const inputs = planesOf(input) ?? planesWanted(tidied, input.name);
  if (inputs === null || (input.dims.length !== 4 && input.dims.length !== 0))
    throw unsupported('shape', describe('input', input));
  const outputs = planesOf(output);
  if (typeof output.dims[1] === 'number' && output.dims[1] > 0 && outputs === null)
    throw unsupported('shape', describe('output', output));
  // Four planes of which three come out are a picture and something else: how noisy it is, where it is to be filled.
  if (outputs !== null && outputs !== inputs && (inputs === 4 || outputs === 4))
    throw unsupported('shape', `${describe('input', input)}, ${describe('output', output)}`);
  if (input.name !== 'image' || output.name !== 'enhanced') notes.add('renamed');
  if (input.dims[0] !== 1) notes.add('batch-fixed');
  if (typeof input.dims[2] === 'number' || typeof input.dims[3] === 'number') {
    refuseFixed(tidied, input);
    notes.add('sides-freed');
  }
  const type = onnxTypes.float;
  const renamed = rename(rewriteGraph(tidied, notes), input.name, output.name);
  return {
    graph: {
      ...renamed,
      inputs: [{ name: 'image', type, dims: [1, inputs, 'h', 'w'] }],
      outputs: [{ name: 'enhanced', type, dims: [1, outputs, null, null] }],
    },
    inputs,
    outputs,
    scale: scaleOf(input, output),
    params: [...tidied.constants.values()].reduce((all, { dims }) => all + countOf(dims), 0),
    notes: [...notes],
  };
}

function onlyPort(ports: readonly OnnxPort[], what: string): OnnxPort {
  const [port] = ports;
  if (!port || ports.length > 1) throw unsupported('shape', `${what}: ${ports.length}`);
  // Widened before.
  if (port.type !== onnxTypes.float) throw unsupported('shape', describe(what, port));
  return port;
}

const describe = (what: string, { dims, type }: OnnxPort) =>
  `${what}: ${dims.map((side) => side ?? '?').join('×')} (${type})`;

function planesOf({ dims }: OnnxPort): PicturePlanes | null {
  const planes = dims.length === 4 ? dims[1] : null;
  return arePicture(planes) ? planes : null;
}

/** How many planes the convolutions that see the picture take, where its own dims do not say. */
function planesWanted({ nodes, constants, inputs }: OnnxGraph, name: string): PicturePlanes | null {
  if (typeof inputs[0]?.dims[1] === 'number') return null;
  for (const node of nodes) {
    if (node.op !== 'Conv' || node.inputs[0] !== name) continue;
    const planes = constants.get(node.inputs[1] ?? '')?.dims[1];
    if (arePicture(planes)) return planes;
  }
  return null;
}

function scaleOf(input: OnnxPort, output: OnnxPort): number | null {
  const [before, after] = [input.dims[2], output.dims[2]];
  if (typeof before !== 'number' || typeof after !== 'number') return null;
  return after % before === 0 && after > 0 ? after / before : null;
}

/** Steps that do with sizes from constants what they would do with no others. */
const sizeBound: ReadonlySet<string> = new Set(['Reshape', 'Expand', 'Tile', 'Slice', 'Split']);

/** A graph for one size of pictures that has that size in its constants does not run with another. */
function refuseFixed({ nodes, constants }: OnnxGraph, input: OnnxPort): void {
  const isBound = nodes.some(
    ({ op, inputs }) =>
      (sizeBound.has(op) && inputs.slice(1).some((name) => constants.has(name))) ||
      // The sizes that a picture is brought to, as numbers.
      ((op === 'Resize' || op === 'Upsample') && constants.has(inputs[3] ?? '')),
  );
  if (isBound) throw unsupported('shape', describe('input', input));
}

/** Makes all fractions ones of 32 bits. */
function widen(graph: OnnxGraph, notes: Set<OwnNote>): OnnxGraph {
  const isWide =
    [...graph.constants.values(), ...graph.inputs, ...graph.outputs].every(
      ({ type }) => !isOtherFloat(type),
    ) && !graph.nodes.some(({ attributes }) => isCast(attributes.get('to')));
  if (isWide) return graph;
  notes.add('half-to-float');
  const port = (each: OnnxPort) =>
    isOtherFloat(each.type) ? { ...each, type: onnxTypes.float } : each;
  return {
    ...graph,
    constants: new Map(
      [...graph.constants].map(([name, tensor]) => [name, widenTensor(tensor, name)]),
    ),
    inputs: graph.inputs.map(port),
    outputs: graph.outputs.map(port),
    nodes: graph.nodes.map((node) => ({
      ...node,
      attributes: new Map(
        [...node.attributes].map(([name, attribute]) => [name, widenAttribute(name, attribute)]),
      ),
    })),
  };
}

const isCast = (attribute: OnnxAttribute | undefined) =>
  attribute?.kind === 'int' && isOtherFloat(attribute.value);

function widenAttribute(name: string, attribute: OnnxAttribute): OnnxAttribute {
  if (attribute.kind === 'tensor')
    return { kind: 'tensor', value: widenTensor(attribute.value, name) };
  return name === 'to' && isCast(attribute) ? { kind: 'int', value: onnxTypes.float } : attribute;
}

function widenTensor(tensor: OnnxTensor, name: string): OnnxTensor {
  if (!isOtherFloat(tensor.type)) return tensor;
  const type = tensor.type === onnxTypes.half ? 'f16' : 'f64';
  const values = floatsOf({ ...tensor, type }, name);
  return { dims: tensor.dims, type: onnxTypes.float, data: new Uint8Array(values.buffer) };
}

/** Gives every value a short name of ours: none of the file's can be mistaken for another. */
function rename(graph: OnnxGraph, input: string, output: string): OnnxGraph {
  const names = new Map([
    ['', ''],
    [input, 'image'],
    [output, 'enhanced'],
  ]);
  const nameOf = (name: string) => {
    const found = names.get(name) ?? `v${names.size}`;
    names.set(name, found);
    return found;
  };
  if (!graph.nodes.some(({ outputs }) => outputs.includes(output)))
    throw unsupported('shape', `output: ${output}`);
  return {
    ...graph,
    constants: new Map([...graph.constants].map(([name, tensor]) => [nameOf(name), tensor])),
    nodes: graph.nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map(nameOf),
      outputs: node.outputs.map(nameOf),
    })),
  };
}
