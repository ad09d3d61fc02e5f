import { EnhanceError, type Expected } from '../core/errors';
import {
  parseRecipe,
  scales,
  type Recipe,
  type SaveOptions,
  type Scale,
} from '../core/recipe/recipe';
import type { EnhanceOptions, EnhancerOptions, OpenOptions, PlanOptions, Progress } from './types';

type Fields = Readonly<Record<string, unknown>>;
type Format = SaveOptions['format'];

/** A whole set of options, after the door. */
export type Wish = {
  /** What is asked for by name; null for what the photo suggests. */
  readonly recipe: Recipe | null;
  /** For the suggestion. */
  readonly scale: Scale;
};

/** See {@link Wish}: with how to write the result. */
export type EnhanceWish = Wish & {
  readonly format: Format | 'auto';
  readonly quality: number;
  readonly strength: number;
  readonly onProgress: (progress: Progress) => void;
};

const backends = ['auto', 'webgpu', 'wasm'] as const;
const formats = ['auto', 'png', 'jpeg', 'webp'] as const;
const usualScale = 2;
const usualQuality = 90;

/**
 * Checks what an `Enhancer` is made with.
 *
 * @param value Anything.
 * @returns The backend, and the catalogue's absolute address or null.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseEnhancerOptions(value: EnhancerOptions): {
  readonly backend: (typeof backends)[number];
  readonly models: string | null;
} {
  const { backend, models } = asFields(value, ['backend', 'models']);
  return {
    backend: oneOf(backend ?? 'auto', backends, 'options.backend'),
    models: models === undefined ? null : asAddress(models, 'options.models'),
  };
}

/**
 * Checks how a photo is to be opened.
 *
 * @param value Anything.
 * @returns The scale that a recipe is suggested for.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseOpenOptions(value: OpenOptions): Wish {
  const { scale, signal } = asFields(value, ['scale', 'signal']);
  checkSignal(signal);
  return { recipe: null, scale: asScale(scale) };
}

/**
 * Checks what a plan is wanted for.
 *
 * @param value Anything.
 * @returns What is asked for.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parsePlanOptions(value: PlanOptions): Wish {
  const fields = asFields(value, ['recipe', 'scale', 'signal']);
  checkSignal(fields['signal']);
  return parseWish(fields);
}

/**
 * Checks how a photo is to be enhanced.
 *
 * @param value Anything.
 * @returns What is asked for, with every default filled in.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseEnhanceOptions(value: EnhanceOptions): EnhanceWish {
  const known = ['recipe', 'scale', 'signal', 'format', 'quality', 'strength', 'onProgress'];
  const fields = asFields(value, known);
  const { signal, format, quality, strength, onProgress } = fields;
  checkSignal(signal);
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw wrong('options.onProgress', 'function');
  return {
    ...parseWish(fields),
    format: oneOf(format ?? 'auto', formats, 'options.format'),
    quality: between(quality ?? usualQuality, 1, 100, 'options.quality'),
    strength: between(strength ?? 1, 0, 1, 'options.strength'),
    onProgress: (onProgress as EnhanceWish['onProgress'] | undefined) ?? (() => undefined),
  };
}

/**
 * Checks a photo's file.
 *
 * @param value Anything.
 * @returns A File; a plain Blob is given a name.
 * @throws {EnhanceError} `option-wrong` where it is no Blob.
 */
export function asFile(value: Blob): File {
  if (value instanceof File) return value;
  if (value instanceof Blob) return new File([value], 'photo', { type: value.type });
  throw wrong('file', 'file');
}

function parseWish({ recipe, scale }: Fields): Wish {
  if (recipe === undefined) return { recipe: null, scale: asScale(scale) };
  const parsed = parseRecipe(recipe, 'options.recipe');
  if (scale !== undefined && scale !== parsed.scale)
    throw wrong('options.scale', { equalTo: 'options.recipe.scale', value: parsed.scale });
  return { recipe: parsed, scale: parsed.scale };
}

function asScale(value: unknown): Scale {
  return oneOf(value ?? usualScale, scales, 'options.scale');
}

function asFields(value: unknown, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null) throw wrong('options', 'object');
  for (const name of Object.keys(value))
    if (!known.includes(name)) throw wrong(`options.${name}`, { names: known });
  return value as Fields;
}

function asAddress(value: unknown, path: string): string {
  if (typeof value !== 'string' && !(value instanceof URL)) throw wrong(path, 'url');
  try {
    return new URL(value, globalThis.document?.baseURI).href;
  } catch {
    throw wrong(path, 'url');
  }
}

function checkSignal(value: unknown): void {
  if (value !== undefined && !(value instanceof AbortSignal))
    throw wrong('options.signal', 'abort-signal');
}

function between(value: unknown, least: number, most: number, path: string): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw wrong(path, { least, most });
}

function oneOf<T extends string | number>(value: unknown, all: readonly T[], path: string): T {
  const found = all.find((each) => each === value);
  if (found === undefined) throw wrong(path, { oneOf: all });
  return found;
}

function wrong(path: string, expected: Expected): EnhanceError {
  return new EnhanceError('option-wrong', { path, expected });
}
