import { frameRaster } from '../../core/frame/apply';
import type { Analysis, Origin } from '../../core/findings/analyse';
import { toneRaster } from '../../core/frame/tone';
import type { Raster } from '../../core/picture/raster';
import { isSameBasis, withBasis, type Basis } from '../../core/recipe/basis';
import { isSameFrame, type Frame } from '../../core/recipe/frame';
import type { SetTone } from '../engine/fast-tone';
import { OpenPhoto } from './photos';
import { breathe } from './shake-search';

/** A photo in one of its frames and tones. */
type Held = { readonly basis: Basis; readonly photo: OpenPhoto };

/** Tells what is wrong with a part of a photo. */
export type Measure = (part: Raster, origin: Origin) => Analysis;

/** What frames and tones are made with. */
export type FrameParts = {
  readonly setTone: SetTone;
  /** Measures what is cut out; null where that has what the whole has. */
  readonly measure: Measure | null;
};

/**
 * One open photo in its frames and tones, each a photo of its own, with a result of its own: what is going on in one of
 * them goes on whichever is looked at.
 */
export class PhotoFrames {
  /** As its file has it. */
  readonly whole: OpenPhoto;
  /** Those that are held; the whole is not among them. */
  #held: readonly Held[] = [];
  #now: OpenPhoto;
  /** Counts what was to be looked at. */
  #looks = 0;
  #making: { readonly basis: Basis; readonly done: Promise<OpenPhoto> } | null = null;
  /** What was cut out last, while its tone changes. */
  #cut: { readonly frame: Frame; readonly raster: Raster } | null = null;
  readonly #parts: FrameParts;
  readonly #end = new AbortController();

  /**
   * @param whole The photo as its file has it; owned from now on.
   * @param parts What its frames and tones are made with; by default on arrays, and nothing is measured.
   */
  constructor(whole: OpenPhoto, parts: Partial<FrameParts> = {}) {
    this.whole = whole;
    this.#parts = { setTone: toneRaster, measure: null, ...parts };
    this.#now = whole;
  }

  /** What is looked at. */
  get now(): OpenPhoto {
    return this.#now;
  }

  /**
   * The photo in a frame and a tone, to be looked at from now on unless something else is asked for meanwhile. A result in
   * others is kept until there is a newer one.
   *
   * @param basis Frame and tone; what is left out is as the file has it.
   * @returns The photo.
   * @throws {EnhanceError} `crop-outside-photo`.
   * @throws {DOMException} AbortError once the photo is closed.
   * @throws {RangeError} Where it does not fit in memory.
   */
  async look(basis: Basis): Promise<OpenPhoto> {
    const number = ++this.#looks;
    const photo = await this.hold(basis);
    if (number === this.#looks) this.#now = photo;
    this.#tidy();
    return photo;
  }

  /**
   * The photo in a frame and a tone; what is looked at stays.
   *
   * @param asked As for {@link look}, or a recipe.
   * @returns The photo.
   * @throws {unknown} As {@link look}.
   */
  async hold(asked: Basis): Promise<OpenPhoto> {
    const basis = withBasis({}, asked);
    if (isSameBasis(basis, {})) return this.whole;
    const known = this.#held.find((held) => isSameBasis(held.basis, basis));
    if (known) return known.photo;
    if (!this.#making || !isSameBasis(this.#making.basis, basis))
      this.#making = { basis, done: this.#make(basis) };
    return this.#making.done;
  }

  /**
   * Forgets the results in other frames and tones than those that have the newest.
   *
   * @param newest The photo in those.
   */
  keepResult(newest: OpenPhoto): void {
    for (const each of [this.whole, ...this.#held.map(({ photo }) => photo)])
      if (each !== newest) each.result = null;
    this.#tidy();
  }

  /** The photo is not open any more. */
  end(): void {
    this.#end.abort();
    for (const { photo } of this.#held) photo.end();
    this.whole.end();
  }

  async #make(basis: Basis): Promise<OpenPhoto> {
    const { id, raster, metadata, colours, screen } = this.whole;
    const { frame, tone } = basis;
    const pause = () => breathe(this.#end.signal);
    try {
      const cut = frame ? await this.#cutOut(frame) : raster;
      const toned = tone ? await this.#parts.setTone(cut, tone, pause) : cut;
      this.#cut = frame && tone ? { frame, raster: cut } : null;
      const photo = new OpenPhoto(id, toned, metadata, colours, screen);
      photo.basis = basis;
      photo.wholeSize = this.whole.wholeSize;
      const cutBytes = this.#cut?.raster.data.byteLength ?? 0;
      photo.besideBytes = raster.data.byteLength + cutBytes;
      photo.analysis = frame ? this.#look(frame, cut) : this.whole.analysis;
      this.#tidy();
      this.#held = [...this.#held, { basis, photo }];
      return photo;
    } finally {
      if (this.#making?.basis === basis) this.#making = null;
    }
  }

  /** What is wrong with what a frame cuts out, whatever light it is brought into. */
  #look(frame: Frame, cut: Raster): Analysis | null {
    const known = this.#held.find(({ basis }) => isSameFrame(basis.frame, frame));
    if (known) return known.photo.analysis;
    const origin = { cut: frame.angle === 0 ? 'part' : 'straightened' } as const;
    return this.#parts.measure?.(cut, origin) ?? this.whole.analysis;
  }

  async #cutOut(frame: Frame): Promise<Raster> {
    if (this.#cut && isSameFrame(this.#cut.frame, frame)) return this.#cut.raster;
    return frameRaster(this.whole.raster, frame, () => breathe(this.#end.signal));
  }

  /** What is neither looked at nor has a result is made anew where it is wanted again. */
  #tidy(): void {
    const isKept = ({ photo }: Held) => photo === this.#now || photo.result !== null;
    for (const held of this.#held) if (!isKept(held)) held.photo.end();
    this.#held = this.#held.filter(isKept);
  }
}
