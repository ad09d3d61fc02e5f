/** Networks that stay beside each other at most: what is done to each picture of a clip has hardly more of them. */
const mostNetworks = 3;

/** Something opened, and whether it may stay beside others. */
type Entry<N> = { readonly network: N; readonly isBeside: boolean };

/**
 * The networks that were opened last, for as long as they are asked for again: one, for memory's sake; of those that many pictures are run through
 * one after the other, as a clip's, a few. Opening one takes as long as tens of tiles.
 */
export class KeptNetworks<N extends { release(): Promise<void> }> {
  /** By their keys, the one that was asked for last, last. */
  readonly #entries = new Map<string, Entry<N>>();

  /**
   * The same network for the same key; else another is opened, and what may not stay beside it is let go of first.
   *
   * @param key What it is known by.
   * @param isBeside Whether it is one of those that may stay beside each other.
   * @param open Opens it.
   * @returns The network, which stays this room's.
   * @throws {unknown} What opening or letting go fails with.
   */
  async take(key: string, isBeside: boolean, open: () => Promise<N>): Promise<N> {
    const there = this.#entries.get(key);
    this.#entries.delete(key);
    const network = there?.network ?? (await this.#open(isBeside, open));
    this.#entries.set(key, { network, isBeside });
    return network;
  }

  /** Lets go of all. */
  clear(): Promise<void> {
    return this.#letGo([...this.#entries.keys()]);
  }

  async #open(isBeside: boolean, open: () => Promise<N>): Promise<N> {
    const all = [...this.#entries];
    const mayStay = all.filter(([, other]) => isBeside && other.isBeside).slice(1 - mostNetworks);
    const staying = new Set(mayStay.map(([key]) => key));
    await this.#letGo(all.flatMap(([key]) => (staying.has(key) ? [] : [key])));
    return open();
  }

  async #letGo(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const entry = this.#entries.get(key);
      this.#entries.delete(key);
      await entry?.network.release();
    }
  }
}
