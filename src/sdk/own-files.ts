import { untilAborted } from '../core/abort';
import { unwrap } from '../core/errors';
import { placeOwn, withOwn } from '../core/recipe/own';
import type { Recipe } from '../core/recipe/recipe';
import { optionValidator as check } from '../core/validator';
import type { Wish } from './options';
import type { Client } from './start';
import type { BroughtModel } from './types';

/** A network as the worker keeps it. */
type OwnModel = Extract<Awaited<ReturnType<Client['addModel']>>, { readonly ok: true }>['value'];

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
      const model = this.#added.get(given) ?? (await add(given, client, signal));
      this.#added.set(given, model);
      models.push(model);
    }
    return models;
  }

  /**
   * A recipe with one of them.
   *
   * @param recipe What is done.
   * @param wanted What is asked for.
   * @param wanted.model Title or hash; undefined for none.
   * @param wanted.modelAfter Whether it works on the enlarged picture.
   * @param client See `all`.
   * @param signal See `all`.
   * @returns A new recipe; the same where none is wanted.
   * @throws {EnhanceError} `option-wrong` where there is no such model; as `all`.
   */
  async choose(
    recipe: Recipe,
    { model: wanted, modelAfter: isAfter = false }: Pick<Wish, 'model' | 'modelAfter'>,
    client: Client,
    signal: AbortSignal,
  ): Promise<Recipe> {
    if (wanted === undefined) return recipe;
    const models = await this.all(client, signal);
    const model = models.find(({ sha256, title }) => sha256 === wanted || title === wanted);
    if (model) {
      const { sha256, title, card } = model;
      const { scale } = card;
      if (isAfter && scale > 1) throw check.wrong('options.modelAfter', 'keeping-size');
      return placeOwn(withOwn(recipe, { sha256, title, scale }), isAfter);
    }
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
  const { sha256, title, licence, author, architecture, isWide, card, fileBytes: bytes } = model;
  const { scale, halo } = card;
  return { sha256, title, licence, author, architecture, scale, halo, isWide, bytes };
}

async function add(given: File | string, client: Client, signal: AbortSignal): Promise<OwnModel> {
  const stop = () => void client.stopAdding();
  signal.addEventListener('abort', stop);
  try {
    return unwrap(await untilAborted(client.addModel(given), signal));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
