import { findFilmReasons, type ClipFindings } from '../../../../core/findings/clip-findings';
import type { ClipRequest } from '../../../../worker/clip-request';

/** What is asked of a clip beside its recipe. */
export type ClipFilm = Pick<
  ClipRequest,
  'rate' | 'deflicker' | 'steadyDetail' | 'deband' | 'cleanSpeech' | 'quality'
>;

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
