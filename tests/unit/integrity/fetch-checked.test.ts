import { createHash } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { fetchChecked } from '../../../src/integrity/fetch-checked';
import type { Fetch } from '../../../src/integrity/fetch-within';
import { stallMs, type Clock } from '../../../src/integrity/stall';

const home = 'https://enlarger.example/app/';
const file = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) & 255);
const sha256 = createHash('sha256').update(file).digest('hex');
const address = `assets/engine.wasm#sha256=${sha256}.${file.length}`;
const url = `${home}assets/engine.wasm`;
const never: Clock = () => () => undefined;

beforeEach(() => {
  vi.stubGlobal('self', { location: { href: home } });
  return () => vi.unstubAllGlobals();
});

/** A server that gives these answers, one after the other. */
const answering = (...answers: (() => Response)[]) =>
  vi.fn<Fetch>(() => {
    const answer = answers.shift();
    if (!answer) return Promise.reject(new TypeError('no more answers'));
    return Promise.resolve(answer());
  });

const broken = () =>
  new Response(
    new ReadableStream({
      start(body) {
        body.enqueue(file.slice(0, 100));
        body.error(new TypeError('connection lost'));
      },
    }),
  );

test.each<[what: string, answer: () => Response]>([
  ['a page', () => new Response('<!doctype html>')],
  ['a fault', () => new Response(file, { status: 500 })],
  ['half of it', () => new Response(file.slice(0, 2500))],
  ['more than it', () => new Response(new Uint8Array([...file, 0]))],
  ['the same number of other bytes', () => new Response(file.map((byte) => byte ^ 1))],
  ['a connection that breaks', broken],
])('%s in its place is asked about once more, past every cache', async (_, answer) => {
  const fetch = answering(answer, () => new Response(file));
  const { bytes } = await fetchChecked(address, {}, { fetch, clock: never });
  expect(bytes).toEqual(file);
  const asked = fetch.mock.calls.map(([to, { cache, redirect }]) => [to, cache, redirect]);
  expect(asked).toEqual([
    [url, 'default', 'error'],
    [url, 'reload', 'error'],
  ]);
});

test('what is wrong twice is not given', async () => {
  const fetch = answering(
    () => new Response('one'),
    () => new Response('two', { status: 418 }),
  );
  const asking = fetchChecked(address, {}, { fetch, clock: never });
  await expect(asking).rejects.toMatchObject({
    problem: 'file-altered',
    facts: { url, status: 418 },
  });
});

test('a server that cannot be reached is asked once', async () => {
  const fetch = answering();
  const asking = fetchChecked(address, {}, { fetch, clock: never });
  await expect(asking).rejects.toMatchObject({ problem: 'download-failed', facts: { url } });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('an answer without end is given up where the file would have ended', async () => {
  let sent = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(body) {
          sent += 1000;
          body.enqueue(new Uint8Array(1000));
        },
      }),
    );
  const asking = fetchChecked(address, {}, { fetch: answering(endless, endless), clock: never });
  await expect(asking).rejects.toMatchObject({ problem: 'file-altered' });
  // Twice the file, and what streams hold in advance.
  expect(sent).toBeLessThan(20_000);
});

test.each(['before an answer', 'in the middle of it'])(
  'fifteen seconds of silence end it, %s, without a second try',
  async (when) => {
    const waits: (() => void)[] = [];
    const clock: Clock = (work, ms) => {
      expect(ms).toBe(stallMs);
      waits.push(work);
      return () => void waits.splice(waits.indexOf(work), 1);
    };
    const cancel = vi.fn();
    const silent = () =>
      new Response(new ReadableStream({ start: (body) => body.enqueue(file.slice(0, 9)), cancel }));
    const fetch = vi.fn<Fetch>(() =>
      when === 'before an answer' ? new Promise(() => undefined) : Promise.resolve(silent()),
    );
    const asking = fetchChecked(address, {}, { fetch, clock });
    asking.catch(() => undefined);
    await new Promise((done) => setTimeout(done));
    for (const work of [...waits]) work();
    await expect(asking).rejects.toMatchObject({
      problem: 'download-stalled',
      facts: { url, seconds: 15 },
    });
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(waits).toEqual([]);
    if (when !== 'before an answer') expect(cancel).toHaveBeenCalled();
  },
);

test('without a hash any success is taken, as far as a file can be long', async () => {
  const fetch = answering(() => new Response('anything'));
  const { bytes } = await fetchChecked('assets/x.wasm', {}, { fetch, clock: never });
  expect(new TextDecoder().decode(bytes)).toBe('anything');
});
