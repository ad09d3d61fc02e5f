import type { FilmWork } from '../../core/film/film-work';
import type { BackendChoice, HostOptions } from './protocol';

/** What works on the pictures of a clip faster than arrays. */
export type FastFilm = {
  readonly work: FilmWork;
  /** Whether one kind of the work comes out as on arrays; asked before it is first used. */
  readonly isRight: (name: keyof FilmWork) => Promise<boolean>;
  /** Frees the GPU, and fails what is still under way. */
  readonly close: () => void;
};

/**
 * Opens a GPU for the pictures of a clip, unless the CPU was asked for; its code comes with the first clip that takes it.
 *
 * @param backend What was asked for; a GPU by name may be a software adapter.
 * @param options Whether a software adapter will do.
 * @returns It, closed by its owner; null where there is none.
 */
export async function openFastFilm(
  backend: BackendChoice,
  { acceptSoftware = false }: HostOptions = {},
): Promise<FastFilm | null> {
  if (backend === 'wasm') return null;
  const { isFilmWorkRight, openFilmPass } = await import('../../engine/film/film-trials');
  const opened = await openFilmPass(acceptSoftware || backend === 'webgpu');
  if (!opened) return null;
  const { work, gpu } = opened;
  return {
    work,
    isRight: (name) => isFilmWorkRight(work, name),
    close: () => gpu.device.destroy(),
  };
}
