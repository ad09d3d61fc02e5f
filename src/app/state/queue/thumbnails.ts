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

/** Makes and keeps the small pictures of a queue: one after the other, for what is looked at, and no more than a screen needs. */
export class Thumbnails {
  readonly #shrink: Shrink;
  /** What has one, the longest unused first. */
  #kept: Entry[] = [];
  /** What is to get one, the latest wish last. */
  #wanted: Entry[] = [];
  readonly #hopeless = new WeakSet<Entry>();
  #isBusy = false;

  /** @param shrink Makes them; the browser's own by default. */
  constructor(shrink: Shrink = (source, options) => createImageBitmap(source, options)) {
    this.#shrink = shrink;
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
    await this.#make(entry, preview);
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let entry = this.#wanted.shift(); entry; entry = this.#wanted.shift()) {
      const file = await entry.source.read().catch(() => null);
      if (file && !entry.thumbnail) await this.#make(entry, file);
    }
    this.#isBusy = false;
  }

  async #make(entry: Entry, source: ImageBitmap | Blob): Promise<void> {
    try {
      const bitmap = await this.#shrink(source, { resizeHeight: height, resizeQuality: 'medium' });
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
