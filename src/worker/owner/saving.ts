import { EnhanceError } from '../../core/errors';
import { depthOf, depths } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import { resizeRows } from '../../core/picture/resize';
import { readFinish } from '../../core/recipe/finish-parsing';
import { parseTarget } from '../../core/recipe/target-parsing';
import { factorOf, targetSize, type TargetSize } from '../../core/recipe/target-size';
import { mostSavedPixels } from '../../core/plan/plan';
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
  const { format, quality, depth = depthOf(raster), metadata: wish } = options;
  const finished = finishRows({ original: raster, result, finish });
  const size = options.size && parseTarget(options.size, 'size');
  const picture = size ? resizeRows(finished, readTarget(size, raster)) : finished;
  const metadata = wish && { read: photo.metadata, wish: checkWish(wish) };
  const { colours } = photo;
  check.oneOf(depth, depths, 'depth');
  const density = size?.by === 'print' ? { dpi: size.dpi } : {};
  const how = { format, quality, depth, colours, ...density, ...(metadata && { metadata }) };
  return encoder.encode(picture, how, signal);
}

/** The size that is meant, refused where a plan would refuse it. */
function readTarget(target: TargetSize, photo: Size): Size {
  const size = targetSize(target, photo);
  if (size.width * size.height <= mostSavedPixels) return size;
  const scale = Math.floor(factorOf(target, photo));
  throw new EnhanceError('result-too-large', { ...size, scale, fits: null });
}

function checkWish(value: unknown): MetadataWish {
  const { keep, isAnonymous, mark } = check.object(value, 'metadata');
  return {
    keep: check.flag(keep, 'metadata.keep'),
    isAnonymous: check.flag(isAnonymous, 'metadata.isAnonymous'),
    mark: check.flag(mark, 'metadata.mark'),
  };
}
