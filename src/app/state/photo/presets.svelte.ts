import { EnhanceError } from '../../../core/errors';
import { parseRecipe } from '../../../core/recipe/parsing';
import { applyPreset, findPreset, presetNames } from '../../../core/recipe/presets';
import { fitScale } from '../../../core/recipe/fitting';
import { isSameFinish, withoutPaint } from '../../../core/recipe/finish';
import type { Frame } from '../../../core/recipe/frame';
import { forAnyPhoto, isSameWork, type Recipe } from '../../../core/recipe/recipe';
import { readSizeText } from '../../../core/recipe/size-text';
import { keepToggles } from '../../../core/recipe/toggles';
import { describeProblem } from '../../i18n/problem';
import { t } from '../../i18n/translate';
import { reframe } from './reframing';
import type { Workbench } from './workbench.svelte';

/** Where presets of the person's own are kept: texts by names. */
export type PresetStore = {
  readonly read: (name: string) => string | null;
  /** Gives false where it is not kept. */
  readonly write: (name: string, value: string) => boolean;
};

/** A preset of the person's own. What it asks for is checked when it is used: another version may have written it. */
export type OwnPreset = { readonly name: string; readonly recipe: unknown };

/** Under which name presets are kept, and what could not be read of them. */
const storageName = 'enlarger.presets';
const damagedName = `${storageName}.damaged`;

/** Most characters of a name. */
const mostName = 60;

/** Most bytes of a file with a recipe. */
const mostFileBytes = 1e5;

/** Presets by subject, and those of the person's own. */
export class Presets {
  /** Of the person's own, in the order in which they were saved. */
  own = $state.raw<readonly OwnPreset[]>([]);
  /** What went wrong last, or empty. */
  fault = $state('');
  readonly #workbench: Workbench;
  readonly #store: PresetStore;
  /** Which was chosen last: its name, or that of one's own behind `own:`. */
  #last = $state('photo');

  /**
   * @param workbench Is asked for what is chosen.
   * @param store Where one's own are kept.
   */
  constructor(workbench: Workbench, store: PresetStore) {
    this.#workbench = workbench;
    this.#store = store;
    this.#read();
  }

  /** What is asked for: the name of a preset, `own:` and the name of one's own, or empty. */
  readonly chosen: string = $derived.by(() => {
    const { suggestion, recipe, finish, offers } = this.#workbench;
    if (!suggestion) return '';
    const own = this.own.find(({ name }) => this.#last === `own:${name}`);
    const kept = own && tryParse(own.recipe);
    const isSame = kept && isSameWork(keepToggles(kept, recipe), recipe);
    if (isSame && isSameFinish(withoutPaint(kept.finish), withoutPaint(finish))) return this.#last;
    const last = presetNames.find((name) => name === this.#last) ?? 'photo';
    return findPreset(last, { recipe, finish }, suggestion, offers) ?? '';
  });

  /**
   * Asks for a preset; nothing happens while a run is going.
   *
   * @param name As {@link Presets.chosen} has it.
   * @param own What a preset by subject is for, where that is not what is asked for now.
   * @param own.frame Its frame.
   * @param own.recipe Its switches and marks.
   */
  choose(
    name: string,
    { frame, recipe }: { frame?: Frame | undefined; recipe?: Recipe } = {},
  ): void {
    const { suggestion, offers, run } = this.#workbench;
    this.fault = '';
    if (run) return;
    const subject = presetNames.find((each) => each === name);
    if (subject && suggestion) {
      const kept = recipe && keepToggles(suggestion.recipe, recipe);
      const suggested = kept ? { ...suggestion, recipe: kept } : suggestion;
      this.#ask(name, applyPreset(subject, suggested, offers), frame);
    }
    const own = this.own.find((each) => name === `own:${each.name}`);
    if (own) this.use(own.name, own.recipe);
  }

  /**
   * Asks for a recipe from outside, or says why not.
   *
   * @param name What it is called.
   * @param value Anything.
   */
  use(name: string, value: unknown): void {
    try {
      const recipe = parseRecipe(value);
      const { photo } = this.#workbench;
      this.#ask(`own:${name}`, recipe.size && photo ? fitScale(recipe, photo) : recipe);
    } catch (error) {
      this.fault = explain(name, value, error);
    }
  }

  /**
   * Asks for a size of the result that came from outside, or says why not.
   *
   * @param text As an address has it.
   */
  useSize(text: string): void {
    const { photo, recipe } = this.#workbench;
    try {
      const size = readSizeText(text, 'size');
      if (photo) void this.#workbench.ask(fitScale({ ...recipe, size }, photo));
    } catch (error) {
      this.fault = explain(`?size=${text.slice(0, mostName)}`, text, error);
    }
  }

  /**
   * Keeps what is asked for, without what is painted and marked, which is no other photo's business.
   *
   * @param name What it is to be called; takes the place of one of the same name.
   * @returns Whether it is kept; else the fault says why.
   */
  save(name: string): boolean {
    const { recipe, finish } = this.#workbench;
    const called = name.trim().slice(0, mostName);
    if (called === '') {
      this.fault = t('preset.nameless');
      return false;
    }
    const isKept = this.#keep({
      name: called,
      recipe: { ...forAnyPhoto(recipe), finish: withoutPaint(finish) },
    });
    if (isKept) this.#last = `own:${called}`;
    return isKept;
  }

