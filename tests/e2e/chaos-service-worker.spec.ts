/**
 * The built service worker in front of every file of dist, each answered wrong once: without a browser,
 * which `chaos.spec.ts` has for one file of each kind.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dist } from '../../scripts/serve.mjs';
import {
  FakeServiceWorker,
  readBytes,
  wrongAnswers,
  type WrongAnswer,
} from '../fake-service-worker';

const home = 'https://enlarger.example/app/';
const script = readFileSync(join(dist, 'sw.js'), 'utf8');
const files = new Map(
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.br$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(dist.length), readBytes(file)]),
);
const isEngine = (path: string) => /^assets\/engine\/|\.wasm$/.test(path);
const listed = [...files.keys()].filter((path) => script.includes(`"url":"${path}"`));
const isWords = (path: string) => path.startsWith('assets/words/');
const shell = listed.filter((path) => !isEngine(path) && !isWords(path));
const words = listed.filter(isWords);
const engine = listed.filter(isEngine);
const kinds = Object.keys(wrongAnswers) as WrongAnswer[];

function install(): FakeServiceWorker {
  const worker = new FakeServiceWorker(home, (path) => files.get(path));
  worker.start(script);
  return worker;
}

const bytesOf = async (response: Response | undefined) =>
  response && Buffer.from(await response.arrayBuffer());

/** That a file is answered as it was built; on the network or off. */
async function expectRight(worker: FakeServiceWorker, path: string): Promise<void> {
  const bytes = await bytesOf(await worker.request(path));
  expect(bytes?.equals(files.get(path)!), path).toBe(true);
}

/** The same for wasm, whose user hashes it (`fetchChecked`), and asks once more where it is wrong. */
async function expectRightAtLast(worker: FakeServiceWorker, path: string): Promise<void> {
  const bytes = await bytesOf(await worker.request(path));
  if (bytes?.equals(files.get(path)!)) return;
  const second = await bytesOf(await worker.request(path, { cache: 'reload' }));
  expect(second?.equals(files.get(path)!), path).toBe(true);
}

const mended = async (worker: FakeServiceWorker) =>
  (await (await worker.caches.open('enlarger-mended')).keys()).map(({ url }) =>
    url.slice(home.length),
  );

test('every script, style, page and wasm of the app is in the list', () => {
  const own = [...files.keys()].filter(
    (path) => !/^404|^embed|^assets\/embed-|^assets\/words\/.*-frame-|^models\//.test(path),
  );
  const running = own.filter((path) => /\.(html|js|css|wasm)$/.test(path));
  expect(running.filter((path) => !listed.includes(path))).toEqual(['sw.js']);
  expect(engine.length).toBeGreaterThan(15);
  expect(shell.length).toBeGreaterThan(15);
});

for (const how of kinds) {
  test(`${how} once in place of each file of the shell: the version is installed whole`, async () => {
    for (const path of shell) {
      const worker = install();
      worker.answerWrong(path, how);
      await worker.send('install');
      expect(await mended(worker), path).toEqual([path]);
      expect(worker.asked.filter(([each]) => each === path)).toHaveLength(2);
      // Where the browser keeps a wrong answer for a year, only this gets past it.
      expect(worker.asked.filter(([each]) => each === path)[1]).toEqual([path, 'reload']);
      worker.isOnline = false;
      // All of them once: what is one file's fault is no other's.
      for (const each of path === shell[0] ? shell : [path]) await expectRight(worker, each);
    }
  });

  test(`${how} once in place of each file of the engine: what is answered and kept is right`, async () => {
    const worker = install();
    for (const path of engine) {
      worker.isOnline = true;
      worker.answerWrong(path, how);
      if (path.endsWith('.wasm')) await expectRightAtLast(worker, path);
      else await expectRight(worker, path);
      worker.isOnline = false;
      await expectRight(worker, path);
    }
    // Wasm is noted by its user.
    expect((await mended(worker)).sort()).toEqual(
      engine.filter((path) => !path.endsWith('.wasm')).sort(),
    );
  });
}

