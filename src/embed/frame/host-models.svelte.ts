import { ownWord } from '../../app/i18n/en-own';
import { describeProblem } from '../../app/i18n/problem';
import { formatBytes } from '../../app/i18n/quantity';
import { OwnChoice } from '../../app/state/page/own-choice.svelte';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { Clock } from '../../integrity/stall';
import { fileNameOf } from '../../models/own/file-name';
import { mostOwnModelBytes } from '../../models/own/own-net';
import type { OwnModel } from '../../models/own/own-shelf';
import type { FrameMessage, StatedModel } from '../protocol';
import type { HostShelf } from './host-shelf';
import { ModelIntake } from './model-intake';
import type { QueuedClient } from './queued-client.svelte';
import { t } from './words';

/** What a host's models are taken with. */
export type HostModelsParts = {
  readonly client: Pick<QueuedClient, 'addModel' | 'stopAdding'>;
  readonly workbench: Pick<Workbench, 'recipe' | 'ask'>;
  readonly shelf: Pick<HostShelf, 'find' | 'note' | 'drop'>;
  readonly clock: Clock;
  /** The host, as people know it. */
  readonly host: string;
  /** Says something to the host. */
  readonly send: (message: FrameMessage) => void;
};

/** A model that the host has and this frame has not. */
export type Absent = StatedModel & {
  /** Its number for the host. */
  readonly id: number;
  /** Its file's. */
  readonly fileName: string;
  /** The same without its ending, as it is called once it is here. */
  readonly name: string;
};

/** The number of no model: asked for, it ends what is under way. */
const none = Number.MAX_SAFE_INTEGER;

/** The models that a host has stated: what of them is here, and the downloading of what is not, which only the person asks for. */
export class HostModels {
  /** Those that are not here, in the host's order. */
  absent = $state.raw<readonly Absent[]>([]);
  /** What is on its way; null for nothing. */
  coming = $state.raw<{ readonly model: Absent; readonly arrived: number } | null>(null);
  /** What has come and is being tried out; null for nothing. */
  trying = $state.raw<Absent | null>(null);
  /** Why the last one is not here, or empty. */
  fault = $state('');
  /** Which of those that are here is asked for. */
  readonly choice: OwnChoice;
  readonly #parts: HostModelsParts;
  #stated: readonly StatedModel[] = [];
  #here: readonly OwnModel[] = [];
  /** Those that the worker has, by what was said of them: it may be that nothing can be kept. */
  #held: Readonly<Record<string, OwnModel>> = {};
  #intake: ModelIntake | null = null;

