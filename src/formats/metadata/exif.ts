import type { Size } from '../../core/picture/rect';
import type { Orientation } from '../header';
import type { Bytes } from './metadata';

/** Tags that are read or changed. TIFF 6.0; CIPA DC-008 (EXIF 3.0), 4.6; DNG 1.7 for the camera's serial number. */
const tag = {
  imageWidth: 0x0100,
  imageLength: 0x0101,
  orientation: 0x0112,
  resolutionAcross: 0x011a,
  resolutionDown: 0x011b,
  resolutionUnit: 0x0128,
  thumbnail: 0x0201,
  thumbnailLength: 0x0202,
  xmp: 0x02bc,
  iptc: 0x83bb,
  photoshop: 0x8649,
  exifDirectory: 0x8769,
  profile: 0x8773,
  gpsDirectory: 0x8825,
  makerNote: 0x927c,
  colourSpace: 0xa001,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  interopDirectory: 0xa005,
  interopIndex: 0x0001,
  imageId: 0xa420,
  owner: 0xa430,
  cameraSerial: 0xa431,
  lensSerial: 0xa435,
  dngSerial: 0xc62f,
} as const;

/** Whose and which camera: maker notes hold serial numbers where nobody can find them all. */
const identifying = [tag.makerNote, tag.imageId, tag.owner, tag.cameraSerial, tag.lensSerial];

/** Copies of what is written elsewhere, or of what the new file has not. */
const foreign = [tag.xmp, tag.iptc, tag.photoshop, tag.profile];

/** Bytes of one value, by its type's number. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8] as const;

const short = 3;
const long = 4;
const fraction = 5;

/** `ResolutionUnit` of inches. */
const inches = 2;

/** One entry of a directory. */
type Entry = {
  /** Where its 12 bytes begin. */
  readonly at: number;
  readonly tag: number;
  readonly type: number;
  /** Where its values are, and how many bytes they take; nothing where they lie outside of the block. */
  readonly values: readonly [start: number, bytes: number];
};

/** A TIFF structure that is read, and changed where it lies, so that no offset in it, a maker note's included, moves. */
class Block {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #isLittle: boolean;
  /** Where the first directory begins. */
  readonly first: number;

