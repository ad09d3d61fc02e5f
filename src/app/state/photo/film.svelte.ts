import {
  originOf,
  usualMetadata,
  type ClipFacts,
  type ClipMetadataWish,
  type ClipStretch,
} from '../../../core/film/clip';
import { scaleOf } from '../../../core/recipe/recipe';
import { bitRates } from '../../../core/film/clip-quality';
import { troubleOf } from '../../../core/errors';
import type { FilmRate } from '../../../core/film/frame-rate';
import { isSameFrame, type Frame } from '../../../core/recipe/frame';
import type { OwnerCalls } from '../../../worker/client';
import type { ClipProgress, ClipReport } from '../../../worker/reports';
import { filmWord } from '../../i18n/en-film';
import { describeProblem } from '../../i18n/problem';
import { formatBytes } from '../../i18n/quantity';
import { t } from '../../i18n/translate';
import { download } from '../../platform/download';
import {
  dropClip,
  keepClip,
  printOf,
  type FilmWishes,
  type KeptClip,
} from '../../platform/film-store';
import { nameClip } from './clip-name';
import { tellClip } from './film-report';
import type { FilmStage, MadeStretch } from './film-stage.svelte';
import { FilmTarget } from './film-target.svelte';
import { fieldsOf, stepsOf, type FilmSteps, type QualityChoice } from './film-wishes';
import { readSettings, writeSettings } from './session-parts';
import type { Workbench } from './workbench.svelte';

/** Seconds of the result that are looked at before all of it is made. */
const lookSeconds = 2;

/** What is being made of a clip. */
export type FilmRun = ClipProgress & { readonly isLook: boolean; readonly cancelling: boolean };

/** A run that has just begun. */
const preparing: FilmRun = {
  ...{ stage: 'download', fraction: 0, etaSeconds: null, frames: 0 },
  ...{ isLook: false, cancelling: false },
};

/** What is measured of a result, for what the next will take. */
type Pace = { readonly secondsPerSecond: number; readonly bytesPerSecond: number };

/** What it was made with, and of which stretch. */
type Settled = {
  readonly settings: string;
  readonly asked: ClipStretch;
  readonly frame: Frame | undefined;
  readonly scale: number;
};

/** What a clip has of the page around it. */
type FilmPlace = {
  /** Whether what is made is kept for a reload or a crash; not by default. */
  readonly mayKeep?: () => boolean;
  /** What is said in its file; all that there is by default. */
  readonly metadata?: () => ClipMetadataWish;
  /** Shows what is made; null where nothing does. */
  readonly stage?: FilmStage | null;
};

/** An open clip: what of it is made into what, and making it. Its pictures' recipe is the workbench's. */
export class Film {
  /** Where what is made begins and ends, in seconds of the clip. */
  from = $state(0);
  to = $state(0);
  /** Pictures a second; null for as it is. */
  rate = $state<FilmRate | null>(null);
  /** Whether flicker is taken out. */
  deflicker = $state(false);
  /** Whether detail is kept steady. */
  steadyDetail = $state(false);
  /** Whether steps in slopes are smoothed, and how much, 0..1. */
  deband = $state(false);
  debandStrength = $state(1);
  /** Whether speech is freed from noise, and how much, 0..1. */
  cleanSpeech = $state(false);
  speechStrength = $state(1);
  /** How it is coded, and bits a second of its pictures, which count where that is `custom`. */
  quality = $state<QualityChoice>('same');
  bitRate = $state(8e6);
  run = $state.raw<FilmRun | null>(null);
  /** What is being found in the clip, which a run of what it calls for waits for; null where nothing is. */
  finding: Promise<unknown> | null = null;
  /** Whether what the clip calls for may still be set: not once something was made of it, and not what is gone on with. */
  get follows(): boolean {
    return !this.#isResumed && !this.result && (!this.run || this.#isWaiting);
  }
  /** What was made last. */
  result = $state.raw<ClipReport | null>(null);
  /** What was looked at last. */
  look = $state.raw<MadeStretch | null>(null);
  /** Why nothing was made, or empty. */
  fault = $state('');
  /** What became of the last run; empty before that. */
  sentence = $state('');
  #pace = $state.raw<Pace | null>(null);
  /** For which settings that was measured. */
  #paceOf = $state('');
  readonly facts: ClipFacts;
  /** Where it is written to as it comes. */
  readonly target = new FilmTarget();
  readonly #enhancer: Pick<OwnerCalls, 'enhanceClip' | 'cancel'>;
  readonly #workbench: Workbench;
  readonly #id: number;
  readonly #mayKeep: () => boolean;
  readonly #metadata: () => ClipMetadataWish;
  readonly #stage: FilmStage | null;
  /** What was made last, as it is looked at, with which settings and of which frame. */
  #made = $state.raw<(MadeStretch & Settled) | null>(null);
  #isResumed = false;
  /** Whether it was set so before, whatever the clip calls for. */
  isSet = false;
  /** Whether a run waits for what is found. */
  #isWaiting = false;
  #onStop: () => void = () => undefined;
  /** The name under which what is made is kept for another day; null where it is not. */
  #kept: string | null = null;

