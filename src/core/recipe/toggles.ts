import { withBasis } from './basis';
import { controlsOf, listSteps, withControls, type Recipe } from './recipe';
import type { ControlValue } from './kinds';
import { ownOf, withOwn } from './own';
import type { ControlValues, TaskRow, TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * Whether a task with a checkbox is asked for.
 *
 * @param recipe What was asked.
 * @param row The task's.
 * @returns True where its controls would change something.
 */
export function isToggled(recipe: Recipe, row: TaskRow): boolean {
  const step = { task: row.task, ...controlsOf(recipe, row) };
  return listSteps({ steps: [step] }, undefined, [row]).length > 0;
}

/**
 * A recipe with a task's checkbox set.
 *
 * @param recipe What was asked.
 * @param row The task's.
 * @param isOn Whether it is asked for: then at the controls that it has, or else at its usual ones.
 * @param table The tasks that there are.
 * @returns A new recipe.
 */
export function toggle(
  recipe: Recipe,
  row: TaskRow,
  isOn: boolean,
  table: TaskTable = tasks,
): Recipe {
  if (!isOn) return { ...recipe, steps: recipe.steps.filter(({ task }) => task !== row.task) };
  return isToggled(recipe, row) ? recipe : withControls(recipe, row, usualControls(row), table);
}

/**
 * A recipe with the checkboxes of another, its frame and tone, what was marked for it, and a network of the person's own unless it names one itself:
 * what a person has chosen for a photo beside all that is suggested for it.
 *
 * @param recipe What is suggested, or chosen.
 * @param own What was asked before, of the same photo.
 * @param table The tasks that there are.
 * @returns A new recipe.
 */
export function keepToggles(recipe: Recipe, own: Recipe, table: TaskTable = tasks): Recipe {
  const rows = table.filter((row) => row.toggle && own.steps.some(({ task }) => task === row.task));
  const kept = rows.reduce(
    (before, row) => withControls(before, row, controlsOf(own, row), table),
    recipe,
  );
  const based = keepOwn(withBasis(kept, own), own, table);
  return own.damage ? { ...based, damage: own.damage } : based;
}

/**
 * A recipe with a network of the person's own that another asks for.
 *
 * @param recipe What is suggested, or chosen; where it names such a network itself, that stays.
 * @param other What was asked before, of any photo.
 * @param table The tasks that there are.
 * @returns A new recipe, or the same.
 */
export function keepOwn(recipe: Recipe, other: Recipe, table: TaskTable = tasks): Recipe {
  const kept = ownOf(recipe, table) ? null : ownOf(other, table);
  return kept ? withOwn(recipe, kept, table) : recipe;
}

function usualControls({ controls }: TaskRow): ControlValues {
  const values = Object.entries(controls).flatMap(([name, control]): [string, ControlValue][] =>
    'usual' in control ? [[name, control.usual]] : [],
  );
  return Object.fromEntries(values);
}
