import { attempt } from '../message-checks';
import { EmbedError } from '../protocol';
import { words } from './words';

/** A picture file and what to call it. */
export type NamedBlob = { readonly file: Blob; readonly name: string };

/** Milliseconds without a byte, and bytes in all, after which a picture is not waited for. */
const stallMs = 15e3;
const mostBytes = 3e8;

/**
 * Fetches a picture as the host page, under the host page's rules: the frame never does.
 *
 * @param address Another origin's must allow this one to read it (CORS).
 * @param removed Gives up.
 * @returns The file, named after the last part of the address.
 * @throws {EmbedError} `src-cors`, `src-network`, `src-status`, `src-html`, `src-size`, or `removed`.
 */
export async function fetchPhoto(address: URL, removed: AbortSignal): Promise<NamedBlob> {
  const { href, origin, pathname, protocol } = address;
  // Addresses that hold their file, or name one of this page's, have no host.
  const host = address.host || `its ${protocol} address`;
  const late = new AbortController();
  const signal = AbortSignal.any([removed, late.signal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const feed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => late.abort(), stallMs);
  };
  let response: Response | undefined;
  try {
    feed();
    response = await fetch(href, { signal });
    const { status, headers, body, ok } = response;
    const type = headers.get('Content-Type') ?? '';
    if (!ok) throw new EmbedError('src-status', `The photo is not there: ${host} said ${status}.`);
    if (/^text\/html/i.test(type))
      throw new EmbedError('src-html', 'The photo is a web page, not a picture.');
    const parts: BlobPart[] = [];
    let bytes = 0;
    const reader = body?.getReader();
    for (let part; (part = await reader?.read())?.value; parts.push(part.value)) {
      feed();
      bytes += part.value.length;
      if (bytes > mostBytes) throw new EmbedError('src-size', 'The photo is larger than 300 MB.');
    }
    const name = /^http/.test(protocol) ? nameOf(pathname) : 'photo';
    return { file: new Blob(parts, { type }), name };
  } catch (error) {
    if (removed.aborted) throw new EmbedError('removed', words.removed);
    if (error instanceof EmbedError) throw error;
    if (!response && (await answersAtAll(href, origin, signal)))
      throw new EmbedError('src-cors', `${host} must let this page read the photo (CORS).`);
    throw new EmbedError(
      'src-network',
      `The photo did not arrive whole from ${host}. Check the connection, then try again.`,
    );
  } finally {
    clearTimeout(timer);
    // Ends what is still on its way.
    late.abort();
  }
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
  const last = pathname.split('/').at(-1) ?? '';
  return (attempt(() => decodeURIComponent(last)) ?? last).slice(0, 255) || 'photo';
}
