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

/** A file that is this thread's, and nobody sweeps away, until it is let go of. */
export type HeldFile = {
  readonly handle: FileSystemFileHandle;
  readonly access: SyncAccess;
  /** Closes it, and deletes it where that is wanted; one that is gone is no failure. Once it is let go of nothing happens. */
  release(isDeleted: boolean): Promise<void>;
};

/**
 * Opens a file, and makes it where there is none.
 *
 * @param folder The folder that it lies in, made where there is none.
 * @param name Its name.
 * @param patienceMs Milliseconds to wait for whoever has it: a worker that died lets go of its files a moment later, and who sweeps or measures has each for a moment.
 * @returns The file; null where the browser keeps nothing for this site, or another tab has it.
 */
export async function holdFile(
  folder: string,
  name: string,
  patienceMs = 0,
): Promise<HeldFile | null> {
  const until = performance.now() + patienceMs;
  const letGo = await takeLock(lockOf(folder, name), patienceMs);
  if (!letGo) return null;
  try {
    const root = await navigator.storage.getDirectory();
    const place = await root.getDirectoryHandle(folder, { create: true });
    const handle = (await place.getFileHandle(name, { create: true })) as SyncFileHandle;
    const access = await openAccess(handle, until);
    let isHeld = true;
    const release = async (isDeleted: boolean) => {
      access.close();
      if (!isHeld) return;
      isHeld = false;
      if (isDeleted) await place.removeEntry(name).catch(() => undefined);
      letGo();
    };
    return { handle, access, release };
  } catch {
    letGo();
    return null;
  }
}

/**
 * Deletes files that no thread holds.
 *
 * @param folder The folder that they lie in.
 * @param isKept Whether one is to stay all the same.
 */
export async function sweepFolder(
  folder: string,
  isKept: (name: string, handle: FileSystemFileHandle) => Promise<boolean> | boolean,
): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    const place = await root.getDirectoryHandle(folder);
    for await (const [name, handle] of place as unknown as AsyncIterable<
      [string, FileSystemFileHandle]
    >) {
      const letGo = await takeLock(lockOf(folder, name));
      if (!letGo) continue;
      try {
        if (!(await isKept(name, handle))) await place.removeEntry(name).catch(() => undefined);
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
 * @param folder The folder that it lies in.
 * @param name The file's name.
 * @returns The lock's.
 */
export const lockOf = (folder: string, name: string): string => `enlarger-${folder} ${name}`;

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
function takeLock(lock: string, patienceMs = 0): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const hold = (held: Lock | null): Promise<void> | undefined => {
      if (!held) return void resolve(null);
      return new Promise((letGo) => resolve(letGo));
    };
    const wait =
      patienceMs > 0 ? { signal: AbortSignal.timeout(patienceMs) } : { ifAvailable: true };
    navigator.locks.request(lock, wait, hold).catch(() => resolve(null));
  });
}
