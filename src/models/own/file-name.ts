/**
 * The last part of an address, as people read it.
 *
 * @param address Absolute.
 * @returns A file's name of at most 255 characters.
 */
export function fileNameOf(address: string): string {
  const last = (new URL(address).pathname.split('/').at(-1) || 'model').slice(0, 255);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
