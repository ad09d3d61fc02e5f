import { findRow, listWork, type Recipe, type Step } from './recipe';
import type { TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * How many of a recipe's first steps take damage away. What they make of the photo is the ground that the finish mixes the
 * work of all others with: what was healed stays healed at any strength.
 *
 * @param steps In the order of work.
 * @param table The tasks that there are.
 * @returns 0 where the ground is the photo itself.
 */
export function countGround(
  steps: readonly Pick<Step, 'task'>[],
  table: TaskTable = tasks,
): number {
  const first = steps.findIndex(({ task }) => !findRow(task, table)?.isGround);
  return first < 0 ? steps.length : first;
}

/**
 * Whether what a recipe's result is mixed with is not the photo itself.
 *
 * @param recipe What was asked.
 * @returns True where its first step takes damage away.
 */
export function hasGround(recipe: Recipe): boolean {
  return countGround(listWork(recipe)) > 0;
}
