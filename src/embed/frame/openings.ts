/** How many openings a worker may have at once: the present one, and the one that ends it. */
const most = 2;

/** Openings one after the other, the latest in place of all that have not begun. */
export class Openings {
  #going = 0;
  #next: { readonly begin: () => void; readonly drop: () => void } | null = null;

  /**
   * Opens something, as soon as few enough are being opened.
   *
   * @param open Opens it; does not throw.
   * @returns What that gives; null where another came before it could begin.
   */
  async run<T>(open: () => Promise<T>): Promise<T | null> {
    if (this.#going >= most && !(await this.#wait())) return null;
    this.#going++;
    try {
      return await open();
    } finally {
      this.#going--;
      this.#next?.begin();
      this.#next = null;
    }
  }

  /** Waits for an end; false where another is to be opened instead. */
  #wait(): Promise<boolean> {
    this.drop();
    return new Promise((resolve) => {
      this.#next = { begin: () => resolve(true), drop: () => resolve(false) };
    });
  }

  /** What waits is not wanted any more. */
  drop(): void {
    this.#next?.drop();
    this.#next = null;
  }
}
