import type { Bytes } from '../metadata/metadata';
import { bytesOf, layDirectory, layHead, type NewField } from './build';
import type { Directory, Field, TiffStructure } from './directory';
import { layoutTags, tags } from './tags';

/** What of the first directory is the picture's, or is read and written on its own. */
const apart: ReadonlySet<number> = new Set([
  ...Object.values(layoutTags),
  ...[tags.xmp, tags.iptc, tags.photoshop, tags.layers, tags.profile],
]);

/** Directories that others point to: those of the first, and those of these. */
const pointers: ReadonlySet<number> = new Set([tags.exif, tags.gps, tags.interop]);

/** What files without a word about the photo have, too. */
const plain: ReadonlySet<number> = new Set([
  tags.orientation,
  tags.resolutionX,
  tags.resolutionY,
  tags.resolutionUnit,
]);

/** Maker notes tell places in the file: in a block no longer than this, everything stays where it was. */
const mostKept = 60_000;

/** Longer values are no words about a photo, and no format holds them. */
const mostBytes = 2 ** 22;

/** A value of a block: where in the file, and where in the block. */
type Move = { readonly start: number; readonly end: number; readonly to: number };

/**
 * The fields of a directory that say something of the photo and not of how its samples are laid.
 *
 * @param directory The first of a file.
 * @returns They, pointers to other directories among them.
 */
export function photoFields({ fields }: Directory): Field[] {
  return [...fields.values()].filter(
    ({ tag, start, end }) => !apart.has(tag) && end - start <= mostBytes,
  );
}

/**
 * What a TIFF says of its photo, as an EXIF block: the fields of its first directory that are not about samples, and
 * the directories of exposure, place and interoperability. Every value stays where it was, if it can, so that what a
 * maker note tells of places stays right.
 *
 * @param tiff The file.
 * @param directory Its first directory.
 * @returns A block; null where nothing is said.
 */
export function readExifBlock(tiff: TiffStructure, directory: Directory): Bytes | null {
  const fields = photoFields(directory);
  if (fields.every(({ tag }) => plain.has(tag))) return null;
  const ends = endsOf(tiff, directory, fields);
  const stays = ends <= mostKept;
  const block = new BlockBuilder(tiff, stays ? ends : 8);
  const main = block.add(fields, stays);
  return block.finish(main);
}

/** Where the last of a directory's values ends, and of those that it points to. */
function endsOf(tiff: TiffStructure, { at, fields }: Directory, wanted: readonly Field[]): number {
  let last = at + 2 + fields.size * 12 + 4;
  for (const field of wanted) {
    last = Math.max(last, field.end);
    const other = follow(tiff, field, at);
    if (other) last = Math.max(last, endsOf(tiff, other, [...other.fields.values()]));
  }
  return last;
}

/** A directory that a field points to: exposure and place from the first, interoperability from exposure. */
function follow(tiff: TiffStructure, field: Field, from: number): Directory | undefined {
  if (!pointers.has(field.tag)) return undefined;
  const isNested = field.tag === tags.interop;
  if (isNested === (from === tiff.first)) return undefined;
  const at = tiff.number(field);
  return at === undefined || at === from || at === tiff.first ? undefined : tiff.directory(at);
}

class BlockBuilder {
  readonly #tiff: TiffStructure;
  readonly #moves: Move[] = [];
  readonly #directories: { readonly at: number; readonly bytes: Bytes }[] = [];
  #end: number;

  constructor(tiff: TiffStructure, end: number) {
    this.#tiff = tiff;
    this.#end = even(end);
  }

  /** Adds a directory of fields and what these point to, and tells where it is. */
  add(fields: readonly Field[], stays: boolean, from = this.#tiff.first): number {
    const { isLittle } = this.#tiff;
    const written = fields.flatMap((field): NewField[] => {
      const { tag, type, count, start, end } = field;
      const other = follow(this.#tiff, field, from);
      if (pointers.has(tag) && !other) return [];
      const length = end - start;
      if (!other && length <= 4)
        return [{ tag, type, count, values: this.#tiff.bytes.slice(start, end) }];
      const inner =
        other && [...other.fields.values()].filter((each) => each.end - each.start <= mostBytes);
      const place = inner
        ? this.add(inner, stays, other.at)
        : this.#move(start, end, stays ? start : this.#reserve(length));
      return [{ tag, type, count, place: bytesOf([place], 4, isLittle) }];
    });
    const at = this.#reserve(2 + written.length * 12 + 4);
    this.#directories.push({ at, bytes: layDirectory(written, at, isLittle) });
    return at;
  }

  finish(main: number): Bytes {
    const block = new Uint8Array(this.#end);
    for (const { start, end, to } of this.#moves)
      block.set(this.#tiff.bytes.subarray(start, end), to);
    for (const { at, bytes } of this.#directories) block.set(bytes, at);
    block.set(layHead(main, this.#tiff.isLittle));
    return block;
  }

  #move(start: number, end: number, to: number): number {
    this.#moves.push({ start, end, to });
    return to;
  }

  #reserve(length: number): number {
    const at = this.#end;
    this.#end = even(at + length);
    return at;
  }
}

function even(value: number): number {
  return value + (value & 1);
}
