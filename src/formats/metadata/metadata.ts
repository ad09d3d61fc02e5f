import type { Orientation } from '../header';

/** Bytes of their own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A text chunk of a PNG, or a JPEG's comment. */
export type TextEntry = {
  /** `Title`, `Author`, `parameters`: 1..79 Latin-1 characters. */
  readonly keyword: string;
  readonly text: string;
};

/** Pixels per metre, across and down; whole. */
export type Density = { readonly x: number; readonly y: number };

/** How long an inch is. */
export const metresAnInch = 0.0254;

/**
 * Dots per inch of dots per metre.
 *
 * @param perMetre Dots per metre, a whole number.
 * @returns The whole number that is meant, since a whole number per metre is only near to that; else what it is.
 */
export function perInch(perMetre: number): number {
  const exact = perMetre * metresAnInch;
  const whole = Math.round(exact);
  return Math.abs(exact - whole) <= metresAnInch / 2 ? whole : exact;
}

/** What makes an ordinary JPEG one of high dynamic range: a picture of how much brighter each of its pixels may be shown. */
export type GainMap = {
  /** That picture, a JPEG that says nothing, as the photo's file has it: not turned. */
  readonly file: Bytes;
  /** What it says of itself: its segments of XMP and of ISO 21496-1, and of a profile, one after the other. */
  readonly said: Bytes;
  /** The photo's own segment of ISO 21496-1, which says that there is one; null where it had none. */
  readonly iso: Bytes | null;
  /** Whether the photo's XMP says so. */
  readonly isInXmp: boolean;
};

/** What a photo's file says beside its pixels, on its way to the files that are made of it. */
export type Metadata = {
  /** How the file's pixels were turned to become the raster. */
  readonly orientation: Orientation;
  /** Whether the pixels were converted to sRGB from colours of another space. */
  readonly isConverted: boolean;
  /** Whether it was a WebP without loss, which its results then are, too. */
  readonly isLossless: boolean;
  /** An ICC profile, as it is in the file. */
  readonly profile: Bytes | null;
  /** An EXIF block, from its byte order mark on. */
  readonly exif: Bytes | null;
  /** An XMP packet. */
  readonly xmp: string | null;
  /** IPTC-IIM datasets, one after the other. */
  readonly iptc: Bytes | null;
  readonly texts: readonly TextEntry[];
  readonly density: Density | null;
  /** Which goes into a JPEG of the photo, enlarged with it. */
  readonly gainMap: GainMap | null;
};

/** What the parts of {@link Metadata} are called, the same in every language. */
export type MetadataPart = 'EXIF' | 'XMP' | 'IPTC' | 'ICC';

/** Of a file that says nothing. */
export const noMetadata: Metadata = {
  ...{
    orientation: 1,
    isConverted: false,
    isLossless: false,
    profile: null,
    exif: null,
    xmp: null,
    iptc: null,
  },
  ...{ texts: [], density: null, gainMap: null },
};
