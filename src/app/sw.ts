/**
 * The service worker: the shell is kept at once, the engine (its scripts and wasm) from its first use on,
 * each file only as it was built; and `/models/` is left to the app's own store, which checks every byte
 * itself. A photo that another app shares waits for the page.
 *
 * Responses are kept with their headers, so a page from the cache is cross-origin isolated exactly
 * when the host's own is.
 */
import { NavigationRoute, registerRoute } from 'workbox-routing';

import { fetchWithin } from '../integrity/fetch-within';
import { forgetMended } from '../integrity/mended-list';
import { BuildCache, type BuiltFile } from './platform/build-cache';
import { awaitFreeBuild, listHeldBuilds } from './platform/builds-in-use';
import { bySelf, engineCache, shellCache, wordsCache } from './platform/engine-files';
import { NotedBuilds } from './platform/noted-builds';
import { listenForShares } from './platform/share-route';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string }[];
};

/** Every file of the build, with its hash and size: the build writes it in (scripts/integrity.mjs). */
const files = self.__WB_MANIFEST
  // The plugin repeats the web manifest, with a shorter hash of its own.
  .filter(({ revision }) => revision.length > 64)
  .map(({ url, revision }): BuiltFile => ({
    url: new URL(url, self.location.href).href,
    built: revision,
  }));
const isEngine = ({ url }: BuiltFile) => url.includes('/assets/engine/') || url.endsWith('.wasm');
const isWords = ({ url }: BuiltFile) => url.includes('/assets/words/');

/**
 * The caches that a build's files lie in.
 *
 * @param built All its files.
 * @returns The cache of the shell, of the engine, and of languages, of which only those are kept that are spoken here.
 */
function cachesOf(built: readonly BuiltFile[]) {
  return [
    // By content, so that a version that waits does not replace the files of the one that runs.
    new BuildCache(
      shellCache,
      built.filter((file) => !isEngine(file) && !isWords(file)),
      ({ url, built }) => `${url}?sha256=${built}`,
    ),
    new BuildCache(engineCache, built.filter(isEngine)),
    new BuildCache(wordsCache, built.filter(isWords)),
  ] as const;
}

const own = cachesOf(files);
const [shell, engine, words] = own;

// On a host that sends no policy, nothing of ours reaches another origin all the same.
self.addEventListener('fetch', (event) => {
  const { origin, protocol } = new URL(event.request.url);
  if (origin === self.location.origin || !/^https?:$/.test(protocol)) return;
  event.respondWith(Response.error());
  event.stopImmediatePropagation();
});

const home = new URL('./', self.location.href).href;
const waitWith = (event: ExtendableEvent) => (work: Promise<unknown>) => event.waitUntil(work);

const builds = new NotedBuilds(home, files);

