import type { ClipMetadataWish } from '../core/film/clip';
import { savedFormats, type SavedFormat } from '../core/format';
import { depths, type Depth } from '../core/picture/raster';
import { scales, type Scale } from '../core/recipe/kinds';
import { parseRecipe } from '../core/recipe/parsing';
import { presetNames, type PresetName } from '../core/recipe/presets';
import { scaleOf, type MetadataWish, type Recipe } from '../core/recipe/recipe';
import { parseTarget } from '../core/recipe/target-parsing';
import type { TargetSize } from '../core/recipe/target-size';
import { optionValidator as check, type Fields } from '../core/validator';
import type {
  EnhanceManyOptions,
  EnhanceOptions,
  EnhancerOptions,
  OpenOptions,
  PlanOptions,
  Progress,
} from './types';

/** A whole set of options, after the door. */
export type Wish = {
  /** What is asked for by name; null for what the photo suggests. */
  readonly recipe: Recipe | null;
  /** For the suggestion. */
  readonly scale: Scale;
  /** How the suggestion is changed; undefined where it is not. */
  readonly preset?: PresetName;
  /** Title or hash of a network of the page's own; undefined where none is asked for. */
  readonly model?: string;
  /** Whether that works on the enlarged picture; it must keep the size then. */
  readonly modelAfter?: boolean;
  /** In place of the scale; undefined where there is none. */
  readonly size?: TargetSize;
};

/** See {@link Wish}: with how to write the result. */
export type EnhanceWish = Wish & {
  readonly format: SavedFormat | 'auto';
  readonly depth?: Depth;
  readonly quality: number;
  /** False where a quality was asked for; else as the photo was. */
  readonly lossless?: false;
  /** Undefined for the preset's own. */
  readonly strength?: number;
  readonly metadata: MetadataWish;
  readonly onProgress: (progress: Progress) => void;
};

/** What is wanted of many photos, after the door. */
export type ManyWish = {
  readonly each: EnhanceOptions;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: EnhanceManyOptions['onProgress'];
};

const backends = ['auto', 'webgpu', 'wasm'] as const;
const formats = ['auto', ...savedFormats] as const;
const saidOfPhotos = ['keep', 'anonymous', 'none'] as const;
const usualScale = 2;
const usualQuality = 90;

/**
 * Checks what an `Enhancer` is made with.
 *
 * @param value Anything.
 * @returns The backend, the catalogue's absolute address or null, and the networks of the page's own: files, or absolute addresses.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseEnhancerOptions(value: EnhancerOptions): {
  readonly backend: (typeof backends)[number];
  readonly models: string | null;
  readonly own: readonly (File | string)[];
} {
  const { backend, models } = check.object(value, 'options', ['backend', 'models']);
  const isList = Array.isArray(models);
  return {
    backend: check.oneOf(backend ?? 'auto', backends, 'options.backend'),
    models: models === undefined || isList ? null : asAddress(models, 'options.models'),
    own: isList ? models.map((each, at) => asModel(each, `options.models[${at}]`)) : [],
  };
}

function asModel(value: unknown, path: string): File | string {
  return value instanceof File ? value : asAddress(value, path);
}

/**
 * Checks how a photo is to be opened.
 *
 * @param value Anything.
 * @returns The scale that a recipe is suggested for.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseOpenOptions(value: OpenOptions): Wish {
  const { scale, signal } = check.object(value, 'options', ['scale', 'signal']);
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
  const fields = check.object(value, 'options', [
    ...['recipe', 'preset', 'model', 'modelAfter', 'scale', 'size', 'signal'],
  ]);
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
  const fields = check.object(value, 'options', [
    ...['recipe', 'preset', 'model', 'modelAfter', 'scale', 'size', 'signal', 'format', 'depth'],
    ...['quality', 'metadata', 'mark', 'strength', 'onProgress'],
  ]);
  const { signal, format, depth, quality, metadata, mark, strength, onProgress } = fields;
  checkSignal(signal);
  const wish = parseWish(fields);
  const usual = wish.preset === undefined ? 1 : undefined;
  const amount = strength ?? wish.recipe?.finish.strength ?? usual;
  return {
    ...wish,
    format: check.oneOf(format ?? 'auto', formats, 'options.format'),
    ...(depth !== undefined && { depth: check.oneOf(depth, depths, 'options.depth') }),
    quality: check.between(quality ?? usualQuality, [1, 100], 'options.quality'),
    ...(quality !== undefined && { lossless: false }),
    ...(amount !== undefined && { strength: check.between(amount, [0, 1], 'options.strength') }),
    metadata: {
      ...readMetadata(metadata),
      mark: check.flag(mark ?? true, 'options.mark'),
    },
    onProgress: readListener(onProgress, 'options.onProgress'),
  };
}

/**
 * Checks what a file is to say of what it was made of.
 *
 * @param value Anything.
 * @returns What is asked for; all that there is by default.
 * @throws {EnhanceError} `option-wrong`.
 */
