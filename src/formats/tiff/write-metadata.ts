import { joinBytes } from '../metadata/bytes';
import { perInch, type Bytes, type Density, type Metadata } from '../metadata/metadata';
import { bytesOf, layDirectory, type, type NewField } from './build';
import { TiffStructure, type Directory, type Field } from './directory';
import { photoFields } from './exif-block';
import { layoutTags, tags } from './tags';

/** Of tags that tell the resolution. */
const resolution: ReadonlySet<number> = new Set([
  tags.resolutionX,
  tags.resolutionY,
  tags.resolutionUnit,
]);

const inch = 2;

/**
 * Makes of `TiffWriter`'s frame one that says something of the photo, too. An EXIF block is such a structure itself: it becomes the beginning of
 * the file, so that nothing in it moves, a maker note's offsets included, and only its first directory gives way to
 * the file's, which says the same.
 *
 * @param frame What goes round its strips.
 * @param metadata What it is to say. EXIF of another byte order than the file's is left out.
 * @returns What comes before the strips, and what behind them.
 */
export function writeTiffMetadata(frame: Bytes, metadata: Metadata): readonly [Bytes, Bytes] {
  const tiff = new TiffStructure(frame);
  const { isLittle } = tiff;
  const directory = tiff.directory(tiff.first)!;
  const block = usableBlock(metadata.exif, isLittle);
  const head = block ? evenly(block.bytes) : frame.slice(0, 8);
  const at = head.length + stripBytes(tiff, directory);
  new DataView(head.buffer).setUint32(4, at, isLittle);
  const fields = [
    ...pictureFields(tiff, directory, head.length - 8),
    ...(block ? blockFields(block, metadata.density !== null) : []),
    ...(metadata.density ? densityFields(metadata.density, isLittle) : []),
    ...contentFields(metadata),
  ];
  return [head, layDirectory(fields, at, isLittle)];
}

/** Each begins at an even place. */
function stripBytes(tiff: TiffStructure, { fields }: Directory): number {
  const counts = tiff.numbers(fields.get(layoutTags.stripCounts));
  return counts.reduce((sum, count) => sum + count + (count & 1), 0);
}

function usableBlock(exif: Bytes | null, isLittle: boolean): TiffStructure | null {
  if (!exif) return null;
  const block = new TiffStructure(exif);
  return block.isLittle === isLittle ? block : null;
}

function evenly(bytes: Bytes): Bytes {
  return joinBytes([bytes, new Uint8Array(bytes.length & 1)]);
}

/** The picture's own fields; its strips lie elsewhere now. */
function pictureFields(tiff: TiffStructure, { fields }: Directory, moved: number): NewField[] {
  return [...fields.values()].map((field) => {
    const { tag, type: kind, count } = field;
    const values =
      tag === layoutTags.stripOffsets
        ? bytesOf(
            tiff.numbers(field).map((offset) => offset + moved),
            4,
            tiff.isLittle,
          )
        : tiff.content(field)!;
    return { tag, type: kind, count, values };
  });
}

function blockFields(block: TiffStructure, hasDensity: boolean): NewField[] {
  const directory = block.directory(block.first);
  const wanted = directory ? photoFields(directory) : [];
  return wanted
    .filter(({ tag }) => !(hasDensity && resolution.has(tag)))
    .map((field) => ({ ...told(field), ...where(block, field) }));
}

function told({ tag, type: kind, count }: Field): Pick<NewField, 'tag' | 'type' | 'count'> {
  return { tag, type: kind, count };
}

/** A field's own four bytes: its values, or where in the block these are. */
function where({ bytes }: TiffStructure, { at }: Field): { readonly place: Bytes } {
  return { place: bytes.slice(at + 8, at + 12) };
}

function densityFields({ x, y }: Density, isLittle: boolean): NewField[] {
  const ratio = (tag: number, perMetre: number): NewField => {
    const hundredths = Math.round(perInch(perMetre) * 100);
    return { tag, type: type.ratio, count: 1, values: bytesOf([hundredths, 100], 4, isLittle) };
  };
  const unit = { tag: tags.resolutionUnit, type: type.short, count: 1 };
  return [
    ratio(tags.resolutionX, x),
    ratio(tags.resolutionY, y),
    { ...unit, values: bytesOf([inch], 2, isLittle) },
  ];
}

function contentFields({ profile, xmp, iptc }: Metadata): NewField[] {
  const field = (tag: number, kind: number, values: Bytes): NewField => {
    return { tag, type: kind, count: values.length, values };
  };
  return [
    ...(xmp === null ? [] : [field(tags.xmp, type.byte, new TextEncoder().encode(xmp))]),
    ...(iptc ? [field(tags.iptc, type.any, iptc)] : []),
    ...(profile ? [field(tags.profile, type.any, profile)] : []),
  ];
}
