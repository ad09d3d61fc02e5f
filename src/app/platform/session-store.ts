/**
 * The photo that is open, kept for a reload or a crash. It lies in a cache, encrypted; the key lies in the tab's
 * own storage, which a reload and a browser's recovery of its tabs bring back, and which goes with the tab: then
 * nobody reads it any more.
 */
const cacheName = 'enlarger-session';
const keyName = 'enlarger.session';
const timeHeader = 'X-Kept-At';

/** Milliseconds after which what was kept is deleted: longer than a weekend. */
const mostMs = 4 * 86_400_000;

/** What is kept of a session, each for itself. */
export type SessionPart = 'photo' | 'settings';

/** Bytes of the vector that comes before what is encrypted. */
const vectorBytes = 12;

type Seal = { readonly id: string; readonly key: CryptoKey };

/**
 * Keeps a part in place of what was kept of it.
 *
 * @param part Which.
 * @param bytes What.
 * @param now The time, in milliseconds since 1970.
 * @throws {unknown} Where nothing can be kept; `QuotaExceededError` where there is no room.
 */
export async function keepPart(
  part: SessionPart,
  bytes: Uint8Array<ArrayBuffer>,
  now: number,
): Promise<void> {
  const { id, key } = await makeSeal();
  const iv = crypto.getRandomValues(new Uint8Array(vectorBytes));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes);
  const headers = { [timeHeader]: String(now) };
  const cache = await caches.open(cacheName);
  await cache.put(addressOf(id, part), new Response(new Blob([iv, sealed]), { headers }));
}

/**
 * What this tab has kept of a part.
 *
 * @param part Which.
 * @returns The bytes; null where there is nothing.
 * @throws {unknown} Where it cannot be read any more.
 */
export async function readPart(part: SessionPart): Promise<Uint8Array<ArrayBuffer> | null> {
  const seal = await readSeal();
  if (!seal || !(await caches.has(cacheName))) return null;
  const kept = await (await caches.open(cacheName)).match(addressOf(seal.id, part));
  if (!kept) return null;
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const iv = bytes.subarray(0, vectorBytes);
  const sealed = bytes.subarray(vectorBytes);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, seal.key, sealed));
}

/**
 * Whether this tab may have kept something: cheap to ask.
 *
 * @returns False where it has not.
 */
export function mayHaveKept(): boolean {
  try {
    return sessionStorage.getItem(keyName) !== null;
  } catch {
    return false;
  }
}

/**
 * Deletes what was kept: by every tab, or what is too old.
 *
 * @param now The time, in milliseconds since 1970; all of it by default.
 */
export async function dropSessions(now?: number): Promise<void> {
  if (!(await caches.has(cacheName))) return;
  const cache = await caches.open(cacheName);
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    const age = (now ?? 0) - Number(response?.headers.get(timeHeader) ?? Number.NaN);
    if (now === undefined || !(age >= 0 && age < mostMs)) await cache.delete(request);
    response?.body?.cancel().catch(() => undefined);
  }
}

/** Deletes what this tab has kept. */
export async function dropOwn(): Promise<void> {
  const seal = await readSeal();
  if (!seal || !(await caches.has(cacheName))) return;
  const cache = await caches.open(cacheName);
  await Promise.all(
    (['photo', 'settings'] as const).map((part) => cache.delete(addressOf(seal.id, part))),
  );
}

/**
 * How much is kept, by all tabs.
 *
 * @returns Bytes.
 */
export async function measureSessions(): Promise<number> {
  if (!(await caches.has(cacheName))) return 0;
  const cache = await caches.open(cacheName);
  const kept = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
  const sizes = await Promise.all(kept.map(async (each) => (await each?.blob())?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const addressOf = (id: string, part: SessionPart): string => `/${cacheName}/${id}/${part}`;

async function readSeal(): Promise<Seal | null> {
  const text = sessionStorage.getItem(keyName);
  const [id, raw] = (text ?? '').split(' ');
  if (!id || !raw) return null;
  const bytes = Uint8Array.from(atob(raw), (each) => each.charCodeAt(0));
  return { id, key: await importKey(bytes) };
}

async function makeSeal(): Promise<Seal> {
  const known = await readSeal();
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const id = crypto.randomUUID();
  sessionStorage.setItem(keyName, `${id} ${btoa(String.fromCharCode(...bytes))}`);
  return { id, key: await importKey(bytes) };
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