  /**
   * @param enhancer Makes clips.
   * @param workbench Has the clip's picture, and what is asked for it.
   * @param id The clip.
   * @param facts What is known of it.
   * @param place Where it lies.
   * @param place.mayKeep See {@link FilmPlace}.
   * @param place.metadata See {@link FilmPlace}.
   * @param place.stage See {@link FilmPlace}.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'enhanceClip' | 'cancel'>,
    workbench: Workbench,
    id: number,
    facts: ClipFacts,
    { mayKeep = () => false, metadata = () => usualMetadata, stage = null }: FilmPlace = {},
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#id = id;
    this.#mayKeep = mayKeep;
    this.#metadata = metadata;
    this.#stage = stage;
    this.facts = facts;
    this.from = facts.from;
    this.to = facts.to;
  }

  /** Seconds that are made. */
  get length(): number {
    return Math.max(0, this.to - this.from);
  }

  /** Expected seconds of a run, from what was measured here; null where nothing was. */
  get seconds(): number | null {
    const { plan } = this.#workbench;
    if (this.#pace && this.#paceOf === this.#settings)
      return this.length * this.#pace.secondsPerSecond;
    const each = plan?.ok ? plan.value.seconds : null;
    return each === null ? null : each * this.length * this.facts.frameRate;
  }

  /** Expected bytes; null where no result of these settings was measured, and no number of them is asked for. */
  get bytes(): number | null {
    if (this.#pace && this.#paceOf === this.#settings)
      return this.length * this.#pace.bytesPerSecond;
    return this.quality === 'custom' ? (this.length * this.bitRate) / 8 : null;
  }

  /**
   * Asks for bits a second.
   *
   * @param bits How many; what no encoder takes is left.
   */
  askBitRate(bits: number): void {
    if (bits >= bitRates[0] && bits <= bitRates[1]) this.bitRate = bits;
  }

  /** Whether a press on Enhance would do something. */
  get ready(): boolean {
    const { plan, isFraming, opening } = this.#workbench;
    const isBusy = this.run !== null || this.target.copied !== null;
    return !isBusy && plan?.ok === true && !isFraming && !opening && this.length > 0;
  }

  /** Whether there is a result of other settings, or of another stretch, than the present ones. */
  get isStale(): boolean {
    if (this.run || !this.#made) return false;
    const { settings, asked } = this.#made;
    return settings !== this.#settings || asked.from !== this.from || asked.to !== this.to;
  }

  /**
   * Sets what is asked for beside the recipe.
   *
   * @param film All of it; where no stretch is said, the whole clip.
   */
  take({ from = this.facts.from, to = this.facts.to, ...film }: Partial<FilmWishes>): void {
    Object.assign(this, { from, to, ...fieldsOf(film) });
    this.isSet = true;
  }

  /**
   * Goes on with what was being made before a reload or a crash.
   *
   * @param id Its name.
   * @param kept What was kept of it; settings that another version of the page has kept otherwise are left.
   */
  async resume(id: string, { settings, film, into }: KeptClip): Promise<void> {
    this.target.take(into ?? null);
    this.#isResumed = true;
    this.take(film);
    try {
      const { recipe, finish } = readSettings(settings);
      await this.#workbench.ask(recipe, finish);
    } catch (error) {
      this.fault = describeProblem(troubleOf(error));
      return;
    }
    this.#kept = id;
    await this.enhance(true);
  }

  /**
   * Makes the clip.
   *
   * @param isSame Whether it is gone on with what is kept under its name.
   */
  async enhance(isSame = false): Promise<void> {
    await this.target.allow();
    // What ended before its time is gone on with where the same is asked for.
    if (!isSame && !(this.result?.fault && !this.isStale)) await this.#forget();
    if (!(await this.#found())) return;
    const { from, to } = this;
    const settings = this.#settings;
    const { recipe } = this.#workbench;
    const { frame } = recipe;
    const report = await this.#make(from, to, false);
    if (!report) return;
    this.result = report;
    const settled = { settings, asked: { from, to }, frame, scale: scaleOf(recipe) };
    this.#made = { ...this.#placed(report, from), ...settled };
    void this.#showMade(this.#made);
    const name = this.target.settle(report);
    this.sentence = tellClip(report, name);
    if (name && !report.fault) void this.#forget();
    this.#workbench.status = this.sentence;
  }

  /** Plays two seconds of it, from where the person begins it, over and over beside the original; what was not made of these settings is made. */
  async play(): Promise<void> {
    if (!(await this.#found())) return;
    const { from } = this;
    const to = Math.min(this.to, from + lookSeconds);
    const isThere = (made: MadeStretch & Settled) => {
      return made.settings === this.#settings && made.from <= from && made.to >= to;
    };
    let made: MadeStretch | null = this.#made && isThere(this.#made) ? this.#made : null;
    if (!made) {
      const report = await this.#make(from, to, true);
      if (!report || report.fault) return;
      made = this.#placed(report, from);
    }
    this.look = { ...made, from, to };
    await this.#stage?.seek(from);
    this.#stage?.play({ from, to, at: from, isLooped: true, made });
  }

  /** Plays it from the picture that lies on the stage on, beside the original where it was made in that frame. */
  playOn(): void {
    const stage = this.#stage;
    if (!stage) return;
    const isShown = isSameFrame(this.#made?.frame, this.#workbench.shown.frame);
    const made = isShown ? this.#made : null;
    const { from, to } = made ?? this.facts;
    const isWithin = stage.at >= from && stage.at < to - 2 / (this.facts.frameRate || 25);
    stage.play({ from, to, at: isWithin ? stage.at : from, isLooped: false, made });
  }

  /** Ends what is being made; what is done is kept. */
  async cancel(): Promise<void> {
    if (!this.run || this.run.cancelling) return;
    this.run = { ...this.run, cancelling: true };
    this.#onStop();
    // What a queue works on beside it goes on.
    await this.#enhancer.cancel(this.#id);
  }

  /** Asks for a file that the next clip is written into as it comes, within a press; what was made, whole and of the present settings, is written into it at once. */
  async chooseFile(): Promise<void> {
    const { photo, recipe } = this.#workbench;
    const { container } = this.facts;
    const { result } = this;
    await this.target.choose(nameClip(photo?.name ?? '', scaleOf(recipe), container), container);
    if (!result || result.fault || this.isStale || result !== this.result || this.run) return;
    const name = await this.target.copy(result.file);
    if (!name || result !== this.result) return;
    this.#workbench.status = this.sentence = tellClip(result, name);
    void this.#forget();
  }

  /** Writes the clip to the browser's downloads. */
  save(): void {
    const { result } = this;
    const { photo } = this.#workbench;
    if (!result || !photo || this.run) return;
    const name = nameClip(photo.name, this.#made?.scale ?? 1, result.container);
    download(result.file, name);
    if (!result.fault) void this.#forget();
    const size = formatBytes(result.file.size);
    this.#workbench.status = filmWord('saved', { name, size });
  }

  /** Where what was made lies in the clip's own time. */
  #placed({ file, length }: ClipReport, start: number): MadeStretch {
    const { facts } = this;
    const from = Math.max(start, facts.from);
    return { file, from, to: from + length, origin: originOf({ from: start, to: this.to }, facts) };
  }

  /** Shows it beside the original, at the picture that lies there or its first. */
  async #showMade({ from, to }: MadeStretch): Promise<void> {
    const stage = this.#stage;
    if (!stage || stage.playing) return;
    await (stage.at >= from && stage.at < to ? stage.refresh() : stage.seek(from));
  }

  /** What a measurement is good for. */
  get #settings(): string {
    const { recipe, finish } = this.#workbench;
    const { keep, isAnonymous } = this.#metadata();
    return JSON.stringify([recipe, finish, this.steps, keep, isAnonymous]);
  }

  /** What is done to the pictures in their order, and to the sounds, and how they are coded, beside the recipe. */
  get steps(): FilmSteps {
    return stepsOf(this);
  }

  /** Begins to keep what is made, under a name of its own where it has none. */
  async #keep(from: number, to: number): Promise<{ keepAs?: string }> {
    if (this.#kept) return { keepAs: this.#kept };
    const { file, original, recipe, finish } = this.#workbench;
    if (!this.#mayKeep() || !file) return {};
    const id = crypto.randomUUID();
    try {
      const settings = writeSettings({ recipe, finish });
      const film = { from, to, ...this.steps };
      const print = await printOf(file);
      const handle = original?.handle ?? null;
      const into = this.target.handle;
      await keepClip(id, { name: file.name, print, settings, film, handle, into }, Date.now());
      this.#kept = id;
      return { keepAs: id };
    } catch {
      // Where the browser keeps nothing it is made all the same.
      return {};
    }
  }

  async #forget(): Promise<void> {
    const id = this.#kept;
    this.#kept = null;
    if (id) await dropClip(id).catch(() => undefined);
  }

  /** True once it is known what the clip calls for, where that is still set, and what that takes; false where it was cancelled meanwhile. */
  async #found(): Promise<boolean> {
    if (this.run) return true;
    if (this.finding && this.follows) {
      this.run = preparing;
      this.#isWaiting = true;
      await Promise.race([this.finding, new Promise<void>((stop) => (this.#onStop = stop))]);
      this.#isWaiting = false;
      const isWanted = !this.run.cancelling;
      this.run = null;
      if (!isWanted) this.#workbench.status = t('run.cancelled');
      if (!isWanted) return false;
    }
    // What was found just as it was pressed is planned anew: the press is for that.
    if (this.#workbench.plan === null) await this.#workbench.replan();
    return true;
  }

  async #make(from: number, to: number, isLook: boolean): Promise<ClipReport | null> {
    if (!this.ready) return null;
    const { recipe, finish } = this.#workbench;
    const settings = this.#settings;
    this.fault = '';
    this.sentence = '';
    this.run = { ...preparing, isLook };
    const kept = isLook ? {} : await this.#keep(from, to);
    const { handle } = this.target;
    const into = !isLook && handle && { into: handle };
    const metadata = this.#metadata();
    const request = { recipe, finish, from, to, isLook, metadata, ...this.steps, ...kept, ...into };
    const reply = await this.#enhancer.enhanceClip(this.#id, request, (progress) => {
      if (progress.lost) this.target.lose(progress.lost);
      else if (this.run) this.run = { ...this.run, ...progress };
    });
    this.run = null;
    if (!reply.ok) {
      if (!isLook && reply.problem !== 'worker-died') await this.#forget();
      if (reply.code === 'cancelled') this.#workbench.status = t('run.cancelled');
      else this.fault = describeProblem(reply);
      return null;
    }
    const { length, seconds, file } = reply.value;
    // What had been made before took no time now.
    if (length > 0 && reply.value.known === 0) {
      this.#pace = { secondsPerSecond: seconds / length, bytesPerSecond: file.size / length };
      this.#paceOf = settings;
    }
    return reply.value;
  }
}
