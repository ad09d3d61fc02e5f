import { mostFaces, type Face } from '../../../core/recipe/faces';
import { neutralFinish, type Finish, type Mask } from '../../../core/recipe/finish';
import { controlsOf, type Recipe } from '../../../core/recipe/recipe';
import { tasks } from '../../../core/recipe/tasks';
import { neutralTone, toneNames } from '../../../core/recipe/tone';
import type { Workbench } from './workbench.svelte';

/** What is asked for and how it is finished, at one moment. */
export type Wish = { readonly recipe: Recipe; readonly finish: Finish };

/** A wish that was changed, and when, in milliseconds: NaN where that was done anew, which is a step for itself. */
type Left = Wish & { readonly at: number };

/** Movements of one slider that follow each other this soon are one, in milliseconds. */
const slideMs = 800;

/** Most bytes of masks that are kept to go back to: some twenty of the largest that are painted. */
const mostMaskBytes = 64e6;

/** Parts of a finish that sliders move. */
const slidingParts = new Set([
  ...['finish.strength', 'finish.grain', 'finish.sharpen'],
  ...toneNames.map((name) => `tone.${name}`),
  ...Array.from({ length: mostFaces }, (_, i) => `face.${i}.amount`),
  ...Object.entries(neutralFinish.grade).flatMap(([name, value]) =>
    typeof value === 'number' ? [`grade.${name}`] : [],
  ),
]);

/** Undoes and redoes what the person changes of the open photo's recipe and finish. */
export class History {
  readonly #workbench: Workbench;
  readonly #now: () => number;
  /** Of which photo the steps are. */
  #photo = $state(0);
  #past = $state.raw<readonly Left[]>([]);
  #future = $state.raw<readonly Wish[]>([]);
  #isRestoring = false;

  /**
   * @param workbench Whose changes are kept; it tells of them from now on.
   * @param now A clock, in milliseconds.
   */
  constructor(workbench: Workbench, now = () => performance.now()) {
    this.#workbench = workbench;
    this.#now = now;
    workbench.onChange = () => this.#note();
  }

  /** Whether there is a change to be undone; not while a run is going. */
  get canUndo(): boolean {
    return this.#isUsable && join(this.#past, this.#wish).length > 0;
  }

  /** Whether a change was undone that can be done again. */
  get canRedo(): boolean {
    return this.#isUsable && this.#future.length > 0;
  }

