import { EnhanceError } from '../../core/errors';
import { analyse, type Analysis } from '../../core/findings/analyse';
import type { ClipContainer, ClipFacts } from '../../core/film/clip';
import { createDeflicker } from '../../core/film/deflicker';
import { createFrameRate, filmRates } from '../../core/film/frame-rate';
import { createSteadyDetail } from '../../core/film/steady-detail';
import type { Note } from '../../core/notes';
import type { Raster8 } from '../../core/picture/raster';
import { withoutPaint } from '../../core/recipe/finish';
import { parseFinish } from '../../core/recipe/finish-parsing';
import { fitScale } from '../../core/recipe/fitting';
import { parseRecipe } from '../../core/recipe/parsing';
import { withoutMarks } from '../../core/recipe/recipe';
import { framedSize } from '../../core/frame/geometry';
import { optionValidator as check } from '../../core/validator';
import { ClipReader } from '../../formats/clip/read';
import type { ClipListener, ClipReport, ClipRequest, PhotoId } from '../protocol';
import { ClipFile } from './clip-file';
import { runClip } from './clip-run';
import type { Runs } from './runs';

/** A clip that is open, and the file of what was made of it. */
type OpenClip = { readonly clip: ClipReader; file: ClipFile | null };

/** What opening a clip gives. */
export type ReadClip = {
  readonly clip: ClipReader;
  readonly raster: Raster8;
  readonly analysis: Analysis;
  readonly notes: readonly Note[];
};

/** The clips that are open, by the photos that their first pictures are. */
export class Clips {
  readonly #open = new Map<PhotoId, OpenClip>();

  /**
   * Opens a clip.
   *
   * @param file The file.
   * @param container Which container it is.
   * @returns The clip, to be kept or closed by the caller, and what was measured in its first picture. Motion blurs, and is not taken back unless that is asked for.
   * @throws {EnhanceError} As {@link ClipReader.open}.
   */
  async read(file: Blob, container: ClipContainer): Promise<ReadClip> {
    const clip = await ClipReader.open(file, container);
    const { poster: raster } = clip;
    const measured = analyse(raster, null);
    const analysis = { ...measured, blur: 0, effectiveResolution: 1, printed: false, faded: false };
    return { clip, raster, analysis, notes: [] };
  }

  /**
   * Holds a clip from now on.
   *
   * @param id The photo that its first picture is.
   * @param clip The clip.
   */
  keep(id: PhotoId, clip: ClipReader): void {
    this.#open.set(id, { clip, file: null });
  }

  /**
   * Lets go of a clip, and deletes what was made of it.
   *
   * @param id Which; one that is not open is no failure.
   */
  async close(id: PhotoId): Promise<void> {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.clip.close();
    await open?.file?.remove();
  }

  /**
   * Makes a clip of a clip.
   *
   * @param id Which.
   * @param request What is wanted.
   * @param runs Enhances pictures.
   * @param hooks Cancel and progress.
   * @param hooks.signal Ends it; what is done is kept.
   * @param hooks.tell Is told how far it is.
   * @returns What was made.
   * @throws {EnhanceError} `photo-missing`, `option-wrong`; else as {@link runClip}.
   */
  async enhance(
    id: PhotoId,
    request: ClipRequest,
    runs: Runs,
    { signal, tell }: { readonly signal: AbortSignal; readonly tell: ClipListener },
  ): Promise<ClipReport> {
    const since = performance.now();
    const open = this.#open.get(id);
    if (!open) throw new EnhanceError('photo-missing');
    const { clip } = open;
    const { facts } = clip;
    const { isLook, ...job } = readRequest(request, facts);
    const file = isLook ? null : await ClipFile.create(facts.container);
    try {
      const hooks = { signal, tell, sink: file };
      const made = await runClip({ id, clip, ...job }, runs, hooks);
      const { blob, codec, frames, end, run, notes, fault } = made;
      const written = blob ?? (await file!.finish());
      if (!isLook) {
        await open.file?.remove();
        open.file = file;
      }
      const length = end - Math.max(job.stretch.from, facts.from);
      const seconds = (performance.now() - since) / 1000;
      const { container } = facts;
      return { file: written, container, codec, frames, length, seconds, run, notes, fault };
    } catch (error) {
      await file?.remove();
      throw error;
    }
  }
}

function readRequest(request: ClipRequest, facts: ClipFacts) {
  const { recipe: asked, finish, from, to, ...film } = check.object(request, 'clip');
  const flag = (name: 'isLook' | 'deflicker' | 'steadyDetail') =>
    film[name] !== undefined && check.flag(film[name], `clip.${name}`);
  const rate =
    film['rate'] === undefined ? null : check.oneOf(film['rate'], filmRates, 'clip.rate');
  const recipe = withoutMarks(parseRecipe(asked));
  const all = [facts.from, facts.to] as const;
  const begin = check.between(from, all, 'clip.from');
  return {
    recipe: fitScale(recipe, framedSize(recipe.frame, facts)),
    finish: withoutPaint(parseFinish(finish)),
    stretch: { from: begin, to: check.between(to, [begin, facts.to], 'clip.to') },
    isLook: flag('isLook'),
    before: flag('deflicker') ? [createDeflicker({ strength: 1 })] : [],
    // Pictures between are made of steady ones.
    after: [
      ...(flag('steadyDetail') ? [createSteadyDetail({ strength: 1 })] : []),
      ...(rate === null ? [] : [createFrameRate({ rate })]),
    ],
  };
}
