import { framedSize } from '../../core/frame/geometry';
import type { Note } from '../../core/notes';
import type { Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import type { RowSource } from '../../core/picture/rows';
import { windowsOf } from '../../core/picture/windows';
import { isNeutralGrade, type Finish } from '../../core/recipe/finish';
import type { SaveOptions } from '../../core/recipe/recipe';
import { drawGainMap } from '../../formats/gain-map/draw';
import type { WriteOptions } from '../../formats/encode';
import type { GainMap } from '../../formats/metadata/metadata';
import { turnRaster } from '../../formats/orientation';
import type { openPhoto } from './decoder';
import type { SavedFile } from '../reports';
import type { EncoderHost } from './encoder';
import type { OpenPhoto } from './photos';

/** What reads a gain map, and writes it. */
export type GainMapPorts = {
  readonly decode: typeof openPhoto;
  readonly encoder: Pick<EncoderHost, 'encode'>;
};

/** It is looked up between its pixels, and its steps show where they are small: as it is mostly written. */
const quality = 95;

const lost: Note = { note: 'gain-map-lost', facts: {} };

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
 * @returns The new file; the same one, with a note, where the gain map turns out to be broken, or the file has no room for what tells of it.
 * @throws {DOMException} The signal's reason.
 */
export async function addGainMap(
  file: Blob,
  gainMap: GainMap,
  photo: OpenPhoto,
  saved: Size,
  ports: GainMapPorts,
  signal: AbortSignal,
): Promise<SavedFile> {
  try {
    const { picture, how } = await enlarge(gainMap, photo, saved, ports, signal);
    const map = await ports.encoder.encode(picture, how, signal);
    const { joinGainMap } = await import('../../formats/gain-map/join');
    const blob = await joinGainMap(file, new Uint8Array(await map.arrayBuffer()), gainMap);
    if (blob) return { blob, notes: [] };
  } catch {
    signal.throwIfAborted();
  }
  return { blob: file, notes: [lost] };
}

/** Pixels of a gain map that an estimate encodes, a fifth of a second's work, and the width of a window of them. */
const windowed = [2 ** 18, 128] as const;

/**
 * About how many bytes a gain map adds to a file.
 *
 * @param gainMap The photo's.
 * @param photo The photo.
 * @param saved The size of the picture in the file.
 * @param ports Read and write it.
 * @param signal Ends it.
 * @returns Bytes; 0 where it turns out to be broken.
 * @throws {DOMException} The signal's reason.
 */
export async function estimateGainMap(
  gainMap: GainMap,
  photo: OpenPhoto,
  saved: Size,
  ports: GainMapPorts,
  signal: AbortSignal,
): Promise<number> {
  try {
    const { picture, how } = await enlarge(gainMap, photo, saved, ports, signal);
    const windows = windowsOf(picture, ...windowed);
    const { size } = await ports.encoder.encode(windows.picture, how, signal);
    return Math.round(size / windows.share) + gainMap.said.length + (gainMap.iso?.length ?? 0);
  } catch {
    signal.throwIfAborted();
    return 0;
  }
}

/** The gain map for a picture of a size, and how it is written. */
async function enlarge(
  gainMap: GainMap,
  { metadata, basis, wholeSize }: OpenPhoto,
  saved: Size,
  { decode }: GainMapPorts,
  signal: AbortSignal,
): Promise<{ readonly picture: RowSource; readonly how: WriteOptions }> {
  const { raster, colours, notes } = await decode(new Blob([gainMap.file]), signal);
  // Half of it would darken the other half of the photo.
  if (notes.some(({ note }) => note === 'cut-off')) throw new Error('cut off');
  // Of a JPEG, which has eight bits.
  const map = turnRaster(raster as Raster8, metadata.orientation);
  const framed = framedSize(basis.frame, wholeSize);
  const picture = drawGainMap(map, wholeSize, basis.frame, framed, saved);
  return { picture, how: { format: 'jpeg', quality, colours: { ...colours, profile: null } } };
}
