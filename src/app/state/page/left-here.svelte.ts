import { unpack } from '../../platform/packing';
import { importPart } from '../../platform/parts';
import {
  dropParts,
  dropSessions,
  mayHaveClip,
  mayHaveKept,
  mayHaveQueue,
  readPart,
} from '../../platform/session-store';
import { readSetting, writeSetting } from '../../platform/storage';
import type { QueueOffer } from '../queue/queue-list';
import type { ClipOffer } from './clip-offer';

const sessionStorageName = 'enlarger.keep-session';

/** The photo that was open before a reload or a crash, and how it was set, as `session-parts` reads it. */
export type KeptPhoto = { readonly file: File; readonly settings: Uint8Array<ArrayBuffer> | null };

/** What was here before a reload or a crash: offered again until something else arrives, or it is deleted. */
export class LeftHere {
  /** The photo that was open, as long as it is offered. */
  photo = $state.raw<KeptPhoto | null>(null);
  /** Many photos. */
  queue = $state.raw<QueueOffer | null>(null);
  /** A clip that was being made. */
  clip = $state.raw<ClipOffer | null>(null);
  /** Whether what is open is kept for a reload or a crash. */
  isKept = $state(readSetting(sessionStorageName) !== 'off');
  /** Whether something else has arrived, so that nothing is offered any more. */
  #isOver = false;

  /**
   * Looks for what is kept.
   *
   * @param onDamaged Called where a photo was kept, but cannot be read.
   */
  recall(onDamaged: () => void): void {
    if (mayHaveKept()) void this.#recallPhoto(onDamaged);
    if (mayHaveKept() || mayHaveQueue()) void this.#recallQueue();
    if (mayHaveClip()) void this.#recallClip();
    // What closed tabs have left nobody can read; it goes once no tab can come back.
    void dropSessions(Date.now()).catch(() => undefined);
  }

  /** Something else has arrived: nothing is offered from now on. What is kept is its owner's business. */
  withdraw(): void {
    this.#isOver = true;
    this.#clear();
  }

  /**
   * Keeps what is open for a reload or a crash from now on, or deletes what was kept and keeps nothing.
   *
   * @param on Whether it is kept.
   */
  setKept(on: boolean): void {
    this.isKept = on;
    writeSetting(sessionStorageName, on ? 'on' : 'off');
    if (on) return;
    this.#clear();
    void dropSessions().catch(() => undefined);
    void import('../../platform/film-store')
      .then(({ dropClips }) => dropClips())
      .catch(() => undefined);
    void import('../../platform/queue-store')
      .then(({ dropQueues }) => dropQueues())
      .catch(() => undefined);
  }

  /** Deletes the photo that this tab has kept. */
  async forgetPhoto(): Promise<void> {
    this.photo = null;
    await dropParts(['photo', 'settings']).catch(() => undefined);
  }

  /** Deletes what is kept of the many photos. */
  async forgetQueue(): Promise<void> {
    const { queue } = this;
    this.queue = null;
    await queue?.forget().catch(() => undefined);
  }

  /** Deletes what was made of the clip. */
  async forgetClip(): Promise<void> {
    const { clip } = this;
    this.clip = null;
    await clip?.forget().catch(() => undefined);
  }

  #clear(): void {
    this.photo = null;
    this.queue = null;
    this.clip = null;
  }

  async #recallPhoto(onDamaged: () => void): Promise<void> {
    try {
      const photo = await readPart('photo');
      const { header, body } = (photo && unpack(photo)) ?? { header: null, body: null };
      if (!body) return;
      const { name, type } = header as { readonly name: string; readonly type: string };
      const settings = await readPart('settings').catch(() => null);
      if (!this.#isOver) this.photo = { file: new File([body], name, { type }), settings };
    } catch {
      if (!this.#isOver) onDamaged();
      await this.forgetPhoto();
    }
  }

  async #recallQueue(): Promise<void> {
    const queue = await importPart(() => import('../queue/queue-recall')).then(
      ({ recallQueue }) => recallQueue(Date.now()),
      () => null,
    );
    if (!this.#isOver) this.queue = queue;
  }

  async #recallClip(): Promise<void> {
    const clip = await importPart(() => import('./clip-offer')).then(
      ({ recallClip }) => recallClip(Date.now()),
      () => null,
    );
    if (!this.#isOver) this.clip = clip;
  }
}
