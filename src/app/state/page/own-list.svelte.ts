import { EnhanceError, type Reply } from '../../../core/errors';
import { joinPairs } from '../../../models/own/model-pairs';
import {
  bytesOfOwn,
  nameOwn,
  OwnShelf,
  type OwnModel,
  type OwnWords,
} from '../../../models/own/own-shelf';
import { ownWord } from '../../i18n/en-own';
import { describeProblem } from '../../i18n/problem';
import { formatExactly } from '../../i18n/quantity';

export { nameOwn, type OwnModel, type OwnWords };

/** What the list leaves to the page. */
export type OwnListPorts = {
  /** Adds a model in the worker. */
  readonly addModel: (file: File, about?: File) => Promise<Reply<OwnModel>>;
  /** Ends that. */
  readonly stopAdding: () => Promise<void>;
  /** Something was added, deleted or renamed. */
  readonly onChange: () => void;
};

/** The models that a person has brought: a list that can be added to and emptied. */
export class OwnList {
  /** By title. */
  models = $state.raw<readonly OwnModel[]>([]);
  /** Name of the file that is being added, or empty. */
  adding = $state('');
  /** What was added last, said; or empty. */
  said = $state('');
  /** Why the last file was not added, or what else failed; or empty. */
  fault = $state('');
  #isStopped = false;
  readonly #ports: OwnListPorts;
  readonly #shelf: OwnShelf;

  /**
   * @param ports The page's part.
   * @param shelf Where the models are.
   */
  constructor(ports: OwnListPorts, shelf = new OwnShelf()) {
    this.#ports = ports;
    this.#shelf = shelf;
  }

  /** Reads the list again. */
  async refresh(): Promise<void> {
    this.models = await this.#shelf.list();
  }

  /**
   * Adds models one after the other, each with what lies beside it; while others are being added nothing happens.
   *
   * @param files Models, of ncnn's both of their files, and files of the same name that say of them what they are; a single model may have
   *   one of another name.
   */
  async add(files: readonly File[]): Promise<void> {
    if (this.adding) return;
    this.fault = '';
    this.said = '';
    this.#isStopped = false;
    const about = files.filter(({ name }) => /\.json$/i.test(name));
    const models = joinPairs(files.filter((file) => !about.includes(file)));
    for (const file of models) {
      this.adding = file.name;
      const own = about.find(({ name }) => stemOf(name) === stemOf(file.name));
      const reply = await this.#ports.addModel(file, models.length === 1 ? (own ?? about[0]) : own);
      if (reply.ok) this.said = ownWord('added', { name: reply.value.title });
      else if (reply.problem !== 'cancelled') this.fault = describeProblem(reply);
      await this.#changed();
      if (this.#isStopped) break;
    }
    this.adding = '';
  }

  /** Ends the adding; what is added already stays. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#ports.stopAdding();
  }

  /**
   * Deletes a model.
   *
   * @param model Which.
   */
  async drop(model: OwnModel): Promise<void> {
    await this.#do(() => this.#shelf.drop(model));
  }

  /**
   * Keeps what a person says of a model.
   *
   * @param model Which.
   * @param words A title that is empty leaves the old one.
   */
  async describe(model: OwnModel, words: OwnWords): Promise<void> {
    await this.#do(() => this.#shelf.describe(model, words));
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    this.fault = '';
    this.said = '';
    try {
      await work();
    } catch (error) {
      this.fault = error instanceof EnhanceError ? describeProblem(error) : String(error);
    }
    await this.#changed();
  }

  async #changed(): Promise<void> {
    await this.refresh();
    this.#ports.onChange();
  }
}

const stemOf = (name: string): string => name.replace(/\.[^.]+$/, '').toLowerCase();

/**
 * Says what a model is.
 *
 * @param model The model.
 * @returns Its kind, scale and size.
 */
export function sayOwn(model: OwnModel): string {
  const { architecture: kind, card } = model;
  return ownWord('about', { kind, scale: card.scale, bytes: formatExactly(bytesOfOwn(model)) });
}
