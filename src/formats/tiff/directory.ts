import type { Bytes } from '../metadata/metadata';

/** Bytes of one value, by its type's number. TIFF 6.0, section 2; 13 points to a directory. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;

/** Types of whole numbers, whose lists are read as far as they are there. */
const listTypes: readonly number[] = [3, 4];

/** One entry of a directory, whose values lie in the file. */
export type Field = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where its 12 bytes begin. */
  readonly at: number;
  /** Where its values begin and end. */
  readonly start: number;
  readonly end: number;
};

/** A list of fields. */
export type Directory = {
  readonly at: number;
  /** By tag: the first of each. */
  readonly fields: ReadonlyMap<number, Field>;
  /** Where the next one begins; 0 for none. */
  readonly next: number;
};

/** A TIFF structure that is read. No count or place in it is believed: what lies outside of the file is not there. */
export class TiffStructure {
  readonly bytes: Bytes;
  readonly isLittle: boolean;
  /** Where the first directory begins. */
  readonly first: number;
  readonly #view: DataView;

  /**
   * @param bytes The file, from its byte order mark on.
   * @throws {RangeError} Where it is no such structure.
   */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes as Bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const mark = this.#view.getUint16(0);
    this.isLittle = mark === 0x4949;
    if ((mark !== 0x4949 && mark !== 0x4d4d) || this.#view.getUint16(2, this.isLittle) !== 42)
      throw new RangeError('mark');
    this.first = this.#view.getUint32(4, this.isLittle);
  }

  /**
   * Reads a directory.
   *
   * @param at Where it begins.
   * @returns Its fields, as far as they lie in the file; undefined where nothing of it does.
   */
  directory(at: number): Directory | undefined {
    const { length } = this.bytes;
    if (at < 8 || at + 2 > length) return undefined;
    const count = this.#view.getUint16(at, this.isLittle);
    const fields = new Map<number, Field>();
    for (let i = 0, entry = at + 2; i < count && entry + 12 <= length; i++, entry += 12) {
      const field = this.#readField(entry);
      if (field && !fields.has(field.tag)) fields.set(field.tag, field);
    }
    const end = at + 2 + count * 12;
    const next = end + 4 <= length ? this.#view.getUint32(end, this.isLittle) : 0;
    return { at, fields, next };
  }

  #readField(at: number): Field | undefined {
    const type = this.#view.getUint16(at + 2, this.isLittle);
    const told = this.#view.getUint32(at + 4, this.isLittle);
    const each = typeBytes[type] ?? 0;
    const start = each * told > 4 ? this.#view.getUint32(at + 8, this.isLittle) : at + 8;
    const most = Math.floor((this.bytes.length - start) / Math.max(1, each));
    const count = listTypes.includes(type) ? Math.min(told, most) : told;
    if (each === 0 || count <= 0 || count > most) return undefined;
    const tag = this.#view.getUint16(at, this.isLittle);
    return { tag, type, count, at, start, end: start + each * count };
  }

  /**
   * A field's values.
   *
   * @param field The field, or undefined.
   * @returns Whole numbers of its type, and fractions' quotients; nothing for other types.
   */
  numbers(field: Field | undefined): number[] {
    if (!field) return [];
    const { type, count, start } = field;
    const read = this.#reader(type);
    const step = typeBytes[type]!;
    return read ? Array.from({ length: count }, (_, i) => read(start + i * step)) : [];
  }

  #reader(type: number): ((at: number) => number) | undefined {
    const view = this.#view;
    const { isLittle } = this;
    switch (type) {
      case 1:
        return (at) => view.getUint8(at);
      case 3:
        return (at) => view.getUint16(at, isLittle);
      case 4:
      case 13:
        return (at) => view.getUint32(at, isLittle);
      case 5:
        return (at) => view.getUint32(at, isLittle) / view.getUint32(at + 4, isLittle);
      default:
        return undefined;
    }
  }

  /**
   * A field's only number.
   *
   * @param field The field, or undefined.
   * @returns Its first value; undefined where it has none.
   */
  number(field: Field | undefined): number | undefined {
    return field && this.numbers({ ...field, count: 1 })[0];
  }

  /**
   * A field's bytes.
   *
   * @param field The field, or undefined.
   * @returns A copy; null where there is none.
   */
  content(field: Field | undefined): Bytes | null {
    return field ? this.bytes.slice(field.start, field.end) : null;
  }
}
