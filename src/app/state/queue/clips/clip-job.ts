import { settle, type Reply } from '../../../../core/errors';
import {
  clipContainers,
  type ClipFacts,
  type ClipMetadataWish,
  type ClipStretch,
} from '../../../../core/film/clip';
import { framedSize } from '../../../../core/frame/geometry';
import { scaleOf, type Recipe } from '../../../../core/recipe/recipe';
import type { Retouch } from '../../../../core/recipe/retouch';
import type { OwnerCalls } from '../../../../worker/client';
import type { OpenedPhoto, PlanInfo } from '../../../../worker/protocol';
import type { ClipReport } from '../../../../worker/reports';
import { filmWord } from '../../../i18n/en-film';
import { describeNotes } from '../../../i18n/problem';
import { joinSentences } from '../../../i18n/sentence';
import type { BegunFile } from '../../../platform/folder-writing';
import { beginResult, keepResult } from '../../../platform/queue-clips';
import { tellClip } from '../../photo/film-report';
import { describeRun } from '../../photo/report';
import { fitRecipe, type Fit } from '../fit';
import type { Job, JobDone, JobPlace, JobResult } from '../job';
import { isNoFilm, suitFilm, type ClipFilm } from './clip-film';
import type { EntryClip } from './entry-clip.svelte';

/** What the worker is asked for. */
export type ClipOwner = Pick<
  OwnerCalls,
  'clipFindings' | 'enhanceClip' | 'findShake' | 'lay' | 'offers' | 'plan'
>;

/** What is asked for of a clip. */
export type ClipWish = {
  readonly fit: Fit;
  /** What was done to it by hand; null for nothing. */
  readonly retouch: Retouch | null;
  /** What its file says of the clip. */
  readonly metadata: ClipMetadataWish;
  /** Reads the file itself, which is what is written where nothing is to be done. */
  readonly read: () => Promise<Reply<File>>;
};

/** An open clip of a queue. */
type Opened = {
  readonly clip: EntryClip;
  readonly photo: OpenedPhoto;
  readonly facts: ClipFacts;
};

/** What it is to be made into. */
type Asked = {
  readonly recipe: Recipe;
  readonly film: ClipFilm & ClipStretch;
  readonly metadata: ClipMetadataWish;
  readonly plan: PlanInfo;
};

/**
 * Works out what is to be done to an open clip: what its pictures call for where each gets what suits it, as if it were opened by itself.
 *
 * @param owner Looks, plans and works.
 * @param clip The clip as the queue has it.
 * @param photo The same as it was opened: its first picture.
 * @param wish What is asked for of it.
 * @returns What is to be done, or why nothing can be.
 */
export async function planClip(
  owner: ClipOwner,
  clip: EntryClip,
  photo: OpenedPhoto & { readonly clip: ClipFacts },
  { fit, retouch, metadata, read }: ClipWish,
): Promise<Reply<Job>> {
  const { clip: facts } = photo;
  const stretch = { from: clip.film?.from ?? facts.from, to: clip.film?.to ?? facts.to };
  const found = await owner.clipFindings(photo.id, stretch);
  if (!found.ok) return found;
  const judged = { ...photo, analysis: found.value.analysis };
  const fitted = await fitRecipe(owner, judged, fit, retouch);
  if (!fitted.ok) return fitted;
  const planned = await owner.plan(photo.id, fitted.value);
  if (!planned.ok) return planned;
  const forAll = fit.by === 'recipe' ? fit.film : undefined;
  const film = { ...stretch, ...(clip.film ?? forAll ?? suitFilm(found.value)) };
  const asked = { recipe: fitted.value, film, metadata, plan: planned.value };
  return { ok: true, value: new ClipJob(owner, { clip, photo, facts }, asked, read) };
}

