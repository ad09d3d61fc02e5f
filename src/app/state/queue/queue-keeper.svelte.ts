import type { FileAccess } from '../../platform/file-access';
import type { QueuePart, SessionPart } from '../../platform/session-store';
import type { Entry } from './entry.svelte';
import { KeptParts } from './kept-parts';
import { isUnfinished, listQueue, type QueueList } from './queue-list';
import type { Queue } from './queue.svelte';

/** How long nothing must have changed before a list is kept, in milliseconds. */
const restMs = 400;

/** Most bytes of files that are kept, since the browser gives no access to them: beyond, they are chosen again. */
const mostFileBytes = 2 ** 30;

/** Most bytes of a clip that are: memory holds them meanwhile. */
const mostClipBytes = 2 ** 26;

/** Where a queue is kept. */
export type QueueStore = {
  readonly keep: (list: QueueList, access: FileAccess | null) => Promise<void>;
  readonly keepPart: (part: QueuePart, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly dropParts: (parts: readonly SessionPart[]) => Promise<void>;
  /** Deletes all of it. */
  readonly drop: () => Promise<void>;
  /** Bytes that there is room for. */
  readonly measureRoom: () => Promise<number>;
};

type Step = () => Promise<void>;

/** Keeps a queue for a reload, a crash or another day: one thing after the other, so that no more than one photo is held for it. */
export class QueueKeeper {
  /** Whether some of the files cannot be read any more after a reload, and must be chosen again. */
  isPartial = $state(false);
  readonly #queue: Queue;
  readonly #store: QueueStore;
  readonly #shown: () => Entry | null;
  /** What is kept of files and results. */
  readonly #parts = new KeptParts();
  /** Whether what an earlier queue of this tab has left is deleted. */
  #isClean = false;
  #isOn = false;
  /** Whether the list has changed since it was kept. */
  #isDue = false;
  #isBusy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param queue What is kept.
   * @param shown Gives the photo on the stage.
   * @param store Where.
   */
  constructor(queue: Queue, shown: () => Entry | null, store: QueueStore) {
    this.#queue = queue;
    this.#shown = shown;
    this.#store = store;
  }

  /**
   * The queue is one that was kept.
   *
   * @param parts What is kept beside its list.
   */
  resume(parts: ReadonlySet<SessionPart>): void {
    for (const part of parts) this.#parts.add(part);
    for (const entry of this.#queue.entries)
      if (entry.retouch && parts.has(`retouch/${entry.id}`))
        this.#parts.addRetouch(entry, entry.retouch);
    this.#isClean = true;
  }

  /**
   * Keeps what there is once it has rested, or deletes it. Reads reactive state.
   *
   * @param isOn Whether anything is kept.
   */
  follow(isOn: boolean): void {
    // All that is kept is read here, so that each change of it comes here again.
    listQueue(this.#queue, this.#shown());
    const wasOn = this.#isOn;
    this.#isOn = isOn;
    if (!isOn) {
      if (wasOn) void this.end();
      return;
    }
    this.#isDue = true;
    // Not put off by each change: a queue that works is never at rest.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#work();
    }, restMs);
  }

  /** Keeps no more, and deletes what was kept. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isOn = false;
    this.#isDue = false;
    this.#isClean = false;
    this.#parts.drop();
    if (!this.#isBusy) await this.#store.drop().catch(() => undefined);
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let step = this.#next(); step; step = this.#next()) await step();
    } catch {
      // Where the browser keeps nothing at all, the first page has said so.
      this.isPartial = true;
    }
    this.#isBusy = false;
    // It was ended meanwhile.
    if (!this.#isOn) await this.#store.drop().catch(() => undefined);
  }

  /** What is to be kept or deleted next; null where nothing is. */
  #next(): Step | null {
    if (!this.#isOn) return null;
    if (!this.#isClean) return () => this.#clean();
    const { entries } = this.#queue;
    if (this.#isDue) return () => this.#keepList();
    const retouched = this.#parts.findMissing(entries, 'retouch');
    if (retouched) return () => this.#keepRetouch(retouched);
    const result = this.#parts.findMissing(entries, 'result');
    if (result) return () => this.#keepResult(result);
    const stale = this.#parts.listStale(entries);
    if (stale.length > 0) return () => this.#drop(stale);
    const file = this.#parts.findMissing(entries, 'file');
    return file ? () => this.#keepFile(file) : null;
  }

  async #clean(): Promise<void> {
    this.#isClean = true;
    await this.#store.drop();
  }

  async #keepList(): Promise<void> {
    this.#isDue = false;
    const { list, access } = listQueue(this.#queue, this.#shown());
    if (isUnfinished(list)) return this.#store.keep(list, access);
    await this.#store.drop();
    this.#parts.drop();
  }

  async #keepRetouch(entry: Entry): Promise<void> {
    const { id } = entry;
    const retouch = entry.retouch!;
    try {
      await this.#store.keepPart(`retouch/${id}`, await retouch.pack());
      this.#parts.addRetouch(entry, retouch);
    } catch {
      this.#parts.addRetouch(entry, retouch, false);
    }
  }

  async #keepResult({ id, output }: Entry): Promise<void> {
    const part: QueuePart = `result/${id}`;
    const blob = output!.blob!;
    if ((await this.#store.measureRoom()) < 2 * blob.size) this.#parts.refuse(part);
    else await this.#put(part, blob);
  }

  async #keepFile(entry: Entry): Promise<void> {
    const { id, source } = entry;
    const part: QueuePart = `file/${id}`;
    const { entries } = this.#queue;
    const left = mostFileBytes - this.#parts.measureFiles(entries);
    const most = entry.clip ? mostClipBytes : left;
    const room = Math.min(left, most, (await this.#store.measureRoom()) / 4);
    const file = source.bytes > room ? null : await source.read().catch(() => null);
    if (!file) this.#parts.refuse(part);
    else await this.#put(part, file);
    this.isPartial = this.#parts.lacksFiles(entries);
  }

  async #put(part: QueuePart, content: Blob): Promise<void> {
    try {
      await this.#store.keepPart(part, new Uint8Array(await content.arrayBuffer()));
      this.#parts.add(part);
    } catch {
      this.#parts.refuse(part);
    }
  }

  async #drop(parts: readonly SessionPart[]): Promise<void> {
    this.#parts.drop(parts);
    await this.#store.dropParts(parts);
  }
}
