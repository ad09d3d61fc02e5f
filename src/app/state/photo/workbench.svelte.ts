import { looksShaken, suggestWithin } from '../../../core/findings/suggest';
import { withoutPaint, type Finish } from '../../../core/recipe/finish';
import { withBasis } from '../../../core/recipe/basis';
import { limitRecipe } from '../../../core/recipe/offers';
import { keepOwn } from '../../../core/recipe/toggles';
import { isSamePlan, scaleOf, type Recipe } from '../../../core/recipe/recipe';
import { usualFinish } from '../../../core/recipe/usual-finish';
import type { OwnerCalls, WorkerClient } from '../../../worker/client';
import type { OpenedPhoto } from '../../../worker/protocol';
import { t } from '../../i18n/translate';
import type { LaunchedFile } from '../../platform/launches';
import { BenchState } from './bench-state.svelte';
import { followShake } from './closer-look';
import type { DetailLoader } from './detail-loader';
import { FileOpener, type Leaver } from './file-opener';
import { Framer } from './framer';
import type { Layers } from './layers.svelte';
import { Outlook } from './outlook';
import { Runner, type RunParts } from './runner';
import type { StageView } from './stage-view.svelte';

/** What the workbench works with. */
export type WorkbenchParts = RunParts & {
  readonly enhancer: Pick<
    OwnerCalls,
    'open' | 'close' | 'lay' | 'offers' | 'findShake' | 'plan' | 'rehearse'
  > &
    Pick<WorkerClient, 'onDeath'>;
  readonly view: Pick<StageView, 'show'>;
  readonly layers: Pick<Layers, 'show' | 'takeResult' | 'putResult'>;
  readonly details: Pick<DetailLoader, 'show'>;
  /** Whether models may be loaded before they are asked for. */
  readonly mayPrepare: () => boolean;
  /** Whether enlargement and finish of one photo are those of the next; else each begins with what suits it. */
  readonly keepsScale: boolean;
  /** Whether clips open, too. */
  readonly takesClips?: boolean;
};

/** In which order opening, asking, planning and running follow each other, over what {@link BenchState} shows. */
export class Workbench extends BenchState {
  /** Keeps what would be lost with a photo, where that is wanted. */
  leaver: Leaver | null = null;
  /** What the person has asked to be found in the photo, while it is looked for: a run waits for it. */
  finding: Promise<unknown> | null = null;
  /** Settles once the worker looks at the photo in the frame and the tone that are asked for, or cannot. */
  laid: Promise<unknown> = Promise.resolve();
  readonly #parts: WorkbenchParts;
  readonly #opener: FileOpener;
  readonly #outlook: Outlook;
  readonly #framer: Framer;
  readonly #runner: Runner;
  /** Whether the worker that had the photo has died. */
  #isLost = false;
  /** Whether what the photo calls for has still to be asked for. */
  #isNew = false;
  /** The photo that was looked at closer, or is. */
  #lookedAt: OpenedPhoto | null = null;
  /** Whether what was asked for last was asked for before, so that it stays as it is in its frame. */
  #isExact = false;
  #search = Promise.resolve();
  /** Called when a run that waits for the search is wanted no more. */
  #onStop: () => void = () => undefined;

  /** @param parts What the workbench works with; shared with the page. */
  constructor(parts: WorkbenchParts) {
    super();
    const { enhancer, mayPrepare, takesClips = false } = parts;
    this.#parts = parts;
    this.#opener = new FileOpener(enhancer, this, (photo) => this.#show(photo), takesClips);
    this.#outlook = new Outlook(enhancer, this, mayPrepare);
    this.#framer = new Framer(parts, this);
    this.#runner = new Runner(parts, this);
    enhancer.onDeath = () => {
      if (!this.photo) return;
      this.#isLost = true;
      this.#runner.lose();
    };
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
    // Also after a failure: the photo that is kept may have been opened only just before.
    const isNew = this.#isNew;
    this.#isNew = false;
    if (isNew && this.photo) this.#begin(this.photo);
    const isUnplannable = this.plan?.ok === false && this.offers.length === 0;
    if ((isNew && !isUnplannable) || !this.plan) await this.replan();
  }

