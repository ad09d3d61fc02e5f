import { isSameFinish, withoutPaint, type Finish } from './finish';
import { limitRecipe, type Offers } from './offers';
import { showsAge, type Reason } from './reasons';
import {
  controlsOf,
  heals,
  isSameWork,
  scaleOf,
  withControls,
  withoutSize,
  type Recipe,
  type RecipeStep,
} from './recipe';
import type { ControlValues } from './task-row';
import { tasks, type StepTask, type TaskControls } from './tasks';
import { usualFinish } from './usual-finish';

/** What a photo may be of, in the order of the list. The first asks for what was measured, and nothing else. */
export const presetNames = [
  ...(['photo', 'portrait', 'text', 'old', 'art', 'render', 'texture'] as const),
];

/** See {@link presetNames}. */
export type PresetName = (typeof presetNames)[number];

/** What a photo calls for; see `core/findings/suggest`. */
type Suggested = { readonly recipe: Recipe; readonly reasons: readonly Reason[] };

/** How a preset differs from what the photo calls for. */
type PresetRow = {
  /** Per task: new controls, made of those suggested and of those that would answer all that was measured. */
  readonly steps?: {
    readonly [Task in StepTask]?: (
      suggested: TaskControls[Task],
      full: TaskControls[Task],
    ) => TaskControls[Task];
  };
  /** Times the strength that is usual; and what it begins with at the most. */
  readonly strength?: number;
  readonly mostStrength?: number;
  /** What a photo must show; another gets what it calls for. */
  readonly isFor?: (suggested: Suggested) => boolean;
  readonly wrap?: true;
};

/** Shares of what was measured, and of what the networks make of it. */
const gentleClean = 0.5;
const strongClean = 1.4;
const skinStrength = 0.8;

/** What a crisp enlarger makes of an old photo's grain is guessed: this much of it is looked at with trust. */
const oldStrength = 0.6;

/** Percent of noise that a render is cleaned of at least: its noise is seldom even, and read as too little. */
const leastRenderNoise = 12;

const faithful = (step: TaskControls['upscale']) => ({ ...step, variant: 'faithful' as const });
const crisp = (step: TaskControls['upscale']) => ({ ...step, variant: 'crisp' as const });
const noDeblur = () => ({ amount: 0 });
const noPattern = () => ({ amount: 0 });

const rows: Readonly<Record<PresetName, PresetRow>> = {
  photo: {},
  // What a network invents is seen first in a face.
  portrait: {
    steps: { clean: (own) => share(own, gentleClean), upscale: faithful },
    strength: skinStrength,
  },
  // A guessed edge may be another letter; and letters of one width lie in a grid, as a pattern of print does.
  text: { steps: { pattern: noPattern, clean: (_, full) => full, upscale: faithful } },
  // Damage is healed where it was looked for and marked; pattern and fading are suggested with the rest.
  old: {
    steps: { clean: (_, full) => share(full, gentleClean), upscale: crisp },
    mostStrength: oldStrength,
    isFor: ({ recipe, reasons }) => showsAge(reasons) || heals(recipe),
  },
  // Grain is drawn there on purpose; a soft line may be, too.
  art: {
    steps: { clean: (_, { jpeg }) => ({ noise: 0, jpeg }), deblur: noDeblur, upscale: crisp },
  },
  render: {
    steps: {
      clean: (_, full) => {
        const { noise, jpeg } = share(full, strongClean);
        return { noise: Math.max(noise, leastRenderNoise), jpeg };
      },
      deblur: noDeblur,
      upscale: faithful,
    },
  },
  texture: { steps: { deblur: noDeblur, upscale: faithful }, wrap: true },
};

/**
 * What a preset asks for of a photo, at the scale that is suggested.
 *
 * @param name Which preset.
 * @param suggested What the photo calls for.
 * @param offers What the site's models can do: what they cannot is left out.
 * @returns The recipe, with its finish.
 */
export function applyPreset(name: PresetName, suggested: Suggested, offers: Offers): Recipe {
  const isFor = rows[name].isFor?.(suggested) ?? true;
  const { steps = {}, strength: share = 1, mostStrength = 1, wrap } = rows[isFor ? name : 'photo'];
  const { recipe, reasons } = suggested;
  const given = { reasons, scale: scaleOf(recipe) };
  const changed = tasks.reduce((before: Recipe, row) => {
    // Each row's controls are what the table of presets says of its task.
    const change = steps[row.task] as
      ((own: ControlValues, full: ControlValues) => ControlValues) | undefined;
    const own = controlsOf(before, row);
    const full = row.vary?.(null, 'more', given) ?? own;
    return change ? withControls(before, row, change(own, full)) : before;
  }, recipe);
  const bare = { ...changed, steps: changed.steps.filter((step) => !isUnsaid(step)) };
  const limited = limitRecipe(wrap ? { ...bare, wrap } : bare, offers);
  const usual = usualFinish(limited);
  const strength = Math.min(usual.strength * share, mostStrength);
  return { ...limited, finish: { ...usual, strength } };
}

/**
 * Which preset is asked for.
 *
 * @param chosen Which was chosen last; it is told from others that ask for the same.
 * @param asked What is asked for.
 * @param asked.recipe The work; its size is not looked at.
 * @param asked.finish How it is finished; what is painted is not looked at.
 * @param suggested What the photo calls for.
 * @param offers What the site's models can do.
 * @returns The name; null where it is something else.
 */
export function findPreset(
  chosen: PresetName,
  { recipe, finish }: { readonly recipe: Recipe; readonly finish: Finish },
  suggested: Suggested,
  offers: Offers,
): PresetName | null {
  const bare = withoutPaint(finish);
  const asks = (name: PresetName) => {
    const preset = applyPreset(name, suggested, offers);
    return isSameWork(withoutSize(recipe), preset) && isSameFinish(bare, preset.finish);
  };
  return [chosen, ...presetNames].find(asks) ?? null;
}

/** Whether a step is set to do nothing: a recipe without it asks for the same. */
function isUnsaid(step: RecipeStep): boolean {
  const row = tasks.find(({ task }) => task === step.task);
  if (!row) return false;
  const idle = Object.entries(controlsOf({ steps: [] }, row));
  const said = controlsOf({ steps: [step] }, row);
  return (
    idle.every(([name, value]) => said[name] === value) && idle.length === Object.keys(said).length
  );
}

function share({ noise, jpeg }: TaskControls['clean'], factor: number): TaskControls['clean'] {
  const part = (percent: number) => Math.min(100, Math.round(percent * factor));
  return { noise: part(noise), jpeg: part(jpeg) };
}
