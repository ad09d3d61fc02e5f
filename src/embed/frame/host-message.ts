import {
  choices,
  EmbedError,
  need,
  readPlain,
  type BlobOptions,
  type Fault,
  type HostMessage,
  type RecipeFields,
  type Settings,
  type StatedModel,
} from '../protocol';
import {
  attempt,
  blob,
  fields,
  flag,
  number,
  oneOf,
  optional,
  refuse,
  text,
  whole,
  type Fields,
} from '../message-checks';
import { copyPlain } from './plain-data';

/** A request of a host that the frame cannot meet as it stands: answered with `failed`. */
export type UnfitRequest = { readonly type: 'unfit'; readonly id: number } & Fault;

/** Settings, and what of them was refused, and so is not in them. */
export type HeardSettings = {
  readonly type: 'configure';
  readonly settings: Settings;
  readonly refused: Fault | null;
};

/** What a host has said, checked. */
export type Heard = Exclude<HostMessage, { type: 'configure' }> | HeardSettings | UnfitRequest;

/** Most models of a host that are heard of. */
const mostModels = 16;

const plainTypes = ['close', 'cancel', 'go', 'ping'] as const;

/** Every type of message that a host may say. */
export const hostTypes = [
  ...(['configure', 'open', 'enhance', 'save', 'models', 'model'] as const),
  ...plainTypes,
] as const;
const { backends, reveals, themes, formats, scales } = choices;

/**
 * Checks a message that should come from a host.
 *
 * @param data Anything.
 * @returns A copy with the known fields alone; the number of a request whose fields make no sense, and
 *   what is wrong with it; or null, where nobody waits for an answer.
 */
export function readHostMessage(data: unknown): Heard | null {
  return attempt(() => {
    const from = fields(data);
    const type = oneOf(from['type'], hostTypes);
    if (type === 'configure') return readConfigure(fields(from['settings']));
    if (type === 'models') return { type, models: readModels(from['models']) };
    if (type === 'model')
      return {
        type,
        id: whole(from['id']),
        part: optional(from['part'] ?? null, bytes) ?? undefined,
      };
    if (type !== 'open' && type !== 'save' && type !== 'enhance') return { type };
    const id = whole(from['id']);
    try {
      return { id, ...readRequest(type, from) };
    } catch (error) {
      if (!(error instanceof EmbedError)) throw error;
      return { type: 'unfit', id, code: error.code, message: error.message };
    }
  });
}

/**
 * The number of a request for work, without a look at what it says besides.
 *
 * @param data Anything.
 * @returns It; null for all other messages. One to open a photo is another: of those the last counts.
 */
export function readWorkId(data: unknown): number | null {
  return attempt(() => {
    const { type, id } = fields(data);
    return type === 'save' || type === 'enhance' ? whole(id) : null;
  });
}

/** A recipe that cannot be read is refused alone: the rest is how the widget looks and behaves. */
function readConfigure(from: Fields): HeardSettings {
  const settings = readSettings(from);
  const given = optional(from['recipe'], fields);
  const recipe = given && readRecipe(given);
  const refused: Fault = { code: 'bad-recipe', message: unreadable };
  return {
    ...{ type: 'configure', settings: { ...settings, recipe } },
    refused: given && !recipe ? refused : null,
  };
}

const unreadable = 'recipe must be plain data of a moderate size: no circles and no BigInt.';

function readRecipe(given: Fields): RecipeFields | null {
  return (copyPlain(given) as RecipeFields | undefined) ?? null;
}

function readSettings(from: Fields): Settings {
  return {
    backend: oneOf(from['backend'], backends),
    scale: oneOf(from['scale'], [...scales, null]),
    recipe: null,
    maxPixels: whole(from['maxPixels']),
    reveal: oneOf(from['reveal'], reveals),
    theme: oneOf(from['theme'], themes),
    lang: text(from['lang'], 35),
    format: oneOf(from['format'], formats),
    quality: number(from['quality'], 1, 100),
    picker: flag(from['picker']),
    disabled: flag(from['disabled']),
    // Elements of before say nothing of these.
    multiple: flag(from['multiple'] ?? false),
    video: flag(from['video'] ?? false),
    accent: text(from['accent'], 100),
    radius: text(from['radius'], 100),
  };
}

/** Those behind the first ones are left out: a number is a place in the list. */
function readModels(value: unknown): readonly StatedModel[] {
  if (!Array.isArray(value)) refuse();
  return value.slice(0, mostModels).map((each: unknown) => {
    const { address, bytes, version } = fields(each);
    return {
      address: httpAddress(address),
      bytes: attempt(() => whole(bytes)) ?? 0,
      version: attempt(() => text(version, 200)),
    };
  });
}

function httpAddress(value: unknown): string {
  const address = text(value, 2000);
  return /^https?:$/.test(new URL(address).protocol) ? address : refuse();
}

function bytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : refuse();
}

function readBlobOptions(value: unknown): BlobOptions {
  const { format, quality, strength } = readPlain('options', value);
  return {
    ...(format !== undefined && {
      format: need('options.format', formats.join(' or '), () => oneOf(format, formats)),
    }),
    ...(quality !== undefined && {
      quality: need('options.quality', 'a number from 1 to 100', () => number(quality, 1, 100)),
    }),
    ...(strength !== undefined && {
      strength: need('options.strength', 'a number from 0 to 1', () => number(strength, 0, 1)),
    }),
  };
}

function readWish(value: unknown): RecipeFields {
  const given = need('recipe', 'an object of plain data', () => fields(value));
  const recipe = readRecipe(given);
  if (!recipe) throw new EmbedError('bad-option', unreadable);
  return recipe;
}

type RequestType = 'open' | 'save' | 'enhance';
type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

function readRequest(type: RequestType, from: Fields): WithoutId<HostMessage> {
  switch (type) {
    case 'open':
      return {
        type,
        file: need('file', 'a Blob', () => blob(from['file'])),
        name: need('name', 'text of at most 255 characters', () => text(from['name'], 255)),
      };
    case 'save':
      return { type, options: readBlobOptions(from['options']) };
    case 'enhance':
      return { type, recipe: optional(from['recipe'], readWish) };
  }
}
