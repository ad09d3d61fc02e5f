import type { QueuePart, SessionPart } from '../../platform/session-store';
import type { Entry } from './entry.svelte';
import type { KeptRetouch } from './kept-retouch';

/** What of a photo is kept beside the list. */
export type PhotoPart = 'file' | 'result' | 'retouch';

/** What of the photos of a queue is kept beside its list. */
export class KeptParts {
  readonly #kept = new Set<SessionPart>();
  readonly #refused = new Set<QueuePart>();
  /** What was done by hand and is kept, or is refused, by photos' numbers: it may be done anew. */
  readonly #retouches = new Map<number, KeptRetouch>();

  /**
   * Notes that one is kept.
   *
   * @param part Which.
   */
  add(part: SessionPart): void {
    this.#kept.add(part);
  }

  /**
   * Notes that what was done to a photo by hand is kept, or cannot be, until something else is done.
   *
   * @param entry The photo.
   * @param entry.id Its number.
   * @param retouch What was kept.
   * @param isKept Whether it is.
   */
  addRetouch({ id }: Entry, retouch: KeptRetouch, isKept = true): void {
    this.#retouches.set(id, retouch);
    if (isKept) this.#kept.add(`retouch/${id}`);
  }

  /**
   * Notes that one cannot be kept, so that it is not tried again.
   *
   * @param part Which.
   */
  refuse(part: QueuePart): void {
    this.#refused.add(part);
  }

  /**
   * Notes that some are kept no more.
   *
   * @param parts Which; all by default.
   */
  drop(parts: readonly SessionPart[] = [...this.#kept]): void {
    for (const part of parts) {
      this.#kept.delete(part);
      const [kind, id] = part.split('/');
      if (kind === 'retouch') this.#retouches.delete(Number(id));
    }
  }

  /**
   * The first photo that something of is to be kept, and is not.
   *
   * @param entries The queue's photos.
   * @param kind What of them.
   * @returns Undefined where there is none.
   */
  findMissing(entries: readonly Entry[], kind: PhotoPart): Entry | undefined {
    return entries.find((entry) => {
      if (!isWanted(entry, kind)) return false;
      if (kind === 'retouch') return this.#retouches.get(entry.id) !== entry.retouch;
      const part: QueuePart = `${kind}/${entry.id}`;
      return !this.#kept.has(part) && !this.#refused.has(part);
    });
  }

  /**
   * How much of files is kept.
   *
   * @param entries The queue's photos.
   * @returns Bytes.
   */
  measureFiles(entries: readonly Entry[]): number {
    const kept = entries.filter(({ id }) => this.#kept.has(`file/${id}`));
    return kept.reduce((sum, { source }) => sum + source.bytes, 0);
  }

  /**
   * Whether the file of a photo could not be kept.
   *
   * @param entries The queue's photos.
   * @returns True where one of them that is still needed was refused.
   */
  lacksFiles(entries: readonly Entry[]): boolean {
    return entries.some(
      (entry) => this.#refused.has(`file/${entry.id}`) && isWanted(entry, 'file'),
    );
  }

  /**
   * What is kept of photos that do not need it any more.
   *
   * @param entries The queue's photos.
   * @returns In no order.
   */
  listStale(entries: readonly Entry[]): SessionPart[] {
    const byId = new Map(entries.map((entry) => [String(entry.id), entry]));
    return [...this.#kept].filter((part) => {
      const [kind, id] = part.split('/');
      if (!id || (kind !== 'file' && kind !== 'result' && kind !== 'retouch')) return false;
      const entry = byId.get(id);
      if (!entry) return true;
      // A file goes only once its result is kept: without that it is done again.
      const isUnkept = isWanted(entry, 'result') && !this.#kept.has(`result/${entry.id}`);
      return !isWanted(entry, kind) && !(kind === 'file' && isUnkept);
    });
  }
}

function isWanted({ source, state, output, retouch, clip }: Entry, kind: PhotoPart): boolean {
  // That of a clip lies on the disk already.
  if (kind === 'result') return Boolean(output?.blob && !output.isSaved && !clip);
  // The list has what is small.
  if (kind === 'retouch') return retouch !== null && !retouch.frameOnly;
  const isDone = state === 'done' || state === 'skipped' || state === 'gone';
  return !isDone && !source.root && !source.handle;
}
