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
