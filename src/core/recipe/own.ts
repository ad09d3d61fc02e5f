import type { OwnName } from './kinds';
import { controlsOf, withControls, type Recipe } from './recipe';
import type { TaskRow, TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * Which of a person's own networks a recipe asks for.
 *
 * @param recipe What was asked.
 * @param table The tasks that there are.
 * @returns Its name; null where it asks for none.
 */
export function ownOf(recipe: Recipe, table: TaskTable = tasks): OwnName | null {
  const found = findPlace(table);
  const value = found && controlsOf(recipe, found.row)[found.name];
  // The parser lets nothing else in.
  return (value as OwnName | undefined) ?? null;
}

/**
 * A recipe with one of a person's own networks.
 *
 * @param recipe What was asked.
 * @param own The network; null for none.
 * @param table The tasks that there are.
 * @returns A new recipe.
 */
export function withOwn(recipe: Recipe, own: OwnName | null, table: TaskTable = tasks): Recipe {
  const found = findPlace(table);
  if (!found) return recipe;
  const values = Object.entries(controlsOf(recipe, found.row));
  const others = Object.fromEntries(values.filter(([name]) => name !== found.name));
  return withControls(recipe, found.row, { ...others, ...(own && { [found.name]: own }) }, table);
}

/**
 * A recipe whose own network works elsewhere in the order.
 *
 * @param recipe What was asked; as it is where it names none, or one that enlarges.
 * @param isAfter Whether it works on the enlarged picture, not before.
 * @param table The tasks that there are.
 * @returns A new recipe, or the same.
 */
export function placeOwn(recipe: Recipe, isAfter: boolean, table: TaskTable = tasks): Recipe {
  const own = ownOf(recipe, table);
  if (own?.scale !== 1) return recipe;
  const { sha256, title, scale } = own;
  return withOwn(recipe, { sha256, title, scale, ...(isAfter && { after: true }) }, table);
}

/** The task that takes such a network, and the control that names it. */
function findPlace(table: TaskTable): { readonly row: TaskRow; readonly name: string } | null {
  for (const row of table) {
    const name = Object.keys(row.controls).find((each) => row.controls[each]?.kind === 'own');
    if (name) return { row, name };
  }
  return null;
}
