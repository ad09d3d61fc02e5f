import { fetchWithin } from '../../integrity/fetch-within';

/** What happens to the page's version. */
export type UpdateHandlers = {
  /** A new version has been downloaded and waits. */
  readonly onReady: () => void;
  /** A new version has taken over, asked for here or in another tab: this page is of the old one. */
  readonly onReplaced: () => void;
};

/**
 * Registers the service worker and watches for a newer version of the page.
 *
 * @param handlers Called as things happen.
 * @returns Lets the waiting version take over; nothing happens where the browser has or allows no service workers.
 */
export function watchUpdates(handlers: UpdateHandlers): () => Promise<void> {
  const workers = findWorkers();
  if (!workers) return async () => undefined;
  // The first worker that takes a page over brings nothing new.
  let controlled = Boolean(workers.controller);
  workers.addEventListener('controllerchange', () => {
    if (controlled) handlers.onReplaced();
    controlled = true;
  });
  const registering = register(workers, handlers.onReady).catch(() => null);
  return async () => (await registering)?.waiting?.postMessage({ type: 'SKIP_WAITING' });
}

/** Milliseconds after which a version that is installed is one that waits: some take over at once. */
const settledMs = 200;

async function register(
  workers: ServiceWorkerContainer,
  onReady: () => void,
): Promise<ServiceWorkerRegistration | null> {
  // In development there is none.
  if (!import.meta.env.PROD) return null;
  // The page itself comes first.
  if (document.readyState !== 'complete')
    await new Promise((loaded) => addEventListener('load', loaded, { once: true }));
  const scope = import.meta.env.BASE_URL;
  const registration = await workers.register(`${scope}sw.js`, { scope });
  const watch = (worker: ServiceWorker | null): void => {
    const look = (): void => {
      if (worker?.state === 'installed' && registration.active)
        setTimeout(() => registration.waiting === worker && onReady(), settledMs);
    };
    worker?.addEventListener('statechange', look);
    look();
  };
  registration.addEventListener('updatefound', () => watch(registration.installing));
  watch(registration.installing);
  watch(registration.waiting);
  return registration;
}

/** Null where there are none, or storage is denied. */
function findWorkers(): ServiceWorkerContainer | null {
  try {
    return 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  } catch {
    return null;
  }
}

/** How many points are told at most. */
const mostNotes = 3;

/**
 * What the waiting version brings, in its own words: the points of its `whats-new.json` that the
 * present version's, which the service worker keeps, does not have.
 *
 * @param address Address of `whats-new.json`.
 * @returns Some sentences; none where they cannot be had.
 */
export async function fetchNotes(address: string): Promise<string[]> {
  try {
    // The parameter passes by the kept copy.
    const fresh = await readNotes(`${address}?waiting`, { cache: 'no-store' });
    const known = new Set(await readNotes(address).catch(() => []));
    return fresh.filter((note) => !known.has(note)).slice(0, mostNotes);
  } catch {
    return [];
  }
}

async function readNotes(address: string, init?: RequestInit): Promise<string[]> {
  const response = await fetchWithin(location.href, address, init);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { notes } = (await response.json()) as { readonly notes?: unknown };
  return Array.isArray(notes) ? notes.filter((note) => typeof note === 'string') : [];
}
