/** What this site may keep in the browser. */
export type StorageUse = {
  /** Bytes in use, as the browser estimates them; null where it does not say. */
  readonly used: number | null;
  /** Bytes that it would allow; null where it does not say. */
  readonly quota: number | null;
  /** Whether it promises to delete nothing by itself. */
  readonly persistent: boolean;
};

/**
 * Asks how much is kept.
 *
 * @returns The browser's own figures; nothing known where it has none.
 */
export async function measureStorage(): Promise<StorageUse> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return {
      used: usage ?? null,
      quota: quota ?? null,
      persistent: await navigator.storage.persisted(),
    };
  } catch {
    return { used: null, quota: null, persistent: false };
  }
}

/**
 * Asks the browser never to delete by itself what is kept. It may ask the person, or decide alone.
 *
 * @returns Whether it promised.
 */
export async function persistStorage(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

/**
 * Whether the browser lets this site keep anything: where cookies are blocked, each kind of storage refuses.
 *
 * @returns False where one of them does.
 */
export async function mayStore(): Promise<boolean> {
  try {
    void localStorage.length;
    await indexedDB.databases();
    // There is none where the page is not served securely.
    if ('caches' in globalThis) await caches.keys();
    return true;
  } catch {
    return false;
  }
}

/**
 * A setting of an earlier visit.
 *
 * @param name Its name.
 * @returns Its value; null where there is none, or storage is denied.
 */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * Keeps a setting for the next visit, where storage is not denied and has room.
 *
 * @param name Its name.
 * @param value Its value.
 * @returns Whether it is kept; else it holds until the page is closed.
 */
export function writeSetting(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}
