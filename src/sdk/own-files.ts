import { EnhanceError, unwrap } from '../core/errors';
import { withOwn } from '../core/recipe/own';
import type { Recipe } from '../core/recipe/recipe';
import { optionValidator as check } from '../core/validator';
import { fetchWithin } from '../integrity/fetch-within';
import { browserClock } from '../integrity/stall';
import { downloadUpTo } from '../models/download';
import { bytesOfOwn, nameOwn, type OwnModel } from '../models/own/own-shelf';
import { mostOwnModelBytes } from '../models/own/read-own-model';
import type { Client } from './start';
import type { BroughtModel } from './types';

/** The networks of a page's own that an enhancer was given: each is fetched and added once, when one is first asked for. */
export class OwnFiles {
  readonly #given: readonly (File | string)[];
  readonly #added = new Map<File | string, OwnModel>();

  /** @param given Files, or absolute addresses of files. */
  constructor(given: readonly (File | string)[]) {
    this.#given = given;
  }

  /**
   * All of them, in the order in which they were given; those that are not there yet are added.
   *
   * @param client Adds them.
   * @param signal Gives up.
   * @returns What they are.
   * @throws {EnhanceError} Why one could not be fetched or added; the others are tried again at the next call.
   * @throws {DOMException} The signal's reason.
   */
  async all(client: Client, signal: AbortSignal): Promise<readonly OwnModel[]> {
    const models: OwnModel[] = [];
    for (const given of this.#given) {
      const known = this.#added.get(given);
      const model = known ?? unwrap(await client.addModel(await fileOf(given, signal)));
      signal.throwIfAborted();
      this.#added.set(given, model);
      models.push(model);
    }
    return models;
  }

  /**
   * A recipe with one of them.
   *
   * @param recipe What is done.
   * @param wanted Title or hash; undefined for none.
   * @param client See `all`.
   * @param signal See `all`.
   * @returns A new recipe; the same where none is wanted.
   * @throws {EnhanceError} `option-wrong` where there is no such model; as `all`.
   */
  async choose(
    recipe: Recipe,
    wanted: string | undefined,
    client: Client,
    signal: AbortSignal,
  ): Promise<Recipe> {
    if (wanted === undefined) return recipe;
    const models = await this.all(client, signal);
    const model = models.find(({ sha256, title }) => sha256 === wanted || title === wanted);
    if (model) return withOwn(recipe, nameOwn(model));
    throw check.wrong('options.model', { oneOf: models.map(({ title }) => title) });
  }
}

/**
 * What a page is told of a model.
 *
 * @param model The model.
 * @returns Its card.
 */
export function cardOf(model: OwnModel): BroughtModel {
  const { sha256, title, licence, author, architecture, isWide, card } = model;
  const { scale, halo } = card;
  return {
    ...{ sha256, title, licence, author, architecture, isWide, halo },
    ...{ scale: scale as BroughtModel['scale'], bytes: bytesOfOwn(model) },
  };
}

async function fileOf(given: File | string, signal: AbortSignal): Promise<File> {
  if (given instanceof File) return given;
  const network = {
    fetch: (url: string, init: RequestInit) => fetchWithin(given, url, init),
    clock: browserClock,
  };
  const refuse = () =>
    new EnhanceError('own-model-too-large', { mostMegabytes: mostOwnModelBytes / 1e6 });
  const blob = await downloadUpTo(mostOwnModelBytes, refuse, { network, url: given, signal });
  return new File([blob], nameOf(given));
}

/** The last part of an address, as people read it. */
function nameOf(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) || 'model';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
