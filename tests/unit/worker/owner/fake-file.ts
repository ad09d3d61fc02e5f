import type { HeldFile } from '../../../../src/worker/owner/held-file';

/** A file in memory, on a disk of so many bytes. */
export class FakeFile {
  readonly room: number;
  bytes = new Uint8Array(0);
  isThere = true;

  constructor(room = Infinity) {
    this.room = room;
  }

  readonly access = {
    close: () => undefined,
    read: (into: Uint8Array, { at }: { at: number }) => {
      const part = this.bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: (data: Uint8Array, { at }: { at: number }) => {
      const end = at + data.length;
      if (end > this.room) throw new DOMException('full', 'QuotaExceededError');
      if (end > this.bytes.length) {
        const grown = new Uint8Array(end);
        grown.set(this.bytes);
        this.bytes = grown;
      }
      this.bytes.set(data, at);
      return data.length;
    },
  };

  readonly release = async (isDeleted: boolean) => {
    this.isThere = !isDeleted;
  };

  get held(): HeldFile {
    return this as unknown as HeldFile;
  }
}