test('what is wrong in the cache is dropped, fetched anew past every cache, and noted', async () => {
  const worker = install();
  await worker.send('install');
  const scripts = engine.filter((path) => path.endsWith('.js'));
  for (const path of scripts) await expectRight(worker, path);
  for (const cache of ['enlarger-shell', 'enlarger-engine'])
    for (const { url } of await (await worker.caches.open(cache)).keys())
      await (await worker.caches.open(cache)).put(url, new Response('rotten'));
  for (const path of [...shell, ...scripts]) await expectRight(worker, path);
  expect((await mended(worker)).sort()).toEqual([...shell, ...scripts].sort());
  worker.isOnline = false;
  for (const path of [...shell, ...scripts]) await expectRight(worker, path);
});

test('wasm that its user found wrong is fetched anew when it asks for it', async () => {
  const worker = install();
  const path = engine.find((each) => each.endsWith('.wasm'))!;
  const cache = await worker.caches.open('enlarger-engine');
  await cache.put(`${home}${path}`, new Response('rotten'));
  expect((await bytesOf(await worker.request(path)))?.toString()).toBe('rotten');
  const fresh = await bytesOf(await worker.request(path, { cache: 'reload' }));
  expect(fresh?.equals(files.get(path)!)).toBe(true);
  worker.isOnline = false;
  await expectRight(worker, path);
});

test('wasm is passed on as it arrives, so that its user sees that it does', async () => {
  const path = engine.find((each) => each.endsWith('.wasm'))!;
  const file = files.get(path)!;
  const worker = install();
  let arrive: () => void = () => undefined;
  worker.answerSlowly(
    path,
    file.slice(0, 10),
    new Promise((done) => (arrive = () => done(file.slice(10)))),
  );
  const answer = worker.ask(path);
  const reader = (await answer.response)!.body!.getReader();
  expect((await reader.read()).value).toHaveLength(10);
  arrive();
  while (!(await reader.read()).done);
  await answer.work();
  worker.isOnline = false;
  await expectRight(worker, path);
});

test('what is wrong for good is neither answered nor kept, and no version of it is installed', async () => {
  const others = new Map(files);
  const [engineScript, page] = [engine.find((each) => each.endsWith('.js'))!, 'index.html'];
  others.set(engineScript, new Uint8Array([1]));
  const worker = new FakeServiceWorker(home, (path) => others.get(path));
  worker.start(script);
  await worker.send('install');
  await expect(worker.request(engineScript)).rejects.toThrow(/file-altered/);
  expect(await (await worker.caches.open('enlarger-engine')).keys()).toEqual([]);
  others.set(page, new Uint8Array([1]));
  const next = new FakeServiceWorker(home, (path) => others.get(path));
  next.start(script);
  await expect(next.send('install')).rejects.toThrow(/file-altered/);
});

test('a page opens from the cache, whatever headers came with it', async () => {
  const worker = install();
  await worker.send('install');
  worker.isOnline = false;
  for (const address of ['', 'index.html', '?source=installed']) {
    const page = await bytesOf(await worker.request(address, { navigates: true }));
    expect(page?.equals(files.get('index.html')!), address).toBe(true);
  }
});

