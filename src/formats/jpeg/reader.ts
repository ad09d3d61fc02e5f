import decoderUrl from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import type { CodecImage, ReadPicture } from '../codecs';
import { must, startCodec, type EmscriptenFactory } from '../wasm-codec';

type Decoder = { decode(file: Uint8Array, isToTurn: boolean): CodecImage | null };

/**
 * Loads MozJPEG's decoder, which is libjpeg-turbo's: gray and YCbCr become RGB, not turned, without colour management; what is missing
 * of a file that is cut off is grey.
 *
 * @returns A reader, good for one picture.
 * @throws {Error} Where the codec cannot be downloaded or started.
 */
export async function loadJpegReader(): Promise<ReadPicture> {
  const glue = await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js');
  const codec = await startCodec(glue.default as unknown as EmscriptenFactory<Decoder>, decoderUrl);
  return (file) => must(codec.decode(file, false));
}
