import type { FilterName } from '../../core/recipe/kinds';
import { hasGround } from '../../core/recipe/ground';
import { controlsIn, findRow, listSteps, type Recipe } from '../../core/recipe/recipe';
import type { TaskTable } from '../../core/recipe/task-row';
import { tasks } from '../../core/recipe/tasks';
import type { Size } from '../../core/picture/rect';
import { oldWord } from './en-old';
import { capitalise, joinSentences, listWords } from './sentence';
import { fill, t, type PhraseWith } from './translate';

/** A phrase that the table of tasks may name. */
export type TaskPhrase = PhraseWith<'value' | 'scale' | 'width' | 'height'>;

/** The table, held to phrases that there are. */
const known: TaskTable<TaskPhrase> = tasks;

/** What is done, or planned, for one of the tasks. */
type Doing = { readonly task: string; readonly filter?: FilterName };

/**
 * What is being done, or would be.
 *
 * @param doing A step of a plan, or a stage of a run.
 * @param doing.task Its task.
 * @param doing.filter Which filter of it is at work, if it is one.
 * @param table The tasks that there are.
 * @returns A word or two, in lower case.
 */
export function nameStep({ task, filter }: Doing, table = known): string {
  if (filter) return t(`filter.${filter}`);
  const row = findRow(task, table);
  return row ? say(row.words.doing) : task;
}

/**
 * The tasks of a plan's steps.
 *
 * @param steps In the order of work.
 * @param table The tasks that there are.
 * @returns Each task once, as the beginning of a sentence.
 */
export function nameTasks(
  steps: readonly { readonly task: string }[],
  table: TaskTable<TaskPhrase> = known,
): string {
  const names = [...new Set(steps.map(({ task }) => task))];
  return capitalise(listWords(names.map((task) => nameStep({ task }, table))));
}

/**
 * What was done.
 *
 * @param steps The steps that ran.
 * @param scale By how much the photo was enlarged.
 * @param output The result's size.
 * @param table The tasks that there are.
 * @returns Each task once, as the beginning of a sentence.
 */
export function nameDone(
  steps: readonly { readonly task: string }[],
  scale: number,
  { width, height }: Size,
  table: TaskTable<TaskPhrase> = known,
): string {
  const names = [...new Set(steps.map(({ task }) => task))];
  const words = names.flatMap((task) => findRow(task, table)?.words.did ?? []);
  return capitalise(listWords(words.map((word) => say(word, { scale, width, height }))));
}

/**
 * How a suggestion names the steps of its recipe.
 *
 * @param recipe What is suggested.
 * @param recipe.steps Its steps.
 * @param table The tasks that there are.
 * @returns Words in lower case; none for a step that is nothing out of the ordinary.
 */
export function nameAdvice({ steps }: Recipe, table = known): readonly string[] {
  return steps.flatMap((step) => {
    const row =
      listSteps({ steps: [step] }, undefined, table).length > 0 && findRow(step.task, table);
    if (!row) return [];
    const word = row.advise ? row.advise(controlsIn(step)) : row.words.doing;
    return word === null ? [] : say(word);
  });
}

/**
 * What Strength is about.
 *
 * @param recipe What was done.
 * @param usual Percent that it begins with.
 * @returns What 0 % is, and before that why it begins with less than all.
 */
export function describeStrength(recipe: Recipe, usual = 100): string {
  const last = listSteps(recipe).at(-1);
  const row = last && findRow(last.task, known);
  const none = hasGround(recipe)
    ? oldWord('strength')
    : say(row?.words.strength ?? 'strength.hintSame');
  return usual < 100 ? joinSentences([t('strength.begins', { percent: usual }), none]) : none;
}

function say(word: TaskPhrase, values: Partial<Record<'scale' | 'width' | 'height', number>> = {}) {
  return fill(word, { value: '', scale: '', width: '', height: '', ...values });
}
