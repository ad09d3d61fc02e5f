import type { Reply, Trouble } from '../../../core/errors';
import { neutralFinish, type Finish } from '../../../core/recipe/finish';
import { looksShaken, suggestWithin, type Suggestion } from '../../../core/findings/suggest';
import { limitRecipe, type Offers } from '../../../core/recipe/offers';
import { isSameChain, isSameWork, scaleOf, type Recipe } from '../../../core/recipe/recipe';
import { recommend } from '../../../core/recipe/recommendation';
import { lookCloser, offersOf } from '../../../worker/opening';
import type { JobProgress, OpenedPhoto, PlanInfo, RunReport } from '../../../worker/protocol';
import { describeProblem } from '../../i18n/problem';
import { nameTasks } from '../../i18n/task-words';
import { t } from '../../i18n/translate';
import type { EnhancerClient } from '../../platform/enhancer-client';
import type { LaunchedFile } from '../../platform/launches';
import type { DetailLoader } from './detail-loader';
import type { Layers } from './layers.svelte';
import { describeRun } from './report';
import type { StageView } from './stage-view.svelte';

/** How far a run has come. */
export type RunState = Omit<JobProgress, 'patch'> & { readonly cancelling: boolean };

/** A finished run. */
export type RunResult = {
  readonly recipe: Recipe;
  readonly report: RunReport;
  /** What really ran, as a sentence. */
  readonly sentence: string;
};

/** What the workbench works with. */
export type WorkbenchParts = {
  readonly enhancer: EnhancerClient;
  readonly view: StageView;
  readonly layers: Layers;
  readonly details: DetailLoader;
  /** Whether the person asked for less motion. */
  readonly reducedMotion: () => boolean;
  /** Whether models may be loaded before they are asked for. */
  readonly mayPrepare: () => boolean;
};

/** The open photo and what is being done to it. */
export class Workbench {
  photo = $state.raw<OpenedPhoto | null>(null);
  /** The open photo's file on the disk, where the system gave access to it ("Open with"). */
  original = $state.raw<LaunchedFile | null>(null);
  /** Name of the file that is being opened, or empty. */
  opening = $state('');
  /** Whether a shake is being looked for in the photo. */
  isSearching = $state(false);
  /** What is asked for. */
  recipe = $state.raw<Recipe>(recommend([], 2));
  /** What this site's models can do; empty until a photo was opened. */
  offers = $state.raw<Offers>([]);
  /** What the open photo calls for at the present scale. */
  readonly suggestion: Suggestion | null = $derived(
    this.photo && suggestWithin(this.photo.analysis, scaleOf(this.recipe), this.offers),
  );
  /** What a run of the present recipe would do, or why it is refused; null while that is worked out. */
  plan = $state.raw<Reply<PlanInfo> | null>(null);
  run = $state.raw<RunState | null>(null);
  result = $state.raw<RunResult | null>(null);
  /** How the result is shown and saved. */
  finish = $state.raw<Finish>(neutralFinish);
  /** Why the last file was not opened, or empty. */
  openFault = $state('');
  /** Why the last run failed, or empty. */
  runFault = $state('');
  /** What the live region says. */
  status = $state('');

  readonly #parts: WorkbenchParts;
  #file: File | null = null;
  /** Counts openings and runs; work that carries an older number is out of date. */
  #opened = 0;
  #runs = 0;

  /** @param parts What the workbench works with; shared with the page. */
  constructor(parts: WorkbenchParts) {
    this.#parts = parts;
    parts.enhancer.onDeath = () => this.#lose();
  }

