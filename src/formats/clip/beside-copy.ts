import type { MetadataTags, Output } from 'mediabunny';
import type { ClipContainer, ClipMetadataWish, LeftKind } from '../../core/film/clip';
import type { Note } from '../../core/notes';
import type { Beside } from './beside';

/** Where what lies beside pictures and sounds is copied from, and into what. */
export type BesideWish = {
  readonly file: Blob;
  readonly beside: Beside;
  /** What the file says of itself, as its library reads it. */
  readonly tags: MetadataTags;
  /** What is said of that. */
  readonly metadata: ClipMetadataWish;
  readonly container: ClipContainer;
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
  /** Where it ends at the latest, in seconds of the clip's own time; Infinity for all that there is. */
  readonly until: number;
  /** Whether nothing that was written is written over. */
  readonly isAppended: boolean;
};

/** A part of a file that is written when all else is, perhaps over another. */
export type FilePart = {
  readonly position: number;
  readonly data: Uint8Array<ArrayBuffer>;
};

/** What describes a file that is written: the description of an MP4 or MOV, or the beginning of a Matroska file's segment. */
export type WrittenHead = {
  readonly bytes: Uint8Array;
  /** Where it begins. */
  readonly position: number;
};

/** What lies in a clip beside pictures and sounds, on its way into another: of this one, only what it says of itself, in the words that every container has. */
export class BesideCopy {
  protected head: WrittenHead | null = null;
  /** What of the clip is not in what is written. */
  protected left: readonly LeftKind[];
  readonly #tags: MetadataTags;

  /**
   * @param left What is left out.
   * @param tags What is said of the clip.
   */
  constructor(left: readonly LeftKind[], tags: MetadataTags = {}) {
    this.left = left;
    this.#tags = tags;
  }

  /** What is left out; known for certain when the copy has ended. */
  get notes(): readonly Note[] {
    return this.left.map((kind): Note => ({ note: 'text-left-out', facts: { kind } }));
  }

  /**
   * Takes what describes the file that is written.
   *
   * @param bytes The description, which the caller may go on using.
   * @param position Where it begins.
   */
  readonly takeHead = (bytes: Uint8Array, position: number): void => {
    this.head = { bytes: bytes.slice(), position };
  };

  /**
   * Says what is said of the clip, and announces what is written in step with the pictures, before anything is written.
   *
   * @param output What is written.
   */
  addTo(output: Output): void {
    output.setMetadataTags(this.#tags);
  }

  /** Lets pictures go on, once writing has begun. */
  begin(): void {}

  /**
   * Names what is written as what it is.
   *
   * @param _bytes The written file's beginning, up to its first pictures or more; changed in place.
   */
  mend(_bytes: Uint8Array): void {}

  /**
   * Brings what is written in step with the pictures as far as these are.
   *
   * @param _seconds Of the clip's own time: all that begins before.
   */
  async copyUntil(_seconds: number): Promise<void> {}

  /**
   * Copies what is written when all else is.
   *
   * @param _until Where it ends, in seconds of the clip's own time; Infinity for all that there is.
   * @param _length Bytes that were written.
   * @returns What is to be written into the file, in its order.
   */
  end(_until: number, _length: number): Promise<readonly FilePart[]> {
    return Promise.resolve([]);
  }

  /** Lets go of it: what it came to is no clip. */
  async cancel(): Promise<void> {}
}
