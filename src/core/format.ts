import { EnhanceError } from './errors';

/** Pixels. */
type Sides = { readonly width: number; readonly height: number };

/** What a file of a format can hold, whatever this program makes of it. */
export type Carries = {
  /** Transparency of any degree. */
  readonly alpha: boolean;
  /** Most bits a sample. */
  readonly depth: 8 | 16;
  /** What cameras and people write beside the pixels: EXIF, XMP. */
  readonly metadata: boolean;
  /** An ICC profile. */
  readonly profile: boolean;
  /** More than one frame. */
  readonly animation: boolean;
};

/** What is to be known of a file format. */
export type FormatFacts = {
  /** Its proper name, the same in every language. */
  readonly title: string;
  readonly mime: string;
  /** Without a dot; the first is the one that files are named with. */
  readonly extensions: readonly [string, ...string[]];
  readonly carries: Carries;
  /** Whether pixels come back changed, by as much as a quality says. */
  readonly lossy: boolean;
  /** Longest side in pixels. */
  readonly mostSide: number;
  /** Most pixels, where no codec or browser writes as many as its sides allow. */
  readonly mostPixels?: number;
};

const still = { alpha: true, metadata: true, profile: true, animation: false };

/** Every format that opens here, in the order in which people are told of them. */
export const formats = {
  jpeg: {
    title: 'JPEG',
    mime: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    carries: { ...still, alpha: false, depth: 8 },
    lossy: true,
    // The format's field holds 65535; libjpeg, and so every browser, stops at 65500.
    mostSide: 65500,
  },
  png: {
    title: 'PNG',
    mime: 'image/png',
    extensions: ['png'],
    carries: { ...still, depth: 16, animation: true },
    lossy: false,
    mostSide: 2 ** 31 - 1,
  },
  webp: {
    title: 'WebP',
    mime: 'image/webp',
    extensions: ['webp'],
    carries: { ...still, depth: 8, animation: true },
    lossy: true,
    mostSide: 16383,
  },
  tiff: {
    title: 'TIFF',
    mime: 'image/tiff',
    extensions: ['tif', 'tiff'],
    carries: { ...still, depth: 16 },
    lossy: false,
    mostSide: 2 ** 31 - 1,
    // 4 GiB of the longest samples, less room for all else.
    mostPixels: 2 ** 29 - 2 ** 24,
  },
  avif: {
    title: 'AVIF',
    mime: 'image/avif',
    extensions: ['avif'],
    carries: { ...still, depth: 16, animation: true },
    lossy: true,
    mostSide: 65535,
    // The codec took 40 million without alpha in its 2 GiB, and no more than that; browsers write none.
    mostPixels: 32e6,
  },
  heic: {
    title: 'HEIC',
    mime: 'image/heic',
    extensions: ['heic', 'heif'],
    carries: { ...still, depth: 16, animation: true },
    lossy: true,
    mostSide: 65535,
  },
  jxl: {
    title: 'JPEG XL',
    mime: 'image/jxl',
    extensions: ['jxl'],
    carries: { ...still, depth: 16, animation: true },
    lossy: true,
    mostSide: 2 ** 30,
  },
  gif: {
    title: 'GIF',
    mime: 'image/gif',
    extensions: ['gif'],
    // A colour is transparent or it is not; that is read, and never written here.
    carries: { ...still, depth: 8, metadata: false, profile: false, animation: true },
    lossy: false,
    mostSide: 65535,
  },
  bmp: {
    title: 'BMP',
    mime: 'image/bmp',
    extensions: ['bmp'],
    carries: { ...still, alpha: false, depth: 8, metadata: false },
    lossy: false,
    mostSide: 2 ** 31 - 1,
  },
} as const satisfies Readonly<Record<string, FormatFacts>>;

/** A format that opens here. */
export type PhotoFormat = keyof typeof formats;

/** The formats that results are written in, in the order in which they are offered. */
export const savedFormats = [
  'jpeg',
  'png',
  'webp',
  'avif',
  'tiff',
] as const satisfies readonly PhotoFormat[];

/** A format that results are written in. */
export type SavedFormat = (typeof savedFormats)[number];