  /** Opens what was not opened once more. */
  async openAgain(): Promise<void> {
    const { unopened } = this;
    if (unopened) await this.open(unopened.file, unopened.original?.handle);
  }

  /**
   * Changes what is asked for.
   *
   * @param recipe The new recipe, its enlargement the one that its size is reached by; what no model can do is left
   *   out.
   * @param finish How the result is finished; by default as before, at the usual strength if that was so and nothing
   *   is shown yet.
   */
  async ask(recipe: Recipe, finish?: Finish): Promise<void> {
    const before = this.recipe;
    this.onChange();
    this.#isExact = false;
    const asked = limitRecipe(recipe, this.offers);
    this.put(asked, finish ?? (this.result ? this.finish : this.#followFinish(before, asked)));
    this.runFault = '';
    if (this.#isLost) await this.#reload();
    else if (this.isFraming) await this.#reframe();
    else if (!isSamePlan(before, this.recipe)) await this.replan();
  }

  /**
   * Asks for something that was asked for before, whatever its frame calls for.
   *
   * @param recipe The recipe.
   * @param finish How the result was finished.
   */
  async restore(recipe: Recipe, finish: Finish): Promise<void> {
    const asked = this.ask(recipe, finish);
    this.#isExact = true;
    await asked;
  }

  /** Works out again what a run would do; where its time is not known yet, the models are tried out. */
  async replan(): Promise<void> {
    await this.#outlook.renew();
  }

  /**
   * After what did not arrive: asks for the list of models again, where there is none, and plans. What the
   * photo calls for is asked for then, unless the person has chosen otherwise.
   */
  async recover(): Promise<void> {
    this.runFault = '';
    this.plan = null;
    if (this.offers.length === 0) {
      const isAsSuggested = !this.suggestion || this.isAsSuggested;
      const reply = await this.#parts.enhancer.offers();
      if (reply.ok) this.offers = reply.value;
      if (isAsSuggested && this.suggestion) this.recipe = this.suggestion.recipe;
    }
    await this.replan();
  }

  /** Whether what the photo calls for is asked for, so that a new frame asks for what that calls for. */
  get isToFollow(): boolean {
    return this.isAsSuggested && !this.#isExact && !this.run && !this.isWaiting;
  }

  /** Asks for what the photo calls for by now, which is no change of the person's; the caller plans. */
  follow(): void {
    if (!this.suggestion || this.isAsSuggested) return;
    const asked = limitRecipe(this.suggestion.recipe, this.offers);
    this.put(asked, this.#followFinish(this.recipe, asked));
  }

  /** Runs again what failed for something that did not arrive. */
  async retry(): Promise<void> {
    await this.recover();
    await this.enhance();
  }

  /**
   * Runs the recipe, beginning where the person looks. Does nothing while that is not possible. Where it is what
   * the photo calls for, a search for a shake ends first: what is pressed soon is done like what is pressed late.
   *
   * @returns False where it was cancelled, or the photo closed, while it waited for that search.
   */
  async enhance(): Promise<boolean> {
    if (!this.canEnhance || !(await this.#revive())) return true;
    if (!(await this.#searched())) return false;
    // What was found just as it was pressed is planned anew: the press is for that.
    if (this.plan === null) await this.replan();
    if (!this.canEnhance || !this.photo) return true;
    if (this.result) this.put(this.recipe, this.#followFinish(this.result.recipe, this.recipe));
    const hasEnded = await this.#runner.start(this.photo);
    if (hasEnded && !this.#isLost) await this.replan();
    return true;
  }

  /** Stops the run at the end of its tile. */
  async cancel(): Promise<void> {
    if (this.isWaiting) this.status = t('run.cancelled');
    this.#stopWaiting();
    await this.#runner.cancel();
  }

  /** Keeps the photo's file in memory, since the disk's is about to be replaced; false where it has gone. */
  async holdFile(): Promise<boolean> {
    return this.#opener.hold();
  }

  /** Forgets the photo, its result, and what is being opened. What the worker holds is its owner's business. */
  close(): void {
    const { layers, view } = this.#parts;
    this.#opener.outdate();
    this.#runner.clear();
    this.photo = null;
    this.file = null;
    this.original = null;
    this.plan = null;
    this.isSearching = false;
    this.#stopWaiting();
    this.openFault = '';
    this.status = '';
    layers.dropResult();
    view.show(null);
  }

  /** Opens a file; false where another opening has begun meanwhile. */
  async #load(file: File, original: LaunchedFile | null): Promise<boolean> {
    if ((await this.#opener.open(file, original)) === 'overtaken') return false;
    const { photo } = this;
    if (photo && this.isSearching && photo !== this.#lookedAt) {
      this.#lookedAt = photo;
      this.#search = followShake(this.#parts.enhancer, this, photo);
    }
    return true;
  }

  #show(photo: OpenedPhoto): void {
    const { layers, view, details } = this.#parts;
    this.#isLost = false;
    this.#isNew = true;
    this.#framer.forget();
    this.whole = { width: photo.width, height: photo.height };
    this.#runner.clear();
    this.plan = null;
    this.finding = null;
    this.isSearching = looksShaken(photo.analysis);
    this.#stopWaiting();
    layers.show(photo.preview, photo, photo);
    view.show(photo);
    details.show(photo.id);
    const { name, width, height } = photo;
    this.status = t('open.opened', { name, width, height });
  }

  /** True once it is known what the photo calls for, if that is asked for; false where nobody waits for it any more. */
  async #searched(): Promise<boolean> {
    const id = this.photo?.id;
    const isShakeWanted = this.isSearching && this.isAsSuggested;
    if (!isShakeWanted && !this.finding) return true;
    this.isWaiting = true;
    if (isShakeWanted) this.status = t('suggest.searching');
    const all = Promise.all([isShakeWanted && this.#search, this.finding]);
    await Promise.race([all, new Promise<void>((stop) => (this.#onStop = stop))]);
    const isWanted = this.isWaiting && this.photo?.id === id;
    if (isWanted) this.isWaiting = false;
    return isWanted;
  }

  /** The finish, at the strength that is usual for a recipe, if it had that of the one before. */
  #followFinish(before: Recipe, after: Recipe): Finish {
    const { finish } = this;
    if (this.#parts.keepsScale || finish.strength !== usualFinish(before).strength) return finish;
    return { ...finish, strength: usualFinish(after).strength };
  }

  #stopWaiting(): void {
    this.isWaiting = false;
    this.#onStop();
  }

  /** After the worker has died: opens the same file in a new one, for the same recipe. */
  async #reload(): Promise<void> {
    const { file, original } = this;
    if (!file || !(await this.#load(file, original))) return;
    this.#isNew = false;
    if (!this.#isLost) await this.#reframe();
  }

  /** Brings the photo into the frame and the tone that are asked for, where it is in others, and plans. */
  async #reframe(): Promise<void> {
    this.plan = null;
    const following = this.#framer.follow();
    this.laid = Promise.all([this.laid, following]);
    const fault = await following;
    // Whoever has begun plans, too.
    if (fault === null) return;
    if (fault) {
      this.put(withBasis(this.recipe, this.shown), this.finish);
      this.openFault = fault;
    }
    await this.replan();
  }

  /**
   * Asks for what a photo calls for: at the size that suits it and as the networks make it, or both as before; by the network that the
   * person has chosen.
   */
  #begin(photo: OpenedPhoto): void {
    const { start, recipe: before } = this;
    if (!this.#parts.keepsScale && start) {
      this.put(keepOwn(start.recipe, before), start.finish);
      return;
    }
    const { recipe } = suggestWithin(photo.analysis, scaleOf(before), this.offers);
    // What is painted is of the photo that it was painted on.
    this.put(keepOwn(recipe, before), withoutPaint(this.finish));
  }

  /** True where the worker has the photo, perhaps again, and what is asked for is the same as before. */
  async #revive(): Promise<boolean> {
    if (!this.#isLost) return true;
    const { recipe } = this;
    await this.#reload();
    return !this.#isLost && recipe === this.recipe;
  }
}
