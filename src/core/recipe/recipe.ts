import type { SavedFormat } from '../format';
import { isSameMask, neutralFinish, type Finish, type Mask } from './finish';
import { isSameBasis, type Basis } from './basis';
import { hasMarks } from './marks';
import {
  scales,
  type formerCrisp,
  type AskedStep,
  type ControlValue,
  type Known,
  type Scale,
  type StepKind,
  type Tier,
} from './kinds';
import type { ControlValues, TaskRow, TaskTable } from './task-row';
import type { TargetSize } from './target-size';
import { tasks, type StepTask, type TaskControls } from './tasks';

/** One step of a {@link Recipe}: what it is for, and its controls. */
export type RecipeStep = {
  readonly [Task in StepTask]: { readonly task: Task } & TaskControls[Task];
}[StepTask];

/** What a person asked for: serialisable and versioned; the same in the app, the worker and a URL. */
export type Recipe = Basis & {
  readonly v: 2;
  /** In the order of work, each task once at most. A step may be set to do nothing. */
  readonly steps: readonly RecipeStep[];
  /** What moves after a run, without another. */
  readonly finish: Finish;
  /**
   * How large the saved picture is to be, where that is not the result's own size: what is done is enlarged by the
   * scale that is nearest, and resampled when it is saved.
   */
  readonly size?: TargetSize;
  /**
   * Where the photo is damaged, as a person has marked it, on the grid of masks: above 128 it is to be healed. Of that
   * one photo: it does not go with the recipe to another.
   */
  readonly damage?: Mask;
  /** Whether opposite edges belong together, as those of a tileable texture do: they still fit afterwards. */
  readonly wrap?: true;
};

/** Version 1 of a {@link Recipe}, which is still read everywhere. */
export type RecipeV1 = {
  readonly v: 1;
  /** In percent, 0..100: of noise with a sigma of 50 of 255, and 100 less the JPEG quality to repair. */
  readonly clean?: TaskControls['clean'];
  /** How much of the deblurred picture is mixed in, in percent, 0..100. */
  readonly deblur?: number;
  readonly scale: Scale;
  /** Which enlarger; without meaning at scale 1. */
  readonly variant: TaskControls['upscale']['variant'] | typeof formerCrisp;
  /** Of which tier; what the machine has the pace for where it is left out. */
  readonly tier?: Tier;
};

/** What a result's file says of the photo beside its pixels. */
export type MetadataWish = {
  /** Whether it says what the photo's file said; else it says nothing at all. */
  readonly keep: boolean;
  /** Whether place, owner and serial numbers are left out, and the maker note, which may hold them. */
  readonly isAnonymous: boolean;
  /** Whether it says that the picture was enhanced by a program. */
  readonly mark: boolean;
};

/** How to write the result. */
export type SaveOptions = {
  readonly format: SavedFormat;
  /** 1..100; only where the format is lossy. */
  readonly quality: number;
  /** Of WebP: whether it keeps every pixel, whatever the quality; by default as the photo did. */
  readonly lossless?: boolean;
  /** Bits a sample, where the format has a choice; by default the photo's own. */
  readonly depth?: 8 | 16;
  /** How the result is finished; neutral where it is left out. */
  readonly finish?: Finish;
  /** The finish's strength, for short, in place of the finish's own: 0 is the photo without the networks' work, resampled. */
  readonly strength?: number;
  /** Nothing is said where it is left out. */
  readonly metadata?: MetadataWish;
  /** Its size, and with a print the density that the file tells; by default the result's own size, the photo's density. */
  readonly size?: TargetSize;
};

/** One piece of a recipe's work, and the task that it is done for. */
export type Step<Kind extends StepKind = StepKind> = Kind & { readonly task: StepTask };

/** Nothing was looked for in the photo and found; what is to be healed is asked for, whatever is marked. */
const nothingFound: Known = { shake: 'none', damage: 'found' };

/** The recipe that does nothing. */
export const emptyRecipe: Recipe = { v: 2, steps: [], finish: neutralFinish };