test('an update keeps what it needs, and leaves nothing of the version before', async () => {
  const worker = install();
  await worker.send('install');
  const used = engine.find((path) => path.includes('/enhancer.worker-'))!;
  await expectRight(worker, used);
  const cache = await worker.caches.open('enlarger-engine');
  await cache.put(`${home}assets/engine/encode.worker-12345678.js`, new Response('old'));
  const speech = await worker.caches.open('enlarger-words');
  await speech.put(`${home}assets/words/de-desk-12345678.js`, new Response('old'));
  await worker.caches.open('workbox-precache-v2-https://enlarger.example/app/');
  // A page of this very version has a photo in it, and needs nothing older.
  const main = shell.find((path) => /^assets\/index-.*\.js$/.test(path))!;
  worker.held.add(`enlarger-build ${home}${main}`);
  await worker.send('install');
  await worker.send('activate');
  const kept = (await cache.keys()).map(({ url }) => url.slice(home.length));
  const encoder = engine.find((path) => path.includes('/encode.worker-'))!;
  expect(kept.sort()).toEqual([encoder, used].sort());
  const spoken = (await speech.keys()).map(({ url }) => url.slice(home.length));
  expect(spoken).toEqual(words.filter((path) => path.includes('/de-desk-')));
  expect(await worker.caches.keys()).not.toContainEqual(expect.stringContaining('workbox'));
});

test('an update leaves to a page with a photo in it what its own build has, until it is closed', async () => {
  const served = new Map(files);
  const worker = new FakeServiceWorker(home, (path) => served.get(path));
  worker.start(script);
  await worker.send('install');
  await worker.send('activate');
  const main = shell.find((path) => /^assets\/index-.*\.js$/.test(path))!;
  const [help, codec] = [
    shell.find((path) => /\/HelpDialog-.*\.js$/.test(path))!,
    engine.find((path) => /\/mozjpeg_enc-.*\.js$/.test(path))!,
  ];
  await expectRight(worker, codec);
  worker.held.add(`enlarger-build ${home}${main}`);

  // The next build has other names for them, and the server nothing under the old ones.
  const rename = (path: string) => path.replace(/-[\w-]{8}\./, '-00000000.');
  const renamed = [main, help, codec];
  let next = script;
  for (const path of renamed) {
    served.set(rename(path), files.get(path)!);
    served.delete(path);
    next = next.replaceAll(path, rename(path));
  }
  const kept = async () => {
    const keys: { readonly url: string }[] = [];
    for (const name of ['enlarger-shell', 'enlarger-engine'])
      keys.push(...(await (await worker.caches.open(name)).keys()));
    return renamed.filter((path) => keys.some(({ url }) => url.startsWith(home + path)));
  };
  worker.start(next);
  await worker.send('install');
  await worker.send('activate');
  await worker.request('', { navigates: true });
  expect(await kept()).toEqual(renamed);
  await expectRight(worker, help);
  await expectRight(worker, codec);
  const unknown = await worker.request('assets/other-12345678.js');
  expect(unknown?.status).toBe(404);

  // One that waits to take over keeps its own.
  worker.start(next.replaceAll(rename(help), help));
  served.set(help, files.get(help)!);
  await worker.send('install');
  worker.start(next);
  worker.held.clear();
  await worker.request('', { navigates: true });
  expect(await kept()).toEqual([help]);
  await worker.send('activate');
  expect(await kept()).toEqual([]);
});

test('an empty script that the browser took for a version makes no version wait', async () => {
  for (const [active, name, isFilled, skips] of [
    [{}, 'other', true, 1],
    // Made by the page, which looked into it.
    [{}, 'enlarger-shell', false, 1],
    [{}, 'enlarger-shell', true, 0],
    [{}, 'workbox-precache-v2-https://enlarger.example/app/', true, 0],
    [null, 'other', true, 0],
  ] as const) {
    const worker = new FakeServiceWorker(home, (path) => files.get(path));
    worker.active = active;
    worker.start(script);
    const cache = await worker.caches.open(name);
    if (isFilled) await cache.put(`${home}index.html?sha256=0`, new Response('older'));
    await worker.send('install');
    expect(worker.skipped, name).toBe(skips);
  }
});

test('nothing is asked of another origin through it, by whatever method', async () => {
  const worker = install();
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
    for (const address of ['https://evil.example/x', '//enlarger.example:8443/app/index.html']) {
      const response = await worker.request(address, { method });
      expect([response?.type, worker.asked.length]).toEqual(['error', 0]);
    }
  expect(await worker.request('models/catalog.json')).toBeUndefined();
});
