/**
 * Keeps what came last until it is wanted, or until there is time: who says the same thing a hundred thousand
 * times has it done once.
 */
export class NewestBox<T> {
  readonly #apply: (newest: T) => void;
  readonly #soon: (work: () => void) => void;
  readonly #drop: (older: T) => void;
  #newest: { readonly value: T } | null = null;
  #isPlanned = false;
  #waiting: (() => void)[] = [];

  /**
   * @param apply Takes what came last.
   * @param soon Calls something once all that has already been said is heard.
   * @param drop Told of what something newer takes the place of.
   */
  constructor(
    apply: (newest: T) => void,
    soon: (work: () => void) => void,
    drop: (older: T) => void = () => undefined,
  ) {
    this.#apply = apply;
    this.#soon = soon;
    this.#drop = drop;
  }

  /**
   * Keeps something in place of what is kept.
   *
   * @param value What.
   */
  put(value: T): void {
    const older = this.#newest;
    this.#newest = { value };
    if (older) this.#drop(older.value);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#soon(() => {
      this.#isPlanned = false;
      this.empty();
    });
  }

  /** Takes what is kept now, if anything is. */
  empty(): void {
    const newest = this.#newest;
    this.#newest = null;
    if (newest) this.#apply(newest.value);
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Waits until nothing is kept. */
  async emptied(): Promise<void> {
    while (this.#newest) await new Promise<void>((go) => this.#waiting.push(go));
  }
}

/**
 * A way to call something behind all messages that wait already. Timers would do, but are slow in a page that
 * nobody sees.
 *
 * @returns Calls what it is given, in order.
 */
export function createSoon(): (work: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}
