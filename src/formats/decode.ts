import { usesCodec } from './codec-use';
import { coloursOf, staysInOwnSpace } from './colours';
import { editFile } from './edits';
import { bleedColour, bleedRadius, hasTransparency } from '../core/picture/alpha';
import { EnhanceError } from '../core/errors';
import { formats } from '../core/format';
import type { Note } from '../core/notes';
import { depthOf, type Raster, type Raster8, type Samples } from '../core/picture/raster';
import type { Size } from '../core/picture/rect';
import { throwAltered } from '../integrity/fetch-checked';
import { undecodable, type ImageHeader } from './header';
import { readHeifSpace } from './heif/header';
import { loadHeifReader } from './heif/reader';
import { readProfileSpace } from './icc/profile';
import { isDeepJxl, mayBeCutJxl, openDeepJxl } from './jxl/deep';
import { readJpegQuality } from './jpeg/quality';
import { mend } from './mend';
import type { Metadata } from './metadata/metadata';
import { readMetadata } from './metadata/read';
import { turnRaster } from './orientation';
import { loadOwnReader } from './own-readers';
import { decodePartial } from './partial';
import type { Photo } from './photo';
import { readPixels } from './pixels';
import { identify, identifyBytes, sniff } from './sniff';
import { readStraight, splitAlpha } from './straight';

/**
 * Decodes a whole file that no reader of ours was asked for, upright, in sRGB or, where the photo stays in its own space, in its own
 * numbers.
 *
 * @throws {EnhanceError} `corrupt-file`, `too-large` or `out-of-memory`.
 * @throws {DOMException} The signal's reason.
 */
export type Decoder = (file: Blob, job: Reading) => Promise<Raster8>;

/** The most pixels that open, in millions. */
export const mostMegapixels = 200;

/**
 * Opens a photo: turned upright, in its own space where it has a profile of red, green and blue, else converted
 * to sRGB, with true straight alpha. Runs in a worker.
 *
 * @param blob The file; its name and MIME type play no part.
 * @param signal Cancels at the next step.
 * @param apart Decodes, in this function's place, what takes a codec of ours ({@link usesCodec}): on another thread, which then ends.
 * @param decoder Decodes what is left to the browser by default.
 * @returns The photo; the bitmap used on the way is closed.
 * @throws {EnhanceError} `corrupt-file`, `unsupported-format`, `too-large` (before anything is
 *   decoded) or `out-of-memory`.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function decode(
  blob: Blob,
  signal?: AbortSignal,
  apart?: (blob: Blob, signal?: AbortSignal) => Promise<Photo>,
  decoder: Decoder = readBitmap,
): Promise<Photo> {
  signal?.throwIfAborted();
  // The first bytes alone, so that a film dropped by mistake is not read into memory.
  identify(await readBytes(blob.slice(0, identifyBytes)));
  signal?.throwIfAborted();
  const bytes = await readBytes(blob);
  signal?.throwIfAborted();
  const header = await readHeader(bytes);
  refuseHuge(header);
  if (apart && usesCodec(header)) return apart(blob, signal);
  const openJxl = () =>
    openDeepJxl(bytes, header, (png) => decode(png, signal, undefined, decoder));
  const deep = isDeepJxl(header) ? await openJxl() : null;
  if (deep) return deep;
  const { metadata, notes } = await readMetadata(bytes, header);
  const own = staysInOwnSpace(header, metadata.profile) ? metadata.profile : null;
  const job = { header, profile: metadata.profile, isOwn: own !== null, signal, decoder };
  const picture = await readPicture(blob, bytes, job).catch(async (error: unknown) => {
    // A bare codestream does not tell where it ends.
    const rest = mayBeCutJxl(header) && isUndecodable(error) ? await openJxl() : null;
    if (rest) return rest;
    throw error;
  });
  signal?.throwIfAborted();
  if ('raster' in picture) return picture;
  const { isWhole, ...read } = picture;
  const hasAlpha = header.hasAlpha && hasTransparency(read.data);
  const raster: Raster = { ...read, hasAlpha, space: own ? 'own' : 'srgb' };
  if (hasAlpha) bleedColour(raster, bleedRadius);
  const { width, height } = raster;
  return {
    raster,
    colours: coloursOf(raster, own),
    header: { ...header, width, height, hasAlpha, depth: depthOf(raster) },
    metadata,
    jpegQuality: header.format === 'jpeg' ? readJpegQuality(bytes) : null,
    notes: [...noteOn(header, raster, metadata, isWhole), ...notes],
  };
}

function noteOn(
  header: ImageHeader,
  raster: Raster,
  { isConverted }: Metadata,
  isWhole: boolean,
): Note[] {
  const notes: Note[] = [];
  if (header.animated) notes.push({ note: 'first-frame', facts: {} });
  if (header.truncated || !isWhole) notes.push({ note: 'cut-off', facts: {} });
  if (isConverted) notes.push({ note: 'colours-converted', facts: {} });
  if (header.depth > depthOf(raster)) notes.push({ note: 'depth-lost', facts: {} });
  return notes;
}

/**
 * Decoders step over more than a reader of headers does: where that makes nothing of a file, they are asked for
 * its size.
 */
