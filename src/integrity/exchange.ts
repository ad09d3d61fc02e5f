import { untilAborted } from '../core/abort';
import { EnhanceError } from '../core/errors';
import type { Fetch } from './fetch-within';
import { stallMs, StallWatch, type Clock } from './stall';

/** How files are reached. */
export type Network = {
  readonly fetch: Fetch;
  /** Counts the time in which nothing arrives. */
  readonly clock: Clock;
};

/** How something is asked for. */
export type ExchangeOptions = {
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Where it may come from; `no-cache`: after an update, a copy of the HTTP cache's would be the old file. */
  readonly cache?: RequestCache | undefined;
};

/** What arrives of a body, unpacked. */
export type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

type Hear = <Part>(part: Promise<Part>) => Promise<Part>;

/**
 * Asks for something and hands it on as it arrives, under a watch. Whatever ends it, no connection is left
 * open.
 *
 * @param network How to reach it.
 * @param network.fetch Asks.
 * @param network.clock Counts the time in which nothing arrives.
 * @param url Absolute address; it must not redirect.
 * @param options See {@link ExchangeOptions}.
 * @param options.signal See there.
 * @param options.cache See there.
 * @param read Makes something of the response, of any status, and of the chunks of its body; it may leave
 *   them unread, or stop half-way.
 * @returns What `read` gives.
 * @throws {EnhanceError} `offline`: `download-failed` where the server cannot be reached, redirects or
 *   breaks off, `download-stalled` where nothing arrives for {@link stallMs}.
 * @throws {DOMException} The signal's reason, where it was aborted.
 */
export async function exchange<T>(
  { fetch, clock }: Network,
  url: string,
  { signal, cache = 'no-cache' }: ExchangeOptions,
  read: (response: Response, chunks: Chunks) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const watch = new StallWatch(clock);
  const stop = signal ? AbortSignal.any([signal, watch.signal]) : watch.signal;
  const hear: Hear = async (part) => {
    const heard = await untilAborted(part, stop).catch((error: unknown) => {
      if (error instanceof EnhanceError) throw error;
      throw new EnhanceError('download-failed', { url, cause: String(error) });
    });
    watch.feed();
    return heard;
  };
  let response: Response | undefined;
  try {
    response = await hear(fetch(url, { cache, redirect: 'error', signal: stop }));
    return await read(response, chunksOf(response, hear));
  } catch (error) {
    signal?.throwIfAborted();
    if (!watch.signal.aborted) throw error;
    throw new EnhanceError('download-stalled', { url, seconds: stallMs / 1000 });
  } finally {
    watch.end();
    // Where it was not read at all.
    response?.body?.cancel().catch(() => undefined);
  }
}

/**
 * Reads a body piece by piece.
 *
 * @param response Whose body; it is given up where the reader stops half-way.
 * @param response.body The body.
 * @param hear Waits for each piece.
 * @yields What arrives.
 */
export async function* chunksOf(
  { body }: Pick<Response, 'body'>,
  hear: Hear = (part) => part,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await hear(reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
