/**
 * The queue of a tab, kept for a reload, a crash or another day. Where it has access to files or folders on the disk, that and its
 * list lie in a database, in which alone a browser keeps such access: nothing of the photos themselves, but their names. Else its
 * list is sealed with the tab's key (`session-store`), as are the files and the results that lie nowhere else.
 */
import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { FileAccess } from './file-access';
import { dropParts, keepPart, kindOf, listParts, nameTab, readPart } from './session-store';
import {
  mayHaveQueue,
  noteQueue,
  renameTab,
  type QueuePart,
  type SessionPart,
} from './session-store';
import { measureStorage } from './storage';

const databaseName = 'enlarger-queues';

/** Milliseconds after which what was kept is deleted: longer than a weekend. */
const mostMs = 4 * 86_400_000;

/** Milliseconds that a tab which was reloaded waits for itself to be gone. */
const goingMs = 3000;

/** What lies in the database, by the tab's name. */
type Kept = { readonly at: number; readonly list: string; readonly access: FileAccess };

/** A queue that was kept. */
export type KeptQueue = {
  /** Plain data, as it was given. */
  readonly list: unknown;
  /** Null where it had none. */
  readonly access: FileAccess | null;
  /** Which files and results are kept beside it: none of another tab's, whose key is gone. */
  readonly parts: ReadonlySet<SessionPart>;
  /** Reads one of them; null where it is not there any more. */
  readonly read: (part: QueuePart) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** The tab that has kept it, and whether that is this one. */
  readonly tab: string;
  readonly isOwn: boolean;
};

let database: UseStore | null = null;
const open = (): UseStore => (database ??= createStore(databaseName, 'queues'));

/** Names of tabs whose queues are this one's, until it is gone. */
const held = new Set<string>();

/**
 * Keeps this tab's queue in place of what was kept of it.
 *
 * @param list Plain data.
 * @param access What it has access to; null for nothing.
 * @param now The time, in milliseconds since 1970.
 * @throws {unknown} Where nothing can be kept.
 */
export async function keepQueue(
  list: unknown,
  access: FileAccess | null,
  now: number,
): Promise<void> {
  // A tab that was made as the copy of another has its name, too.
  if (!(await hold(await nameTab()))) renameTab();
  const tab = await nameTab();
  await hold(tab);
  const text = JSON.stringify(list);
  if (!access) {
    await keepPart('queue', new TextEncoder().encode(text), now);
    if (mayHaveQueue()) await del(tab, open());
    return;
  }
  noteQueue();
  await set(tab, { at: now, list: text, access } satisfies Kept, open());
  await dropParts(['queue']);
}

/**
 * Finds a queue that nobody has any more: this tab's own, else the last that a closed tab had.
 *
 * @param now The time, in milliseconds since 1970.
 * @returns It is this tab's from now on. Null where there is none.
 * @throws {unknown} Where it cannot be read.
 */
export async function findQueue(now: number): Promise<KeptQueue | null> {
  const own = await nameTab();
  const isOwn = await hold(own, goingMs);
  const parts = new Set(isOwn ? await listParts() : []);
  const sealed = parts.has('queue') ? await readPart('queue') : null;
  if (sealed) {
    const list: unknown = JSON.parse(new TextDecoder().decode(sealed));
    return { list, access: null, parts, read: readPart, tab: own, isOwn };
  }
  if (!mayHaveQueue()) return null;
  const all = await entries<string, Kept>(open());
  const isOld = ({ at }: Kept): boolean => !(now - at >= 0 && now - at < mostMs);
  for (const [tab, kept] of all) if (isOld(kept) && (await hold(tab))) await del(tab, open());
  const rest = all.filter(([, kept]) => !isOld(kept));
  const rank = ([tab, { at }]: [string, Kept]): number => (tab === own ? Infinity : at);
  for (const [tab, { list, access }] of rest.toSorted((a, b) => rank(b) - rank(a))) {
    if (!(await hold(tab))) continue;
    const facts = { list: JSON.parse(list) as unknown, access, read: readPart, tab };
    return { ...facts, parts: tab === own ? parts : new Set(), isOwn: tab === own };
  }
  return null;
}

/**
 * Deletes a queue that was kept, and, of this tab's own, what is kept beside it.
 *
 * @param tab The tab that has kept it; this one by default.
 */
export async function dropQueue(tab?: string): Promise<void> {
  const own = await nameTab();
  if (mayHaveQueue()) await del(tab ?? own, open());
  if (tab !== undefined && tab !== own) return;
  await dropParts((await listParts()).filter((part) => kindOf(part) === 'queues'));
}

/**
 * What is kept of queues, this tab's own included: of those that are sealed by other tabs nothing can be read.
 *
 * @returns Their lists, as text.
 */
export async function readQueueLists(): Promise<string[]> {
  const sealed = (await listParts()).includes('queue') ? await readPart('queue') : null;
  const others = mayHaveQueue() ? await entries<string, Kept>(open()) : [];
  return [
    ...(sealed ? [new TextDecoder().decode(sealed)] : []),
    ...others.map(([, { list }]) => list),
  ];
}

/** Deletes the queues that any tab has kept, but for what is sealed. */
export async function dropQueues(): Promise<void> {
  if (mayHaveQueue()) await clear(open());
}

/**
 * How much of queues is kept, but for what is sealed.
 *
 * @returns Bytes of their lists.
 */
export async function measureQueues(): Promise<number> {
  if (!mayHaveQueue()) return 0;
  return (await entries<string, Kept>(open())).reduce((sum, [, { list }]) => sum + list.length, 0);
}

/**
 * Room for more, as the browser estimates it.
 *
 * @returns Bytes; 0 where it does not say.
 */
export async function measureRoom(): Promise<number> {
  return (await measureFree()) ?? 0;
}

/**
 * Room for more, where the browser tells.
 *
 * @returns Bytes, as it estimates them; null where it does not say.
 */
export async function measureFree(): Promise<number | null> {
  const { used, quota } = await measureStorage();
  return used === null || quota === null ? null : Math.max(0, quota - used);
}

/** Takes a tab's queue, until this tab is gone; false where another tab has it. */
async function hold(tab: string, patienceMs = 0): Promise<boolean> {
  if (held.has(tab) || !('locks' in navigator)) return true;
  const isHeld = await new Promise<boolean>((resolve) => {
    const wait =
      patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
    const keep = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null);
      return lock ? new Promise<void>(() => undefined) : undefined;
    };
    navigator.locks.request(`${databaseName} ${tab}`, wait, keep).catch(() => resolve(false));
  });
  if (isHeld) held.add(tab);
  return isHeld;
}