async function readHeader(bytes: Uint8Array<ArrayBuffer>): Promise<ImageHeader> {
  try {
    return sniff(bytes);
  } catch (error) {
    const format = identify(bytes);
    const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => {
      throw error;
    });
    const { width, height } = bitmap;
    bitmap.close();
    const { alpha: hasAlpha } = formats[format].carries;
    const nothing = { animated: false, truncated: false, coloured: false };
    const edits = { colourEdits: [], turnEdits: [] };
    return { format, width, height, depth: 8, hasAlpha, orientation: 1, ...nothing, ...edits };
  }
}

/** How pixels are read. */
export type Reading = {
  readonly header: ImageHeader;
  readonly profile: Metadata['profile'];
  /** Whether as the file's own numbers. */
  readonly isOwn: boolean;
  readonly signal: AbortSignal | undefined;
  readonly decoder: Decoder;
};

type Read = Raster & {
  /** Whether its decoder took the file as it is. */
  readonly isWhole: boolean;
};

/** Reads the pixels; of a broken file those that are there. */
async function readPicture(
  blob: Blob,
  bytes: Uint8Array<ArrayBuffer>,
  job: Reading,
): Promise<Read> {
  const readOwn = await loadOwnReader(job.header);
  if (readOwn) {
    const { isWhole, ...stored } = await readOwn(bytes, job.profile, job.signal);
    return { ...uprightRaster(stored, job.header), isWhole };
  }
  try {
    return { ...(await readWhole(blob, bytes, job)), isWhole: true };
  } catch (error) {
    if (!isUndecodable(error)) throw error;
    job.signal?.throwIfAborted();
    const rest = (await readMended(bytes, job)) ?? (await readPartial(bytes, job));
    if (!rest) throw error;
    return { ...rest, isWhole: false };
  }
}

async function readWhole(
  blob: Blob,
  bytes: Uint8Array<ArrayBuffer>,
  job: Reading,
): Promise<Raster> {
  const { header, profile, isOwn, decoder } = job;
  if (header.format === 'jpeg' && header.press) {
    const { readPressJpeg } = await import('./press/read');
    const raster = await readPressJpeg(bytes, profile);
    if (raster) return turnRaster(raster, header.orientation);
  }
  // The browser would convert it in 8 bits.
  const isDeepGray =
    profile !== null && header.depth === 16 && readProfileSpace(profile) === 'gray';
  const isStraight = isOwn || isDeepGray || !header.coloured;
  const straight = isStraight ? await readStraight(bytes, header) : undefined;
  if (straight && isDeepGray) await (await import('./gray-curve')).convertGray(straight, profile);
  if (straight) return straight;
  const file = leaveTo(blob, job);
  const split = await splitAlpha(bytes, file, header);
  if (!split) return decoder(file, job);
  return split.join(await decoder(split.file, { ...job, header: { ...header, hasAlpha: false } }));
}

