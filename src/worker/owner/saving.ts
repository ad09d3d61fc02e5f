import { depthOf, depths } from '../../core/picture/raster';
import { readFinish } from '../../core/recipe/finish';
import type { MetadataWish, SaveOptions } from '../../core/recipe/recipe';
import { optionValidator as check } from '../../core/validator';
import { finishRows } from '../../core/run/finish-render';
import type { EncoderHost } from './encoder';
import type { OpenPhoto } from './photos';

/**
 * Writes a photo's result to a file. It needs no engine: a run goes on beside it.
 *
 * @param photo The photo.
 * @param options Format, quality and finish.
 * @param encoder Encodes the pixels.
 * @param signal Ends it: the encoder at once.
 * @returns The file.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} `option-wrong`; `result-missing` where there is no result yet; else what the encoder
 *   fails with.
 */
export async function saveResult(
  photo: OpenPhoto,
  options: SaveOptions,
  encoder: Pick<EncoderHost, 'encode'>,
  signal: AbortSignal,
): Promise<Blob> {
  const finish = readFinish(options);
  const { raster, result } = photo.withResult();
  const finished = finishRows({ original: raster, result, finish });
  const { format, quality, depth = depthOf(raster), metadata: wish } = options;
  const metadata = wish && { read: photo.metadata, wish: checkWish(wish) };
  const { colours } = photo;
  check.oneOf(depth, depths, 'depth');
  const how = { format, quality, depth, colours, ...(metadata && { metadata }) };
  return encoder.encode(finished, how, signal);
}

function checkWish(value: unknown): MetadataWish {
  const { keep, isAnonymous, mark } = check.object(value, 'metadata');
  return {
    keep: check.flag(keep, 'metadata.keep'),
    isAnonymous: check.flag(isAnonymous, 'metadata.isAnonymous'),
    mark: check.flag(mark, 'metadata.mark'),
  };
}
