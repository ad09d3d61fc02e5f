import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';

/** Where bytes are kept between visits. Any call may reject: storage can be full, off or broken. */
export interface Keep {
  /** What is kept under a key, or undefined. */
  get(key: string): Promise<unknown>;
  /** Keeps a value, in place of what was there. */
  set(key: string, value: unknown): Promise<void>;
  /** Drops a key; none there is no failure. */
  delete(key: string): Promise<void>;
  /** Every key, in no order. */
  keys(): Promise<string[]>;
}

/**
 * Storage in this browser's IndexedDB. The database is opened at the first call, so that a browser
 * without storage fails there, where the failure is handled, and not here.
 *
 * @returns A keep shared by all tabs of this origin.
 */
export function createBrowserKeep(): Keep {
  let store: UseStore | undefined;
  const open = () => (store ??= createStore('enlarger-models', 'files'));
  return {
    get: async (key) => get<unknown>(key, open()),
    set: async (key, value) => set(key, value, open()),
    delete: async (key) => del(key, open()),
    keys: async () => keys<string>(open()),
  };
}