/**
 * The work that a recipe asks for.
 *
 * @param recipe What was asked.
 * @param recipe.steps Its steps; also those inside of a region.
 * @param known What is known of the photo; by default, nothing that would add to the work.
 * @param table The tasks that there are.
 * @returns The steps in the order of work; none where the result is the photo itself.
 */
export function listSteps(
  { steps }: { readonly steps: readonly AskedStep[] },
  known: Known = nothingFound,
  table: TaskTable = tasks,
): readonly Step[] {
  const isAhead = ({ task }: AskedStep) => findRow(task, table)?.isAhead ?? false;
  const inOrder = [...steps.filter(isAhead), ...steps.filter((step) => !isAhead(step))];
  return inOrder.flatMap((step) => {
    const { task } = step;
    const kinds = findRow(task, table)?.steps(controlsIn(step), known) ?? [];
    // The parser lets only the table's tasks in.
    return kinds.map((kind): Step => ({ ...kind, task: task as StepTask }));
  });
}

/**
 * The row of a task.
 *
 * @param task Its name.
 * @param table The tasks that there are.
 * @returns The row, or undefined.
 */
export function findRow<Word extends string>(
  task: string,
  table: TaskTable<Word>,
): TaskRow<ControlValues, Word> | undefined {
  return table.find((row) => row.task === task);
}

/**
 * By how much a recipe enlarges.
 *
 * @param recipe What was asked.
 * @param recipe.steps Its steps.
 * @param table The tasks that there are.
 * @returns The scale of the result.
 */
export function scaleOf(
  { steps }: { readonly steps: readonly AskedStep[] },
  table: TaskTable = tasks,
): Scale {
  const product = listSteps({ steps }, nothingFound, table).reduce(
    (scale, step) => scale * (step.kind === 'network' ? step.scale : 1),
    1,
  );
  return scales.find((scale) => scale === product) ?? 1;
}

/**
 * What a recipe says of a task.
 *
 * @param recipe What was asked.
 * @param recipe.steps Its steps.
 * @param row The task's.
 * @returns The controls of its first step; where it has none, controls that change nothing.
 */
export function controlsOf(
  { steps }: { readonly steps: readonly AskedStep[] },
  row: TaskRow,
): ControlValues {
  const step = steps.find(({ task }) => task === row.task);
  return step ? controlsIn(step) : idleControls(row);
}

/**
 * A step without its task.
 *
 * @param step One of any task.
 * @returns Its controls.
 */
export function controlsIn(step: AskedStep): ControlValues {
  return Object.fromEntries(Object.entries(step).filter(([name]) => name !== 'task'));
}

/**
 * A recipe with other controls of a task.
 *
 * @param recipe What was asked.
 * @param row The task's.
 * @param controls All of its controls; where there is no such step, one is put in its place among the others.
 * @param table The tasks that there are.
 * @returns A new recipe.
 */
export function withControls(
  recipe: Recipe,
  row: TaskRow,
  controls: ControlValues,
  table: TaskTable = tasks,
): Recipe {
  const place = (task: string) => table.findIndex((each) => each.task === task);
  const others = recipe.steps.filter(({ task }) => task !== row.task);
  // Controls that are the row's own make a step of its task.
  const step = { task: row.task, ...withoutUnsaid(row, controls) } as AskedStep as RecipeStep;
  const steps = [...others, step].sort((a, b) => place(a.task) - place(b.task));
  return { ...recipe, steps };
}

/**
 * A recipe for another size.
 *
 * @param recipe What was asked.
 * @param scale By how much to enlarge.
 * @param table The tasks that there are; the first that has a control of the name `scale` gets it.
 * @returns A new recipe.
 */
export function withScale(recipe: Recipe, scale: Scale, table: TaskTable = tasks): Recipe {
  const row = table.find(({ controls }) => 'scale' in controls);
  return row ? withControls(recipe, row, { ...controlsOf(recipe, row), scale }, table) : recipe;
}

