import { readCover, type ClipCover } from '../../platform/clip-cover';
import type { Entry } from './entry.svelte';

/** Most small pictures that are kept: far more than a screen shows. */
const mostKept = 160;

/** Height of a small picture in pixels, for screens of double density. */
const height = 144;

/** Makes a small picture: of a bitmap, or of a file that the browser decodes by itself. */
export type Shrink = (
  source: ImageBitmap | Blob,
  options: ImageBitmapOptions,
) => Promise<ImageBitmap>;

/** Makes one of a clip that the browser plays. */
export type Cover = (file: Blob, height: number) => Promise<ClipCover>;

/** Makes and keeps the small pictures of a queue: one after the other, for what is looked at, and no more than a screen needs. */
export class Thumbnails {
  readonly #shrink: Shrink;
  readonly #cover: Cover;
  /** What has one, the longest unused first. */
  #kept: Entry[] = [];
  /** What is to get one, the latest wish last. */
  #wanted: Entry[] = [];
  readonly #hopeless = new WeakSet<Entry>();
  #isBusy = false;

  /**
   * @param shrink Makes them; the browser's own by default.
   * @param cover The same for clips.
   */
  constructor(
    shrink: Shrink = (source, options) => createImageBitmap(source, options),
    cover: Cover = readCover,
  ) {
    this.#shrink = shrink;
    this.#cover = cover;
  }

  /**
   * Sees to it that photos have one soon, where the browser can read them.
   *
   * @param entries What is looked at.
   */
  want(entries: readonly Entry[]): void {
    this.#wanted = entries.filter(
      (entry) => !entry.thumbnail && !entry.isAtWork && !this.#hopeless.has(entry),
    );
    const seen = entries.filter(({ thumbnail }) => thumbnail);
    this.#kept = [...this.#kept.filter((entry) => !seen.includes(entry)), ...seen];
    void this.#work();
  }

  /**
   * Makes one of what was decoded.
   *
   * @param entry Whose.
   * @param preview The photo; stays the caller's.
   */
  async take(entry: Entry, preview: ImageBitmap): Promise<void> {
    // The first picture of a clip tells less than the one that is there.
    if (entry.clip && entry.thumbnail) return;
    await this.#make(entry, () => this.#shrunk(preview));
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let entry = this.#wanted.shift(); entry; entry = this.#wanted.shift()) {
      const file = await entry.source.read().catch(() => null);
      if (!file || entry.thumbnail) continue;
      await this.#make(entry, () => (entry.clip ? this.#coverOf(entry, file) : this.#shrunk(file)));
    }
    this.#isBusy = false;
  }

  #shrunk(source: ImageBitmap | Blob): Promise<ImageBitmap> {
    return this.#shrink(source, { resizeHeight: height, resizeQuality: 'medium' });
  }

  async #coverOf({ clip }: Entry, file: Blob): Promise<ImageBitmap> {
    const { bitmap, seconds, size } = await this.#cover(file, height);
    if (clip && clip.seconds === null) Object.assign(clip, { seconds, size });
    return bitmap;
  }

  async #make(entry: Entry, draw: () => Promise<ImageBitmap>): Promise<void> {
    try {
      const bitmap = await draw();
      entry.dispose();
      entry.thumbnail = bitmap;
      this.#kept = [...this.#kept.filter((each) => each !== entry), entry];
      for (const old of this.#kept.splice(0, this.#kept.length - mostKept)) old.dispose();
    } catch {
      // A format that the browser does not know gets its picture when it is opened.
      this.#hopeless.add(entry);
    }
  }
}
