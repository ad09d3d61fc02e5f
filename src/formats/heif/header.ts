import { readLatin1 } from '../metadata/bytes';
import { damaged, turnSize, type Edit, type ImageHeader, type Source } from '../header';
import { boxes, type Box } from './boxes';
import { isProfile, readItems, type Items } from './items';

/** What auxiliary pictures that hold transparency are called. ISO/IEC 23008-12 and MIAF. */
export const alphaNames: readonly string[] = [
  'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha',
  'urn:mpeg:hevc:2015:auxid:1',
];

/** Of CICP's colour primaries: BT.709, which is sRGB's; not told; P3 with D65. ITU-T H.273, table 2. */
const primaries = { srgb: 1, untold: 2, p3: 12 } as const;

/**
 * Reads the header of an AVIF or HEIC file.
 *
 * @param source The file, beginning with an `ftyp` box.
 * @param format Which of the two it is, by its brand.
 * @returns Its header. Its own turns are in its size, and decoders make them, so `orientation` is 1.
 * @throws {EnhanceError} `corrupt-file` where the header is broken.
 */
export function readHeif(source: Source, format: 'avif' | 'heic'): ImageHeader {
  const { bytes, view, fileBytes } = source;
  const items = readItems(view);
  if (!items) throw damaged(format, 'meta');
  const properties = items.propertiesOf(items.primary);
  const ispe = properties.find(({ type }) => type === 'ispe');
  if (!ispe) throw damaged(format, 'ispe');
  const stored = { width: view.getUint32(ispe.start + 4), height: view.getUint32(ispe.start + 8) };
  if (stored.width === 0 || stored.height === 0) throw damaged(format, 'ispe 0');
  const irot = properties.find(({ type }) => type === 'irot');
  const isOnItsSide = irot !== undefined && (view.getUint8(irot.start) & 1) === 1;
  return {
    format,
    ...turnSize(stored, isOnItsSide ? 6 : 1),
    depth: readDepth(view, properties, items) > 8 ? 16 : 8,
    hasAlpha: hasAuxiliary(view, items, alphaNames),
    animated: /^(avis|msf1)/.test(readBrand(view)),
    truncated:
      bytes.length >= fileBytes && [...boxes(view, 0, bytes.length)].some((box) => box.isCut),
    orientation: 1,
    coloured: spaceOf(view, properties) !== 'srgb',
    colourEdits: items.colours.map((box) => hideColours(view, box, format)),
    turnEdits: [],
  };
}

/** Bits a sample: as they are told of a picture, else as it, or the first tile of all, is coded. */
function readDepth(view: DataView, properties: readonly Box[], { codings }: Items): number {
  // Version and flags, how many channels, and the bits of each. ISO/IEC 23008-12, 6.5.6.
  const told = properties.find(({ type, start, end }) => type === 'pixi' && end - start > 5);
  if (told) return view.getUint8(told.start + 5);
  const coding = properties.find((each) => codings.includes(each)) ?? codings[0];
  if (!coding) return 8;
  // AV1 in ISO base media, 2.3.3: high_bitdepth. ISO/IEC 14496-15, 8.3.2.1: bit_depth_luma_minus8.
  if (coding.type === 'av1C') return view.getUint8(coding.start + 2) & 0x40 ? 10 : 8;
  return 8 + (view.getUint8(coding.start + 17) & 7);
}

/**
 * In which space a file's colours are, as far as a canvas knows it.
 *
 * @param view The file.
 * @returns `display-p3` where the file says so; `srgb` where it says so or nothing; else `other`.
 */
export function readHeifSpace(view: DataView): 'srgb' | 'display-p3' | 'other' {
  const items = readItems(view);
  return items ? spaceOf(view, items.propertiesOf(items.primary)) : 'srgb';
}

/**
 * The same, of a picture's properties.
 *
 * @param view The file.
 * @param properties The picture's.
 * @returns See {@link readHeifSpace}.
 */
export function spaceOf(
  view: DataView,
  properties: readonly Box[],
): ReturnType<typeof readHeifSpace> {
  const colr = properties.filter(({ type }) => type === 'colr');
  const bodies = colr.map(({ start, end }) =>
    readLatin1(new Uint8Array(view.buffer, view.byteOffset + start, end - start)),
  );
  const profile = bodies.find((body) => /^(prof|rICC)/.test(body));
  // Names are of 8 bits in old profiles and of 16 in new ones.
  const names = profile?.replaceAll('\0', '') ?? '';
  if (profile) {
    if (/Display P3/.test(names)) return 'display-p3';
    return /sRGB/.test(names) ? 'srgb' : 'other';
  }
  const code = bodies.find((body) => body.startsWith('nclx'));
  if (!code) return 'srgb';
  const told = code.charCodeAt(4) * 256 + code.charCodeAt(5);
  if (told === primaries.p3) return 'display-p3';
  return told === primaries.srgb || told === primaries.untold ? 'srgb' : 'other';
}

/**
 * What keeps a decoder from acting upon a property of colours. A profile becomes what its decoder knows nothing of:
 * libheif refuses another kind of profile, and libavif another kind of property. A code, which also says how luma
 * and chroma become colours, names sRGB's primaries and curve.
 */
function hideColours(view: DataView, box: Box, format: 'avif' | 'heic'): Edit {
  const { start } = box;
  if (!isProfile(view, box)) return { start: start + 4, end: start + 8, text: '\0\x01\0\x0d' };
  return format === 'avif'
    ? { start, end: start + 4, text: 'none' }
    : { start: start - 4, end: start, text: 'free' };
}

/**
 * Whether a file has an auxiliary picture that says it belongs to the one that is shown.
 *
 * @param view The file.
 * @param items What it lists.
 * @param kinds Which kinds of auxiliary picture, by their URNs.
 * @returns True where there is one.
 */
export function hasAuxiliary(view: DataView, items: Items, kinds: readonly string[]): boolean {
  return items.referringTo(items.primary, 'auxl').some((item) =>
    items.propertiesOf(item).some(({ type, start, end }) => {
      if (type !== 'auxC') return false;
      const name = new Uint8Array(view.buffer, view.byteOffset + start + 4, end - start - 4);
      return kinds.includes(readLatin1(name).split('\0')[0]!);
    }),
  );
}

function readBrand(view: DataView): string {
  return readLatin1(new Uint8Array(view.buffer, view.byteOffset + 8, 4));
}
