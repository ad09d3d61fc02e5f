import { neutralFinish } from './finish';
import type { AskedStep, Scale } from './kinds';
import type { Reason, ReasonKind } from './reasons';
import type { Recipe, RecipeStep } from './recipe';
import type { TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * The recipe that answers what was found in a photo, and does nothing that is not needed.
 *
 * @param reasons What was found; each kind once at most.
 * @param scale The enlargement that is wanted.
 * @param table The tasks that there are, asked in their order.
 * @returns A recipe of that scale.
 */
export function recommend(
  reasons: readonly Reason[],
  scale: Scale,
  table: TaskTable = tasks,
): Recipe {
  const answered = new Set<ReasonKind>();
  const steps: AskedStep[] = [];
  for (const row of table) {
    const controls = row.suggest({ reasons, scale, answered });
    if (!controls) continue;
    for (const kind of row.answers) answered.add(kind);
    steps.push({ task: row.task, ...controls });
  }
  // A row's suggestion holds its own controls.
  return {
    v: 2,
    steps: steps as readonly AskedStep[] as readonly RecipeStep[],
    finish: neutralFinish,
  };
}
