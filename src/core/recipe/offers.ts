import type { AskedStep, NetworkKind, OwnName, Search } from './kinds';
import { controlsIn, listSteps, type Recipe, type RecipeStep, type Step } from './recipe';
import type { ControlValues, TaskRow, TaskTable } from './task-row';
import { tasks, type StepTask } from './tasks';

/** What one model does, and what it is chosen by. */
export type Ability = Pick<NetworkKind, 'variant' | 'tier'> & {
  readonly task: StepTask | Search;
  readonly scale: OwnName['scale'];
};

/** What a site's models can do. */
export type Offers = readonly Ability[];

/**
 * Whether a site's models can do a step.
 *
 * @param row The task's row.
 * @param controls The step's controls.
 * @param offers What the models can do.
 * @returns True where there is a model for each of its networks, and where it does nothing.
 */
export function isOffered(row: TaskRow, controls: ControlValues, offers: Offers): boolean {
  const has = (step: Step) =>
    step.kind !== 'network' ||
    // Whether it is on this device is told when it is planned.
    step.own !== undefined ||
    offers.some(
      ({ task, scale, variant, tier = 'fast' }) =>
        task === step.task &&
        scale === step.scale &&
        variant === step.variant &&
        tier === (step.tier ?? tier),
    );
  return listSteps({ steps: [{ task: row.task, ...controls }] }, undefined, [row]).every(has);
}

/**
 * Whether there is anything that a site's models can do for a task.
 *
 * @param row The task's row.
 * @param controls How it is set; what can be said in percent is taken as 100.
 * @param offers What the models can do.
 * @returns True where the task would change something, and there is a model for it.
 */
export function isUsable(row: TaskRow, controls: ControlValues, offers: Offers): boolean {
  const full = Object.entries(row.controls).flatMap(([name, { kind }]) =>
    kind === 'percent' ? [[name, 100] as const] : [],
  );
  const set = { ...controls, ...Object.fromEntries(full) };
  const steps = listSteps({ steps: [{ task: row.task, ...set }] }, undefined, [row]);
  return steps.length > 0 && isOffered(row, set, offers);
}

/**
 * A recipe without what no model of a site can do. The scale stays as it is.
 *
 * @param recipe What is wished for.
 * @param offers What the site's models can do.
 * @param table The tasks that there are.
 * @returns What can be asked for.
 */
export function limitRecipe(recipe: Recipe, offers: Offers, table: TaskTable = tasks): Recipe {
  const steps = recipe.steps.flatMap((step): readonly RecipeStep[] => {
    const row = table.find(({ task }) => task === step.task);
    if (!row) return [step];
    if (!row.retreat) return isOffered(row, controlsIn(step), offers) ? [step] : [];
    let controls: ControlValues | null = controlsIn(step);
    let asked = controls;
    while (controls && !isOffered(row, controls, offers)) {
      controls = row.retreat(controls);
      asked = controls ?? asked;
    }
    // Controls that are the row's own make a step of its task.
    return [{ task: step.task, ...asked } as AskedStep as RecipeStep];
  });
  return { ...recipe, steps };
}