/**
 * A recipe without the marks of damage of its photo.
 *
 * @param recipe What was asked.
 * @returns A new recipe.
 */
export function withoutMarks({ damage: _, ...recipe }: Recipe): Recipe {
  return recipe;
}

/**
 * A recipe without what is of one photo alone: its frame, and its marks of damage.
 *
 * @param recipe What was asked.
 * @returns A new recipe, for other photos.
 */
export function forAnyPhoto({ frame: _, ...recipe }: Recipe): Recipe {
  return withoutMarks(recipe);
}

/**
 * A recipe without a target size: what is saved is as large as what is done.
 *
 * @param recipe What was asked.
 * @returns A new recipe.
 */
export function withoutSize({ size: _, ...recipe }: Recipe): Recipe {
  return recipe;
}

/** What a task's controls are where there is no step of it. */
function idleControls(row: TaskRow): ControlValues {
  const values = Object.entries(row.controls).flatMap(
    ([name, control]): [string, ControlValue][] => {
      if (control.kind === 'own') return [];
      if (control.kind === 'percent') return [[name, 0]];
      return [[name, control.kind === 'choice' ? (control.off ?? control.usual) : []]];
    },
  );
  return withoutUnsaid(row, Object.fromEntries(values));
}

/**
 * Controls as they are written: those that the machine's pace decides on are not.
 *
 * @param row The task's.
 * @param values A value for any of its controls.
 * @returns The others, and those that are not left to the pace.
 */
export function withoutUnsaid({ controls }: TaskRow, values: ControlValues): ControlValues {
  const isUnsaid = (name: string) => {
    const control = controls[name];
    return control?.kind === 'choice' && control.isByPace && values[name] === control.usual;
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isUnsaid(name)));
}

/**
 * Whether two recipes ask for the same work.
 *
 * @param a One.
 * @param b Another.
 * @returns True where they make the same result of every photo; their finish is not looked at, nor frame and tone, which make another
 *   photo of one.
 */
export function isSameWork(a: Recipe, b: Recipe): boolean {
  const work = (recipe: Recipe) => JSON.stringify([listWork(recipe), recipe.wrap]);
  return work(a) === work(b) && (isSameMask(marksOf(a), marksOf(b)) || !heals(a));
}

/**
 * Whether anything that is marked is to be healed.
 *
 * @param recipe What was asked.
 * @returns True where a step of it heals, and there are marks.
 */
export function heals(recipe: Recipe): boolean {
  return listWork(recipe).some((step) => step.kind === 'filter' && step.filter === 'heal');
}

/**
 * What there is to do without a search in the photo.
 *
 * @param recipe What was asked.
 * @returns The steps, in the order of work.
 */
export function listWork(recipe: Recipe): readonly Step[] {
  const damage = hasMarks(recipe.damage) ? 'found' : 'none';
  return listSteps(recipe, { ...nothingFound, damage });
}

function marksOf({ damage }: Recipe): Mask | null {
  return damage ?? null;
}

/**
 * Whether two recipes do the same, however strongly, and so cost the same.
 *
 * @param a One.
 * @param b Another.
 * @returns True where a plan of one is a plan of the other, but for the values of its controls and the target size.
 */
export function isSameChain(a: Recipe, b: Recipe): boolean {
  const shape = (recipe: Recipe) =>
    listSteps(recipe).map((step) => ({ ...step, amount: 1, planes: {} }));
  return a.wrap === b.wrap && JSON.stringify(shape(a)) === JSON.stringify(shape(b));
}

/**
 * Whether a plan of one recipe is a plan of another, but for the values of its controls.
 *
 * @param a One.
 * @param b Another.
 * @returns True where they do the same, however strongly, in the same places of the same basis, and are saved at the same size.
 */
export function isSamePlan(a: Recipe, b: Recipe): boolean {
  const isSameSize = JSON.stringify(a.size) === JSON.stringify(b.size);
  const isSamePicture = isSameSize && isSameBasis(a, b);
  return isSameChain(a, b) && isSamePicture && isSameMask(marksOf(a), marksOf(b));
}
