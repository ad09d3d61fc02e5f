import { compact } from './compact';
import { fitGraph } from './graph-fit';
import { esrgan } from './esrgan';
import { isGlobal } from './graph-reach';
import { nameKind } from './known-names';
import type { Layout, Net } from './layout';
import { looksLikeNcnn } from './ncnn-file';
import { writeNcnn } from './ncnn';
import { looksLikeOnnx, readOnnx } from './onnx-reading';
import { writeOnnx } from './onnx-writing';
import { arePicture, type OwnNet, type OwnNote, type PicturePlanes } from './own-net';
import { plksr } from './plksr';
import { unsupported } from './refusals';
import { looksLikeSafetensors, readSafetensors } from './safetensors';
import { span } from './span';
import { looksLikeTorch, readTorchFile } from './torch-file';
import { Weights, type WeightTable } from './weights';

/** Kinds of networks, the most particular first. */
const layouts: readonly Layout[] = [span, esrgan, plksr, compact];

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
  if (looksLikeNcnn(bytes)) return readPair(bytes, name);
  if (looksLikeOnnx(bytes)) return readGraph(bytes);
  // Of the pair that ncnn writes.
  if (/\.bin$/i.test(name)) throw unsupported('elsewhere', name.replace(/\w+$/, 'param'));
  throw unsupported('file', name);
}

function readGraph(bytes: Uint8Array): OwnNet {
  const { graph, ...told } = fitGraph(readOnnx(bytes));
  return {
    ...told,
    onnx: writeOnnx(graph),
    isGlobal: isGlobal(graph),
    architecture: 'ONNX',
    multiple: null,
    halo: null,
    macsPerPixel: null,
  };
}

function readPair(bytes: Uint8Array, name: string): OwnNet {
  const { params, hasHalves, ...net } = writeNcnn(bytes, name);
  return tell(net, params, hasHalves);
}

function writeNet(table: WeightTable): OwnNet {
  const weights = new Weights(withoutPrefix(table));
  const hasHalves = weights.hasHalves;
  const { params } = weights;
  const layout = layouts.find(({ recognise }) => recognise(weights));
  if (!layout) throw refuseKind(weights);
  const net = layout.write(weights);
  const [left] = weights.names;
  if (left !== undefined) throw unsupported('unknown-network', left);
  return tell(net, params, hasHalves);
}

function tell(written: Net, params: number, hasHalves: boolean): OwnNet {
  const { inputs, outputs, isPadded, hasPrelu, ...net } = written;
  const notes: OwnNote[] = [];
  if (hasHalves) notes.push('half-to-float');
  if (isPadded) notes.push('planes-padded');
  if (hasPrelu) notes.push('prelu-rewritten');
  const [from, to] = [pictureOf(inputs), pictureOf(outputs)];
  return { ...net, inputs: from, outputs: to, isGlobal: net.halo === null, params, notes };
}

function refuseKind(weights: Weights): Error {
  const kind = nameKind(weights);
  if (kind) return unsupported('network', kind);
  const [first] = weights.names;
  return unsupported('unknown-network', first);
}

/** What programs that train on several machines put before all names. */
const prefixes = ['module.', 'netG.', 'generator.'];

function withoutPrefix(table: WeightTable): WeightTable {
  const prefix = prefixes.find((each) => [...table.keys()].every((name) => name.startsWith(each)));
  if (!prefix || table.size === 0) return table;
  return new Map([...table].map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

function pictureOf(planes: number): PicturePlanes {
  if (arePicture(planes)) return planes;
  throw unsupported('shape', `${planes}`);
}