/** Makes a clip of a clip of a queue, into the folder as it comes, else into a file that the browser keeps. */
class ClipJob implements Job {
  readonly output: Job['output'];
  readonly scale: number;
  readonly extension: string;
  readonly downloadBytes: number;
  readonly isCopy: boolean;
  readonly #owner: ClipOwner;
  readonly #opened: Opened;
  readonly #asked: Asked;
  readonly #read: ClipWish['read'];
  #report: ClipReport | null = null;
  /** The file of the folder that it lies in; null where it does not. */
  #begun: BegunFile | null = null;
  /** Whether it lies in the file that the browser keeps for it. */
  #isKept = false;

  constructor(owner: ClipOwner, opened: Opened, asked: Asked, read: ClipWish['read']) {
    const { facts, photo } = opened;
    const { recipe, film, metadata, plan } = asked;
    this.#owner = owner;
    this.#opened = opened;
    this.#asked = asked;
    this.#read = read;
    this.output = plan.output;
    const framed = framedSize(recipe.frame, photo);
    const { width, height } = plan.output;
    this.scale = recipe.size ? Math.round((100 * width) / framed.width) / 100 : scaleOf(recipe);
    this.extension = clipContainers[facts.container].extension;
    this.downloadBytes = plan.downloadBytes;
    const isSameSize = width === framed.width && height === framed.height;
    const isAsTaken = !recipe.tone && !recipe.frame && !recipe.finish.tint;
    const { from, to, ...steps } = film;
    const isAll = from <= facts.from && to >= facts.to && isNoFilm(steps);
    const isAsItWas = metadata.keep && !metadata.isAnonymous;
    this.isCopy = plan.steps.length === 0 && isSameSize && isAsTaken && isAll && isAsItWas;
  }

  async run({ path, target, tell }: JobPlace): Promise<Reply<JobDone>> {
    const { clip, photo, facts } = this.#opened;
    const { recipe, film, metadata } = this.#asked;
    // A folder that takes nothing says so once more when it is given the result.
    this.#begun = target && (await target.begin(path).catch(() => null));
    const own = this.#begun ? null : await beginResult(clip.name, facts.container);
    const into = this.#begun?.handle ?? own;
    const where = { keepAs: clip.name, outlives: true, ...(into && { into }) };
    const request = { recipe, finish: recipe.finish, metadata, ...film, ...where };
    const made = await this.#owner.enhanceClip(photo.id, request, ({ stage, ...told }) => {
      clip.secondsLeft = told.etaSeconds;
      if (stage === 'run') tell(told.fraction);
    });
    clip.secondsLeft = null;
    const fault = made.ok ? made.value.fault : made;
    const isLost = !made.ok || fault !== null || made.value.lost !== null;
    if (isLost) await this.discard();
    if (!made.ok) return made;
    if (fault) return { ok: false, ...fault };
    this.#report = made.value;
    this.#isKept = own !== null && !isLost;
    return { ok: true, value: this.#describe(made.value) };
  }

  async save(): Promise<Reply<JobResult>> {
    if (this.isCopy) {
      const file = await this.#read();
      return file.ok ? { ok: true, value: { blob: file.value } } : file;
    }
    const { file, container } = this.#report!;
    const { clip } = this.#opened;
    const written = this.#begun?.path;
    if (written !== undefined) return { ok: true, value: { blob: file, written } };
    // What lies elsewhere is gone as soon as the clip is closed.
    return settle(async () => {
      return { blob: this.#isKept ? file : await keepResult(clip.name, container, file) };
    });
  }

  async discard(): Promise<void> {
    await this.#begun?.drop();
    this.#begun = null;
  }

  #describe(report: ClipReport): JobDone {
    const { run, seconds, width, height, notes } = report;
    const did = run && describeRun(this.scale, { ...run, seconds });
    const hasNetwork = run?.steps.some(({ kind }) => kind === 'network') ?? false;
    const { lostSounds } = this.#opened.facts;
    return {
      work: {
        did: joinSentences([tellClip(report, ''), did ?? '']),
        ...{ seconds, where: hasNetwork ? run!.backend : '', width, height },
      },
      notes: [
        ...describeNotes(notes),
        ...(lostSounds > 0 ? [filmWord('lostSounds', { count: lostSounds })] : []),
      ],
    };
  }
}
