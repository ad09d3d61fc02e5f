import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchPhoto } from '../../../../src/embed/element/photo-source';

const address = new URL('https://pictures.example/me/beach%20%231.png');
const png = { 'Content-Type': 'image/png' };
const wanted = new AbortController().signal;
/** What is asked with HEAD where the photo itself cannot be read. */
let probe: () => Promise<Response>;
let answer: (signal: AbortSignal) => Promise<Response>;

beforeEach(() => {
  vi.useFakeTimers();
  probe = () => Promise.reject(new TypeError('nobody there'));
  vi.stubGlobal('location', new URL('https://host.example/page'));
  vi.stubGlobal('fetch', async (_: string, { method, signal }: RequestInit) => {
    signal?.throwIfAborted();
    return method === 'HEAD' ? probe() : answer(signal!);
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A body that ends with its signal, as a browser's does. */
function openBody(signal: AbortSignal) {
  let body!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({ start: (given) => void (body = given) });
  signal.addEventListener('abort', () => body.error(signal.reason));
  return { stream, send: (bytes: number) => body.enqueue(new Uint8Array(bytes)) };
}

test('a photo comes whole, with its type, and is named after its address', async () => {
  answer = async () => new Response(new Uint8Array(70_000), { headers: png });
  const { file, name } = await fetchPhoto(address, wanted);
  expect([name, file.size, file.type]).toEqual(['beach #1.png', 70_000, 'image/png']);
  expect(vi.getTimerCount()).toBe(0);
});

test('an answer without end is cut off at 300 MB', async () => {
  let sent = 0;
  let signal!: AbortSignal;
  const chunk = new Uint8Array(30_000_000);
  answer = async (given) => {
    signal = given;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      sent += chunk.length;
      controller.enqueue(chunk);
    };
    return new Response(new ReadableStream<Uint8Array>({ pull }), { headers: png });
  };
  await expect(fetchPhoto(address, wanted)).rejects.toMatchObject({ code: 'src-size' });
  expect(sent).toBeLessThan(4e8);
  expect(signal.aborted, 'the connection is closed').toBe(true);
});

describe('after fifteen seconds without a byte', () => {
  const pause = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('a photo has broken off, however slowly it came before', async () => {
    let send!: (bytes: number) => void;
    answer = async (signal) => {
      const body = openBody(signal);
      ({ send } = body);
      return new Response(body.stream, { headers: png });
    };
    const outcome = vi.fn();
    const work = fetchPhoto(address, wanted);
    work.catch(outcome);
    for (let i = 0; i < 5; i++) {
      await pause(14_000);
      send(1);
    }
    await pause(14_000);
    expect(outcome).not.toHaveBeenCalled();
    await pause(2000);
    await expect(work).rejects.toMatchObject({
      code: 'src-network',
      message:
        'The photo did not arrive whole from pictures.example. Check the connection, then try again.',
    });
  });

  test.each([
    ['its own', new URL('https://host.example/me.png')],
    ['another', address],
  ])('a server of %s origin that does not answer is given up', async (_, url) => {
    answer = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const work = fetchPhoto(url, wanted);
    work.catch(() => undefined);
    await pause(15_001);
    await expect(work).rejects.toMatchObject({ code: 'src-network' });
  });
});

test('a server that answers, but not this page, is told from one that does not', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(fetchPhoto(address, wanted)).rejects.toMatchObject({ code: 'src-network' });
  probe = async () => new Response();
  await expect(fetchPhoto(address, wanted)).rejects.toMatchObject({ code: 'src-cors' });
});

test('what is no longer wanted is no failure of the network, also half-way', async () => {
  const stop = new AbortController();
  answer = async (signal) => new Response(openBody(signal).stream, { headers: png });
  const work = fetchPhoto(address, stop.signal);
  work.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  stop.abort();
  await expect(work).rejects.toMatchObject({ code: 'removed' });
});
