import type { Depth, Samples } from '../../core/picture/raster';
import { release } from '../../core/picture/release';
import type { Size } from '../../core/picture/rect';
import type { Bytes } from '../metadata/metadata';
import { chunk, signature } from './chunk';
import { filterRow } from './filter';

/** How a PNG's samples are kept. */
export type PngKind = {
  /** One sample for red, green and blue: that of green is taken. */
  readonly isGray: boolean;
  readonly hasAlpha: boolean;
  readonly depth: Depth;
};

/** Bytes that go to the compressor at a time. */
const blockBytes = 2 ** 18;

/**
 * Blocks of so many bytes have been read when they have been written, and are filled again. Browsers read every block at once;
 * Node's compressor says so of one that is smaller than its queue, of 16 KiB, and reads it later (measured with Node 20).
 */
const readAtOnce = 2 ** 15;

/**
 * Writes a PNG as its rows come, so that no more of it is held than what is compressed already, and less where
 * that is taken away meanwhile. Rows are filtered here and deflated by the browser. Source: W3C PNG (third edition).
 */
export class PngWriter {
  readonly #kind: PngKind;
  #parts: Bytes[];
  readonly #step: number;
  readonly #packer: WritableStreamDefaultWriter<BufferSource>;
  readonly #packed: Promise<void>;
  #row: Bytes;
  #above: Bytes;
  /** What goes to the compressor; made when first needed. */
  #block: Bytes = new Uint8Array(0);

  /**
   * @param size The picture's.
   * @param kind How its samples are kept.
   */
  constructor(size: Size, kind: PngKind) {
    this.#kind = kind;
    const samples = (kind.isGray ? 1 : 3) + (kind.hasAlpha ? 1 : 0);
    this.#step = (samples * kind.depth) / 8;
    this.#row = new Uint8Array(size.width * this.#step);
    this.#above = new Uint8Array(size.width * this.#step);
    this.#parts = [signature, chunk('IHDR', describe(size, kind))];
    const { readable, writable } = new CompressionStream('deflate');
    this.#packer = writable.getWriter();
    this.#packed = this.#collect(readable.getReader());
    // Whoever ends the file hears of it.
    this.#packed.catch(() => undefined);
  }

  /**
   * Adds rows.
   *
   * @param samples Straight RGBA of whole rows, top to bottom, of the file's depth, or of 8 bits, which are stretched
   *   where it has 16. Free again once this has resolved.
   */
  async write(samples: Samples): Promise<void> {
    const { length } = this.#row;
    const rowSamples = (length / this.#step) * 4;
    const most = Math.max(1, Math.floor(blockBytes / (length + 1)));
    const rows = samples.length / rowSamples;
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      const block = this.#blockOf(count * (length + 1));
      for (let i = 0; i < count; i++) {
        this.#pick(samples, (first + i) * rowSamples);
        filterRow(this.#row, this.#above, this.#step, block, i * (length + 1));
        [this.#row, this.#above] = [this.#above, this.#row];
      }
      await this.#packer.write(block);
    }
  }

  /**
   * Hands over what is finished, so that it need not be held here.
   *
   * @returns The file's next parts, one after the other: the signature, and each chunk whole.
   */
  take(): readonly Bytes[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /**
   * Ends the file.
   *
   * @returns The rest of its parts.
   */
  async end(): Promise<readonly Bytes[]> {
    await this.#packer.close();
    await this.#packed;
    return [...this.take(), chunk('IEND', new Uint8Array(0))];
  }

  /** Memory for the next block. */
  #blockOf(bytes: number): Bytes {
    if (bytes < readAtOnce) return new Uint8Array(bytes);
    if (this.#block.length < bytes) this.#block = new Uint8Array(bytes);
    return this.#block.subarray(0, bytes);
  }

  async #collect(reader: ReadableStreamDefaultReader<Bytes>): Promise<void> {
    let waiting: Bytes[] = [];
    let bytes = 0;
    const flush = () => {
      const body = new Uint8Array(bytes);
      let at = 0;
      for (const part of waiting) {
        body.set(part, at);
        at += part.length;
      }
      if (bytes > 0) this.#parts.push(chunk('IDAT', body));
      release(body);
      [waiting, bytes] = [[], 0];
    };
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return flush();
      waiting.push(value);
      bytes += value.length;
      if (bytes >= blockBytes) flush();
    }
  }

  /** The bytes of a row, 16 bits with the high one first. */
  #pick(samples: Samples, from: number): void {
    const { isGray, hasAlpha, depth } = this.#kind;
    const channels = [...(isGray ? [1] : [0, 1, 2]), ...(hasAlpha ? [3] : [])];
    const row = this.#row;
    const count = channels.length;
    const width = row.length / this.#step;
    const stretch = samples instanceof Uint16Array ? 1 : 257;
    for (let c = 0; c < count; c++) {
      const start = from + channels[c]!;
      if (depth === 8) for (let x = 0; x < width; x++) row[x * count + c] = samples[start + x * 4]!;
      else
        for (let x = 0; x < width; x++) {
          const level = samples[start + x * 4]! * stretch;
          row[(x * count + c) * 2] = level >> 8;
          row[(x * count + c) * 2 + 1] = level;
        }
    }
  }
}

function describe({ width, height }: Size, { isGray, hasAlpha, depth }: PngKind): Bytes {
  const body = new Uint8Array(13);
  const view = new DataView(body.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, depth);
  view.setUint8(9, (isGray ? 0 : 2) + (hasAlpha ? 4 : 0));
  return body;
}
