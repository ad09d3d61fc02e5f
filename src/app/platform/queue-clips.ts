/**
 * What is made of the clips of a queue, in the origin's private file system, where their segments lie, too (`film-store`): no memory holds
 * them, and a file of them is read as it is packed or written.
 */
import { clipContainers, type ClipContainer } from '../../core/film/clip';
import { noteClip } from './session-store';

/** What `worker/owner/clip-folder` calls its folder, and what its files begin with that are kept. */
const folderName = 'clips';
const keptPrefix = 'kept-';

/** What the names of clips of queues begin with. */
const queuePrefix = 'queue-';

/** Lets go of clips' names that this tab holds. */
const held = new Map<string, () => void>();

/**
 * A name for a clip of a queue, under which all that is made of it is kept.
 *
 * @returns Another each time.
 */
export const nameQueueClip = (): string => `${queuePrefix}${crypto.randomUUID()}`;

/**
 * Makes a file for the result of a clip, empty.
 *
 * @param name The clip's.
 * @param container What is written.
 * @returns The file; null where the browser keeps none for this site.
 */
export async function beginResult(
  name: string,
  container: ClipContainer,
): Promise<FileSystemFileHandle | null> {
  try {
    hold(name);
    noteClip(true);
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    return await folder.getFileHandle(fileOf(name, container), { create: true });
  } catch {
    return null;
  }
}

/**
 * The result of a clip that was made before a reload or a crash.
 *
 * @param name The clip's; it is this tab's from now on.
 * @param bytes Of the result: one of another length is not whole.
 * @returns The file; null where it is not there any more.
 */
export async function findResult(name: string, bytes: number): Promise<File | null> {
  hold(name);
  const folder = await openFolder();
  for (const file of folder ? resultsOf(name) : []) {
    const found = await folder!.getFileHandle(file).then((handle) => handle.getFile(), nothing);
    if (found?.size === bytes) return found;
  }
  return null;
}

/**
 * Has no other tab delete what was made of clips before a reload or a crash: it is this tab's from now on.
 *
 * @param names Theirs.
 */
export function holdQueueClips(names: readonly string[]): void {
  for (const name of names) hold(name);
}

/**
 * Deletes what was made of clips whose queues are gone, and notes whether something is left.
 *
 * @param lists What is known of queues, as text; the clips that it names are theirs.
 */
export async function sweepQueueClips(lists: readonly string[]): Promise<void> {
  const all = (await openFolder()) as AsyncIterable<[string, unknown]> | null;
  const names = new Set<string>();
  for await (const [file] of all ?? []) {
    const [, name] = /^kept-(queue-[\w-]+)\.\w+$/.exec(file) ?? [];
    if (name) names.add(name);
  }
  for (const name of names)
    if (!lists.some((list) => list.includes(name)) && (await isFree(name)))
      await dropQueueClips([name]);
    else noteClip(true);
}

/**
 * Keeps a result that lies elsewhere, and not for long.
 *
 * @param name The clip's.
 * @param container What it is.
 * @param file The result; read piece by piece.
 * @returns A copy of it.
 * @throws {unknown} Where there is no room for one.
 */
export async function keepResult(
  name: string,
  container: ClipContainer,
  file: Blob,
): Promise<Blob> {
  try {
    const handle = await beginResult(name, container);
    if (!handle) throw new DOMException(name, 'NotFoundError');
    await file.stream().pipeTo(await handle.createWritable());
    return await handle.getFile();
  } catch {
    // The browser holds it, on the disk where it is large.
    const headers = { 'Content-Type': clipContainers[container].mime };
    return new Response(file.stream(), { headers }).blob();
  }
}

/**
 * Deletes what is kept of clips; what is not there is no failure.
 *
 * @param names Theirs.
 */
export async function dropQueueClips(names: readonly string[]): Promise<void> {
  const folder = await openFolder();
  for (const name of names)
    for (const file of [`${keptPrefix}${name}.log`, ...resultsOf(name)])
      await folder?.removeEntry(file).catch(nothing);
  for (const name of names) {
    held.get(name)?.();
    held.delete(name);
  }
}

const nothing = (): null => null;

/** Null where nothing was ever kept, or nothing can be. */
async function openFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(folderName);
  } catch {
    return null;
  }
}

const fileOf = (name: string, container: ClipContainer): string =>
  `${keptPrefix}${name}.${clipContainers[container].extension}`;

const resultsOf = (name: string): readonly string[] =>
  (Object.keys(clipContainers) as ClipContainer[]).map((container) => fileOf(name, container));

const lockOf = (name: string): string => `enlarger-clips ${keptPrefix}${name}`;

/** Has no other tab take it for left behind. */
function hold(name: string): void {
  if (held.has(name) || !('locks' in navigator)) return;
  const gone = new Promise<void>((letGo) => held.set(name, letGo));
  navigator.locks.request(lockOf(name), () => gone).catch(nothing);
}

/** Whether no tab has it. */
function isFree(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  const take = (lock: Lock | null): boolean => lock !== null;
  return navigator.locks.request(lockOf(name), { ifAvailable: true }, take).catch(() => false);
}
