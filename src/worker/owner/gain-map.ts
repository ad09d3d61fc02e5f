import { framedSize } from '../../core/frame/geometry';
import type { Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import { rowsOf } from '../../core/picture/rows';
import { isNeutralGrade, type Finish } from '../../core/recipe/finish';
import type { SaveOptions } from '../../core/recipe/recipe';
import { drawGainMap } from '../../formats/gain-map/draw';
import type { Bytes, GainMap } from '../../formats/metadata/metadata';
import { turnRaster } from '../../formats/orientation';
import type { openPhoto } from './decoder';
import type { EncoderHost } from './encoder';
import type { OpenPhoto } from './photos';

/** What reads a gain map, and writes it. */
export type GainMapPorts = {
  readonly decode: typeof openPhoto;
  readonly encoder: Pick<EncoderHost, 'encode'>;
};

/** It is looked up between its pixels, and its steps show where they are small: as it is mostly written. */
const quality = 95;

/**
 * The gain map that goes into a file of a photo's result.
 *
 * @param photo The photo.
 * @param options How it is saved.
 * @param finish How it is finished.
 * @returns What was read with the photo; null where it had none, where the file is no JPEG or says nothing of the photo, or where light or
 *   colours were changed, which the gain map knows nothing of.
 */
export function keptGainMap(
  { metadata, basis, result }: OpenPhoto,
  { format, metadata: wish }: SaveOptions,
  { grade, tint }: Finish,
): GainMap | null {
  if (format !== 'jpeg' || !wish?.keep) return null;
  const isRelit = basis.tone !== undefined || result?.isRelit === true;
  return isRelit || tint !== null || !isNeutralGrade(grade) ? null : metadata.gainMap;
}

/**
 * Puts a photo's gain map into the JPEG of its result, framed and enlarged as that is.
 *
 * @param file The JPEG.
 * @param gainMap The photo's.
 * @param photo The photo.
 * @param saved The size of the picture in the file.
 * @param ports Read and write it.
 * @param signal Ends it.
 * @returns The new file; the same one where the gain map turns out to be broken.
 * @throws {DOMException} The signal's reason.
 */
export async function addGainMap(
  file: Blob,
  gainMap: GainMap,
  photo: OpenPhoto,
  saved: Size,
  ports: GainMapPorts,
  signal: AbortSignal,
): Promise<Blob> {
  try {
    const map = await enlarge(gainMap, photo, saved, ports, signal);
    const { joinGainMap } = await import('../../formats/gain-map/join');
    return (await joinGainMap(file, map, gainMap)) ?? file;
  } catch {
    signal.throwIfAborted();
    return file;
  }
}

async function enlarge(
  gainMap: GainMap,
  { metadata, basis, wholeSize }: OpenPhoto,
  saved: Size,
  { decode, encoder }: GainMapPorts,
  signal: AbortSignal,
): Promise<Bytes> {
  const { raster, colours } = await decode(new Blob([gainMap.file]), signal);
  // Of a JPEG, which has eight bits.
  const map = turnRaster(raster as Raster8, metadata.orientation);
  const framed = framedSize(basis.frame, wholeSize);
  const drawn = drawGainMap(map, wholeSize, basis.frame, framed, saved);
  const how = { format: 'jpeg', quality, colours: { ...colours, profile: null } } as const;
  const blob = await encoder.encode(rowsOf(drawn), how, signal);
  return new Uint8Array(await blob.arrayBuffer());
}
