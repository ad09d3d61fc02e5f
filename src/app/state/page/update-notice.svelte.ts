import { fetchNotes, watchUpdates } from '../../platform/updates';

/** What an update must wait for. */
export type UpdateGuards = {
  /** A run or a save is going, which a reload would destroy. */
  readonly isWorking: () => boolean;
  /** A photo is open, or is being opened, which a reload would close. */
  readonly hasPhoto: () => boolean;
};

/** Whether a newer version of the page waits to be used. */
export class UpdateNotice {
  /** True from when a new version is ready until the person decides. */
  waiting = $state(false);
  /** True where the new version has taken over, through another tab. */
  replaced = $state(false);
  /** What is new, in the waiting version's words. */
  notes = $state.raw<readonly string[]>([]);
  readonly #guards: UpdateGuards;
  readonly #apply: () => Promise<void>;
  #asked = false;

  /**
   * Begins to watch.
   *
   * @param notesUrl Address of `whats-new.json`.
   * @param guards Asked before the page is reloaded.
   */
  constructor(notesUrl: string, guards: UpdateGuards) {
    this.#guards = guards;
    this.#apply = watchUpdates({
      onReady: () => {
        this.waiting = true;
        void fetchNotes(notesUrl).then((notes) => (this.notes = notes));
      },
      onReplaced: () => this.#follow(),
    });
  }

  /** Whether a reload would do no harm now. */
  get ready(): boolean {
    return !this.#guards.isWorking();
  }

  /** Reloads the page with the new version; does nothing while a run or a save is going. */
  async reload(): Promise<void> {
    if (!this.ready) return;
    if (this.replaced) return location.reload();
    this.#asked = true;
    this.waiting = false;
    await this.#apply();
  }

  /** Goes on with the present version until the page is next opened. */
  later(): void {
    this.waiting = false;
  }

  /** The new version answers from here on. A page with nothing to lose follows at once. */
  #follow(): void {
    if (this.ready && (this.#asked || !this.#guards.hasPhoto())) return location.reload();
    this.replaced = true;
    this.waiting = true;
  }
}
