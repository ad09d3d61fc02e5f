import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-model';
import { damaged } from './refusals';

/**
 * Puts a graph's steps into an order in which each has what it needs, leaves out what does not lead to an output, and makes
 * constants of the steps that only hold one.
 *
 * @param graph As the file has it.
 * @returns The same network.
 * @throws {EnhanceError} `own-model-damaged` where a value is made twice or never, or steps wait for one another.
 */
export function tidy(graph: OnnxGraph): OnnxGraph {
  const constants = new Map(graph.constants);
  const makers = new Map<string, OnnxNode>();
  const known = new Set<string>([...constants.keys(), ...graph.inputs.map(({ name }) => name)]);
  for (const node of graph.nodes) {
    const held = node.op === 'Constant' ? heldBy(node) : undefined;
    for (const name of node.outputs) {
      if (!name) continue;
      if (known.has(name) || makers.has(name)) throw damaged(`value ${name}`);
      if (held) constants.set(name, held);
      else makers.set(name, node);
    }
    if (held) for (const name of node.outputs) known.add(name);
  }
  const nodes = sort(graph, makers, known);
  return { ...graph, nodes, constants: usedIn({ nodes, constants }) };
}

/**
 * The constants that some step takes.
 *
 * @param graph Steps, and all constants.
 * @returns Those that are needed.
 */
export function usedIn({
  nodes,
  constants,
}: Pick<OnnxGraph, 'nodes' | 'constants'>): Map<string, OnnxTensor> {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return new Map([...constants].filter(([name]) => used.has(name)));
}

function heldBy({ attributes }: OnnxNode): OnnxTensor | undefined {
  const value = attributes.get('value');
  return value?.kind === 'tensor' ? value.value : undefined;
}

/** Depth first from the outputs, without recursion: a chain may be as long as the file. */
function sort(
  { outputs }: OnnxGraph,
  makers: ReadonlyMap<string, OnnxNode>,
  known: ReadonlySet<string>,
): OnnxNode[] {
  const sorted: OnnxNode[] = [];
  const begun = new Set<OnnxNode>();
  const done = new Set<OnnxNode>();
  const visit = (name: string, stack: OnnxNode[]) => {
    if (!name || known.has(name)) return;
    const maker = makers.get(name);
    if (!maker || (begun.has(maker) && !done.has(maker))) throw damaged(`value ${name}`);
    if (!done.has(maker)) stack.push(maker);
  };
  for (const { name } of outputs) {
    const stack: OnnxNode[] = [];
    visit(name, stack);
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      if (begun.has(node)) {
        stack.pop();
        if (!done.has(node)) sorted.push(node);
        done.add(node);
      } else {
        begun.add(node);
        for (const input of node.inputs) visit(input, stack);
      }
    }
  }
  return sorted;
}