/** The file without what its decoder is not to act upon. */
function leaveTo(blob: Blob, { header, isOwn }: Reading): Blob {
  return editFile(blob, [...header.turnEdits, ...(isOwn ? header.colourEdits : [])]);
}

async function readMended(bytes: Uint8Array<ArrayBuffer>, job: Reading): Promise<Raster | null> {
  const mended = await mend(bytes, job.header.format);
  job.signal?.throwIfAborted();
  if (!mended) return null;
  try {
    return await readWhole(new Blob([mended]), mended, { ...job, header: sniff(mended) });
  } catch (error) {
    if (isUndecodable(error)) return null;
    throw error;
  }
}

async function readPartial(bytes: Uint8Array<ArrayBuffer>, job: Reading): Promise<Raster8 | null> {
  const { header, signal } = job;
  const file = leaveTo(new Blob([bytes]), job);
  const bitmap = await decodePartial(
    new Uint8Array(await file.arrayBuffer()),
    header.format,
    signal,
  );
  if (!bitmap) return null;
  // Transparent is what is missing.
  const raster = await readAndClose(bitmap, { ...header, hasAlpha: true }, signal);
  const { data } = raster;
  let isEmpty = true;
  for (let i = 3; i < data.length; i += 4) {
    if (data[i] !== 0) isEmpty = false;
    if (!header.hasAlpha) data[i] = 255;
  }
  return isEmpty ? null : { ...raster, hasAlpha: header.hasAlpha };
}

/** Whether a decoder has refused a file: neither cancelled, nor short of memory, nor not there. */
function isUndecodable(error: unknown): boolean {
  if (!(error instanceof EnhanceError)) return false;
  return ['file-damaged', 'file-cut-off', 'large-file-undecodable'].includes(error.problem);
}

async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new EnhanceError('file-unreadable', { cause: String(error), bytes: blob.size });
  }
}

function refuseHuge({ width, height }: Size): void {
  if (width * height <= mostMegapixels * 1e6) return;
  throw new EnhanceError('photo-too-large', { width, height, mostMegapixels });
}

async function readBitmap(blob: Blob, { header, signal }: Reading): Promise<Raster8> {
  return readAndClose(await decodeBitmap(blob, header), header, signal);
}

async function readAndClose(
  bitmap: ImageBitmap,
  header: ImageHeader,
  signal?: AbortSignal,
): Promise<Raster8> {
  try {
    signal?.throwIfAborted();
    refuseHuge(bitmap);
    return uprightRaster(await readPixels(bitmap, header.hasAlpha, signal), header);
  } finally {
    bitmap.close();
  }
}

function uprightRaster<S extends Samples>(
  raster: Raster<S>,
  { format, orientation }: ImageHeader,
): Raster<S> {
  return format === 'jpeg' ? raster : turnRaster(raster, orientation);
}

async function decodeBitmap(blob: Blob, header: ImageHeader): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'default',
    });
  } catch (error) {
    if (header.format === 'heic') return decodeHeic(blob, header);
    throw undecodable(header, String(error));
  }
}

/** Most browsers know no HEVC. */
async function decodeHeic(blob: Blob, header: ImageHeader): Promise<ImageBitmap> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const read = await loadHeifReader(8).catch((error: unknown) => {
    throwAltered(error);
    throw new EnhanceError('codec-missing', { format: formats.heic.title, cause: String(error) });
  });
  try {
    const { data, width, height } = await read(bytes);
    const space = readHeifSpace(new DataView(bytes.buffer));
    const colorSpace = space === 'display-p3' ? space : 'srgb';
    // As asked for.
    const samples = data as Raster8['data'];
    return await createImageBitmap(new ImageData(samples, width, height, { colorSpace }), {
      premultiplyAlpha: 'none',
    });
  } catch (error) {
    throw undecodable(header, String(error));
  }
}
