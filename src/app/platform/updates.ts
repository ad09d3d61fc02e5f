import { registerSW } from 'virtual:pwa-register';
import { fetchWithin } from '../../integrity/fetch-within';
import { checkParts } from './parts';

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
  // It imports a part of the page.
  const registering = checkParts('page')
    .catch(() => undefined)
    .then(() =>
      registerSW({
        onNeedRefresh: handlers.onReady,
        // Its own answer is to reload every tab, whatever that is doing, but not one on its first visit.
        onNeedReload: () => undefined,
      }),
    );
  return async () => (await registering)(true);
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
