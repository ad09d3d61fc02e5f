/**
 * Where a shared photo waits between the service worker, which receives it, and the page, which
 * opens it: a cache of its own, so that neither needs the other to be running.
 */
const boxName = 'enlarger-shared';
const nameHeader = 'X-File-Name';

/** The address parameter that tells the page which share to take. */
export const shareParameter = 'share';

/** What the parameter says in place of a number where nothing waits. */
export type ShareFault = 'empty' | 'failed';

const addressOf = (id: string): string => `/${boxName}/${encodeURIComponent(id)}`;

/**
 * Puts a file into the box, in place of any that was never taken.
 *
 * @param file What was shared.
 * @returns What {@link takeShared} wants.
 * @throws {DOMException} Where nothing can be stored.
 */
export async function putShared(file: File): Promise<string> {
  await caches.delete(boxName);
  const id = crypto.randomUUID();
  const headers = { 'Content-Type': file.type, [nameHeader]: encodeURIComponent(file.name) };
  await (await caches.open(boxName)).put(addressOf(id), new Response(file, { headers }));
  return id;
}

/**
 * Takes a file out of the box.
 *
 * @param id From {@link putShared}.
 * @returns The file, which only the receiver has now, or null where it is not there any more.
 */
export async function takeShared(id: string): Promise<File | null> {
  try {
    const box = await caches.open(boxName);
    const response = await box.match(addressOf(id));
    if (!response) return null;
    const name = decodeURIComponent(response.headers.get(nameHeader) ?? '');
    const type = response.headers.get('Content-Type') ?? '';
    // Read whole before it is deleted.
    const file = new File([await response.arrayBuffer()], name, { type });
    await caches.delete(boxName);
    return file;
  } catch {
    return null;
  }
}
