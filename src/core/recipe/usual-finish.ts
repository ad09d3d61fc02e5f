import { neutralFinish, type Finish } from './finish';
import type { AskedStep } from './kinds';
import { findRow, listSteps } from './recipe';
import type { TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * How a result is finished to begin with. The last step's task decides: what Strength mixes the result with is said of
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
  const last = listSteps({ steps }, undefined, table).at(-1);
  const strength = (last && findRow(last.task, table)?.usualStrength) ?? neutralFinish.strength;
  return { ...neutralFinish, strength };
}
