import { joinSentences } from '../../app/i18n/sentence';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { Fault } from '../protocol';
import type { Consent } from './consent.svelte';
import { t } from './words';

/** What a tray works with. */
export type TrayParts = {
  readonly consent: Pick<Consent, 'goOn'>;
  readonly bench: Pick<Workbench, 'file'>;
  /** Opens a file; says why not, or null. */
  readonly open: (file: File) => Promise<Fault | null>;
  /** Enhances what is open, and gives the host the result; says why not, or null. */
  readonly run: () => Promise<Fault | null>;
  /** Tells the host what has failed. */
  readonly report: (fault: Fault | null) => void;
};

/** Several files that the person brought at once, where the host takes several: they are enhanced one after the other. */
export class Tray {
  /** All of them, in the person's order. */
  files = $state.raw<readonly File[]>([]);
  /** Which of them is open, from 1 on. */
  place = $state(1);
  /** Why some of them were left out, or empty. */
  fault = $state('');
  /** Whether it goes on with what the press was for, too. */
  isGoingOn = false;
  readonly #parts: TrayParts;

  /** @param parts What it works with. */
  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  /**
   * Takes files in place of those before.
   *
   * @param files What the person brought; none where what is open is the host's.
   */
  fill(files: readonly File[]): void {
    this.files = files;
    this.place = 1;
    this.fault = '';
  }

  /** Those behind the open one. */
  get rest(): readonly File[] {
    return this.files.slice(this.place);
  }

  /** Whether there are several. */
  get isSeveral(): boolean {
    return this.files.length > 1;
  }

  /** Opens the first of them that can be opened. */
  async openFirst(): Promise<void> {
    let [next = null] = this.files;
    while (next && !(await this.#lay(next))) next = this.#step();
  }

  /**
   * Enhances what is open, and then, where the press was for them, too, those behind it.
   *
   * @returns Why there is no result of the first, or null.
   */
  async runAll(): Promise<Fault | null> {
    const { run, bench } = this.#parts;
    const { file } = bench;
    const fault = await run();
    if (fault?.code !== 'cancelled' && file === bench.file && !this.isGoingOn) void this.#goOn();
    return fault;
  }

  async #goOn(): Promise<void> {
    const { files } = this;
    this.isGoingOn = true;
    try {
      // Who waits for the one before hears of it first.
      await new Promise((go) => setTimeout(go));
      // Others may have been brought by then.
      if (files === this.files) await this.#runRest();
    } finally {
      this.isGoingOn = false;
    }
  }

  async #runRest(): Promise<void> {
    const { consent, bench, run, report } = this.#parts;
    for (let next = this.#step(); next; next = this.#step()) {
      const isAgreed = consent.goOn(next);
      if (!(await this.#lay(next))) continue;
      if (!isAgreed || bench.file !== next) return;
      const fault = await run();
      report(fault);
      if (/^(cancelled|busy)$/.test(fault?.code ?? '') || bench.file !== next) return;
    }
  }

  /** Opens one of them; false where it is left out. Why is between the person and the frame. */
  async #lay(file: File): Promise<boolean> {
    const fault = await this.#parts.open(file);
    if (!fault || fault.code === 'cancelled') return true;
    if (this.isSeveral) {
      const facts = { name: file.name, reason: fault.message };
      this.fault = joinSentences([this.fault, t('embed.leftOut', facts)].filter(Boolean));
    }
    return false;
  }

  /** The next one is to be opened; null where there is none. */
  #step(): File | null {
    const [next = null] = this.rest;
    if (next) this.place++;
    return next;
  }
}
