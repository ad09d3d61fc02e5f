import type { Reply } from '../../../core/errors';
import { suggestScale, suggestWithin, type Suggestion } from '../../../core/findings/suggest';
import type { Size } from '../../../core/picture/rect';
import { neutralFinish, type Finish } from '../../../core/recipe/finish';
import { isSameBasis, type Basis } from '../../../core/recipe/basis';
import type { Offers } from '../../../core/recipe/offers';
import { isSameWork, scaleOf, type Recipe } from '../../../core/recipe/recipe';
import { keepToggles } from '../../../core/recipe/toggles';
import { recommend } from '../../../core/recipe/recommendation';
import { usualFinish } from '../../../core/recipe/usual-finish';
import type { OpenedPhoto, PlanInfo } from '../../../worker/protocol';
import type { LaunchedFile } from '../../platform/launches';
import type { Unopened } from './file-opener';
import type { RunResult, RunState } from './runner';

/** What a photo calls for, beside what a person has switched on and marked for it. */
function suggestBeside({ analysis }: OpenedPhoto, own: Recipe, offers: Offers): Suggestion {
  const suggestion = suggestWithin(analysis, scaleOf(own), offers);
  return { ...suggestion, recipe: keepToggles(suggestion.recipe, own) };
}

/** The open photo and what is being done to it: all that a page shows of them, and what follows from that. */
export class BenchState {
  photo = $state.raw<OpenedPhoto | null>(null);
  /** Size of the open photo as its file has it; the photo's own is that of its frame. */
  whole = $state.raw<Size>({ width: 1, height: 1 });
  /** Frame and tone that the open photo is shown in; none of them for the photo as it is. */
  shown = $state.raw<Basis>({});
  /** Which picture of a clip lies there, in seconds of its time; 0 for a photo. */
  moment = $state(0);
  /** The file that the open photo came from. */
  file = $state.raw<File | null>(null);
  /** The open photo's file on the disk, where the system gave access to it ("Open with"). */
  original = $state.raw<LaunchedFile | null>(null);
  /** Name of the file that is being opened, or empty. */
  opening = $state('');
  /** Whether a shake is being looked for in the photo. */
  isSearching = $state(false);
  /** Whether a run was asked for that begins when that search has ended. */
  isWaiting = $state(false);
  /** What is asked for. */
  recipe = $state.raw<Recipe>(recommend([], 2));
  /** What this site's models can do; empty until a photo was opened. */
  offers = $state.raw<Offers>([]);
  /** What the open photo calls for at the present scale. */
  readonly suggestion: Suggestion | null = $derived(
    this.photo && suggestBeside(this.photo, this.recipe, this.offers),
  );
  /** What the open photo begins with: what it calls for, at the size that suits it, as strong as suits that. */
  readonly start: { readonly recipe: Recipe; readonly finish: Finish } | null = $derived(
    this.photo && begin(this.photo, this.offers),
  );
  /** What a run of the present recipe would do, or why it is refused; null while that is worked out. */
  plan = $state.raw<Reply<PlanInfo> | null>(null);
  run = $state.raw<RunState | null>(null);
  result = $state.raw<RunResult | null>(null);
  /** Why the last file was not opened, or empty. */
  openFault = $state('');
  /** What may be opened the next time as it is, or null. */
  unopened = $state.raw<Unopened | null>(null);
  /** Why the last run failed, or empty. */
  runFault = $state('');
  /** Whether the last run failed for what did not arrive, and may be tried as it is. */
  isRunWorthRetry = $state(false);
  /** What the live region says. */
  status = $state('');
  /** Called before the person changes what is asked for, or how it is finished. */
  onChange: () => void = () => undefined;

  #finish = $state.raw<Finish>(neutralFinish);

  /** Whether what is said of the last file may be otherwise the next time. */
  get canOpenAgain(): boolean {
    return this.unopened !== null && this.unopened.fault === this.openFault;
  }

  /** How the result is shown and saved. */
  get finish(): Finish {
    return this.#finish;
  }

  set finish(finish: Finish) {
    this.onChange();
    this.#finish = finish;
  }

  /** Sets what is asked for and how it is finished; the caller tells of it, where a person has changed it. */
  protected put(recipe: Recipe, finish: Finish): void {
    this.recipe = recipe;
    this.#finish = finish;
  }

  /** Strength of the finish in whole percent. */
  get strength(): number {
    return Math.round(this.finish.strength * 100);
  }

  set strength(percent: number) {
    this.finish = { ...this.finish, strength: percent / 100 };
  }

  /** Whether the photo is being brought into the frame and the tone that are asked for. */
  get isFraming(): boolean {
    return this.photo !== null && !isSameBasis(this.recipe, this.shown);
  }

  /** Whether the result is what is asked for, so that saving it is the next step. */
  get isDone(): boolean {
    return !this.run && this.result !== null && isSameWork(this.result.recipe, this.recipe);
  }

  /** Whether there is a result of other settings than the present ones. */
  get isStale(): boolean {
    return !this.run && this.result !== null && !this.isDone;
  }

  /** Pixels of the result, of the run's or else of what is asked for, per source pixel. */
  get finalScale(): number {
    return scaleOf(this.run ? this.recipe : (this.result?.recipe ?? this.recipe));
  }

  /** Whether what the photo calls for is asked for. */
  get isAsSuggested(): boolean {
    return this.suggestion !== null && isSameWork(this.recipe, this.suggestion.recipe);
  }

  /** Whether there is a plan, and it changes nothing: neither steps nor the size. */
  get isIdle(): boolean {
    const { photo, plan } = this;
    if (!photo || !plan?.ok || plan.value.steps.length > 0) return false;
    const { width, height } = plan.value.output;
    return width === photo.width && height === photo.height;
  }

  /** Whether pressing Enhance would do something. */
  get canEnhance(): boolean {
    const isPlanned = this.plan?.ok === true && !this.isIdle;
    const isBusy = this.run !== null || this.isWaiting || this.isFraming || this.opening !== '';
    return this.photo !== null && !isBusy && isPlanned;
  }

  /** What the result is saved as: the recipe of its work, at the size that is asked for now. */
  get savedRecipe(): Recipe | null {
    if (!this.result) return null;
    return isSameWork(this.result.recipe, this.recipe) ? this.recipe : this.result.recipe;
  }

  /** The size that the result is saved at; null before the first. */
  get saved(): Size | null {
    const { result, savedRecipe } = this;
    if (!result || !savedRecipe) return null;
    const isAsRun = savedRecipe.size === result.recipe.size;
    return isAsRun || !this.plan?.ok ? result.report.output : this.plan.value.output;
  }
}

function begin(photo: OpenedPhoto, offers: Offers) {
  const { recipe } = suggestWithin(photo.analysis, suggestScale(photo), offers);
  return { recipe, finish: usualFinish(recipe) };
}
