import {
  filmAnswers,
  findFilmReasons,
  type ClipFindings,
  type FilmReason,
} from '../../../core/findings/clip-findings';
import type { OwnerCalls } from '../../../worker/client';
import type { Film } from './film.svelte';
import type { Workbench } from './workbench.svelte';

/** Milliseconds that a handle must rest before what lies between both is looked at again. */
const restMs = 600;

/** A step that something calls for. */
type FilmAnswer = (typeof filmAnswers)[FilmReason['kind']];

/** What the pictures of a clip call for, beside what is done to each, and the switches that answer it. */
export class FilmAdvice {
  /** What the pictures agree on; null where they were not looked at yet. */
  findings = $state.raw<ClipFindings | null>(null);
  isLooking = $state(false);
  readonly #enhancer: Pick<OwnerCalls, 'clipFindings'>;
  readonly #workbench: Workbench;
  readonly #film: Film;
  readonly #id: number;
  /** Counts looks; one that carries an older number is out of date. */
  #looks = 0;

  /**
   * @param enhancer Looks.
   * @param workbench Has the clip's picture, and what is asked for it.
   * @param film The clip.
   * @param id Its name.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'clipFindings'>,
    workbench: Workbench,
    film: Film,
    id: number,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#film = film;
    this.#id = id;
  }

  /** Why a step over the pictures is suggested; none where nothing calls for one. */
  get reasons(): readonly FilmReason[] {
    return this.findings ? findFilmReasons(this.findings) : [];
  }

  /** Whether the switches are as the clip calls for. */
  get isAsSuggested(): boolean {
    const wanted = Object.entries(this.#wanted()) as [FilmAnswer, boolean][];
    return wanted.every(([step, isOn]) => this.#film[step] === isOn);
  }

  /** Sets the switches as the clip calls for. */
  use(): void {
    Object.assign(this.#film, this.#wanted());
  }

  /**
   * Looks at pictures of the stretch; what they call for is set, unless the person has chosen otherwise or something was made.
   *
   * @param isResting Whether the handles have to rest before that.
   * @returns Once that is done, or another look has begun.
   */
  look(isResting = false): Promise<void> {
    const looking = this.#look(++this.#looks, isResting ? restMs : 0).finally(() => {
      if (this.#film.finding === looking) this.#film.finding = null;
    });
    this.#film.finding = looking;
    return looking;
  }

  /** Another clip lies there. */
  dispose(): void {
    this.#looks++;
  }

  async #look(number: number, delay: number): Promise<void> {
    this.isLooking = true;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (number !== this.#looks) return;
    const { from, to } = this.#film;
    const reply = await this.#enhancer.clipFindings(this.#id, { from, to });
    if (number !== this.#looks) return;
    this.isLooking = false;
    const workbench = this.#workbench;
    if (!reply.ok || workbench.photo?.id !== this.#id) return;
    const isToFollow = this.#film.follows && workbench.isToFollow;
    const isAsSuggested = this.#film.follows && !this.#film.isSet && this.isAsSuggested;
    this.findings = reply.value;
    if (isAsSuggested) this.use();
    workbench.photo = { ...workbench.photo, analysis: reply.value.analysis };
    if (!isToFollow) return;
    workbench.follow();
    await workbench.replan();
  }

  #wanted(): Record<FilmAnswer, boolean> {
    const answers = this.reasons.map(({ kind }) => filmAnswers[kind]);
    const isOn = (step: FilmAnswer) => answers.includes(step);
    return {
      deflicker: isOn('deflicker'),
      steadyDetail: isOn('steadyDetail'),
      deband: isOn('deband'),
    };
  }
}
