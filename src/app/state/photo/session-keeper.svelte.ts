import { EnhanceError } from '../../../core/errors';
import { describeProblem } from '../../i18n/problem';
import { t } from '../../i18n/translate';
import { pack } from '../../platform/packing';
import type { SessionPart } from '../../platform/session-store';
import { readSettings, writeSettings } from './session-parts';
import type { Workbench } from './workbench.svelte';

/** How long nothing must have changed before it is kept, in milliseconds. */
const restMs = 400;

/** Keeps the open photo, and how it is set, for a reload or a crash. */
export class SessionKeeper {
  readonly #workbench: Workbench;
  readonly #keep: (part: SessionPart, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** The file that was kept last. */
  #file: File | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is being kept: one after the other, so that the last stays. */
  #turn = Promise.resolve();

  /**
   * @param workbench Has the photo.
   * @param keep Keeps a part.
   */
  constructor(
    workbench: Workbench,
    keep: (part: SessionPart, bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
  ) {
    this.#workbench = workbench;
    this.#keep = keep;
  }

  /**
   * Keeps what there is once it has rested. Reads reactive state.
   *
   * @param isOn Whether anything is kept.
   */
  follow(isOn: boolean): void {
    const { photo, file, plan, recipe, finish } = this.#workbench;
    clearTimeout(this.#timer);
    if (!isOn) this.#file = null;
    // Nothing is in the way of the first plan.
    if (!isOn || !photo || !file || !plan) return;
    // A clip may be as long as the disk: it is opened again by hand.
    if (photo.clip) return;
    this.#timer = setTimeout(() => {
      this.#turn = this.#turn.then(() => this.#put(file, writeSettings({ recipe, finish })));
    }, restMs);
  }

  /**
   * Sets the photo that was opened again as it was.
   *
   * @param settings As they were kept.
   */
  restore(settings: Uint8Array<ArrayBuffer>): void {
    const workbench = this.#workbench;
    try {
      const { recipe, finish } = readSettings(settings);
      void workbench.ask(recipe, finish);
    } catch (error) {
      const reason = error instanceof EnhanceError ? describeProblem(error) : String(error);
      workbench.openFault = t('session.refused', { reason });
    }
  }

  /** Keeps nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #put(file: File, settings: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      if (file !== this.#file) {
        const { name, type } = file;
        await this.#keep('photo', pack({ name, type }, new Uint8Array(await file.arrayBuffer())));
        this.#file = file;
      }
      await this.#keep('settings', settings);
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
      // Where the browser keeps nothing at all, the first page has said so.
      if (isFull && file !== this.#file)
        this.#workbench.openFault = t('session.full', { name: file.name });
      // Said once.
      this.#file = file;
    }
  }
}
