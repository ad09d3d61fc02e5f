import { EnhanceError } from '../../../../src/core/errors';
import { readOnnx } from '../../../../src/models/own/onnx-reading';
import { writeOnnx } from '../../../../src/models/own/onnx-writing';
import { readOwnModel } from '../../../../src/models/own/read-own-model';
import { mutate } from '../../formats/mutation';
import { writeNcnnCompact } from './ncnn-files';
import { awkwardGraph } from './sample-graphs';
import { makeCompact, makeEsrgan, makeSpan } from './sample-nets';
import { writeLegacyTorch, writeSafetensors, writeTorch } from './weight-files';

/** A sound file to be damaged. */
export type Original = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of its network, where damage to it cannot go unseen: the file has a checksum of all that counts. */
  readonly onnx: Uint8Array | null;
};

const makers: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
  '.pth': () => writeTorch(makeSpan(4, 2, false).tensors),
  '.pth before 1.6': () => writeLegacyTorch(makeCompact(4, 2, 2).tensors),
  '.safetensors': () =>
    writeSafetensors(
      makeEsrgan({ names: 'new', width: 4, growth: 2, blocks: 1, doublings: 1 }).tensors,
    ),
  '.onnx': () => writeOnnx(awkwardGraph()),
  '.param and .bin': () => writeNcnnCompact(makeCompact(4, 2, 2).tensors, 2),
};

/** Kinds of files that are damaged. */
export const mutatedKinds = Object.keys(makers);

/**
 * A sound file of a kind.
 *
 * @param kind One of {@link mutatedKinds}.
 * @returns The file, of a small network.
 */
export async function makeOriginal(kind: string): Promise<Original> {
  const bytes = new Uint8Array(await makers[kind]!());
  const { onnx } = await readOwnModel(bytes, kind);
  return { bytes, onnx: kind === '.pth' ? onnx : null };
}

/**
 * Damages a file and reads it.
 *
 * @param original The file.
 * @param seed Which damage.
 * @returns Whether it was read, and not refused.
 * @throws {unknown} What is neither a refusal that is about the file nor a right result.
 */
export async function readMutated({ bytes, onnx }: Original, seed: number): Promise<boolean> {
  try {
    const net = await readOwnModel(mutate(bytes, seed), 'a');
    const isSame = onnx === null || net.onnx.every((byte, at) => byte === onnx[at]);
    if (!isSame) throw new Error('Damage was not seen.');
    const { inputs, outputs } = readOnnx(net.onnx);
    if (inputs[0]?.name !== 'image' || outputs[0]?.name !== 'enhanced') throw new Error('names');
    return true;
  } catch (error) {
    if (error instanceof EnhanceError && error.problem.startsWith('own-model-')) return false;
    throw error;
  }
}