/** What a file chooser takes as `accept`. */
export const acceptedTypes = Object.values(formats)
  .map(({ mime }) => mime)
  .join(',');

/** The titles of all formats that open here. */
export const openedTitles: readonly string[] = Object.values(formats).map(({ title }) => title);

/**
 * Most pixels that a codec is given at once, in its own memory: libwebp took 120 million, libavif 40 and not 80. MozJPEG
 * takes 19 bytes for each, and is given strips of larger pictures.
 */
export const mostCodecPixels = { jpeg: 2 ** 21, webp: 120e6, avif: 32e6 } as const;

/** Most pixels of 16 bits that libavif is given, which take twice as much; more are written in 8. */
export const mostDeepPixels = 16e6;

/** Most pixels that libwebp took without loss in its 2 GiB: 56 million, with some room. */
export const mostLosslessPixels = 48e6;

/**
 * Whether a format holds a picture.
 *
 * @param format The format.
 * @param sides The picture's.
 * @param sides.width In pixels.
 * @param sides.height In pixels.
 * @returns False where a side is too long for it, or nothing writes as many pixels.
 */
export function holds(format: PhotoFormat, { width, height }: Sides): boolean {
  const { mostSide, mostPixels = Infinity }: FormatFacts = formats[format];
  return Math.max(width, height) <= mostSide && width * height <= mostPixels;
}

/**
 * Bits a sample that a picture is written with at most.
 *
 * @param format What it is written in.
 * @param sides The picture's.
 * @param sides.width In pixels.
 * @param sides.height In pixels.
 * @returns 8 where the format has no more, or its codec has no room for more of so many pixels; else 16, of which
 *   an AVIF keeps 10.
 */
export function mostDepth(format: SavedFormat, { width, height }: Sides): 8 | 16 {
  const { carries, lossy } = formats[format];
  return lossy && width * height > mostDeepPixels ? 8 : carries.depth;
}

/**
 * Refuses a format for a picture that it does not hold, before anything is done for it.
 *
 * @param format What it is to be written in.
 * @param sides The picture's.
 * @throws {EnhanceError} `side-too-long` or `area-too-large`, with the formats that hold it.
 */
export function refuseLongSide(format: SavedFormat, sides: Sides): void {
  if (holds(format, sides)) return;
  const { title, mostSide, mostPixels = Infinity }: FormatFacts = formats[format];
  const { width, height } = sides;
  const facts = { format: title, width, height, others: titlesHolding(sides) };
  if (Math.max(width, height) > mostSide)
    throw new EnhanceError('side-too-long', { ...facts, mostSide });
  const mostMegapixels = Math.floor(mostPixels / 1e6);
  throw new EnhanceError('area-too-large', { ...facts, mostMegapixels });
}

/**
 * The format for a photo's result where nobody chose one.
 *
 * @param format The photo's own.
 * @param hasAlpha Whether some of it is transparent.
 * @param sides The result's: a format that does not hold it is passed over.
 * @param isLossless Whether the photo has lost nothing though its format may; false by default.
 * @returns The same where results are written in it; else PNG where that loses nothing more than the photo
 *   has lost, and JPEG, or WebP where it is transparent, where a PNG would only be long.
 */
export function savedLike(
  format: PhotoFormat,
  hasAlpha: boolean,
  sides: Sides,
  isLossless = false,
): SavedFormat {
  const same = savedFormats.find((each) => each === format);
  const short: readonly SavedFormat[] = hasAlpha ? ['webp'] : ['jpeg'];
  const isLossy = formats[format].lossy && !isLossless;
  const wanted = [...(same ? [same] : []), ...(isLossy ? short : [])];
  return wanted.find((each) => holds(each, sides)) ?? 'png';
}

/**
 * Which formats hold a picture that another is too small for.
 *
 * @param sides The picture's.
 * @returns Titles of formats that results are written in, the roomiest first.
 */
export function titlesHolding(sides: Sides): string[] {
  return savedFormats
    .filter((format) => holds(format, sides))
    .map((format) => formats[format])
    .sort((a, b) => b.mostSide - a.mostSide)
    .map(({ title }) => title);
}
