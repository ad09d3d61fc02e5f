import { isSameFinish, neutralFinish, withoutPaint } from './finish';
import type { Finish } from './finish';
import { isSameFrame } from './frame';
import { controlsOf, emptyRecipe, findRow, isSamePlan, withControls, type Recipe } from './recipe';
import type { TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * What a person did to one photo by hand: a recipe of its frame, its marks with the steps that are about them, and what was painted on it
 * or found in it, and of nothing else. What is asked for of many photos leaves it out, and it goes on top.
 */
export type Retouch = Recipe;

/**
 * What was done by hand to the photo that a recipe is for.
 *
 * @param recipe What was asked of it.
 * @param finish How it is finished.
 * @param table The tasks that there are.
 * @returns Null where nothing was.
 */
export function retouchOf(
  recipe: Recipe,
  finish: Finish,
  table: TaskTable = tasks,
): Retouch | null {
  const { frame, damage } = recipe;
  const { mask, faces, tint } = finish;
  const isFramed = frame !== undefined && !isSameFrame(frame, undefined);
  if (!isFramed && !damage && !mask && faces.length === 0 && !tint) return null;
  const isAboutMarks = ({ task }: Recipe['steps'][number]) =>
    findRow(task, table)?.toggle?.isMarked;
  return {
    ...emptyRecipe,
    ...(isFramed && { frame }),
    ...(damage && { damage, steps: recipe.steps.filter(isAboutMarks) }),
    finish: { ...neutralFinish, mask, faces, tint },
  };
}

/**
 * What is asked of a photo that something was done to by hand.
 *
 * @param recipe What is asked of any photo, with its finish.
 * @param retouch What was done to this one; null for nothing.
 * @param table The tasks that there are.
 * @returns A new recipe, or the same.
 */
export function withRetouch(
  recipe: Recipe,
  retouch: Retouch | null,
  table: TaskTable = tasks,
): Recipe {
  if (!retouch) return recipe;
  const { frame, damage, finish, steps } = retouch;
  const { mask, faces, tint } = finish;
  const marked = steps.reduce((before, { task }) => {
    const row = findRow(task, table);
    return row ? withControls(before, row, controlsOf(retouch, row), table) : before;
  }, recipe);
  return {
    ...marked,
    ...(frame && { frame }),
    ...(damage && { damage }),
    finish: { ...withoutPaint(recipe.finish), mask, faces, tint },
  };
}

/**
 * Whether the same was done by hand.
 *
 * @param a One; null for nothing.
 * @param b Another.
 * @returns True where frame, marks and all that was painted are equal.
 */
export function isSameRetouch(a: Retouch | null, b: Retouch | null): boolean {
  if (a === b || !a || !b) return a === b;
  const isSameSteps = JSON.stringify(a.steps) === JSON.stringify(b.steps);
  return isSameSteps && isSamePlan(a, b) && isSameFinish(a.finish, b.finish);
}
