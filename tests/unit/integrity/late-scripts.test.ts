import { createHash } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import {
  checkFiles,
  passFiles,
  receiveFiles,
  sendFiles,
} from '../../../src/integrity/late-scripts';

const home = 'https://enlarger.example/';
const served = new Map<string, string>();
const fetch = vi.fn(async (url: string) => {
  const text = served.get(url);
  if (text === undefined) throw new TypeError('no such file');
  return new Response(text);
});
const built = (text: string) => `${createHash('sha256').update(text).digest('hex')}.${text.length}`;
const asked = () => fetch.mock.calls.map(([url]) => url);

beforeEach(() => {
  vi.stubGlobal('self', { location: { href: home } });
  vi.stubGlobal('fetch', fetch);
  fetch.mockClear();
  served.clear();
  return () => vi.unstubAllGlobals();
});

test('a file is checked once, whoever asks, and one that the build does not name is let through', async () => {
  served.set(`${home}a.js`, 'a');
  const files = { [`${home}a.js`]: built('a') };
  const urls = [`${home}a.js`, `${home}other.js`];
  await Promise.all([checkFiles(urls, files), checkFiles(urls, files)]);
  await checkFiles(urls, files);
  expect(asked()).toEqual([`${home}a.js`]);
});

test('an altered file is refused, and asked for again at the next try', async () => {
  served.set(`${home}b.js`, 'x');
  const files = { [`${home}b.js`]: built('b') };
  await expect(checkFiles([`${home}b.js`], files)).rejects.toMatchObject({
    problem: 'file-altered',
  });
  served.set(`${home}b.js`, 'b');
  await checkFiles([`${home}b.js`], files);
  expect(asked()).toHaveLength(3);
});

test('what cannot be reached is left to its own loading', async () => {
  await checkFiles([`${home}c.js`], { [`${home}c.js`]: built('c') });
  expect(asked()).toEqual([`${home}c.js`]);
});

test('a worker checks what it is told to, and tells the workers that it starts', async () => {
  let hear: (event: { data: unknown }) => void = () => undefined;
  vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => (hear = listener));
  const sent: unknown[] = [];
  const worker = { postMessage: (data: unknown) => void sent.push(data) } as Worker;
  receiveFiles();
  const { checkLate } = globalThis as unknown as {
    checkLate: (from: string, names: readonly string[]) => Promise<void>;
  };
  served.set(`${home}assets/d.js`, 'x');
  await checkLate(`${home}assets/e.js`, ['./d.js']);
  passFiles(worker);
  // Nothing was said yet: the service worker checks.
  expect([asked(), sent]).toEqual([[], []]);
  sendFiles({ postMessage: (data: unknown) => hear({ data }) } as Worker, {
    [`${home}assets/d.js`]: built('d'),
  });
  // What else is said to it changes nothing.
  hear({ data: { id: 1 } });
  hear({ data: null });
  await expect(checkLate(`${home}assets/e.js`, ['./d.js'])).rejects.toMatchObject({
    problem: 'file-altered',
  });
  passFiles(worker);
  expect(sent).toEqual([{ enlargerFiles: { [`${home}assets/d.js`]: built('d') } }]);
});
