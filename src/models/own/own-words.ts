import { pickWords } from './model-words';
import { looksLikeOnnx, readOnnxMetadata } from './onnx-reading';
import type { OwnWords } from './own-shelf';
import { looksLikeSafetensors, readMetadata } from './safetensors';

/**
 * Reads what a model's file says of itself.
 *
 * @param bytes The whole file, known to be sound.
 * @returns What it says; empty where it says nothing, as files of most kinds.
 */
export function readOwnWords(bytes: Uint8Array): OwnWords {
  if (looksLikeSafetensors(bytes)) return pickWords(readMetadata(bytes));
  return pickWords(looksLikeOnnx(bytes) ? Object.fromEntries(readOnnxMetadata(bytes)) : null);
}
