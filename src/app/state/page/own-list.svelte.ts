import { EnhanceError, type Reply } from '../../../core/errors';
import { joinPairs } from '../../../models/own/model-pairs';
import { readAbout } from '../../../models/own/model-words';
import { isAbout, neighboursOf, stemOf } from '../../../models/own/neighbours';
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
import { listWords } from '../../i18n/sentence';

export { nameOwn, type OwnModel, type OwnWords };

/** What the list leaves to the page. */
export type OwnListPorts = {
  /** Adds a model in the worker. */
  readonly addModel: (file: File, about?: readonly File[]) => Promise<Reply<OwnModel>>;
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
   * Adds models one after the other, each with what lies beside it; while others are being added nothing happens. What comes without a
   * model is taken for what says of those that are here.
   *
   * @param files Models, of ncnn's both of their files, and files of the same name that say of them what they are; a single model may have
   *   JSON of another name, and a README.
   */
  async add(files: readonly File[]): Promise<void> {
    if (this.adding) return;
    this.fault = '';
    this.said = '';
    this.#isStopped = false;
    const about = files.filter(isAbout);
    const models = joinPairs(files.filter((file) => !isAbout(file)));
    if (models.length === 0) return this.#tell(about);
    for (const file of models) {
      this.adding = file.name;
      const beside = neighboursOf(file, about, models.length === 1);
      const reply = await this.#ports.addModel(file, beside);
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

  /** Keeps what files say of models that are here, each by the name of the file that it was brought as. */
  async #tell(about: readonly File[]): Promise<void> {
    const models = await this.#shelf.list();
    const told: string[] = [];
    await this.#do(async () => {
      for (const model of models) {
        const isAlone = models.length === 1;
        const words = await readAbout(neighboursOf({ name: model.fileName }, about, isAlone));
        if (!words.title && !words.licence && !words.author) continue;
        await this.#shelf.describe(model, renew(model, words));
        told.push(model.fileName);
      }
    });
    if (this.fault) return;
    const name = listWords(about.map((file) => file.name));
    if (told.length > 0) this.said = ownWord('described', { name, models: listWords(told) });
    else this.fault = ownWord('unclaimed', { name });
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

/** What was picked now is what the person wants to be said; but the name that they have given a model stays. */
function renew({ title, fileName, licence, author }: OwnModel, words: OwnWords): OwnWords {
  const isNamed = title.toLowerCase() !== stemOf(fileName);
  return {
    title: isNamed ? title : words.title,
    licence: words.licence || licence,
    author: words.author || author,
  };
}

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
