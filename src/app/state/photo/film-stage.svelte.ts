import type { ClipFacts } from '../../../core/film/clip';
import type { OwnerCalls } from '../../../worker/client';
import type { ClipPicture } from '../../../worker/protocol';
import type { DetailLoader } from './detail-loader';
import { FilmStrip } from './film-strip.svelte';
import type { Layers } from './layers.svelte';
import type { StageView } from './stage-view.svelte';
import type { Workbench } from './workbench.svelte';

/** A stretch of a clip that was made, as it is played beside the original. */
export type MadeStretch = {
  readonly file: Blob;
  /** Where it begins and ends, in seconds of the clip's own time. */
  readonly from: number;
  readonly to: number;
  /** Seconds of the clip's time that are its 0. */
  readonly origin: number;
};

/** What is being played. */
export type FilmPlay = {
  /** From where to where, in seconds of the clip's own time. */
  readonly from: number;
  readonly to: number;
  /** Where it begins. */
  readonly at: number;
  /** Whether it begins again, without its sound. */
  readonly isLooped: boolean;
  /** What was made of it; null for the original alone. */
  readonly made: MadeStretch | null;
};

/** Where pictures of a clip come to lie. */
export type FilmStageParts = {
  readonly enhancer: Pick<OwnerCalls, 'clipPicture' | 'clipStrip' | 'cancel'>;
  readonly workbench: Pick<Workbench, 'shown' | 'moment'> & { readonly photo: Workbench['photo'] };
  readonly layers: Pick<Layers, 'show' | 'showFinished'>;
  readonly details: Pick<DetailLoader, 'show'>;
  readonly view: Pick<StageView, 'native'>;
};

/** Which picture of a clip lies on the stage, beside what was made of it, or what of it is played there. */
export class FilmStage {
  /** When the picture is shown that is asked for, in seconds of the clip's own time. */
  at = $state(0);
  /** What is played; null where a picture stands. */
  playing = $state.raw<FilmPlay | null>(null);
  /** Small pictures from all over it; owned here. */
  readonly strip: FilmStrip;
  readonly #parts: FilmStageParts;
  readonly #id: number;
  readonly #facts: ClipFacts;
  #loading: Promise<void> | null = null;
  /** Whether another picture is asked for since the one that is on its way. */
  #isStale = false;

  /**
   * @param parts Where its pictures come to lie.
   * @param id The clip.
   * @param facts What is known of it.
   */
  constructor(parts: FilmStageParts, id: number, facts: ClipFacts) {
    this.#parts = parts;
    this.#id = id;
    this.#facts = facts;
    this.at = facts.from;
    parts.workbench.moment = facts.from;
    this.strip = new FilmStrip(parts.enhancer, id);
  }

  /** Another clip lies there. */
  dispose(): void {
    this.playing = null;
    this.strip.dispose();
  }

  /**
   * Shows another picture; what is played ends.
   *
   * @param seconds When it is shown, of the clip's own time.
   * @returns Once it lies there, or cannot.
   */
  async seek(seconds: number): Promise<void> {
    const { from, to, frameRate } = this.#facts;
    // Behind the last picture there is nothing to be seen.
    const last = Math.max(from, to - 1 / (frameRate || 25));
    this.playing = null;
    this.at = Math.min(Math.max(from, seconds), last);
    await this.refresh();
  }

  /**
   * Asks once more for the picture that lies there, for what was made of it or how it is looked at is another. One is asked for at a time, the newest next.
   *
   * @returns Once it lies there, or cannot.
   */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#loading ??= this.#catchUp().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /**
   * Plays a stretch.
   *
   * @param play Which, and how.
   */
  play(play: FilmPlay): void {
    this.playing = play;
  }

  async #catchUp(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const { at } = this;
      const { enhancer, workbench } = this.#parts;
      const reply = await enhancer.clipPicture(this.#id, at, workbench.shown);
      // What cannot be decoded leaves the picture before.
      if (reply.ok) this.#show(reply.value, at);
    }
  }

  #show({ preview, made, ...size }: ClipPicture, at: number): void {
    const { workbench, layers, details, view } = this.#parts;
    const { photo } = workbench;
    const isSame = photo && photo.width === size.width && photo.height === size.height;
    // Another clip lies there by now, or the same in another frame.
    if (photo?.id !== this.#id || !isSame) {
      preview.close();
      made?.preview.close();
      return;
    }
    workbench.moment = at;
    layers.show(preview, photo, photo);
    if (made) layers.showFinished(made.preview, made.scale);
    view.native = made?.scale ?? 1;
    details.show(photo.id);
  }
}
