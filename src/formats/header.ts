import { EnhanceError } from '../core/errors';
import { formats, type PhotoFormat } from '../core/format';
import type { Depth } from '../core/picture/raster';
import type { Size } from '../core/picture/rect';

/** How the stored pixels are turned for display: EXIF tag 0x0112; 1 = as stored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What a file says about its picture, read without decoding it. Width and height are as displayed. */
export type ImageHeader = Size & {
  readonly format: PhotoFormat;
  /** Bits a sample that hold the file's own: 16 of every file with more than 8. What is read of it may have fewer. */
  readonly depth: Depth;
  /** True where some pixel may be transparent; only decoding can tell for certain. */
  readonly hasAlpha: boolean;
  /** True where there is more than one frame. */
  readonly animated: boolean;
  /** True where the end of the file is known to be missing. */
  readonly truncated: boolean;
  /** 5 to 8 exchange width and height; that is already done in `width` and `height`. */
  readonly orientation: Orientation;
  /** True where the file names colours that may not be sRGB, so that decoders convert them. */
  readonly coloured: boolean;
  /** What its numbers say where that is neither red, green and blue nor gray: inks of a press, or CIE Lab. */
  readonly press?: 'cmyk' | 'lab';
  /** What keeps a decoder from learning of colours, so that the file's own numbers come out. */
  readonly colourEdits: readonly Edit[];
  /** What keeps it from turning a PNG or WebP. */
  readonly turnEdits: readonly Edit[];
};

/** A part of a file with something in its place. */
export type Edit = {
  /** Its first byte. */
  readonly start: number;
  /** The one after its last. */
  readonly end: number;
  /** ASCII; of the part's length where the file states lengths and places, else empty. */
  readonly text: string;
};

/** The bytes at hand and how many the whole file has. */
export type Source = {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Size of the whole file in bytes; more than `bytes.length` where only its start was read. */
  readonly fileBytes: number;
};

/**
 * Exchanges width and height where the orientation lays the picture on its side.
 *
 * @param size Width and height as stored, in pixels.
 * @param orientation The EXIF orientation, 1..8.
 * @returns Width and height as displayed.
 */
export function turnSize(size: Size, orientation: Orientation): Size {
  return orientation < 5 ? size : { width: size.height, height: size.width };
}

/**
 * Whether the bytes at an offset are the given Latin-1 text.
 *
 * @param bytes Read from.
 * @param at Offset of the first character; out of range gives false.
 * @param text The text, characters 0..255.
 * @returns True where every character matches.
 */
export function matchText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/**
 * The failure for a file whose header makes no sense.
 *
 * @param format What it is.
 * @param damage The part that makes no sense, for a bug report.
 * @returns An error to throw, code `corrupt-file`.
 */
export function damaged(format: PhotoFormat, damage: string): EnhanceError {
  return new EnhanceError('file-damaged', { format: formats[format].title, damage });
}

/**
 * The failure for a file whose header makes sense, and which its decoder does not take.
 *
 * @param header What the file says.
 * @param cause What the decoder says, for a bug report.
 * @returns An error to throw: `file-cut-off` where the end is known to be missing, `large-file-undecodable` where the picture is
 *   so large that this may be why, else `file-damaged`.
 */
export function undecodable(header: ImageHeader, cause: string): EnhanceError {
  const { width, height, truncated } = header;
  const format = formats[header.format].title;
  if (truncated) return new EnhanceError('file-cut-off', { format, cause });
  if (width * height > 50e6)
    return new EnhanceError('large-file-undecodable', { format, width, height, cause });
  return damaged(header.format, cause);
}
