import { neutralFinish, type Finish } from './finish';
import type { AskedStep } from './kinds';
import { findRow, listSteps } from './recipe';
import type { TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * How a result is finished to begin with. All of it is shown where a person has switched a task on; else the last step's task
 * decides: what Strength mixes the result with is said of
 * that, too.
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
  // What a person has switched on is wanted whole: a part of the original mixed in would bring its damage back.
  const usual = rows.some((row) => row?.toggle) ? undefined : rows.at(-1)?.usualStrength;
  const strength = usual ?? neutralFinish.strength;
  return { ...neutralFinish, strength };
}
