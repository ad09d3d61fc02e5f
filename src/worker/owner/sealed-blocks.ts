import { Turns } from '../../core/turns';
import type { SyncAccess } from './held-file';

/** What AES-GCM adds to a block. */
const tagBytes = 16;

/** Blocks that are opened at once: what a browser has threads for, and more. */
const mostAtOnce = 8;

/** A block in memory. */
type Block = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the file has it otherwise, or not at all. */
  isChanged: boolean;
};

/**
 * Bytes in blocks of one length, of which those used last lie in memory, and the others in a file: encrypted (AES-GCM), with a
 * key that nobody else has, so that what a crash leaves there is noise. Where the disk is full, memory holds what it has no room for.
 *
 * One piece of work at a time, in {@link turns}: blocks are the caller's from {@link take} to {@link tidy}.
 */
export class SealedBlocks {
  /** Whoever works with blocks takes one. */
  readonly turns = new Turns();
  readonly #access: Pick<SyncAccess, 'read' | 'write'>;
  readonly #key: CryptoKey;
  readonly #blockBytes: number;
  readonly #most: number;
  /** Those in memory, used longest ago first. */
  readonly #held = new Map<number, Block>();
  /** The number of the sealing that the file has of each: no two are sealed with the same. */
  readonly #sealings = new Map<number, number>();
  /** Room for sealed blocks that are read: what is handed to the browser is free only when garbage is collected. */
  readonly #rooms: Uint8Array<ArrayBuffer>[] = [];
  #count = 0;
  #isFull = false;

  private constructor(
    access: Pick<SyncAccess, 'read' | 'write'>,
    key: CryptoKey,
    blockBytes: number,
    most: number,
  ) {
    this.#access = access;
    this.#key = key;
    this.#blockBytes = blockBytes;
    this.#most = most;
  }

  /**
   * Blocks of zeros.
   *
   * @param access The file; empty, and stays the caller's to close.
   * @param blockBytes Bytes of a block.
   * @param mostBytes Of how many bytes memory holds blocks between two pieces of work, but one block at least.
   * @returns The blocks.
   * @throws {unknown} Where this page may not encrypt, as without TLS.
   */
  static async create(
    access: Pick<SyncAccess, 'read' | 'write'>,
    blockBytes: number,
    mostBytes: number,
  ): Promise<SealedBlocks> {
    const algorithm = { name: 'AES-GCM', length: 256 };
    const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    const most = Math.max(1, Math.floor(mostBytes / blockBytes));
    return new SealedBlocks(access, key, blockBytes, most);
  }

  /**
   * Blocks, from wherever they lie.
   *
   * @param indices Which, each once.
   * @param isWritten Whether the caller writes to them.
   * @returns Them, in that order, to be read or written until {@link tidy}.
   * @throws {unknown} Where the file cannot be read any more, or has been altered.
   */
  async take(
    indices: readonly number[],
    isWritten = false,
  ): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const taken: Uint8Array<ArrayBuffer>[] = [];
    for (let from = 0; from < indices.length; from += mostAtOnce)
      taken.push(
        ...(await Promise.all(
          indices.slice(from, from + mostAtOnce).map((index) => this.#take(index, isWritten)),
        )),
      );
    return taken;
  }

  /** Brings what memory has no room for into the file. */
  async tidy(): Promise<void> {
    const excess = [...this.#held].slice(0, Math.max(0, this.#held.size - this.#most));
    const changed = this.#isFull ? [] : excess.filter(([, { isChanged }]) => isChanged);
    const sealed = await Promise.all(
      changed.map(async ([index, block]) => ({ index, block, ...(await this.#seal(block.bytes)) })),
    );
    for (const { index, block, number, bytes } of sealed) {
      if (!this.#put(index, bytes)) break;
      this.#sealings.set(index, number);
      block.isChanged = false;
    }
    for (const [index, { isChanged }] of excess) if (!isChanged) this.#held.delete(index);
  }

  async #take(index: number, isWritten: boolean): Promise<Uint8Array<ArrayBuffer>> {
    const block = this.#held.get(index) ?? { bytes: await this.#open(index), isChanged: false };
    block.isChanged ||= isWritten;
    this.#held.delete(index);
    this.#held.set(index, block);
    return block.bytes;
  }

  async #open(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const number = this.#sealings.get(index);
    if (number === undefined) return new Uint8Array(this.#blockBytes);
    const sealed = this.#rooms.pop() ?? new Uint8Array(this.#blockBytes + tagBytes);
    this.#access.read(sealed, { at: index * sealed.length });
    try {
      return new Uint8Array(await crypto.subtle.decrypt(sealing(number), this.#key, sealed));
    } finally {
      this.#rooms.push(sealed);
    }
  }

  async #seal(bytes: Uint8Array<ArrayBuffer>) {
    const number = this.#count++;
    const sealed = await crypto.subtle.encrypt(sealing(number), this.#key, bytes);
    return { number, bytes: new Uint8Array(sealed) };
  }

  /** False where the disk has no room for it. What was there is gone then, but memory has the block. */
  #put(index: number, sealed: Uint8Array<ArrayBuffer>): boolean {
    try {
      this.#isFull = this.#access.write(sealed, { at: index * sealed.length }) < sealed.length;
    } catch {
      this.#isFull = true;
    }
    return !this.#isFull;
  }
}

/** A vector of its own for each sealing: the keys are, too. */
function sealing(number: number): AesGcmParams {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, number);
  return { name: 'AES-GCM', iv };
}
