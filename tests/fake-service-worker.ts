import { readFileSync } from 'node:fs';

/** Wrong answers of a server that are a success, or look like one. */
export const wrongAnswers = {
  'a page': () => new Response('<!doctype html><title>Sign in</title>', { headers: html }),
  nothing: () => new Response(new Uint8Array(0)),
  'one flipped bit': (file: Uint8Array<ArrayBuffer>) => {
    const flipped = file.slice();
    if (flipped.length > 0) flipped[flipped.length >> 1]! ^= 1;
    return new Response(flipped);
  },
  'its first half': (file: Uint8Array<ArrayBuffer>) =>
    new Response(file.slice(0, file.length >> 1)),
  'a fault': () => new Response('Oops', { status: 500 }),
} as const;

const html = { 'Content-Type': 'text/html' };

/** One of {@link wrongAnswers}. */
export type WrongAnswer = keyof typeof wrongAnswers;

/** A cache as in the specification, as far as it is used. */
class FakeCache {
  readonly responses = new Map<string, Response>();
  keys = async () => [...this.responses.keys()].map((url) => ({ url }));
  match = async (key: string | { url: string }) => this.responses.get(urlOf(key))?.clone();
  put = async (key: string | { url: string }, response: Response) =>
    void this.responses.set(urlOf(key), new Response(await response.arrayBuffer(), response));
  delete = async (key: string | { url: string }) => this.responses.delete(urlOf(key));
}

const urlOf = (key: string | { url: string }) => (typeof key === 'string' ? key : key.url);

/** All caches of an origin. */
export class FakeCaches {
  readonly all = new Map<string, FakeCache>();
  has = async (name: string) => this.all.has(name);
  keys = async () => [...this.all.keys()];
  delete = async (name: string) => this.all.delete(name);
  open = async (name: string) => {
    const cache = this.all.get(name) ?? new FakeCache();
    this.all.set(name, cache);
    return cache;
  };
}

type Listener = (event: object) => void;

/** A server of some files, and a service worker's script that runs in front of it, without a browser. */
export class FakeServiceWorker {
  readonly caches = new FakeCaches();
  /** Every request to the server: the path, and how much the caches between here and there may be used. */
  readonly asked: [path: string, cache: string][] = [];
  /** What was active before, if anything. */
  active: object | null = null;
  /** Names of the locks that pages hold; whoever waits for one of them waits in vain. */
  readonly held = new Set<string>();
  /** How often a version asked to take over at once. */
  skipped = 0;
  /** False where nothing can be reached. */
  isOnline = true;
  readonly #home: string;
  #listeners: [type: string, listener: Listener][] = [];
  readonly #files: (path: string) => Uint8Array<ArrayBuffer> | undefined;
  readonly #wrong = new Map<string, WrongAnswer>();
  readonly #slow = new Map<string, Response>();

  /**
   * @param home Address below which the files are served.
   * @param files The right file of a path below it.
   */
  constructor(home: string, files: (path: string) => Uint8Array<ArrayBuffer> | undefined) {
    this.#home = home;
    this.#files = files;
  }

  /** Runs a built script as a new version, in the place of the one before. */
  start(script: string): void {
    this.#listeners = [];
    const given = {
      caches: this.caches,
      fetch: this.#fetch,
      location: new URL('sw.js', this.#home),
      navigator: { locks: this.#locks },
      // What is put off comes next.
      setTimeout: (work: () => void) => setTimeout(work, 0),
      clients: { claim: async () => undefined },
      registration: { scope: this.#home, active: this.active },
      skipWaiting: async () => void this.skipped++,
      addEventListener: (type: string, listener: Listener) =>
        this.#listeners.push([type, listener]),
    };
    const scope: Record<string, unknown> = Object.assign(
      Object.create(globalThis) as object,
      given,
    );
    Object.assign(scope, { self: scope, globalThis: scope });
    // The script's globals are these, and nothing of this process is changed.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the script is the one that the build has made
    const run = new Function(...Object.keys(scope), script) as (...values: unknown[]) => void;
    run(...Object.values(scope));
  }

  /** The next answer to a path is wrong. */
  answerWrong(path: string, how: WrongAnswer): void {
    this.#wrong.set(path, how);
  }

  /** The next answer to a path begins with some bytes, and has the rest when that comes. */
  answerSlowly(
    path: string,
    first: Uint8Array<ArrayBuffer>,
    rest: Promise<Uint8Array<ArrayBuffer>>,
  ): void {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async start(controller) {
        controller.enqueue(first);
        controller.enqueue(await rest);
        controller.close();
      },
    });
    this.#slow.set(path, new Response(body));
  }

  /** Sends `install` or `activate`; rejects where the browser would give the version up. */
  async send(type: 'install' | 'activate'): Promise<void> {
    const works: Promise<unknown>[] = [];
    const event = { type, waitUntil: (work: Promise<unknown>) => works.push(work) };
    for (const [each, listener] of this.#listeners) if (each === type) listener(event);
    await Promise.all(works);
  }

  /**
   * Asks for something as a page would.
   *
   * @returns The answer; undefined where the service worker leaves it to the browser.
   */
  async request(address: string, init: RequestInit & { navigates?: boolean } = {}) {
    const { response, work } = this.ask(address, init);
    const answer = await response;
    await work();
    return answer;
  }

  /** The same, without waiting for what the service worker goes on with after the answer. */
  ask(address: string, init: RequestInit & { navigates?: boolean } = {}) {
    const request = new Request(new URL(address, this.#home), init);
    if (init.navigates) Object.defineProperty(request, 'mode', { value: 'navigate' });
    const works: Promise<unknown>[] = [];
    let answer: Promise<Response> | undefined;
    let isStopped = false;
    const event = {
      ...{ type: 'fetch', request },
      waitUntil: (work: Promise<unknown>) => works.push(work),
      respondWith: (response: Promise<Response> | Response) => (answer = Promise.resolve(response)),
      stopImmediatePropagation: () => (isStopped = true),
    };
    for (const [type, listener] of this.#listeners)
      if (type === 'fetch' && !isStopped) listener(event);
    return { response: answer, work: () => Promise.all(works) };
  }

  readonly #locks = {
    query: async () => ({ held: [...this.held].map((name) => ({ name })) }),
    request: async (name: string, _options: object, work: () => unknown) => {
      if (this.held.has(name)) throw new DOMException('', 'TimeoutError');
      return work();
    },
  };

  readonly #fetch = async (address: string, init: RequestInit): Promise<Response> => {
    if (!this.isOnline) throw new TypeError('offline');
    const path = new URL(address).href.slice(this.#home.length);
    this.asked.push([path, init.cache ?? 'default']);
    const file = this.#files(path);
    if (!file) return new Response('No such file', { status: 404 });
    const slow = this.#slow.get(path);
    this.#slow.delete(path);
    if (slow) return slow;
    const how = this.#wrong.get(path);
    this.#wrong.delete(path);
    return how ? wrongAnswers[how](file) : new Response(file);
  };
}

/** Reads a file into memory of its own. */
export const readBytes = (file: string) => new Uint8Array(readFileSync(file));