  /** All that was asked for since the photo was opened, the first first: the present, and what was undone behind it. */
  get wishes(): readonly Wish[] {
    if (this.#workbench.photo?.id !== this.#photo) return [this.#wish];
    return [...join(this.#past, this.#wish), this.#wish, ...this.#future.toReversed()];
  }

  /** Which of the {@link wishes} is the present one. */
  get position(): number {
    return this.#workbench.photo?.id === this.#photo ? join(this.#past, this.#wish).length : 0;
  }

  /** Takes the last change back, where there is one. */
  undo(): void {
    if (this.canUndo) this.go(this.position - 1);
  }

  /** Makes the change anew that was undone last, where there is one. */
  redo(): void {
    if (this.canRedo) this.go(this.position + 1);
  }

  /**
   * Goes to something that was asked for before, or was undone; not while a run is going.
   *
   * @param index Which of the {@link wishes}.
   */
  go(index: number): void {
    const { wishes, position } = this;
    const wish = wishes[index];
    if (!wish || index === position || !this.#isUsable) return;
    const past = join(this.#past, this.#wish);
    const again = wishes.slice(position, index).map((each) => ({ ...each, at: NaN }));
    this.#past = [...past.slice(0, index), ...again];
    this.#future = wishes.slice(index + 1).toReversed();
    this.#restore(wish);
  }

  /** Sets everything to what the photo began with, in one step; not while a run is going. */
  reset(): void {
    const { start, photo, run } = this.#workbench;
    if (start && photo && run === null) void this.#workbench.ask(start.recipe, start.finish);
  }

  get #isUsable(): boolean {
    const { photo, run } = this.#workbench;
    return photo?.id === this.#photo && run === null;
  }

  get #wish(): Wish {
    const { recipe, finish } = this.#workbench;
    return { recipe, finish };
  }

  /** Something is about to be changed. */
  #note(): void {
    const { photo } = this.#workbench;
    if (this.#isRestoring || !photo) return;
    const past = photo.id === this.#photo ? join(this.#past, this.#wish) : [];
    this.#photo = photo.id;
    this.#past = forgetFar([...past, { ...this.#wish, at: this.#now() }]);
    this.#future = [];
  }

  #restore({ recipe, finish }: Wish): void {
    this.#isRestoring = true;
    void this.#workbench.restore(recipe, finish);
    this.#isRestoring = false;
  }
}

/** Without the first of them, where all their masks take too much memory. */
function forgetFar(past: readonly Left[]): readonly Left[] {
  let seen: readonly (Mask | null | undefined)[] = [];
  let bytes = 0;
  const first = past.findLastIndex(({ recipe: { damage }, finish: { mask } }) => {
    const held = [damage, mask];
    for (const each of held) if (each && !seen.includes(each)) bytes += each.values.byteLength;
    seen = held;
    return bytes > mostMaskBytes;
  });
  return past.slice(first + 1);
}

/** The wishes that can be gone back to: none that changed nothing, and one for each movement of a slider. */
function join(past: readonly Left[], present: Wish): readonly Left[] {
  const [before, last] = [past.at(-2), past.at(-1)];
  if (!last) return past;
  const changed = differences(last, present);
  if (changed.length === 0) return past.slice(0, -1);
  // Never so of what was done anew.
  const isSoon = before !== undefined && last.at - before.at <= slideMs;
  if (!isSoon || !isSlide(changed)) return past;
  if (moved(differences(before, last)).join() !== moved(changed).join()) return past;
  // The slider may be back where it was.
  return join([...past.slice(0, -2), { ...before, at: last.at }], present);
}

/** Without the marks, which what a slider finds moves with it. */
const moved = (changed: readonly string[]) => changed.filter((name) => name !== 'damage');

function isSlide(changed: readonly string[]): boolean {
  const [name = '', ...others] = moved(changed);
  const [task, control = ''] = name.split('.');
  const row = tasks.find((each) => each.task === task);
  const controls: Readonly<Record<string, { readonly kind: string }>> = row?.controls ?? {};
  return others.length === 0 && (slidingParts.has(name) || controls[control]?.kind === 'percent');
}

/** The names of all that two wishes differ in. */
function differences(a: Wish, b: Wish): readonly string[] {
  const [left, right] = [partsOf(a), partsOf(b)];
  return Object.keys(left).filter((name) => left[name] !== right[name]);
}

/** Where faces are, and how each is treated. */
function partsOfFaces(faces: readonly Face[]): readonly [string, unknown][] {
  const places = faces.map(({ x, y, width, height }) => [x, y, width, height]);
  return [
    ['faces', JSON.stringify(places)],
    ...Array.from({ length: mostFaces }, (_, i): [string, unknown] => [
      `face.${i}.amount`,
      faces[i]?.amount,
    ]),
    ['faces.gentle', JSON.stringify(faces.map(({ isGentle }) => isGentle))],
  ];
}

/** What a wish consists of, by name; a mask, which may be large, as itself. */
function partsOf({ recipe, finish }: Wish): Readonly<Record<string, unknown>> {
  const controls = tasks.flatMap((row) => {
    const values = controlsOf(recipe, row);
    return Object.keys(row.controls).map((name): [string, unknown] => [
      `${row.task}.${name}`,
      JSON.stringify(values[name]),
    ]);
  });
  const { grade, faces, ...others } = finish;
  const parts = Object.entries(others).map(([name, value]): [string, unknown] => [
    `finish.${name}`,
    name === 'mask' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries<unknown>([
    ['frame', JSON.stringify(recipe.frame)],
    ['tone.negative', JSON.stringify(recipe.tone?.negative)],
    ...toneNames.map((name): [string, unknown] => [
      `tone.${name}`,
      (recipe.tone ?? neutralTone)[name],
    ]),
    ['size', JSON.stringify(recipe.size)],
    ['wrap', recipe.wrap],
    ['damage', recipe.damage],
    ...controls,
    ...parts,
    ...partsOfFaces(faces),
    ...Object.entries(grade).map(([name, value]): [string, unknown] => [`grade.${name}`, value]),
  ]);
}