  /**
   * Opens a file in place of the photo, and asks for what it calls for; a run that is going is
   * cancelled. A file that cannot be opened leaves the photo as it was.
   *
   * @param file Any file.
   * @param handle Access to it on the disk, where there is such.
   */
  async open(file: File, handle?: FileSystemFileHandle): Promise<void> {
    if (!(await this.#load(file, handle ? { file, handle } : null))) return;
    if (this.suggestion) this.recipe = this.suggestion.recipe;
    await this.replan();
  }

  /**
   * Opens the first of some files that arrived together.
   *
   * @param files What was picked, dropped, pasted or opened by the system.
   * @param handle Access to the first of them on the disk, where there is such.
   */
  async openFirst(files: readonly File[], handle?: FileSystemFileHandle): Promise<void> {
    const [file] = files;
    if (!file) {
      this.openFault = t('open.notFile');
      return;
    }
    await this.open(file, handle);
    if (files.length > 1 && !this.openFault) this.openFault = t('open.several');
  }

  /**
   * Changes what is asked for.
   *
   * @param recipe The new recipe; what no model can do is left out.
   */
  async ask(recipe: Recipe): Promise<void> {
    const before = this.recipe;
    this.recipe = limitRecipe(recipe, this.offers);
    this.runFault = '';
    if (!this.#parts.enhancer.alive) await this.#reload();
    else if (!isSameChain(before, this.recipe)) await this.replan();
  }

  /** Works out again what a run would do; where its time is not known yet, the models are tried out. */
  async replan(): Promise<void> {
    this.plan = null;
    const { recipe } = this;
    const reply = await this.#plan(recipe);
    if (!reply) return;
    this.plan = reply;
    const isTimed = !reply.ok || reply.value.seconds !== null;
    if (!isTimed && this.#parts.mayPrepare()) void this.#rehearse(recipe);
  }

  /** Strength of the finish in whole percent. */
  get strength(): number {
    return Math.round(this.finish.strength * 100);
  }

  set strength(percent: number) {
    this.finish = { ...this.finish, strength: percent / 100 };
  }

  /** Whether pressing Enhance would do something. */
  get canEnhance(): boolean {
    const isPlanned = this.plan?.ok === true && this.plan.value.steps.length > 0;
    return this.photo !== null && !this.run && !this.opening && isPlanned;
  }

  /** Runs the recipe, beginning where the person looks. Does nothing while that is not possible. */
  async enhance(): Promise<void> {
    if (!this.canEnhance || !(await this.#revive())) return;
    const { enhancer, view, layers, details } = this.#parts;
    const { recipe, photo } = this;
    if (!photo) return;
    const number = ++this.#runs;
    const steps = this.plan?.ok ? this.plan.value.steps : [];
    let quarters = 0;
    this.runFault = '';
    this.status = t('run.started', { tasks: nameTasks(steps) });
    const begun = { stage: 'download', task: null, fraction: 0, etaSeconds: null } as const;
    this.run = { ...begun, cancelling: false };
    layers.beginRun(scaleOf(recipe));
    const { x, y } = view.viewport;
    const reply = await enhancer.enhance(photo.id, recipe, { x, y }, (progress) => {
      if (number !== this.#runs) return progress.patch?.bitmap.close();
      this.#advance(progress);
      const quarter = progress.stage === 'run' ? Math.floor(progress.fraction * 4) : 0;
      if (this.run && quarter > quarters && quarter < 4)
        this.status = t('run.quarter', { percent: (quarters = quarter) * 25 });
    });
    if (number !== this.#runs) return;
    this.run = null;
    layers.endRun(reply.ok);
    if (reply.ok) this.#finish(recipe, reply.value);
    else {
      this.#runs++;
      this.status = reply.code === 'cancelled' ? t('run.cancelled') : t('run.failed');
      if (reply.code !== 'cancelled') this.runFault = describeProblem(reply);
    }
    details.reset();
    if (enhancer.alive) await this.replan();
  }

  /** Keeps the photo's file in memory, since the disk's is about to be replaced; false where it has gone. */
  async holdFile(): Promise<boolean> {
    const file = this.#file;
    const bytes = await file?.arrayBuffer().catch(() => null);
    if (!file || !bytes) return false;
    if (this.#file === file) this.#file = new File([bytes], file.name, { type: file.type });
    return true;
  }

  /** Stops the run at the end of its tile. */
  async cancel(): Promise<void> {
    if (!this.run || this.run.cancelling) return;
    this.run = { ...this.run, cancelling: true };
    await this.#parts.enhancer.cancel();
  }

  /** What a run of a recipe would do; null where something else was asked for meanwhile. */
  async #plan(recipe: Recipe, how: 'plan' | 'rehearse' = 'plan'): Promise<Reply<PlanInfo> | null> {
    const ticket = this.#opened;
    if (!this.photo) return null;
    const reply = await this.#parts.enhancer[how](this.photo.id, recipe);
    return ticket === this.#opened && isSameChain(recipe, this.recipe) ? reply : null;
  }

  async #rehearse(recipe: Recipe): Promise<void> {
    const reply = await this.#plan(recipe, 'rehearse');
    if (reply?.ok && !this.run) this.plan = reply;
  }

  /** Looks closer at a soft photo; what that suggests is asked for, unless the person has chosen otherwise. */
  async #lookForShake(photo: OpenedPhoto): Promise<void> {
    const reply = await lookCloser(this.#parts.enhancer, photo);
    if (photo !== this.photo) return;
    this.isSearching = false;
    if (!reply.ok || reply.value.shake === 0) return;
    const isUnchanged = this.suggestion && isSameWork(this.recipe, this.suggestion.recipe);
    this.photo = { ...photo, analysis: reply.value };
    if (isUnchanged && !this.run && !this.result) await this.ask(this.suggestion.recipe);
  }

  /** Opens a file and leaves what is asked for as it is; true where it is the open photo now. */
  async #load(file: File, original: LaunchedFile | null): Promise<boolean> {
    const { enhancer } = this.#parts;
    const ticket = ++this.#opened;
    this.openFault = '';
    this.opening = file.name;
    this.status = t('open.opening', { name: file.name });
    const reply = await enhancer.open(file);
    if (ticket !== this.#opened) {
      if (reply.ok) reply.value.preview.close();
      return false;
    }
    this.opening = '';
    if (!reply.ok) {
      this.status = this.result?.sentence ?? '';
      if (reply.code !== 'cancelled') this.openFault = this.#whyNotOpened(reply);
      return false;
    }
    this.plan = null;
    this.#show(file, reply.value);
    this.original = original;
    this.offers = (await offersOf(enhancer, reply.value)) ?? this.offers;
    const isCurrent = ticket === this.#opened;
    if (isCurrent && this.isSearching) void this.#lookForShake(reply.value);
    return isCurrent;
  }

  #whyNotOpened(trouble: Trouble): string {
    const kept = this.photo ? [t('open.kept', { name: this.photo.name })] : [];
    return [describeProblem(trouble), ...kept].join(' ');
  }

  #show(file: File, photo: OpenedPhoto): void {
    const { layers, view, details } = this.#parts;
    this.#runs++;
    this.#file = file;
    this.run = null;
    this.runFault = '';
    this.result = null;
    this.photo = photo;
    this.isSearching = looksShaken(photo.analysis);
    layers.show(photo.preview, photo, photo.hasAlpha);
    view.show(photo);
    details.show(photo.id);
    const { name, width, height } = photo;
    this.status = t('open.opened', { name, width, height });
  }

  #advance({ patch, ...progress }: JobProgress): void {
    const { layers, details, reducedMotion } = this.#parts;
    if (patch) {
      layers.addPatch(patch.rect, patch.bitmap, !reducedMotion());
      details.refresh();
    }
    if (this.run) this.run = { ...progress, cancelling: this.run.cancelling };
  }

  #finish(recipe: Recipe, report: RunReport): void {
    const scale = scaleOf(recipe);
    const sentence = describeRun(scale, report);
    this.result = { recipe, report, sentence };
    this.#parts.view.native = scale;
    this.status = sentence;
  }

  /** The worker has died: what it held is gone, what the page holds stays. */
  #lose(): void {
    const { layers, view, details } = this.#parts;
    if (!this.photo) return;
    this.result = null;
    view.native = 1;
    layers.dropResult();
    details.reset();
    this.runFault = describeProblem({ problem: 'worker-died', facts: {} });
  }

  /** After the worker has died: opens the same file in a new one, for the same recipe. */
  async #reload(): Promise<void> {
    if (this.#file && (await this.#load(this.#file, this.original))) await this.replan();
  }

  async #revive(): Promise<boolean> {
    const { enhancer } = this.#parts;
    if (enhancer.alive) return true;
    const { recipe } = this;
    await this.#reload();
    return enhancer.alive && recipe === this.recipe && this.canEnhance;
  }
}
