import { EnhanceError } from '../../core/errors';
import { depthOf, depths } from '../../core/picture/raster';
import type { SavedFormat } from '../../core/format';
import type { Size } from '../../core/picture/rect';
import type { RowSource } from '../../core/picture/rows';
import { resizeRows } from '../../core/picture/resize';
import { windowsOf } from '../../core/picture/windows';
import type { Finish } from '../../core/recipe/finish';
import { readFinish } from '../../core/recipe/finish-parsing';
import { parseTarget } from '../../core/recipe/target-parsing';
import { factorOf, targetSize, type TargetSize } from '../../core/recipe/target-size';
import { mostSavedPixels } from '../../core/plan/plan';
import type { MetadataWish, SaveOptions } from '../../core/recipe/recipe';
import { optionValidator as check } from '../../core/validator';
import { finishRows } from '../../core/run/finish-render';
import type { WriteOptions } from '../../formats/encode';
import type { SavedFile } from '../reports';
import { addGainMap, estimateGainMap, keptGainMap, type GainMapPorts } from './gain-map';
import { checkMask, type OpenPhoto } from './photos';
import { usePicture } from './picture-file';

/**
 * Writes a photo's result to a file. It needs no engine: a run goes on beside it.
 *
 * @param photo The photo.
 * @param options Format, quality and finish.
 * @param ports Encode the pixels, and read a gain map.
 * @param signal Ends it: the encoder at once.
 * @returns The file, and what it lacks.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} `option-wrong`; `mask-of-other-photo`; `result-missing` where there is no result yet; else what the encoder
 *   fails with.
 */
export async function saveResult(
  photo: OpenPhoto,
  options: SaveOptions,
  ports: GainMapPorts,
  signal: AbortSignal,
): Promise<SavedFile> {
  const finish = readFinish(options);
  const { picture, how } = prepare(photo, options, finish);
  const gainMap = keptGainMap(photo, options, finish);
  return usePicture(photo.withResult().result, async () => {
    const blob = await ports.encoder.encode(picture, how, signal);
    return gainMap ? addGainMap(blob, gainMap, photo, picture, ports, signal) : { blob, notes: [] };
  });
}

/** Pixels of the windows that an estimate encodes, a second's work, and of one's width. */
const windowed: Readonly<Record<SavedFormat, readonly [pixels: number, width: number]>> = {
  jpeg: [2 ** 21, 128],
  png: [2 ** 21, 256],
  webp: [2 ** 21, 256],
  avif: [2 ** 20, 512],
  tiff: [2 ** 21, 256],
};

/**
 * About how long the file of a photo's result would be: windows of it are encoded as it would be.
 *
 * @param photo The photo.
 * @param options As for {@link saveResult}.
 * @param ports Encode the windows, and read a gain map.
 * @param signal Ends it: the encoder at once.
 * @returns Bytes.
 * @throws {DOMException} The signal's reason.
 * @throws {EnhanceError} As {@link saveResult}.
 */
export async function estimateBytes(
  photo: OpenPhoto,
  options: SaveOptions,
  ports: GainMapPorts,
  signal: AbortSignal,
): Promise<number> {
  // Colour lock measures the whole picture, and moves what varies slowly: no format takes bytes for that.
  const finish = { ...readFinish(options), colourLock: 0 };
  const { picture, how } = prepare(photo, options, finish);
  const gainMap = keptGainMap(photo, options, finish);
  return usePicture(photo.withResult().result, async () => {
    const bytes = await estimatePicture(photo, picture, how, ports, signal);
    return gainMap
      ? bytes + (await estimateGainMap(gainMap, photo, picture, ports, signal))
      : bytes;
  });
}

/** About how long a picture's file would be, but for a gain map. */
async function estimatePicture(
  photo: OpenPhoto,
  picture: RowSource,
  how: WriteOptions,
  { encoder }: GainMapPorts,
  signal: AbortSignal,
): Promise<number> {
  const { picture: windows, share } = windowsOf(picture, ...windowed[how.format]);
  if (share === 1) return (await encoder.encode(windows, how, signal)).size;
  const { profile, isGray } = photo.colours;
  const { exif = null, xmp = null, iptc = null } = how.metadata?.wish.keep ? photo.metadata : {};
  const beside = [profile, exif, xmp, iptc].reduce((sum, part) => sum + (part?.length ?? 0), 0);
  const { format, quality, depth = picture.depth, lossless = false } = how;
  // As many samples a pixel as with the profile.
  const bare = {
    ...{ format, quality, depth, lossless },
    colours: { profile: null, isGray: isGray && !profile },
  };
  const { size } = await encoder.encode(windows, bare, signal);
  return Math.round(size / share) + beside;
}

/**
 * A photo's result as it is saved.
 *
 * @param photo The photo.
 * @param finish How it is finished.
 * @param size How large it is to be; its own size where it is left out.
 * @returns Its rows, made as they are read.
 * @throws {EnhanceError} `mask-of-other-photo`, `result-missing` or `result-too-large`.
 */
export function finishPicture(
  photo: OpenPhoto,
  finish: Finish,
  size: TargetSize | undefined,
): RowSource {
  const { raster, ground, result } = photo.withResult();
  checkMask(finish.mask, raster);
  const tint = finish.tint && photo.tints.spread(finish.tint);
  const finished = finishRows({ original: ground, result, finish, tint });
  return size ? resizeRows(finished, readTarget(size, raster)) : finished;
}

/** What is encoded, and how. */
function prepare(photo: OpenPhoto, options: SaveOptions, finish: Finish) {
  const { format, quality, depth = depthOf(photo.raster), metadata: wish } = options;
  const lossless = check.flag(options.lossless ?? photo.metadata.isLossless, 'lossless');
  const size = options.size && parseTarget(options.size, 'size');
  const picture = finishPicture(photo, finish, size);
  const metadata = wish && { read: photo.metadata, wish: checkWish(wish) };
  const { colours } = photo;
  check.oneOf(depth, depths, 'depth');
  const density = size?.by === 'print' ? { dpi: size.dpi } : {};
  const exact = format === 'webp' && { lossless };
  const written = { format, quality, ...exact, depth, colours };
  const how = { ...written, ...density, ...(metadata && { metadata }) };
  return { picture, how };
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
