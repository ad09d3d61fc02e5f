import { EnhanceError } from '../../core/errors';
import { blendStrength } from '../../core/picture/blend';
import type { SaveOptions } from '../../core/recipe/recipe';
import type { EncoderHost } from './encoder';
import type { OpenPhoto } from './photos';

/**
 * Writes a photo's result to a file. It needs no engine: a run goes on beside it.
 *
 * @param photo The photo.
 * @param options Format, quality and strength.
 * @param encoder Encodes the pixels.
 * @param signal Ends it at once.
 * @returns The file.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} `internal` where there is no result yet; else what the encoder fails with.
 */
export async function saveResult(
  { raster, result }: OpenPhoto,
  options: SaveOptions,
  encoder: Pick<EncoderHost, 'encode'>,
  signal: AbortSignal,
): Promise<Blob> {
  if (!result) throw new EnhanceError('internal', 'There is no result to save yet.');
  const blended = blendStrength(raster, result.raster, options.strength);
  const isOurs = blended.data !== result.raster.data;
  return encoder.encode(blended, options, isOurs, signal);
}
