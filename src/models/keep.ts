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
 * without storage fails there, where the failure is handled, and not here; and it is opened again
 * where the browser has closed it, as it does when a person clears a site's data.
 *
 * @returns A keep shared by all tabs of this origin.
 */
export function createBrowserKeep(): Keep {
  let store: UseStore | undefined;
  const open = () => (store ??= createStore('enlarger-models', 'files'));
  const ask = async <T>(question: (store: UseStore) => Promise<T>): Promise<T> => {
    try {
      return await question(open());
    } catch {
      store = undefined;
      return question(open());
    }
  };
  return {
    get: (key) => ask((files) => get<unknown>(key, files)),
    set: (key, value) => ask((files) => set(key, value, files)),
    delete: (key) => ask((files) => del(key, files)),
    keys: () => ask((files) => keys<string>(files)),
  };
}
