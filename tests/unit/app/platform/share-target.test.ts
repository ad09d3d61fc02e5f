import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  emptyBox,
  expireShares,
  shareMs,
  takeShared,
} from '../../../../src/app/platform/share-box';
import { receiveShare } from '../../../../src/app/platform/share-target';

const home = 'https://enlarger.example/app/';

/** The browser's caches, as far as they are used. */
class MemoryCaches {
  readonly entries = new Map<string, Response>();
  readonly deleted: string[] = [];
  #isOpen = false;
  readonly #cache = {
    // As a browser does: nothing is kept of a body that breaks off.
    put: async (path: string, response: Response) => {
      const { headers } = response;
      const body = await response.arrayBuffer();
      this.entries.set(new URL(path, home).href, new Response(body, { headers }));
    },
    match: async (key: string | Request) =>
      this.entries.get(new URL(typeof key === 'string' ? key : key.url, home).href)?.clone(),
    keys: async () => [...this.entries.keys()].map((url) => new Request(url)),
    delete: async ({ url }: Request) => this.entries.delete(url),
  };
  open = async () => {
    this.#isOpen = true;
    return this.#cache;
  };
  has = async () => this.#isOpen;
  delete = async (name: string) => this.deleted.push(name) > 0;
}

let kept: MemoryCaches;
beforeEach(() => {
  kept = new MemoryCaches();
  vi.stubGlobal('caches', kept);
  vi.useRealTimers();
});

const picture = (bytes = 5, name = 'beach.png') =>
  new File([new Uint8Array(bytes)], name, { type: 'image/png' });

/** What a form posts. */
function post(file: File | null, headers: Record<string, string> = {}): Request {
  const body = new FormData();
  body.append('title', 'a text before it');
  if (file) body.append('photo', file);
  return new Request(`${home}share`, { method: 'POST', body, headers });
}

/** Where the browser is sent, without what goes before. */
const saidBy = (response: Response) =>
  new URL(response.headers.get('Location') ?? '').searchParams.get('share') ?? '';

/** What the page is given. */
async function take(id: string, now = Date.now()) {
  const taken = await takeShared(id, now);
  return taken === 'empty' ? undefined : taken;
}

async function share(...given: Parameters<typeof post>): Promise<string> {
  return saidBy(await receiveShare(post(...given), home));
}

describe('a share', () => {
  test('of several files has all of them, in their order, but for empty ones', async () => {
    const body = new FormData();
    for (const file of [picture(5, 'a.png'), picture(0, 'none.png'), picture(6, 'b.png')])
      body.append('photo', file);
    const request = new Request(`${home}share`, { method: 'POST', body });
    const shared = await take(saidBy(await receiveShare(request, home)));
    expect(shared?.file.name).toBe('a.png');
    expect(shared?.others.map(({ name }) => name)).toEqual(['b.png']);
  });

  test('is kept with its name and type, and taken once', async () => {
    const id = await share(picture(5, 'Strand & Düne 😀.png'));
    const shared = await take(id);
    expect(shared?.sender).toBeNull();
    expect([shared?.file.name, shared?.file.type, shared?.file.size]).toEqual([
      ...['Strand & Düne 😀.png', 'image/png', 5],
    ]);
    expect(kept.entries.size).toBe(0);
    expect(await takeShared(id, Date.now())).toBeNull();
  });

  test('takes the place of one that nobody took; no cache is deleted, only entries', async () => {
    const first = await share(picture(5));
    const second = await share(picture(6));
    expect(kept.entries.size).toBe(1);
    expect(await takeShared(first, Date.now())).toBeNull();
    expect(await takeShared(second, Date.now()), 'asking for another ends it').toBeNull();
    expect(kept.entries.size).toBe(0);
    expect(kept.deleted).toEqual([]);
  });

  test('is one of two that come at once', async () => {
    await Promise.all([share(picture(5)), share(picture(6)), share(picture(7))]);
    expect(kept.entries.size).toBe(1);
  });

  test('is gone after ten minutes, and at the next start', async () => {
    const id = await share(picture());
    await expireShares(Date.now() + shareMs - 1000);
    expect(kept.entries.size).toBe(1);
    await expireShares(Date.now() + shareMs + 1000);
    expect(kept.entries.size).toBe(0);

    const late = await share(picture());
    expect(await takeShared(late, Date.now() + shareMs + 1000)).toBeNull();
    expect(id).not.toBe(late);

    await share(picture());
    await emptyBox();
    expect(kept.entries.size).toBe(0);
  });

  test('that an older build left behind goes, too', async () => {
    const box = await kept.open();
    await box.put('/enlarger-shared/old', new Response('old'));
    await expireShares(Date.now());
    expect(kept.entries.size).toBe(0);
  });

  test.each([
    ['another site', { Origin: 'https://evil.example' }, 'evil.example'],
    ['this site', { Origin: 'https://enlarger.example' }, null],
    ['somebody who hides it', { Origin: 'null' }, null],
    ['the system', {}, null],
  ])('of %s says so', async (_, headers, sender) => {
    const id = await share(picture(), headers);
    expect((await take(id))?.sender).toBe(sender);
  });

  test('without a file, or with an empty one, is none', async () => {
    expect(await takeShared(await share(null), Date.now())).toBe('empty');
    expect(await takeShared(await share(picture(0)), Date.now())).toBe('empty');
    expect(kept.entries.size).toBe(0);
  });

  test('that is no form fails', async () => {
    const text = new Request(`${home}share`, { method: 'POST', body: 'no form' });
    expect(saidBy(await receiveShare(text, home))).toBe('failed');
  });

  test('into a frame is none', async () => {
    const request = post(picture());
    Object.defineProperty(request, 'destination', { value: 'iframe' });
    expect(saidBy(await receiveShare(request, home))).toBe('failed');
    expect(kept.entries.size).toBe(0);
  });
});

describe('a share that is too large', () => {
  test('is read no farther than it may be long, and nothing of it is kept', async () => {
    await share(picture());
    let sent = 0;
    const chunk = new Uint8Array(100_000);
    const head = new TextEncoder().encode(
      '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n',
    );
    const cancelled = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(head),
      pull(controller) {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
      cancel: cancelled,
    });
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const endless = { method: 'POST', body, headers, duplex: 'half' };
    const response = await receiveShare(new Request(`${home}share`, endless), home, 2_000_000);
    expect(saidBy(response)).toBe('large');
    expect(sent).toBeLessThan(4_000_000);
    expect(cancelled).toHaveBeenCalled();
    expect(kept.entries.size).toBe(0);
  });
});
