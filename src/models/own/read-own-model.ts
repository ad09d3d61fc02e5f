import { EnhanceError } from '../../core/errors';
import { mostOwnModelBytes, type OwnNet } from './own-net';

export { mostOwnModelBytes, type OwnNet, type OwnNote } from './own-net';

/** Endings of the files that are read. */
export const ownModelEndings = ['.onnx', '.safetensors', '.pth'] as const;

/**
 * Reads a model that somebody brings, and writes it as an ONNX file that runs here. What kind of file it is its bytes tell, not
 * its name. Nothing in it is executed. What reads it is fetched at the first call.
 *
 * @param bytes The whole file; unchanged, and no longer needed afterwards.
 * @param name Its name, for what only the name tells.
 * @returns The network.
 * @throws {EnhanceError} `own-model-damaged`, `own-model-unsafe`, `own-model-too-large` or `own-model-unsupported`.
 */
export async function readOwnModel(bytes: Uint8Array, name: string): Promise<OwnNet> {
  if (bytes.length > mostOwnModelBytes)
    throw new EnhanceError('own-model-too-large', { mostMegabytes: mostOwnModelBytes / 1e6 });
  const { readNet } = await import('./read-net');
  return readNet(bytes, name);
}
