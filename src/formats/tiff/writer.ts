import type { Depth, Samples } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import { joinBytes } from '../metadata/bytes';
import type { Bytes } from '../metadata/metadata';
import { deflate } from '../png/zlib';
import { bytesOf, layDirectory, layHead, type, type NewField } from './build';
import { layoutTags as tag } from './tags';

/** How a TIFF's samples are kept. */
export type TiffKind = {
  /** One sample for red, green and blue: that of green is taken. */
  readonly isGray: boolean;
  readonly hasAlpha: boolean;
  readonly depth: Depth;
  /** Whether the lowest byte of a number is the first: as in the EXIF block that is to go into the file. */
  readonly isLittle: boolean;
};

/** Bytes of a strip before it is packed: at least one row. */
const stripBytes = 2 ** 19;

/** Bytes of a file, and of what else than strips is in it: places are told in 32 bits. */
const [mostBytes, reserve] = [2 ** 32, 2 ** 26];

/** Deflate as Adobe numbers it, differences along rows, samples side by side, alpha that is not multiplied in. */
const kinds = { deflate: 8, horizontal: 2, chunky: 1, straightAlpha: 2 } as const;

/**
 * Writes a TIFF as its rows come, so that no more of it is held than what is packed already: strips of differences,
 * deflated by the browser. Source: TIFF 6.0; its supplement 2 (Adobe) for deflate.
 */
export class TiffWriter {
  readonly #size: Size;
  readonly #kind: TiffKind;
  readonly #samples: number;
  readonly #rowsPerStrip: number;
  #strips: Bytes[] = [];
  readonly #counts: number[] = [];
  /** Rows that wait for their strip to be full. */
  #strip: Bytes;
  #rows = 0;
  #end = 8;

  /**
   * @param size The picture's.
   * @param kind How its samples are kept.
   */
  constructor(size: Size, kind: TiffKind) {
    this.#size = size;
    this.#kind = kind;
    this.#samples = (kind.isGray ? 1 : 3) + (kind.hasAlpha ? 1 : 0);
    this.#rowsPerStrip = Math.min(
      size.height,
      Math.max(1, Math.floor(stripBytes / this.#rowBytes)),
    );
    this.#strip = new Uint8Array(this.#rowsPerStrip * this.#rowBytes);
  }

  get #rowBytes(): number {
    return (this.#size.width * this.#samples * this.#kind.depth) / 8;
  }

  /**
   * Adds rows.
   *
   * @param samples Straight RGBA of whole rows, top to bottom, of the file's depth, or of 8 bits, which are stretched
   *   where it has 16. Free again once this has resolved.
   * @throws {RangeError} Where the file would be longer than 4 GiB.
   */
  async write(samples: Samples): Promise<void> {
    const rowSamples = this.#size.width * 4;
    for (let from = 0; from < samples.length; from += rowSamples) {
      this.#put(samples, from);
      this.#rows++;
      if (this.#rows === this.#rowsPerStrip) await this.#flush();
    }
  }

  /**
   * Hands over what is finished, so that it need not be held here.
   *
   * @returns The next strips, one after the other.
   */
  take(): readonly Bytes[] {
    const strips = this.#strips;
    this.#strips = [];
    return strips;
  }

  /**
   * Ends the picture.
   *
   * @returns The rest of its strips.
   * @throws {RangeError} Where the file would be longer than 4 GiB.
   */
  async end(): Promise<readonly Bytes[]> {
    if (this.#rows > 0) await this.#flush();
    return this.take();
  }

  /**
   * What goes round the strips, for `writeTiffMetadata`, once the picture is ended.
   *
   * @returns Eight bytes, and behind them the directory, which tells of strips that begin in its place.
   */
  frame(): Bytes {
    const { isLittle } = this.#kind;
    return joinBytes([layHead(8, isLittle), layDirectory(this.#describe(), 8, isLittle)]);
  }

  async #flush(): Promise<void> {
    const packed = await deflate(this.#strip.subarray(0, this.#rows * this.#rowBytes));
    this.#counts.push(packed.length);
    // Strips begin at even places.
    this.#strips.push(...(packed.length & 1 ? [packed, new Uint8Array(1)] : [packed]));
    this.#end += packed.length + (packed.length & 1);
    this.#rows = 0;
    if (this.#end > mostBytes - reserve) throw new RangeError('longer than 4 GiB');
  }

  /** Puts a row's differences into the strip. */
  #put(samples: Samples, from: number): void {
    const { isGray, hasAlpha, depth, isLittle } = this.#kind;
    const channels = [...(isGray ? [1] : [0, 1, 2]), ...(hasAlpha ? [3] : [])];
    const { width } = this.#size;
    const strip = this.#strip;
    const start = this.#rows * this.#rowBytes;
    const count = channels.length;
    const stretch = depth === 16 && !(samples instanceof Uint16Array) ? 257 : 1;
    const [low, high] = isLittle ? [0, 1] : [1, 0];
    for (let c = 0; c < count; c++) {
      let last = 0;
      let at = from + channels[c]!;
      for (let x = 0; x < width; x++, at += 4) {
        const level = samples[at]! * stretch;
        const difference = level - last;
        last = level;
        if (depth === 8) strip[start + x * count + c] = difference;
        else {
          const to = start + (x * count + c) * 2;
          strip[to + low] = difference;
          strip[to + high] = difference >> 8;
        }
      }
    }
  }

  #describe(): NewField[] {
    const { isGray, hasAlpha, depth, isLittle } = this.#kind;
    const { width, height } = this.#size;
    const shorts = (which: number, ...values: number[]): NewField => {
      return {
        tag: which,
        type: type.short,
        count: values.length,
        values: bytesOf(values, 2, isLittle),
      };
    };
    const longs = (which: number, ...values: number[]): NewField => {
      return {
        tag: which,
        type: type.long,
        count: values.length,
        values: bytesOf(values, 4, isLittle),
      };
    };
    let next = 8;
    const offsets = this.#counts.map((count) => {
      const at = next;
      next += count + (count & 1);
      return at;
    });
    return [
      longs(tag.width, width),
      longs(tag.height, height),
      shorts(tag.bits, ...Array.from({ length: this.#samples }, () => depth)),
      shorts(tag.compression, kinds.deflate),
      shorts(tag.photometric, isGray ? 1 : 2),
      longs(tag.stripOffsets, ...offsets),
      shorts(tag.samples, this.#samples),
      longs(tag.rowsPerStrip, this.#rowsPerStrip),
      longs(tag.stripCounts, ...this.#counts),
      shorts(tag.planar, kinds.chunky),
      shorts(tag.predictor, kinds.horizontal),
      ...(hasAlpha ? [shorts(tag.extraSamples, kinds.straightAlpha)] : []),
    ];
  }
}