  /** @throws {RangeError} Where it is not such a structure. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const mark = this.#view.getUint16(0);
    this.#isLittle = mark === 0x4949;
    if ((mark !== 0x4949 && mark !== 0x4d4d) || this.#view.getUint16(2, this.#isLittle) !== 42)
      throw new RangeError('mark');
    this.first = this.#view.getUint32(4, this.#isLittle);
    this.#count(this.first);
  }

  /** Of the whole block, in bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** The entries of a directory that lie inside of the block. */
  entries(directory: number): readonly Entry[] {
    return Array.from({ length: this.#count(directory) }, (_, i) => {
      const at = directory + 2 + i * 12;
      const type = this.#view.getUint16(at + 2, this.#isLittle);
      const bytes = (typeBytes[type] ?? 0) * this.#view.getUint32(at + 4, this.#isLittle);
      const start = bytes > 4 ? this.#view.getUint32(at + 8, this.#isLittle) : at + 8;
      const isInside = bytes > 0 && start + bytes <= this.#bytes.length;
      const values = isInside ? ([start, bytes] as const) : ([start, 0] as const);
      return { at, tag: this.#view.getUint16(at, this.#isLittle), type, values };
    });
  }

  find(directory: number, wanted: number): Entry | undefined {
    return this.entries(directory).find((entry) => entry.tag === wanted);
  }

  /** A directory that an entry of another points to; undefined where there is none. */
  follow(directory: number, pointer: number): number | undefined {
    const to = this.read(this.find(directory, pointer));
    if (to === undefined || to === directory || to === this.first) return undefined;
    return this.#isDirectory(to) ? to : undefined;
  }

  /** The only value of a short or long entry. */
  read(entry: Entry | undefined): number | undefined {
    if (entry?.type === short) return this.#view.getUint16(entry.at + 8, this.#isLittle);
    return entry?.type === long ? this.#view.getUint32(entry.at + 8, this.#isLittle) : undefined;
  }

  /** Sets the only value of a short or long entry, if it is there. */
  write(entry: Entry | undefined, value: number): void {
    if (entry?.type !== short && entry?.type !== long) return;
    if (entry.type === long || value > 0xffff) {
      this.#view.setUint16(entry.at + 2, long, this.#isLittle);
      this.#view.setUint32(entry.at + 8, value, this.#isLittle);
    } else this.#view.setUint16(entry.at + 8, value, this.#isLittle);
  }

  /** Sets the only value of an entry of fractions, if it is there. */
  writeFraction(entry: Entry | undefined, value: number): void {
    if (entry?.type !== fraction || entry.values[1] < 8) return;
    this.#view.setUint32(entry.values[0], Math.round(value * 100), this.#isLittle);
    this.#view.setUint32(entry.values[0] + 4, 100, this.#isLittle);
  }

  /** Where the next of the main directories begins; undefined where there is none. */
  next(directory: number): number | undefined {
    const end = directory + 2 + this.#count(directory) * 12;
    if (end + 4 > this.#bytes.length) return undefined;
    const to = this.#view.getUint32(end, this.#isLittle);
    return to !== 0 && to !== directory && this.#isDirectory(to) ? to : undefined;
  }

  /** Ends the list of main directories with this one. */
  endWith(directory: number): void {
    const end = directory + 2 + this.#count(directory) * 12;
    if (end + 4 <= this.#bytes.length) this.#view.setUint32(end, 0, this.#isLittle);
  }

  /** Takes an entry out; its values become zeros. */
  remove(directory: number, wanted: number): void {
    for (const entry of this.entries(directory)
      .filter((each) => each.tag === wanted)
      .reverse()) {
      this.clear(entry.values);
      const count = this.#count(directory);
      const end = Math.min(directory + 2 + count * 12 + 4, this.#bytes.length);
      this.#bytes.copyWithin(entry.at, entry.at + 12, end);
      this.clear([end - 12, 12]);
      this.#view.setUint16(directory, count - 1, this.#isLittle);
    }
  }

  /** Takes all entries of a directory out. */
  empty(directory: number): void {
    for (const entry of this.entries(directory)) this.clear(entry.values);
    const count = this.#count(directory);
    this.clear([directory + 2, count * 12]);
    this.#view.setUint16(directory, 0, this.#isLittle);
  }

  clear([start, bytes]: readonly [start: number, bytes: number]): void {
    this.#bytes.fill(0, start, start + bytes);
  }

  /** Writes text over values that are as long. */
  setText({ values: [start, bytes] }: Entry, text: string): void {
    for (let i = 0; i < Math.min(bytes, text.length); i++)
      this.#bytes[start + i] = text.charCodeAt(i);
  }

  text({ values: [start, bytes] }: Entry): string {
    return String.fromCharCode(...this.#bytes.subarray(start, start + Math.min(bytes, 99)));
  }

  #isDirectory(at: number): boolean {
    return at >= 8 && at + 2 <= this.#bytes.length;
  }

  /** How many entries a directory has, as far as they lie in the block. */
  #count(directory: number): number {
    if (!this.#isDirectory(directory)) throw new RangeError('no directory');
    const said = this.#view.getUint16(directory, this.#isLittle);
    return Math.min(said, Math.floor((this.#bytes.length - directory - 2) / 12));
  }
}

/**
 * Reads the orientation. Never throws: a broken block says nothing about the picture.
 *
 * @param bytes A block, from its byte order mark (`II` or `MM`) on; may run past its end.
 * @returns 1..8, or undefined where there is none or it is not valid.
 */
export function readOrientation(bytes: Uint8Array): Orientation | undefined {
  try {
    const block = new Block(bytes);
    const entry = block.find(block.first, tag.orientation);
    const value = entry?.type === short ? (block.read(entry) ?? 0) : 0;
    return value >= 1 && value <= 8 ? (value as Orientation) : undefined;
  } catch {
    return undefined;
  }
}

/** What a block is changed for. */
export type ExifChanges = {
  /** The new picture's. */
  readonly size: Size;
  /** Whether its colours are sRGB now and were not. */
  readonly isConverted: boolean;
  /** Whether the place, the owner, and serial numbers are taken out, and the maker note with them. */
  readonly isAnonymous: boolean;
};

/**
 * A block for another picture of the same photo: upright, of its size, without a thumbnail.
 * Everything else stays where it is, byte by byte.
 *
 * @param exif A block; not changed.
 * @param changes What changes.
 * @returns A block of the same length, or shorter by the thumbnail.
 * @throws {RangeError} Where it is not one.
 */
export function adaptExif(exif: Bytes, { size, isConverted, isAnonymous }: ExifChanges): Bytes {
  const bytes = exif.slice();
  const block = new Block(bytes);
  const main = block.first;
  block.write(block.find(main, tag.orientation), 1);
  block.write(block.find(main, tag.imageWidth), size.width);
  block.write(block.find(main, tag.imageLength), size.height);
  for (const each of foreign) block.remove(main, each);
  const end = dropThumbnail(block);
  const details = block.follow(main, tag.exifDirectory);
  if (details !== undefined) {
    block.write(block.find(details, tag.pixelWidth), size.width);
    block.write(block.find(details, tag.pixelHeight), size.height);
    if (isConverted) nameStandardColours(block, details);
    if (isAnonymous) for (const each of identifying) block.remove(details, each);
  }
  if (isAnonymous) {
    const gps = block.follow(main, tag.gpsDirectory);
    if (gps !== undefined && gps !== details) block.empty(gps);
    block.remove(main, tag.gpsDirectory);
    block.remove(main, tag.dngSerial);
  }
  return end === undefined ? bytes : bytes.slice(0, end);
}

/**
 * A block that tells a density, where it tells one.
 *
 * @param exif A block; not changed.
 * @param across Dots per inch of a row.
 * @param down Of a column; as many by default.
 * @returns A block of the same length.
 * @throws {RangeError} Where it is not one.
 */
export function setDensity(exif: Bytes, across: number, down = across): Bytes {
  const bytes = exif.slice();
  const block = new Block(bytes);
  const find = (wanted: number) => block.find(block.first, wanted);
  block.writeFraction(find(tag.resolutionAcross), across);
  block.writeFraction(find(tag.resolutionDown), down);
  block.write(find(tag.resolutionUnit), inches);
  return bytes;
}

/**
 * A block that tells a density and nothing else, for a format without a field for it.
 *
 * @param across Dots per inch of a row.
 * @param down Of a column; as many by default.
 * @returns The block, big-endian.
 */
export function makeDensityExif(across: number, down = across): Bytes {
  const entries = [
    [tag.resolutionAcross, fraction, 50],
    [tag.resolutionDown, fraction, 58],
    [tag.resolutionUnit, short, inches << 16],
  ] as const;
  const bytes = new Uint8Array(66);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, entries.length);
  for (const [i, [name, type, value]] of entries.entries()) {
    const at = 10 + i * 12;
    view.setUint16(at, name);
    view.setUint16(at + 2, type);
    view.setUint32(at + 4, 1);
    view.setUint32(at + 8, value);
  }
  return setDensity(bytes, across, down);
}

/**
 * It shows the old picture, and is rarely what people think is in a file.
 *
 * @returns Where it began, if it was the last in the block.
 */
function dropThumbnail(block: Block): number | undefined {
  const second = block.next(block.first);
  if (second === undefined) return undefined;
  const start = block.read(block.find(second, tag.thumbnail));
  const length = block.read(block.find(second, tag.thumbnailLength));
  block.endWith(block.first);
  if (start === undefined || length === undefined) return undefined;
  block.clear([start, length]);
  return start + length === block.length ? start : undefined;
}

/** `R03` says Adobe RGB in cameras' files (DCF 2.0). */
function nameStandardColours(block: Block, details: number): void {
  block.write(block.find(details, tag.colourSpace), 1);
  const interop = block.follow(details, tag.interopDirectory);
  const index = interop === undefined ? undefined : block.find(interop, tag.interopIndex);
  if (index && block.text(index).startsWith('R03')) block.setText(index, 'R98');
}
