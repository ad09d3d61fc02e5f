import { compact } from './compact';
import { fitGraph, weightsIn } from './graph-fit';
import type { Layout } from './layout';
import { looksLikeOnnx, readOnnx } from './onnx-reading';
import { writeOnnx } from './onnx-writing';
import type { OwnNet, OwnNote } from './own-net';
import { unsupported } from './refusals';
import { looksLikeSafetensors, readSafetensors } from './safetensors';
import { looksLikeTorch, readTorchFile } from './torch-file';
import { countOf, Weights, type WeightTable } from './weights';

/** Kinds of networks, the most particular first. */
const layouts: readonly Layout[] = [compact];

/**
 * Reads a model of any kind; see `readOwnModel`.
 *
 * @param bytes The whole file.
 * @param name Its name, for what only the name tells.
 * @returns The network.
 * @throws {EnhanceError} `own-model-damaged`, `own-model-unsafe` or `own-model-unsupported`.
 */
export async function readNet(bytes: Uint8Array, name: string): Promise<OwnNet> {
  if (looksLikeTorch(bytes)) return writeNet(await readTorchFile(bytes));
  if (looksLikeSafetensors(bytes)) return writeNet(readSafetensors(bytes));
  if (looksLikeOnnx(bytes)) return readGraph(bytes);
  throw unsupported('file', name);
}

function readGraph(bytes: Uint8Array): OwnNet {
  const { graph, ...told } = fitGraph(readOnnx(bytes));
  return {
    ...told,
    onnx: writeOnnx(graph),
    architecture: 'ONNX',
    params: weightsIn(graph),
    multiple: null,
    halo: null,
    macsPerPixel: null,
  };
}

function writeNet(table: WeightTable): OwnNet {
  const weights = new Weights(table);
  const layout = layouts.find(({ recognise }) => recognise(weights));
  if (!layout) throw unsupported('unknown-network', [...table.keys()][0]);
  const { inputs, outputs, isPadded, notes = [], ...net } = layout.write(weights);
  const [left] = weights.left;
  if (left !== undefined) throw unsupported('unknown-network', left);
  const all: OwnNote[] = [...notes];
  if (weights.hasHalves) all.push('half-to-float');
  if (isPadded) all.push('planes-padded');
  return {
    ...net,
    inputs: pictureOf(inputs),
    outputs: pictureOf(outputs),
    params: [...table.values()].reduce((count, { dims }) => count + countOf(dims), 0),
    notes: all,
  };
}

function pictureOf(planes: number): 1 | 3 {
  if (planes === 1 || planes === 3) return planes;
  throw unsupported('shape', `${planes}`);
}
