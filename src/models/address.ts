/**
 * Where a file of a catalogue is, if it is where such files may be: in the catalogue's folder or below
 * it. Both addresses are compared as the browser would ask for them, so that no spelling of a name
 * (dots written as `%2e`, tabs, backslashes, another scheme, a host, a port, a password) leads anywhere
 * else. An encoded slash is refused, too, since servers decode it.
 *
 * @param name The file's address as the catalogue gives it.
 * @param catalogUrl Absolute address of the catalogue; as a name it stands for itself.
 * @returns The absolute address; null where it is elsewhere.
 */
export function addressBelow(name: string, catalogUrl: string): string | null {
  if (!URL.canParse(name, catalogUrl)) return null;
  const address = new URL(name, catalogUrl);
  if (address.href === new URL(catalogUrl).href) return address.href;
  // An address that has no folders, such as `data:`, is a base for itself alone.
  if (!URL.canParse('./', catalogUrl)) return null;
  const folder = new URL('./', catalogUrl);
  const rest = address.pathname.slice(folder.pathname.length);
  const isBelow =
    address.protocol === folder.protocol &&
    address.host === folder.host &&
    address.username === folder.username &&
    address.password === folder.password &&
    address.pathname.startsWith(folder.pathname) &&
    !/%(2f|5c)/i.test(rest);
  return isBelow ? address.href : null;
}
