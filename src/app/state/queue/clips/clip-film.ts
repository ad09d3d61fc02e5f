import { findFilmReasons, type ClipFindings } from '../../../../core/findings/clip-findings';
import type { ClipFacts, ClipStretch } from '../../../../core/film/clip';
import type { FilmSteps } from '../../photo/film-wishes';

/** What is asked of a clip beside its recipe. */
export type ClipFilm = FilmSteps;

/** The same as it was set by hand for one clip alone: its stretch is left out where it is the whole. */
export type SetFilm = ClipFilm & Partial<ClipStretch>;

/**
 * What a clip calls for, as the tab Film sets it where the clip is opened by itself.
 *
 * @param findings What its pictures agree on.
 * @returns The steps that answer it; none for a clean clip.
 */
export function suitFilm(findings: ClipFindings): ClipFilm {
  const kinds = findFilmReasons(findings).map(({ kind }) => kind);
  return {
    ...(kinds.includes('flicker') && { deflicker: true }),
    ...(kinds.includes('unrest') && { steadyDetail: true }),
    ...(kinds.includes('bands') && { deband: 1 }),
  };
}

/**
 * Whether it asks for nothing: pictures, sounds and their coding stay.
 *
 * @param film What is asked.
 * @returns True where a clip that nothing else is done to is as it was.
 */
export function isNoFilm({ quality = 'same', ...film }: ClipFilm): boolean {
  return quality === 'same' && !Object.values(film).some(Boolean);
}

/**
 * What the tab Film says.
 *
 * @param film The clip that is open there.
 * @param film.facts What is known of it.
 * @param film.from Where what is made begins.
 * @param film.to Where it ends.
 * @param film.steps What is done to it.
 * @returns The same for a clip of a queue.
 */
export function readFilm({
  facts,
  from,
  to,
  steps,
}: ClipStretch & { readonly facts: ClipFacts; readonly steps: ClipFilm }): SetFilm {
  const isWhole = from <= facts.from && to >= facts.to;
  return { ...steps, ...(!isWhole && { from, to }) };
}

/**
 * Whether two ask for the same.
 *
 * @param a One.
 * @param b The other.
 * @returns True also where one leaves out what the other says of itself.
 */
export function isSameFilm(a: SetFilm, b: SetFilm): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ rate, deflicker, steadyDetail, deband, cleanSpeech, quality, from, to }: SetFilm) {
  const flags = [rate ?? null, deflicker ?? false, steadyDetail ?? false];
  return JSON.stringify([...flags, deband ?? 0, cleanSpeech ?? 0, quality ?? 'same', from, to]);
}
