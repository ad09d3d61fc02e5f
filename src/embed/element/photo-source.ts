import { EmbedError, type EmbedCode } from '../protocol';

/** A picture file and what to call it. */
export type NamedBlob = { readonly file: Blob; readonly name: string };

/**
 * Fetches a picture as the host page, under the host page's rules: the frame never does.
 *
 * @param address Another origin's must allow this one to read it (CORS).
 * @param signal Gives up.
 * @returns The file, named after the last part of the address.
 * @throws {EmbedError} `src-cors`, `src-network`, `src-status`, `src-html`, or `removed`.
 */
export async function fetchPhoto(address: URL, signal: AbortSignal): Promise<NamedBlob> {
  const { href, origin, pathname, host, protocol } = address;
  const response = await fetch(href, { signal }).catch(async () => {
    if (signal.aborted) throw fault('removed', 'The photo is no longer wanted.');
    throw (await answersAtAll(href, origin, signal))
      ? fault('src-cors', `${host} does not let this page read the photo: it must allow it (CORS).`)
      : fault('src-network', `The photo could not be fetched from ${host}. Check the connection.`);
  });
  const { status } = response;
  if (!response.ok) throw fault('src-status', `The photo is not there: ${host} said ${status}.`);
  if (/^text\/html/i.test(response.headers.get('Content-Type') ?? ''))
    throw fault('src-html', 'The address of the photo leads to a web page, not to a picture.');
  const file = await response.blob().catch(() => {
    throw fault('src-network', `The photo broke off on its way from ${host}. Try again.`);
  });
  return { file, name: /^http/.test(protocol) ? nameOf(pathname) : 'photo' };
}

/** Whether another origin has an answer that this page only may not read. */
async function answersAtAll(href: string, origin: string, signal: AbortSignal): Promise<boolean> {
  if (origin === location.origin) return false;
  const probe = { method: 'HEAD', mode: 'no-cors', signal } as const;
  return fetch(href, probe).then(
    () => true,
    () => false,
  );
}

function nameOf(pathname: string): string {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last).slice(0, 255) || 'photo';
  } catch {
    return last.slice(0, 255);
  }
}

function fault(code: EmbedCode, message: string): EmbedError {
  return new EmbedError(code, message);
}
