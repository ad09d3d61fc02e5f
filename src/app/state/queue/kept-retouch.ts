import { retouchOf, type Retouch } from '../../../core/recipe/retouch';
import { deflate, inflate } from '../../platform/deflating';
import { readSettings, writeSettings } from '../photo/session-parts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * What was done by hand to a photo of a queue. A mask of a large photo has millions of values, most of them alike: a photo that does
 * not lie on the stage holds it packed.
 */
export class KeptRetouch {
  #plain: Retouch | null;
  #packed: Promise<Bytes> | null;

  private constructor(plain: Retouch | null, packed: Bytes | null) {
    this.#plain = plain;
    this.#packed = packed && Promise.resolve(packed);
  }

  /**
   * Holds what was just done.
   *
   * @param retouch What; its masks stay as they are.
   * @returns What holds it.
   */
  static of(retouch: Retouch): KeptRetouch {
    return new KeptRetouch(retouch, null);
  }

  /**
   * Holds what was kept.
   *
   * @param packed From {@link KeptRetouch.pack}.
   * @returns What holds it; whether it can be read is known once it is.
   */
  static from(packed: Bytes): KeptRetouch {
    return new KeptRetouch(null, packed);
  }

  /** The same as plain data, where it is no more than a frame; null where it is more. */
  get frameOnly(): Retouch | null {
    const { damage, finish } = this.#plain ?? {};
    const isMore = damage || finish?.mask || finish?.tint || finish?.faces.length !== 0;
    return isMore ? null : this.#plain;
  }

  /**
   * What was done.
   *
   * @returns A copy, or the same.
   * @throws {unknown} Where what was kept is not understood any more.
   */
  async read(): Promise<Retouch> {
    if (this.#plain) return this.#plain;
    const { recipe, finish } = readSettings(await inflate(await this.#packed!));
    const retouch = retouchOf(recipe, finish);
    if (!retouch) throw new RangeError('nothing was done');
    return retouch;
  }

  /**
   * What was done, in few bytes.
   *
   * @returns For {@link KeptRetouch.from}.
   */
  pack(): Promise<Bytes> {
    this.#packed ??= deflate(writeSettings({ recipe: this.#plain!, finish: this.#plain!.finish }));
    return this.#packed;
  }

  /** Holds it packed alone from now on, unless it is small. */
  async settle(): Promise<void> {
    if (!this.#plain || this.frameOnly) return;
    await this.pack();
    this.#plain = null;
  }
}
