import { untrack } from 'svelte';
import type { ClipFindings } from '../../../../core/findings/clip-findings';
import type { Film } from '../../photo/film.svelte';
import type { Entry } from '../entry.svelte';
import { isSameFilm, readFilm, suitFilm, type ClipFilm, type SetFilm } from './clip-film';

/** The clip that is open by itself, as the tab Film has it. */
export type OpenFilm = Pick<Film, 'facts' | 'from' | 'to' | 'steps' | 'take'>;

/** What of the desk it works with. */
export type ClipDesk = {
  /** Null where no clip lies on the stage. */
  readonly film: OpenFilm | null;
  /** What its pictures agree on; null where they were not looked at yet. */
  readonly filmAdvice: { readonly findings: ClipFindings | null } | null;
};

/** What is set under Film for a clip of a queue that lies on the stage: that is meant for it alone, as a crop is, and is there again with it. */
export class ClipStage {
  readonly #desk: ClipDesk;
  /** What all clips get; null where each gets what it calls for. */
  readonly #forAll: () => ClipFilm | null;
  /** What is followed: once it is as its clip is asked for. */
  #followed: OpenFilm | null = null;

  /**
   * @param desk Has the clip on the stage.
   * @param forAll What all clips get, whatever they call for; null where nothing.
   */
  constructor(desk: ClipDesk, forAll: () => ClipFilm | null) {
    this.#desk = desk;
    this.#forAll = forAll;
  }

  /** What is set for the clip on the stage, without its stretch; null where none lies there. */
  get steps(): ClipFilm | null {
    return this.#desk.film?.steps ?? null;
  }

  /**
   * What is set there is asked for of its clip. Reads reactive state.
   *
   * @param entry What lies on the stage as it is asked for; null where nothing does.
   */
  follow(entry: Entry | null): void {
    const { film, filmAdvice } = this.#desk;
    const set = film && readFilm(film);
    const findings = filmAdvice?.findings ?? null;
    untrack(() => {
      const clip = entry?.clip;
      if (!clip || !film || !set) return;
      const usual = this.#forAll() ?? (findings && suitFilm(findings));
      if (this.#followed !== film) {
        this.#followed = film;
        const asked: SetFilm | null = clip.film ?? this.#forAll();
        if (asked) film.take(asked);
        return;
      }
      // Before its pictures were looked at, what stands there is what was asked, or nothing.
      if (isSameFilm(set, usual ?? clip.film ?? {})) clip.film = usual ? null : clip.film;
      else if (!clip.film || !isSameFilm(set, clip.film)) clip.film = set;
    });
  }
}
