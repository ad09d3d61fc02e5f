import { limitRecipe, type Offers } from './offers';
import type { Reason } from './reasons';
import { controlsIn, isSameWork, scaleOf, type Recipe, type RecipeStep } from './recipe';
import type { Leaning, TaskTable } from './task-row';
import { tasks } from './tasks';
import { usualFinish } from './usual-finish';

/** What one photo may be asked for, from the mildest to the strongest. */
export const alternativeNames = ['gentle', 'auto', 'more'] as const;

/** See {@link alternativeNames}. */
export type AlternativeName = (typeof alternativeNames)[number];

/** A recipe, and how it stands to what the photo calls for. */
export type Alternative = { readonly name: AlternativeName; readonly recipe: Recipe };

/** Strength of a finish that shows half of the networks' work: where there are no milder ones. */
const halfStrength = 0.5;

/**
 * What else a photo may be asked for than it calls for, at the same scale.
 *
 * @param suggested What it calls for.
 * @param suggested.recipe The recipe.
 * @param suggested.reasons What was found.
 * @param offers What the site's models can do.
 * @param table The tasks that there are.
 * @returns One of each name, in their order, finished as it usually is. Where no milder work is known, the gentle one is the same work
 *   with a finish of half its strength; where no stronger one is, "more" is the same as "auto".
 */
export function listAlternatives(
  { recipe, reasons }: { readonly recipe: Recipe; readonly reasons: readonly Reason[] },
  offers: Offers,
  table: TaskTable = tasks,
): readonly Alternative[] {
  const finished = (asked: Recipe) => ({ ...asked, finish: usualFinish(asked, table) });
  const lean = (leaning: Leaning) =>
    finished(limitRecipe(vary(recipe, reasons, leaning, table), offers));
  const auto = finished(recipe);
  const less = lean('less');
  const finish = { ...auto.finish, strength: auto.finish.strength * halfStrength };
  const gentle = isSameWork(less, recipe) ? { ...recipe, finish } : less;
  return [
    { name: 'gentle', recipe: gentle },
    { name: 'auto', recipe: auto },
    { name: 'more', recipe: lean('more') },
  ];
}

/**
 * Which alternative is asked for.
 *
 * @param alternatives As {@link listAlternatives} gives them.
 * @param recipe What is asked for.
 * @param strength The finish's strength, 0..1, which tells alternatives of the same work apart.
 * @returns The name, or null where it is something else.
 */
export function findAlternative(
  alternatives: readonly Alternative[],
  recipe: Recipe,
  strength: number,
): AlternativeName | null {
  const same = alternatives.filter((each) => isSameWork(each.recipe, recipe));
  const exact = same.find((each) => each.recipe.finish.strength === strength);
  return (exact ?? same.find(({ name }) => name === 'auto') ?? same[0])?.name ?? null;
}

function vary(
  recipe: Recipe,
  reasons: readonly Reason[],
  leaning: Leaning,
  table: TaskTable,
): Recipe {
  const scale = scaleOf(recipe, table);
  const steps = table.flatMap((row) => {
    const own = recipe.steps.filter(({ task }) => task === row.task);
    if (!row.vary) return own;
    const varied = row.vary(own[0] ? controlsIn(own[0]) : null, leaning, { reasons, scale });
    // A row's own controls make a step of its task.
    return varied ? [{ task: row.task, ...varied } as unknown as RecipeStep] : [];
  });
  return { ...recipe, steps };
}