registerRoute(
  new NavigationRoute(
    ({ event }) => {
      event.waitUntil(expireLater());
      return shell.answer(`${home}index.html`, { isFresh: false, waitUntil: waitWith(event) });
    },
    { denylist: [/\/models\//, /\/[^/]+\.\w+$/] },
  ),
);

for (const cache of own)
  registerRoute(
    ({ url, request }) => cache.has(url.href) && request.cache !== bySelf,
    ({ request, event }) =>
      cache.answer(request.url, {
        isFresh: request.cache === 'reload',
        waitUntil: waitWith(event),
      }),
  );

// What a page of an older build asks for; the server may no longer have it.
registerRoute(
  ({ url, request }) =>
    url.href.startsWith(`${home}assets/`) &&
    !own.some((cache) => cache.has(url.href)) &&
    request.cache !== bySelf,
  async ({ request, event }) => {
    const { url, cache } = request;
    const older = (await builds.list('before')).flatMap(cachesOf).find((each) => each.has(url));
    return older
      ? older.answer(url, { isFresh: cache === 'reload', waitUntil: waitWith(event) })
      : fetchWithin(home, url, { cache });
  },
);

listenForShares(home);

/**
 * A built file's address without its content hash (Vite: a dash and eight characters).
 *
 * @param url Absolute address.
 * @returns What stays the same from build to build.
 */
const stem = (url: string) => url.replace(/-[\w-]{8}(\.\w+)$/, '$1');

/**
 * Fetches the new build of every file of the engine and of a language that the old build had in use, so that an
 * update never costs the person the offline use they already had. A failure fails the installation: the old
 * version stays, whole, and the browser tries again later.
 */
async function carryOver(): Promise<void> {
  for (const cache of [engine, words]) {
    const stems = new Set((await cache.list()).map(stem));
    const urls = files.map(({ url }) => url).filter((url) => cache.has(url));
    await cache.fill(urls.filter((url) => stems.has(stem(url))));
  }
}

/**
 * Deletes what is not of this build, and what versions before this way of keeping left; nothing as long as a page of an
 * older build is open with a photo in it.
 */
async function expire(): Promise<void> {
  if ((await listOlder()).length > 0) return;
  const names = (await caches.keys()).filter((name) => name.startsWith('workbox-precache'));
  const urls = new Set(files.map(({ url }) => url));
  await Promise.all([
    ...own.map((cache) => cache.prune()),
    builds.forget(),
    forgetMended((url) => !urls.has(url)),
    ...names.map((name) => caches.delete(name)),
  ]);
}

/** Longest that is waited for a page that is just being left or reloaded, in milliseconds. */
const mostLeavingMs = 5000;

/**
 * Deletes at a visit what had to stay when this version took over. It goes by the lists of older builds: what else lies
 * there may be of one that is being installed.
 */
async function expireLater(): Promise<void> {
  const older = (await builds.list('before')).flatMap(cachesOf);
  if (older.length === 0) return;
  await Promise.all((await listOlder()).map((script) => awaitFreeBuild(script, mostLeavingMs)));
  if ((await listOlder()).length > 0) return;
  const newer = (await builds.list('after')).flatMap(cachesOf);
  const keysOf = (caches: readonly BuildCache[]) => new Set(caches.flatMap(({ keys }) => keys));
  const [old, wanted] = [keysOf(older), keysOf(newer)];
  await Promise.all(own.map((cache) => cache.prune((key) => old.has(key) && !wanted.has(key))));
  await builds.forget();
}

/** The builds before this one that open pages hold. */
async function listOlder(): Promise<string[]> {
  return (await listHeldBuilds()).filter((script) => !shell.has(script));
}

/**
 * Whether what is active is no version of ours: it kept nothing. An empty answer in this script's place is
 * a service worker to the browser, and would make each right one after it wait.
 */
async function isActiveHollow(): Promise<boolean> {
  if (!self.registration.active) return false;
  const names = await caches.keys();
  if (names.some((name) => name.startsWith('workbox-precache'))) return false;
  // Whoever looks into the cache makes it: it is there before it holds anything.
  return (await (await caches.open(shellCache)).keys()).length === 0;
}

/** Keeps the whole of a language, whatever of it was used: who reads German online reads it offline. */
async function keepWords(language: string): Promise<void> {
  const own = files.filter(({ url }) => url.includes(`/assets/words/${language}-`));
  // What cannot be had now is asked for again at the next visit.
  await words.fill(own.map(({ url }) => url)).catch(() => undefined);
}

async function install(): Promise<void> {
  const isHollow = await isActiveHollow();
  await Promise.all([shell.fill(), carryOver()]);
  // Without it, an update costs a page that is open what it has not loaded yet.
  await builds.note().catch(() => undefined);
  if (isHollow) await self.skipWaiting();
}

self.addEventListener('install', (event) => event.waitUntil(install()));

// Claiming lets the very first visit keep the engine too; an update gets here only when asked to.
self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([expire(), self.clients.claim()])),
);

self.addEventListener('message', (event) => {
  const data: unknown = event.data;
  if (typeof data !== 'object' || data === null || !('type' in data)) return;
  if (data.type === 'SKIP_WAITING') void self.skipWaiting();
  if (data.type === 'KEEP_LANGUAGE' && 'language' in data)
    event.waitUntil(keepWords(String(data.language)));
});
