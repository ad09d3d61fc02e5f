import { neutralFinish, type Finish } from './finish';
import type { AskedStep } from './kinds';
import { findRow, listSteps } from './recipe';
import type { TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * How a result is finished to begin with: the last step's task decides, since what Strength mixes the result with is said
 * of that, too. Steps that take damage away are in all that is mixed, and so do not count.
 *
 * @param recipe What is done.
 * @param recipe.steps Its steps.
 * @param table The tasks that there are.
 * @returns The neutral finish, at the strength that suits the task.
 */
export function usualFinish(
  { steps }: { readonly steps: readonly AskedStep[] },
  table: TaskTable = tasks,
): Finish {
  const rows = listSteps({ steps }, undefined, table).map(({ task }) => findRow(task, table));
  const strength = rows.at(-1)?.usualStrength ?? neutralFinish.strength;
  return { ...neutralFinish, strength };
}
