/**
 * Where a shared photo waits between the service worker, which receives it, and the page, which shows
 * it: a cache of its own, so that neither needs the other to be running. One photo at a time, for ten
 * minutes at most.
 */
const boxName = 'enlarger-shared';
const nameHeader = 'X-File-Name';
const senderHeader = 'X-Sender';
const timeHeader = 'X-Shared-At';

/** The address parameter that tells the page which share to take. */
export const shareParameter = 'share';

/** What the parameter says in place of a number where nothing waits. */
export type ShareFault = 'empty' | 'failed' | 'large';

/** Milliseconds that a share is kept, in the box or shown on the page. */
export const shareMs = 600_000;

/** A file that was shared, and by whom. */
export type Shared = {
  readonly file: File;
  /** Host of the site that sent it; null where the browser does not say, as for the system's own share. */
  readonly sender: string | null;
};

const addressOf = (id: string): string => `/${boxName}/${encodeURIComponent(id)}`;

/**
 * Puts a file into the box, in place of any that was never taken.
 *
 * @param shared What was shared.
 * @param now The time, in milliseconds since 1970.
 * @returns What {@link takeShared} wants.
 * @throws {DOMException} Where nothing can be stored.
 */
export async function putShared({ file, sender }: Shared, now: number): Promise<string> {
  await emptyBox();
  const id = crypto.randomUUID();
  const headers = {
    'Content-Type': file.type,
    [nameHeader]: encodeURIComponent([...file.name].slice(0, 255).join('')),
    [timeHeader]: String(now),
    ...(sender !== null && { [senderHeader]: encodeURIComponent(sender) }),
  };
  await (await caches.open(boxName)).put(addressOf(id), new Response(file, { headers }));
  return id;
}

/**
 * Takes a file out of the box, which is empty then.
 *
 * @param id From {@link putShared}.
 * @param now The time, in milliseconds since 1970.
 * @returns The file, which only the receiver has now, or null where it is not there any more.
 */
export async function takeShared(id: string, now: number): Promise<Shared | null> {
  try {
    const response = await (await caches.open(boxName)).match(addressOf(id));
    if (!response || isStale(response, now)) return null;
    const { headers } = response;
    const sender = headers.get(senderHeader);
    const type = headers.get('Content-Type') ?? '';
    const name = decodeURIComponent(headers.get(nameHeader) ?? '');
    // A Blob of the browser's, which need not be in memory; whole before its entry goes.
    const file = new File([await response.blob()], name, { type });
    return { file, sender: sender && decodeURIComponent(sender) };
  } catch {
    return null;
  } finally {
    await emptyBox().catch(() => undefined);
  }
}

/**
 * Deletes every share. Entries are deleted, never the cache: one that is deleted while it is in use keeps
 * its place on the disk until the browser ends.
 *
 * @throws {DOMException} Where storage does not work.
 */
export async function emptyBox(): Promise<void> {
  await deleteEntries(() => true);
}

/**
 * Deletes shares that have waited for too long.
 *
 * @param now The time, in milliseconds since 1970.
 * @throws {DOMException} Where storage does not work.
 */
export async function expireShares(now: number): Promise<void> {
  await deleteEntries((response) => isStale(response, now));
}

async function deleteEntries(chosen: (response: Response) => boolean): Promise<void> {
  if (!(await caches.has(boxName))) return;
  const box = await caches.open(boxName);
  for (const request of await box.keys()) {
    const response = await box.match(request);
    if (!response || chosen(response)) await box.delete(request);
    response?.body?.cancel().catch(() => undefined);
  }
}

/** A share without a time is of an older build. */
function isStale({ headers }: Response, now: number): boolean {
  const age = now - Number(headers.get(timeHeader) ?? Number.NaN);
  return !(age >= 0 && age < shareMs);
}
