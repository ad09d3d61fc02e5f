/**
 * Clips that are being made, kept for a reload, a crash or another day: what is asked for, and access to the file where there is some, lie in a
 * database; what is made already lies in the origin's private file system, where the worker writes it.
 */
import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { ClipRequest } from '../../worker/clip-request';
import { mayHaveClip, noteClip } from './session-store';

const databaseName = 'enlarger-clips';

/** What `worker/owner/clip-folder` calls its folder, a log in it, and the lock of whoever has that. */
const folderName = 'clips';
const logOf = (id: string): string => `kept-${id}.log`;
const lockOf = (id: string): string => `enlarger-clips ${logOf(id)}`;

/** Milliseconds after which what was kept is deleted: longer than a weekend. */
const mostMs = 4 * 86_400_000;

/** Milliseconds that a tab which was reloaded waits for its own worker to be gone. */
const goingMs = 3000;

/** Pieces of a file that its print is made of, and bytes of each. */
const [printPieces, pieceBytes] = [64, 16_384];

/** What of a run is asked for beside recipe and finish. */
export type FilmWishes = Omit<ClipRequest, 'recipe' | 'finish' | 'isLook' | 'keepAs' | 'into'>;

/** A clip that is being made. */
export type KeptClip = {
  readonly name: string;
  /** Tells its file from others. */
  readonly print: string;
  /** As `state/photo/session-parts` writes them. */
  readonly settings: Uint8Array<ArrayBuffer>;
  readonly film: FilmWishes;
  /** Access to the file on the disk; null where there is none. */
  readonly handle: FileSystemFileHandle | null;
  /** The file that it is written into as it comes; null where there is none, left out by earlier versions. */
  readonly into?: FileSystemFileHandle | null;
};

type Stored = KeptClip & { readonly at: number };

let database: UseStore | null = null;
const open = (): UseStore => (database ??= createStore(databaseName, 'clips'));

/**
 * Keeps what is asked for of a clip.
 *
 * @param id Its name, under which the worker keeps what is made.
 * @param clip What is kept.
 * @param now The time, in milliseconds since 1970.
 * @throws {unknown} Where nothing can be kept.
 */
export async function keepClip(id: string, clip: KeptClip, now: number): Promise<void> {
  noteClip(true);
  await set(id, { ...clip, at: now } satisfies Stored, open());
}

/**
 * Forgets a clip; what is made of it is deleted where no worker has it.
 *
 * @param id Its name.
 */
export async function dropClip(id: string): Promise<void> {
  await del(id, open());
  const folder = await openFolder();
  if (await isFree(id, 0)) await folder?.removeEntry(logOf(id)).catch(() => undefined);
}

/** Forgets all clips that no worker has. */
export async function dropClips(): Promise<void> {
  if (!mayHaveClip()) return;
  for (const [id] of await entries<string, Stored>(open())) await dropClip(id);
}

/**
 * How much is kept of clips.
 *
 * @returns Bytes.
 */
export async function measureClips(): Promise<number> {
  if (!mayHaveClip()) return 0;
  let sum = 0;
  for await (const [name, handle] of all(await openFolder()))
    if (name.startsWith('kept-')) sum += (await handle.getFile()).size;
  return sum;
}

/**
 * Finds the clip that was made last and that nobody has any more. What nothing is left of, or is old, is deleted.
 *
 * @param now The time, in milliseconds since 1970.
 * @returns Null where there is none.
 * @throws {unknown} Where nothing can be read.
 */
export async function findClip(
  now: number,
): Promise<{ readonly id: string; readonly clip: KeptClip } | null> {
  const folder = await openFolder();
  const stored = await entries<string, Stored>(open());
  const known = new Map(stored);
  for await (const { id } of logs(folder))
    // Those of queues are `queue-clips`' business.
    if (!id.startsWith('queue-') && !known.has(id) && (await isFree(id, 0)))
      await folder!.removeEntry(logOf(id)).catch(() => undefined);
  let found: { readonly id: string; readonly clip: KeptClip } | null = null;
  for (const [id, clip] of stored.toSorted(([, a], [, b]) => b.at - a.at)) {
    if (!(await isFree(id, found ? 0 : goingMs))) continue;
    const size = await folder?.getFileHandle(logOf(id)).then(async (handle) => {
      return (await handle.getFile()).size;
    }, noBytes);
    const isOld = !(now - clip.at >= 0 && now - clip.at < mostMs);
    if (isOld || !size) await dropClip(id);
    else found ??= { id, clip };
  }
  if (!found) noteClip(stored.length > 0);
  return found;
}

const noBytes = (): number => 0;

/**
 * What tells a file from others without reading all of it: its size and pieces all over it.
 *
 * @param file The file.
 * @returns SHA-256, in hexadecimal digits.
 * @throws {DOMException} Where it cannot be read.
 */
export async function printOf(file: Blob): Promise<string> {
  const last = Math.max(0, file.size - pieceBytes);
  const isSmall = file.size <= printPieces * pieceBytes;
  const starts = Array.from({ length: printPieces }, (_, i) => {
    return Math.round((last * i) / (printPieces - 1));
  });
  const pieces = isSmall ? [file] : starts.map((at) => file.slice(at, at + pieceBytes));
  const all = new Blob([`${file.size} `, ...pieces]);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await all.arrayBuffer()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function openFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(folderName);
  } catch {
    return null;
  }
}

const all = (folder: FileSystemDirectoryHandle | null) =>
  (folder ?? []) as AsyncIterable<[string, FileSystemFileHandle]>;

async function* logs(
  folder: FileSystemDirectoryHandle | null,
): AsyncGenerator<{ readonly id: string; readonly handle: FileSystemFileHandle }> {
  for await (const [name, handle] of all(folder)) {
    const [, id] = /^kept-(.*)\.log$/.exec(name) ?? [];
    if (id !== undefined) yield { id, handle };
  }
}

/** Whether no worker has a clip, waiting for one that is about to end. */
function isFree(id: string, patienceMs: number): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  const wait = patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
  const take = (lock: Lock | null): boolean => lock !== null;
  return navigator.locks.request(lockOf(id), wait, take).catch(() => false);
}
