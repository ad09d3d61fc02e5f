import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StoredFile } from '../../../src/models/catalog';
import type { Fetch } from '../../../src/integrity/fetch-within';
import { downloadCatalog, downloadFile, mostCatalogBytes } from '../../../src/models/download';
import { stallMs, type Clock } from '../../../src/integrity/stall';

const url = 'https://enlarger.example/models/m.onnx';
const model = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) & 255);
const sha256 = createHash('sha256').update(model).digest('hex');
const file: StoredFile = { url: 'm.onnx', bytes: 5000, sha256 };

/** A clock that goes only when it is told to. */
class HandClock {
  readonly #pending = new Set<() => void>();
  readonly count: Clock = (work, ms) => {
    expect(ms).toBe(stallMs);
    this.#pending.add(work);
    return () => void this.#pending.delete(work);
  };

  /** As long as a download may be silent. */
  pass(): void {
    const due = [...this.#pending];
    this.#pending.clear();
    for (const work of due) work();
  }

  get isIdle(): boolean {
    return this.#pending.size === 0;
  }
}

/** A body that sends what it is told, when it is told. */
function openBody() {
  const cancelled = vi.fn();
  let body!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void (body = controller),
    cancel: cancelled,
  });
  return { stream, cancelled, send: (part: Uint8Array) => body.enqueue(part) };
}

/** Lets everything that is on its way arrive. */
const settle = () => new Promise((done) => setTimeout(done));
const never = new AbortController().signal;

describe('nothing for fifteen seconds', () => {
  const stalled = { problem: 'download-stalled', code: 'offline' };

  test('instead of an answer', async () => {
    const clock = new HandClock();
    let signal: AbortSignal | null | undefined;
    const fetch: Fetch = (_, init) => {
      signal = init.signal;
      return new Promise(() => undefined);
    };
    const work = downloadFile({ fetch, clock: clock.count }, url, file);
    clock.pass();
    await expect(work).rejects.toMatchObject({ ...stalled, facts: { url, seconds: 15 } });
    expect(signal?.aborted, 'the connection is given up').toBe(true);
  });

  test('in the middle of a file, after any number of slow bytes', async () => {
    const clock = new HandClock();
    const { stream, send, cancelled } = openBody();
    const fetch: Fetch = () => Promise.resolve(new Response(stream));
    const outcome = vi.fn();
    const work = downloadFile({ fetch, clock: clock.count }, url, file);
    work.catch(outcome);
    // Each byte comes just in time.
    for (let i = 0; i < 5; i++) {
      await settle();
      send(model.slice(i, i + 1));
    }
    await settle();
    expect(outcome).not.toHaveBeenCalled();
    clock.pass();
    await expect(work).rejects.toMatchObject(stalled);
    expect(cancelled).toHaveBeenCalled();
    expect(clock.isIdle).toBe(true);
  });

  test('in the middle of the catalogue', async () => {
    const clock = new HandClock();
    const { stream, send } = openBody();
    const fetch: Fetch = () => Promise.resolve(new Response(stream));
    const work = downloadCatalog({ fetch, clock: clock.count }, url, never);
    send(new TextEncoder().encode('{"version":1,'));
    await settle();
    clock.pass();
    await expect(work).rejects.toMatchObject(stalled);
  });

  test('is not counted once the file is there', async () => {
    const clock = new HandClock();
    const fetch: Fetch = () => Promise.resolve(new Response(model));
    expect(await downloadFile({ fetch, clock: clock.count }, url, file)).toEqual(model);
    expect(clock.isIdle).toBe(true);
  });
});

describe('a server', () => {
  const clock: Clock = () => () => undefined;
  const network = { fetch: (address: string, init: RequestInit) => fetch(address, init), clock };
  let close = () => {};
  afterEach(() => close());

  /** A real one, so that the browser's rules for redirects and packing hold. */
  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    close = () => {
      server.close();
      server.closeAllConnections();
    };
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/m.onnx`;
  }

  test('that sends the browser elsewhere is not followed', async () => {
    const asked: string[] = [];
    const address = await serve((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/m.onnx') response.writeHead(302, { Location: '/elsewhere' }).end();
      else response.end(model);
    });
    await expect(downloadFile(network, address, file)).rejects.toMatchObject({ code: 'offline' });
    await expect(downloadCatalog(network, address, never)).rejects.toMatchObject({
      code: 'offline',
    });
    expect(asked).toEqual(['/m.onnx', '/m.onnx']);
  });

  test('is not believed about a length', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': 2 ** 33 });
      response.write(new Uint8Array(5001));
    });
    await expect(downloadFile(network, address, file)).rejects.toMatchObject({
      problem: 'model-altered',
    });
  });

  test('that packs a bomb is cut off at the size of a catalogue', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * mostCatalogBytes, ' '));
    expect(bomb.length).toBeLessThan(mostCatalogBytes);
    const address = await serve((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    });
    let unpacked = 0;
    const counting: Fetch = async (asked, init) => {
      const { body, headers } = await fetch(asked, init);
      const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          unpacked += chunk.length;
          controller.enqueue(chunk);
        },
      });
      return new Response(body?.pipeThrough(counter) ?? null, { headers });
    };
    const work = downloadCatalog({ fetch: counting, clock }, address, never);
    await expect(work).rejects.toMatchObject({
      ...{ problem: 'catalog-too-long', code: 'model-corrupt' },
      facts: { mostBytes: mostCatalogBytes },
    });
    expect(unpacked).toBeLessThan(1.2 * mostCatalogBytes);
  });
});