export function readMetadata(value: unknown): ClipMetadataWish {
  const said = check.oneOf(value ?? 'keep', saidOfPhotos, 'options.metadata');
  return { keep: said !== 'none', isAnonymous: said === 'anonymous' };
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
  throw check.wrong('file', 'file');
}

/**
 * Checks what is wanted of a picture.
 *
 * @param fields Those that say it, after `check.object`.
 * @returns What is asked for.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseWish({ recipe, preset, model, modelAfter, scale, size }: Fields): Wish {
  const target = size === undefined ? {} : { size: parseTarget(size, 'options.size') };
  const way = {
    ...(preset !== undefined && { preset: asPreset(preset) }),
    ...(model !== undefined && { model: check.text(model, 'options.model') }),
    ...(modelAfter !== undefined && {
      modelAfter: check.flag(modelAfter, 'options.modelAfter'),
    }),
  };
  if (recipe === undefined) return { recipe: null, scale: asScale(scale), ...way, ...target };
  // A recipe says all that a preset would.
  for (const [name, each] of Object.entries({ preset, model, modelAfter }))
    if (each !== undefined) throw check.wrong(`options.${name}`, { oneOf: ['left out'] });
  const parsed = parseRecipe(recipe, 'options.recipe');
  const own = scaleOf(parsed);
  if (scale !== undefined && scale !== own)
    throw check.wrong('options.scale', { equalTo: 'the scale of options.recipe', value: own });
  return { recipe: { ...parsed, ...target }, scale: own };
}

function asScale(value: unknown): Scale {
  return check.oneOf(value ?? usualScale, scales, 'options.scale');
}

function asPreset(value: unknown): PresetName {
  return check.oneOf(value, presetNames, 'options.preset');
}

function asAddress(value: unknown, path: string): string {
  if (typeof value !== 'string' && !(value instanceof URL)) throw check.wrong(path, 'url');
  const base = globalThis.document?.baseURI;
  if (!URL.canParse(value, base)) throw check.wrong(path, 'url');
  const { href, protocol, username, password } = new URL(value, base);
  // Nothing else has a folder with files beside it that can be asked for.
  if (!/^https?:$/.test(protocol) || username || password) throw check.wrong(path, 'url');
  return href;
}

/**
 * Checks how many photos are to be enhanced.
 *
 * @param value Anything.
 * @returns For `parseEnhanceOptions`, without what is of all of them, and that.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseManyOptions(value: EnhanceManyOptions): ManyWish {
  const { signal, onProgress, ...each } = check.object(value, 'options') as EnhanceManyOptions;
  // Before the first file is touched: what is wrong is wrong for all of them.
  parseEnhanceOptions(value as EnhanceOptions);
  return { each, signal, onProgress };
}

/**
 * Checks a signal.
 *
 * @param value Anything; it may be left out.
 * @throws {EnhanceError} `option-wrong` where it is no AbortSignal.
 */
export function checkSignal(value: unknown): void {
  if (value !== undefined && !(value instanceof AbortSignal))
    throw check.wrong('options.signal', 'abort-signal');
}

/**
 * Checks a listener.
 *
 * @param value Anything; it may be left out.
 * @param path Where it lies.
 * @returns The listener; one that does nothing where there is none.
 * @throws {EnhanceError} `option-wrong` where it is no function.
 */
export function readListener<T>(value: unknown, path: string): (told: T) => void {
  if (value === undefined) return () => undefined;
  if (typeof value !== 'function') throw check.wrong(path, 'function');
  return value as (told: T) => void;
}
