import { controlsOf, findRow, scaleOf } from '../../../core/recipe/recipe';
import { isSameFrame } from '../../../core/recipe/frame';
import { markedShare } from '../../../core/recipe/marks';
import { findReason, type ReasonKind } from '../../../core/recipe/reasons';
import { tasks, type StepTask, type TaskControls } from '../../../core/recipe/tasks';
import { isToggled } from '../../../core/recipe/toggles';
import { oldWord } from '../../i18n/en-old';
import type { DamageSearch } from './damage-search.svelte';
import type { Workbench } from './workbench.svelte';

/** A step of what mends an old photo. */
export type OldStep = {
  readonly name: string;
  /** What was found, and whether it is done. */
  readonly finding: string;
  readonly isOn: boolean;
  /** Expected time; null where it is not done, or not known. */
  readonly seconds: number | null;
};

/**
 * The steps that mend an old photo, in the order of work.
 *
 * @param workbench The photo, what is asked for, and the plan. Reactive state is read.
 * @param damage The search for damage.
 * @returns One for each.
 */
export function listOldSteps(
  workbench: Workbench,
  damage: Pick<DamageSearch, 'share' | 'leftOut'>,
): readonly OldStep[] {
  const { photo, recipe, finish, suggestion } = workbench;
  if (!photo) return [];
  const rowOf = (task: StepTask) => findRow(task, tasks)!;
  const secondsOf = (task: StepTask) => secondsIn(workbench, task);
  const toggle = (task: StepTask, name: string, kind: ReasonKind): OldStep => {
    const isOn = isToggled(recipe, rowOf(task));
    const isFound = findReason(suggestion?.reasons ?? [], kind) !== undefined;
    const finding = isFound ? oldWord(isOn ? 'on' : 'off') : oldWord(isOn ? 'asked' : 'none');
    return { name, finding, isOn, seconds: isOn ? secondsOf(task) : null };
  };
  const marked = markedShare(recipe.damage);
  const heals = marked > 0 && isToggled(recipe, rowOf('heal'));
  // The rows' own controls.
  const clean = controlsOf(recipe, rowOf('clean')) as TaskControls['clean'];
  const { variant } = controlsOf(recipe, rowOf('upscale')) as TaskControls['upscale'];
  const cleans = clean.noise + clean.jpeg > 0;
  const scale = scaleOf(recipe);
  const { scanFrame } = photo;
  const isFramed = scanFrame !== undefined && isSameFrame(scanFrame, recipe.frame);
  const strength = Math.round(finish.strength * 100);
  return [
    {
      name: oldWord('stepFrame'),
      finding: oldWord(scanFrame ? (isFramed ? 'used' : 'unused') : 'none'),
      ...{ isOn: isFramed, seconds: null },
    },
    toggle('pattern', oldWord('stepPattern'), 'pattern'),
    {
      name: oldWord('stepDamage'),
      finding: sayDamage(workbench, damage),
      ...{ isOn: heals, seconds: heals ? secondsOf('heal') : null },
    },
    toggle('colours', oldWord('stepColours'), 'faded'),
    {
      name: oldWord('stepClean'),
      finding: cleans ? oldWord('amounts', clean) : oldWord('nothing'),
      ...{ isOn: cleans, seconds: cleans ? secondsOf('clean') : null },
    },
    {
      name: oldWord('stepEnlarge'),
      finding: scale === 1 ? oldWord('same') : oldWord(variant, { scale, strength }),
      ...{ isOn: scale > 1, seconds: scale > 1 ? secondsOf('upscale') : null },
    },
  ];
}

function sayDamage(
  { photo, recipe }: Workbench,
  { share, leftOut }: Pick<DamageSearch, 'share' | 'leftOut'>,
): string {
  const percent = (part: number) => Math.max(0.1, Math.round(part * 1000) / 10);
  const marked = markedShare(recipe.damage);
  if (share !== null) return oldWord('looking');
  if (marked > 0) return oldWord('marked', { percent: percent(marked) });
  const left = leftOut?.photo === photo?.id ? (leftOut?.share ?? 0) : 0;
  return left > 0 ? oldWord('perhaps', { percent: percent(left) }) : oldWord('none');
}

/** What the steps of a task are expected to take. */
function secondsIn({ plan }: Workbench, task: StepTask): number | null {
  if (!plan?.ok) return null;
  const steps = plan.value.steps.filter((step) => step.task === task);
  if (steps.length === 0) return null;
  return steps.reduce<number | null>(
    (sum, { seconds }) => (sum === null || seconds === null ? null : sum + seconds),
    0,
  );
}
