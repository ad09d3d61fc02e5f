import { asBetween, asFields, asOneOf } from './fields';
import type { Finish } from './finish';

/** By how much to enlarge; 1 keeps the size. */
export const scales = [1, 2, 4] as const;

/** By how much to enlarge; 1 keeps the size. */
export type Scale = (typeof scales)[number];

/** What enlargers are trained for: clean originals, or web and phone pictures (blur, noise, JPEG). */
export const variants = ['faithful', 'real'] as const;

/** Which enlarger: for clean originals, or for web and phone pictures (blur, noise, JPEG). */
export type Variant = (typeof variants)[number];

/** What a person asked for: serialisable and versioned; the same in the app, the worker and a URL. */
export type Recipe = {
  readonly v: 1;
  /** In percent, 0..100: of noise with a sigma of 50 of 255, and 100 less the JPEG quality to repair. */
  readonly clean?: { readonly noise: number; readonly jpeg: number };
  /** How much of the deblurred picture is mixed in, in percent, 0..100. */
  readonly deblur?: number;
  readonly scale: Scale;
  /** Which enlarger; without meaning at scale 1. */
  readonly variant: Variant;
};

/** How to write the result. */
export type SaveOptions = {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** 1..100; ignored for PNG. */
  readonly quality: number;
  /** How the result is finished; neutral where it is left out. */
  readonly finish?: Finish;
  /** The finish's strength, for short, in place of the finish's own: 0 is a plain resample of the original. */
  readonly strength?: number;
};

/** Names of the constant planes that a network may want behind R, G and B. */
export const controlNames = ['noise', 'jpeg'] as const;

/** See {@link controlNames}. */
export type ControlName = (typeof controlNames)[number];

/** What the networks of a recipe do, in the order of work. */
export const stepTasks = ['clean', 'deblur', 'upscale'] as const;

/** What one network of a recipe does. */
export type StepTask = (typeof stepTasks)[number];

/** One network's share of a recipe. */
export type Step = {
  readonly task: StepTask;
  readonly scale: Scale;
  /** Which of the task's networks; `faithful` where there is only one. */
  readonly variant: Variant;
  /** Values of the constant planes, 0..1; a plane that is not named is 0. */
  readonly controls: Readonly<Partial<Record<ControlName, number>>>;
  /** 0..1: how much of the result is mixed into the step's input; below 1 only at scale 1. */
  readonly amount: number;
};

/** Noise sigma that 100 % stands for, as a share of full scale: the most that the training showed. */
const mostNoise = 50 / 255;

/**
 * The networks' work that a recipe asks for. Enlarging comes last, so that noise is not enlarged
 * first, and every step reads a picture of the photo's size.
 *
 * @param recipe What was asked.
 * @returns The steps in the order of work; none where the result is the photo itself.
 */
export function listSteps({ clean, deblur = 0, scale, variant }: Recipe): readonly Step[] {
  const { noise, jpeg } = clean ?? { noise: 0, jpeg: 0 };
  const strengths = { noise: (noise / 100) * mostNoise, jpeg: jpeg / 100 };
  const same = { scale: 1, variant: 'faithful', controls: {}, amount: 1 } as const;
  const steps: Step[] = [];
  if (noise > 0 || jpeg > 0) steps.push({ ...same, task: 'clean', controls: strengths });
  if (deblur > 0) steps.push({ ...same, task: 'deblur', amount: deblur / 100 });
  if (scale > 1) steps.push({ ...same, task: 'upscale', scale, variant });
  return steps;
}

/**
 * Whether two recipes ask for the same work.
 *
 * @param a One.
 * @param b Another.
 * @returns True where they make the same result of every photo.
 */
export function isSameWork(a: Recipe, b: Recipe): boolean {
  return JSON.stringify(listSteps(a)) === JSON.stringify(listSteps(b));
}

/**
 * Whether two recipes run the same networks, however strongly, and so cost the same.
 *
 * @param a One.
 * @param b Another.
 * @returns True where a plan of one is a plan of the other, but for the values of its controls.
 */
export function isSameChain(a: Recipe, b: Recipe): boolean {
  const networks = (recipe: Recipe) =>
    listSteps(recipe).map(({ task, scale, variant }) => [task, scale, variant]);
  return JSON.stringify(networks(a)) === JSON.stringify(networks(b));
}

/**
 * Checks a recipe that came from outside.
 *
 * @param value Anything; fields that are not known are left out.
 * @param path What the one who gave it calls it.
 * @returns A new, typed recipe.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseRecipe(value: unknown, path = 'recipe'): Recipe {
  const { v, clean, deblur, scale, variant } = asFields(value, path);
  return {
    v: asOneOf(v, [1], `${path}.v`),
    ...(clean !== undefined && { clean: parseClean(clean, `${path}.clean`) }),
    ...(deblur !== undefined && { deblur: asPercent(deblur, `${path}.deblur`) }),
    scale: asOneOf(scale, scales, `${path}.scale`),
    variant: asOneOf(variant, variants, `${path}.variant`),
  };
}

function parseClean(value: unknown, path: string): NonNullable<Recipe['clean']> {
  const { noise, jpeg } = asFields(value, path);
  return { noise: asPercent(noise, `${path}.noise`), jpeg: asPercent(jpeg, `${path}.jpeg`) };
}

function asPercent(value: unknown, path: string): number {
  return asBetween(value, 0, 100, path);
}
