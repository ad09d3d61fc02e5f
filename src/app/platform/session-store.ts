import { readSetting, writeSetting } from './storage';

/**
 * The photo that is open, and files and results of a queue, kept for a reload or a crash. It lies in a cache, encrypted; the key lies in the tab's
 * own storage, which a reload and a browser's recovery of its tabs bring back, and which goes with the tab: then
 * nobody reads it any more.
 */
const cacheName = 'enlarger-session';
const keyName = 'enlarger.session';
const queuesName = 'enlarger.queues';
const clipsName = 'enlarger.clips';
const timeHeader = 'X-Kept-At';
const sizeHeader = 'X-Bytes';

/** Milliseconds after which what was kept is deleted: longer than a weekend. */
const mostMs = 4 * 86_400_000;

/** What is kept of a queue: its list; a photo's file, its result, and what was done to it by hand, by the photo's number. */
export type QueuePart = 'queue' | `${'file' | 'result' | 'retouch'}/${number}`;

/** What parts are of: of an open photo, or of a queue. */
export type SessionKind = 'photos' | 'queues';

/** What is kept of a session, each for itself. */
export type SessionPart = 'photo' | 'settings' | QueuePart;

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
  const headers = { [timeHeader]: String(now), [sizeHeader]: String(bytes.length) };
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
 * Whether a queue may have been kept by a tab that is closed: cheap to ask.
 *
 * @returns False where none has.
 */
export function mayHaveQueue(): boolean {
  return readSetting(queuesName) !== null;
}

/** Notes that one has. */
export function noteQueue(): void {
  writeSetting(queuesName, 'on');
}

/**
 * Whether a clip that was being made may have been kept: cheap to ask.
 *
 * @returns False where none has.
 */
export function mayHaveClip(): boolean {
  return readSetting(clipsName) === 'on';
}

/**
 * Notes whether one has.
 *
 * @param isThere Whether one has.
 */
export function noteClip(isThere: boolean): void {
  writeSetting(clipsName, isThere ? 'on' : 'off');
}

/**
 * Deletes what was kept: by every tab, or what is too old.
 *
 * @param now The time, in milliseconds since 1970; all of it by default.
 * @param kinds Of what; of all by default.
 */
export async function dropSessions(
  now?: number,
  kinds: readonly SessionKind[] = ['photos', 'queues'],
): Promise<void> {
  if (!(await caches.has(cacheName))) return;
  const cache = await caches.open(cacheName);
  for (const request of await cache.keys()) {
    if (!kinds.includes(kindOf(splitAddress(request).part))) continue;
    const response = await cache.match(request);
    const age = (now ?? 0) - Number(response?.headers.get(timeHeader) ?? Number.NaN);
    if (now === undefined || !(age >= 0 && age < mostMs)) await cache.delete(request);
    response?.body?.cancel().catch(() => undefined);
  }
}

/**
 * Which parts this tab has kept.
 *
 * @returns Their names, in no order.
 */
export async function listParts(): Promise<SessionPart[]> {
  const seal = await readSeal();
  return seal ? (await listKept()).filter(({ id }) => id === seal.id).map(({ part }) => part) : [];
}

/**
 * Deletes parts that this tab has kept; one that was not kept is no fault.
 *
 * @param parts Which.
 */
export async function dropParts(parts: readonly SessionPart[]): Promise<void> {
  const seal = await readSeal();
  if (!seal || parts.length === 0 || !(await caches.has(cacheName))) return;
  const cache = await caches.open(cacheName);
  await Promise.all(parts.map((part) => cache.delete(addressOf(seal.id, part))));
}

/**
 * How much is kept, by all tabs.
 *
 * @returns Bytes: of photos that are open, and of queues.
 */
export async function measureSessions(): Promise<Record<SessionKind, number>> {
  const sizes = { photos: 0, queues: 0 };
  for (const { part, bytes } of await listKept()) sizes[kindOf(part)] += bytes;
  return sizes;
}

/**
 * The name of this tab: made where it has none, and kept as long as what it keeps can be read.
 *
 * @returns Not to be guessed.
 */
export async function nameTab(): Promise<string> {
  return (await makeSeal()).id;
}

/** Gives this tab another name and another key, as one needs that was made as the copy of another. */
export function renameTab(): void {
  sessionStorage.removeItem(keyName);
}

/** All that is kept, by every tab: nothing of it is read. */
async function listKept(): Promise<{ id: string; part: SessionPart; bytes: number }[]> {
  if (!(await caches.has(cacheName))) return [];
  const cache = await caches.open(cacheName);
  const kept = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    const bytes = Number(response?.headers.get(sizeHeader) ?? 0);
    response?.body?.cancel().catch(() => undefined);
    kept.push({ ...splitAddress(request), bytes });
  }
  return kept;
}

/**
 * What a part is of.
 *
 * @param part Which.
 * @returns Its kind.
 */
export const kindOf = (part: SessionPart): SessionKind =>
  part === 'photo' || part === 'settings' ? 'photos' : 'queues';

const addressOf = (id: string, part: SessionPart): string => `/${cacheName}/${id}/${part}`;

/** What {@link addressOf} has made. */
function splitAddress({ url }: Request): { readonly id: string; readonly part: SessionPart } {
  const [id = '', ...rest] = new URL(url).pathname.split('/').slice(2);
  return { id, part: rest.join('/') as SessionPart };
}

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
