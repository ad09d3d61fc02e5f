/** The folder of the origin's private file system that clips are written in; `app/platform/film-store` looks into it, too. */
export const clipFolder = 'clips';

/** What the files of clips begin with that are kept for another day: what is kept of them besides lies elsewhere. */
export const keptPrefix = 'kept-';

/** Milliseconds after which what nobody has gone on with is deleted: longer than a weekend. */
const mostMs = 4 * 86_400_000;

/** Milliseconds between two tries to open a file that is about to be closed. */
const betweenMs = 50;

/** What a worker writes a file by, which TypeScript knows in workers alone; this is read by the programs of pages, too. */
export type SyncAccess = {
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  write(data: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
};

/** A file of such. */
type SyncFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle(): Promise<SyncAccess>;
};

/** A file of the folder that is this thread's, and nobody sweeps away, until it is let go of. */
export type HeldFile = {
  readonly handle: FileSystemFileHandle;
  readonly access: SyncAccess;
  /** Closes it, and deletes it where that is wanted; one that is gone is no failure. Once it is let go of nothing happens. */
  release(isDeleted: boolean): Promise<void>;
};

/**
 * Opens a file of the folder, and makes it where there is none.
 *
 * @param name Its name.
 * @param patienceMs Milliseconds to wait for whoever has it: a worker that died lets go of its files a moment later, and who sweeps or measures has each for a moment.
 * @returns The file; null where the browser keeps nothing for this site, or another tab has it.
 */
export async function holdFile(name: string, patienceMs = 0): Promise<HeldFile | null> {
  const until = performance.now() + patienceMs;
  const letGo = await takeLock(name, patienceMs);
  if (!letGo) return null;
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(clipFolder, { create: true });
    const handle = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle;
    const access = await openAccess(handle, until);
    let isHeld = true;
    const release = async (isDeleted: boolean) => {
      access.close();
      if (!isHeld) return;
      isHeld = false;
      if (isDeleted) await folder.removeEntry(name).catch(() => undefined);
      letGo();
    };
    return { handle, access, release };
  } catch {
    letGo();
    return null;
  }
}

/**
 * Deletes what tabs have left that are gone: clips that were made or being made, and what nobody has gone on with for days.
 *
 * @param now The time, in milliseconds since 1970.
 */
export async function sweepClips(now: number): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(clipFolder);
    for await (const [name, handle] of folder as unknown as AsyncIterable<
      [string, FileSystemFileHandle]
    >) {
      const letGo = await takeLock(name);
      if (!letGo) continue;
      try {
        const isKept = name.startsWith(keptPrefix);
        const age = isKept ? now - (await handle.getFile()).lastModified : Infinity;
        if (!(age >= 0 && age < mostMs)) await folder.removeEntry(name).catch(() => undefined);
      } finally {
        letGo();
      }
    }
  } catch {
    // There is no such folder, or none can be.
  }
}

/**
 * Name of the lock that whoever has a file holds.
 *
 * @param name The file's.
 * @returns The lock's.
 */
export const lockOf = (name: string): string => `enlarger-clips ${name}`;

/** Opens a file; what had it may close it later than it lets go of its lock. */
async function openAccess(handle: SyncFileHandle, until: number): Promise<SyncAccess> {
  for (;;)
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      const isHeld = error instanceof Error && error.name === 'NoModificationAllowedError';
      if (!isHeld || performance.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
}

/** Takes a file for this thread; null where another has it, and keeps it longer than that. */
function takeLock(name: string, patienceMs = 0): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      if (!lock) return void resolve(null);
      return new Promise((letGo) => resolve(letGo));
    };
    const wait =
      patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
    navigator.locks.request(lockOf(name), wait, hold).catch(() => resolve(null));
  });
}
