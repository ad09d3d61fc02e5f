import { watchUpdates } from '../platform/updates';

/** Whether a newer version of the page waits to be used. */
export class UpdateNotice {
  /** True from when a new version is ready until the person decides. */
  waiting = $state(false);
  readonly #apply: () => Promise<void>;

  /** Begins to watch. */
  constructor() {
    this.#apply = watchUpdates(() => (this.waiting = true));
  }

  /** Reloads the page with the new version. */
  async reload(): Promise<void> {
    this.waiting = false;
    await this.#apply();
  }

  /** Goes on with the present version until the page is next opened. */
  later(): void {
    this.waiting = false;
  }
}