  /**
   * Forgets one of the person's own.
   *
   * @param name Which.
   */
  drop(name: string): void {
    this.#write(this.own.filter((each) => each.name !== name));
  }

  /**
   * One of the person's own, or what is asked for now, as the text of a file. Strokes of colour are in it, which are small.
   *
   * @param own Which; what is asked for by default.
   * @returns JSON.
   */
  export(own?: OwnPreset): string {
    const { recipe, finish } = this.#workbench;
    const now = { ...forAnyPhoto(recipe), finish: { ...finish, mask: null, faces: [] } };
    return `${JSON.stringify(own ? own.recipe : now, null, 2)}\n`;
  }

  /**
   * Keeps the recipe of a file, and asks for it.
   *
   * @param file Any file.
   */
  async import(file: File): Promise<void> {
    const name = file.name.replace(/(\.recipe)?\.json$/i, '').slice(0, mostName) || 'recipe';
    const text = file.size > mostFileBytes ? null : await file.text().catch(() => null);
    const value = text === null ? undefined : readJson(text);
    if (value === undefined) {
      this.fault = t('preset.noRecipe', { name: file.name });
      return;
    }
    this.fault = '';
    this.use(name, value);
    if (!this.fault) this.#keep({ name, recipe: value });
  }

  #ask(last: string, recipe: Recipe, framed?: Frame): void {
    const workbench = this.#workbench;
    const { mask, faces, tint } = workbench.finish;
    this.#last = last;
    const { size, damage, frame, tone } = workbench.recipe;
    const wanted = {
      ...recipe,
      ...(frame && !recipe.frame && { frame }),
      ...(tone && !recipe.tone && { tone }),
      ...(size && !recipe.size && { size }),
      ...(damage && { damage }),
    };
    const painted = { ...recipe.finish, mask, faces, tint: recipe.finish.tint ?? tint };
    const asked = { recipe: wanted, finish: painted };
    const { recipe: work, finish } = framed ? reframe(asked, framed, workbench.whole) : asked;
    void workbench.ask(work, finish);
  }

  #keep(preset: OwnPreset): boolean {
    const others = this.own.filter(({ name }) => name !== preset.name);
    return this.#write([...others, preset]);
  }

  #write(own: readonly OwnPreset[]): boolean {
    const isKept = this.#store.write(storageName, JSON.stringify(own));
    this.fault = isKept ? '' : t('preset.notKept');
    // What is not kept can still be used until the page is closed.
    this.own = own;
    return isKept;
  }

  #read(): void {
    const text = this.#store.read(storageName);
    if (text === null) return;
    const list = readJson(text);
    if (Array.isArray(list) && list.every(isOwn)) {
      this.own = list;
      return;
    }
    // The next one saved takes its place.
    this.#store.write(damagedName, text);
    this.fault = t('preset.damaged', { where: damagedName });
  }
}

function isOwn(value: unknown): value is OwnPreset {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && 'name' in value && typeof value.name === 'string' && 'recipe' in value;
}

/** Undefined where it is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function tryParse(value: unknown): Recipe | null {
  try {
    return parseRecipe(value);
  } catch {
    return null;
  }
}

function explain(name: string, value: unknown, error: unknown): string {
  const version = typeof value === 'object' && value !== null && 'v' in value ? value.v : null;
  if (typeof version === 'number' && version > 2) return t('preset.newer', { name });
  const reason = error instanceof EnhanceError ? describeProblem(error) : String(error);
  return t('preset.refused', { name, reason });
}
