import type { OwnerCalls } from '../../../worker/client';

/** Small pictures of a clip's strip: as many as a wide screen has room for. */
const count = 24;

/** Height of each, in CSS pixels. */
export const stripHeight = 40;

/** Small pictures from all over a clip, for what is chosen by its place in time. Owns them. */
export class FilmStrip {
  /** Of evenly spread places, the picture of each; null where there is none, or it is on its way. */
  pictures = $state.raw<readonly (ImageBitmap | null)[]>(new Array<null>(count).fill(null));
  readonly #enhancer: Pick<OwnerCalls, 'clipStrip' | 'cancel'>;
  readonly #id: number;
  /** Whether they are wanted, and whether they are wanted no more. */
  #hasBegun = false;
  #isOver = false;

  /**
   * @param enhancer Decodes them.
   * @param id The clip.
   */
  constructor(enhancer: Pick<OwnerCalls, 'clipStrip' | 'cancel'>, id: number) {
    this.#enhancer = enhancer;
    this.#id = id;
  }

  /**
   * Asks for them, once: they are seen.
   *
   * @param ratio Device pixels per CSS pixel.
   */
  async begin(ratio: number): Promise<void> {
    if (this.#hasBegun || this.#isOver) return;
    this.#hasBegun = true;
    const height = Math.round(stripHeight * Math.min(2, ratio));
    const wish = { count, height };
    await this.#enhancer.clipStrip(this.#id, wish, ({ places, bitmap }) => {
      const fits = places.filter((place) => place in this.pictures);
      if (this.#isOver || fits.length === 0) return bitmap.close();
      this.pictures = this.pictures.map((own, i) => (fits.includes(i) ? bitmap : own));
    });
  }

  /** Another clip lies there: frees them, and what is still on its way is not made. */
  dispose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#hasBegun) void this.#enhancer.cancel(this.#id, ['estimate']);
    // One that is for several places is closed as often, which is no failure.
    for (const picture of this.pictures) picture?.close();
    this.pictures = [];
  }
}
