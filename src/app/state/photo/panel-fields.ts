import type { ControlValue, Search } from '../../../core/recipe/kinds';
import { isUsable, type Offers } from '../../../core/recipe/offers';
import { isToggled, toggle } from '../../../core/recipe/toggles';
import {
  controlsOf,
  listSteps,
  withControls,
  withoutSize,
  type Recipe,
} from '../../../core/recipe/recipe';
import type {
  ChoiceControl,
  ChoiceOption,
  PercentControl,
  TaskRow,
  TaskTable,
} from '../../../core/recipe/task-row';

/** A control of a task, as the panel shows it; `Word` is the name of a phrase. */
export type PanelField<Word extends string = string> = PercentField<Word> | ChoiceField<Word>;

/** A slider to 100. */
export type PercentField<Word extends string = string> = {
  readonly kind: 'percent';
  /** Names the control among all. */
  readonly key: string;
  /** 1 where 0 is said by a checkbox. */
  readonly least: 0 | 1;
  readonly words: PercentControl<Word>['words'];
  /** The search whose findings it is about, where it is about any. */
  readonly search?: Search;
  readonly value: number;
  /** The recipe with another value. */
  change(value: number): Recipe;
};

/** A row of buttons. */
export type ChoiceField<Word extends string = string> = {
  readonly kind: 'choice';
  /** Names the control among all. */
  readonly key: string;
  readonly words: ChoiceControl<Word>['words'];
  readonly options: readonly ChoiceOption<Word>[];
  readonly value: number | string;
  /** Whether the machine's pace decides, as long as nobody does. */
  readonly isByPace: boolean;
  /** The recipe with another value. */
  change(value: number | string): Recipe;
};

/** A checkbox for a task, and what can be set of it. */
export type ToggleField<Word extends string = string> = {
  /** The task's. */
  readonly key: string;
  readonly words: { readonly name: Word; readonly hint: Word };
  /** Whether it is for what is marked on the picture. */
  readonly isMarked: boolean;
  readonly value: boolean;
  /** In the order of the panel; none where it is off. */
  readonly fields: readonly PanelField<Word>[];
  /** The recipe with another value. */
  change(value: boolean): Recipe;
};

/**
 * The checkboxes that a recipe can be set by, with the values that it has.
 *
 * @param recipe What is asked for.
 * @param offers What the site's models can do.
 * @param table The tasks that there are.
 * @returns In the order of the panel.
 */
export function listToggles<Word extends string>(
  recipe: Recipe,
  offers: Offers,
  table: TaskTable<Word>,
): readonly ToggleField<Word>[] {
  const rows = table.toSorted((a, b) => a.place - b.place);
  return rows.flatMap((row) => {
    if (!row.toggle) return [];
    const { name, hint, isMarked = false } = row.toggle;
    const value = isToggled(recipe, row);
    const fields = value ? listRow(recipe, offers, row, table) : [];
    const change = (isOn: boolean) => toggle(recipe, row, isOn, table);
    return [{ key: row.task, words: { name, hint }, isMarked, value, fields, change }];
  });
}

/**
 * The controls that a recipe can be set by, with the values that it has.
 *
 * @param recipe What is asked for.
 * @param offers What the site's models can do: what they cannot has no field.
 * @param table The tasks that there are.
 * @returns In the order of the panel, without those of {@link listToggles}.
 */
export function listFields<Word extends string>(
  recipe: Recipe,
  offers: Offers,
  table: TaskTable<Word>,
): readonly PanelField<Word>[] {
  const rows = table.toSorted((a, b) => a.place - b.place);
  return rows.flatMap((row) => (row.toggle ? [] : listRow(recipe, offers, row, table)));
}

function listRow<Word extends string>(
  recipe: Recipe,
  offers: Offers,
  row: TaskRow<Record<string, ControlValue>, Word>,
  table: TaskTable<Word>,
): readonly PanelField<Word>[] {
  const values = controlsOf(recipe, row);
  const isFound = (search?: Search) => !search || offers.some(({ task }) => task === search);
  return Object.entries(row.controls).flatMap(([name, control]): readonly PanelField<Word>[] => {
    const key = `${row.task}.${name}`;
    const isSize = name === 'scale';
    // A target of the person's own is none of the choices.
    const value = isSize && recipe.size ? '' : values[name];
    const change = (changed: number | string) => {
      const asked = withControls(recipe, row, { ...values, [name]: changed }, table);
      return isSize ? withoutSize(asked) : asked;
    };
    if (control.kind === 'percent' && typeof value === 'number')
      return isUsable(row, values, offers) && isFound(control.search)
        ? [
            {
              kind: control.kind,
              key,
              least: row.toggle ? 1 : 0,
              words: control.words,
              ...(control.search && { search: control.search }),
              value,
              change,
            },
          ]
        : [];
    if (control.kind !== 'choice' || typeof value === 'object') return [];
    const { kind, words, isOffered, usual, off, isByPace = false } = control;
    if (value === undefined && !isByPace) return [];
    const canSet = (option: ChoiceOption) =>
      isUsable(row, { ...values, [name]: option.value }, offers);
    const others = control.options.filter((option) => option.value !== usual);
    if (isOffered && !others.every(canSet)) return [];
    // With a network of the person's own there may be nothing to choose between.
    const work = control.options.map((option) => {
      const step = { task: row.task, ...values, [name]: option.value };
      return JSON.stringify(listSteps({ steps: [step] }, undefined, [row]));
    });
    if (isOffered && work.every((each) => each === work[0])) return [];
    // Doing nothing makes sense only where something else can be done.
    const isIdle = !table.some(
      (each) => each !== row && !each.toggle && isUsable(each, controlsOf(recipe, each), offers),
    );
    const options = control.options.filter((each) => each.value !== off || !isIdle);
    return [{ kind, key, words, options, value: value ?? usual, isByPace, change }];
  });
}
