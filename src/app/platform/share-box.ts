/**
 * Where a shared photo waits between the service worker, which receives it, and the page, which shows
 * it: a cache of its own, so that neither needs the other to be running. One photo at a time, for ten
 * minutes at most.
 */
const boxName = 'enlarger-shared';
const senderHeader = 'X-Sender';
const timeHeader = 'X-Shared-At';

/** The address parameter that tells the page which share to take. */
export const shareParameter = 'share';

/** What the parameter says in place of a number where nothing waits. */
export type ShareFault = 'empty' | 'failed' | 'large';

/** Milliseconds that a share is kept, in the box or shown on the page. */
export const shareMs = 600_000;

/** What was shared, and by whom. */
export type Shared = {
  /** The first file, by which people know it. */
  readonly file: File;
  /** The files behind it. */
  readonly others: readonly File[];
  /** Host of the site that sent it; null where the browser does not say, as for the system's own share. */
  readonly sender: string | null;
};

const addressOf = (id: string): string => `/${boxName}/${encodeURIComponent(id)}`;

/**
 * Puts what was posted into the box as it is, in place of a share that was never taken. It is not taken
 * apart here: a file that a service worker has held stays on the disk for as long as the worker lives.
 *
 * @param form A body of `multipart/form-data`.
 * @param facts What is known of it.
 * @param facts.type Its `Content-Type`, with the boundary.
 * @param facts.sender See {@link Shared}.
 * @param facts.now The time, in milliseconds since 1970.
 * @returns What {@link takeShared} wants.
 * @throws {unknown} Where nothing can be stored, or the body breaks off; nothing is kept then.
 */
export async function putShared(
  form: ReadableStream<Uint8Array<ArrayBuffer>> | Blob,
  { type, sender, now }: { type: string; sender: string | null; now: number },
): Promise<string> {
  await emptyBox();
  const id = crypto.randomUUID();
  const headers = {
    'Content-Type': type,
    [timeHeader]: String(now),
    ...(sender !== null && { [senderHeader]: encodeURIComponent(sender) }),
  };
  await (await caches.open(boxName)).put(addressOf(id), new Response(form, { headers }));
  return id;
}

/**
 * Takes what was shared out of the box, which is empty then.
 *
 * @param id From {@link putShared}.
 * @param now The time, in milliseconds since 1970.
 * @returns The files that were shared, which only the receiver has now; `empty` where there was none,
 *   null where it is not there any more.
 */
export async function takeShared(id: string, now: number): Promise<Shared | 'empty' | null> {
  try {
    const response = await (await caches.open(boxName)).match(addressOf(id));
    if (!response || isStale(response, now)) return null;
    const sender = response.headers.get(senderHeader);
    // Whole before its entry goes.
    const fields = [...(await response.formData()).values()];
    const files = fields.filter((field) => field instanceof File).filter(({ size }) => size > 0);
    const [file, ...others] = files;
    if (!file) return 'empty';
    return { file, others, sender: sender && decodeURIComponent(sender) };
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
