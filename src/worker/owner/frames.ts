import { frameRaster } from '../../core/frame/apply';
import { isSameFrame, type Frame } from '../../core/recipe/frame';
import { OpenPhoto } from './photos';
import { breathe } from './shake-search';

/** A photo in one of its frames. */
type Held = { readonly frame: Frame; readonly photo: OpenPhoto };

/**
 * One open photo in its frames, each a photo of its own, with a result of its own: what is going on in one of them goes
 * on whichever is looked at.
 */
export class PhotoFrames {
  /** As its file has it. */
  readonly whole: OpenPhoto;
  /** Those that are held; the whole is not among them. */
  #held: readonly Held[] = [];
  #now: OpenPhoto;
  /** Counts what was to be looked at. */
  #looks = 0;
  #making: { readonly frame: Frame; readonly done: Promise<OpenPhoto> } | null = null;
  readonly #end = new AbortController();

  /** @param whole The photo as its file has it; owned from now on. */
  constructor(whole: OpenPhoto) {
    this.whole = whole;
    this.#now = whole;
  }

  /** What is looked at. */
  get now(): OpenPhoto {
    return this.#now;
  }

  /**
   * The photo in a frame, to be looked at from now on unless something else is asked for meanwhile. A result in another
   * frame is kept until there is a newer one.
   *
   * @param frame The frame; left out for the photo as its file has it.
   * @returns The framed photo.
   * @throws {EnhanceError} `crop-outside-photo`.
   * @throws {DOMException} AbortError once the photo is closed.
   * @throws {RangeError} Where it does not fit in memory.
   */
  async look(frame: Frame | undefined): Promise<OpenPhoto> {
    const number = ++this.#looks;
    const framed = await this.hold(frame);
    if (number === this.#looks) this.#now = framed;
    this.#tidy();
    return framed;
  }

  /**
   * The photo in a frame; what is looked at stays.
   *
   * @param frame As for {@link look}.
   * @returns The framed photo.
   * @throws {unknown} As {@link look}.
   */
  async hold(frame: Frame | undefined): Promise<OpenPhoto> {
    if (!frame || isSameFrame(frame)) return this.whole;
    const known = this.#held.find((held) => isSameFrame(held.frame, frame));
    if (known) return known.photo;
    if (!this.#making || !isSameFrame(this.#making.frame, frame))
      this.#making = { frame, done: this.#make(frame) };
    return this.#making.done;
  }

  /**
   * Forgets the results in other frames than the one that has the newest.
   *
   * @param framed That one.
   */
  keepResult(framed: OpenPhoto): void {
    for (const each of [this.whole, ...this.#held.map(({ photo }) => photo)])
      if (each !== framed) each.result = null;
    this.#tidy();
  }

  /** The photo is not open any more. */
  end(): void {
    this.#end.abort();
    for (const { photo } of this.#held) photo.end();
    this.whole.end();
  }

  async #make(frame: Frame): Promise<OpenPhoto> {
    const { id, raster, metadata, colours, screen } = this.whole;
    try {
      const framed = await frameRaster(raster, frame, () => breathe(this.#end.signal));
      const photo = new OpenPhoto(id, framed, metadata, colours, screen);
      photo.besideBytes = raster.data.byteLength;
      this.#tidy();
      this.#held = [...this.#held, { frame, photo }];
      return photo;
    } finally {
      if (this.#making?.frame === frame) this.#making = null;
    }
  }

  /** What is neither looked at nor has a result is made anew where it is wanted again. */
  #tidy(): void {
    const isKept = ({ photo }: Held) => photo === this.#now || photo.result !== null;
    for (const held of this.#held) if (!isKept(held)) held.photo.end();
    this.#held = this.#held.filter(isKept);
  }
}