  /** @param parts What they are taken with. */
  constructor(parts: HostModelsParts) {
    this.#parts = parts;
    this.choice = new OwnChoice(parts.workbench, { list: async () => this.#here });
  }

  /**
   * Hears which models the host has; what is on its way of others is not taken any more.
   *
   * @param stated All of them.
   */
  async hear(stated: readonly StatedModel[]): Promise<void> {
    this.#stated = stated;
    this.#intake?.stop();
    for (const { address, bytes } of stated)
      if (!isOffered(bytes)) {
        const facts = { name: fileNameOf(address), most: formatBytes(mostOwnModelBytes) };
        const message = t('embed.model.unsized', facts);
        this.#parts.send({ type: 'error', code: 'bad-attribute', message });
      }
    await this.#look();
  }

  /**
   * Downloads a model and adds it, as the person wishes; while another is under way nothing happens.
   *
   * @param model One that is not here.
   */
  async download(model: Absent): Promise<void> {
    if (this.coming || this.trying) return;
    this.fault = '';
    const bytes = await this.#receive(model);
    if (bytes) await this.#add(model, bytes);
    this.trying = null;
  }

  /**
   * Takes what the host has sent; what nobody has asked for is dropped.
   *
   * @param id Of which model.
   * @param part The next of its bytes; undefined where no more comes.
   */
  take(id: number, part: Uint8Array | undefined): void {
    if (this.coming?.model.id === id) this.#intake?.take(part);
  }

  /** The worker is gone, and with it what could not be kept. */
  async forget(): Promise<void> {
    this.#held = {};
    await this.#look();
  }

  /** Ends what is under way; nothing is kept of it. */
  async stop(): Promise<void> {
    this.#intake?.stop();
    if (this.trying) await this.#parts.client.stopAdding();
  }

  /**
   * Deletes a model that is here; it can be downloaded again.
   *
   * @param model Which.
   */
  async drop(model: OwnModel): Promise<void> {
    this.fault = '';
    // Of what could not be kept there is nothing to delete but what is known of it here.
    await this.#parts.shelf.drop(model).catch(() => undefined);
    const held = Object.entries(this.#held).filter(([, { sha256 }]) => sha256 !== model.sha256);
    this.#held = Object.fromEntries(held);
    if (this.choice.own?.sha256 === model.sha256) this.choice.choose('');
    await this.#look();
  }

  async #receive(model: Absent): Promise<Uint8Array<ArrayBuffer> | null> {
    const { clock, send, host } = this.#parts;
    const { id, bytes, name } = model;
    this.coming = { model, arrived: 0 };
    const facts = { name, host };
    try {
      this.#intake = new ModelIntake(bytes, clock, (arrived) => (this.coming = { model, arrived }));
      send({ type: 'fetch', id });
      const outcome = await this.#intake.ended;
      if (outcome instanceof Uint8Array) return outcome;
      if (outcome !== 'stopped')
        this.fault = t(outcome === 'more' ? 'embed.model.more' : 'embed.model.broken', facts);
    } catch {
      // So much memory is not there.
      this.fault = t('embed.model.broken', facts);
    } finally {
      this.#intake = null;
      this.coming = null;
    }
    send({ type: 'fetch', id: none });
    return null;
  }

  async #add(model: Absent, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { client, shelf } = this.#parts;
    this.trying = model;
    const reply = await client.addModel(new File([bytes], model.fileName));
    if (!reply.ok) {
      if (reply.problem !== 'cancelled') this.fault = describeProblem(reply);
      return;
    }
    await shelf.note(model, reply.value);
    this.#held = { ...this.#held, [keyOf(model)]: reply.value };
    await this.#look();
    // Who has waited for it wants it.
    this.choice.choose(reply.value.sha256);
  }

  /** Looks which of the stated models are here. */
  async #look(): Promise<void> {
    const stated = this.#stated;
    const found = await Promise.all(
      stated.map(
        async (each) => (await this.#parts.shelf.find(each)) ?? this.#held[keyOf(each)] ?? null,
      ),
    );
    if (stated !== this.#stated) return;
    const here = found.filter((model) => model !== null);
    // One file may lie at two addresses.
    this.#here = here.filter(
      ({ sha256 }, index) => here.findIndex((model) => model.sha256 === sha256) === index,
    );
    this.absent = stated.flatMap((each, id) => {
      if (found[id] || !isOffered(each.bytes)) return [];
      const fileName = fileNameOf(each.address);
      return [{ ...each, id, fileName, name: fileName.replace(/\.[^.]+$/, '') }];
    });
    await this.choice.refresh();
  }
}

/**
 * Says what is going on.
 *
 * @param models The host's.
 * @returns A sentence; empty where nothing is.
 */
export function sayComing({ coming, trying }: Pick<HostModels, 'coming' | 'trying'>): string {
  if (trying) return ownWord('adding', { name: trying.name });
  if (!coming) return '';
  const { model, arrived } = coming;
  const facts = { done: formatBytes(arrived), size: formatBytes(model.bytes) };
  return t('embed.model.coming', { name: model.name, ...facts });
}

const keyOf = ({ address, bytes, version }: StatedModel): string =>
  JSON.stringify([address, bytes, version]);

const isOffered = (bytes: number): boolean =>
  Number.isSafeInteger(bytes) && bytes > 0 && bytes <= mostOwnModelBytes;
