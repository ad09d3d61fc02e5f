import { afterEach, expect, test, vi } from 'vitest';
import { holdFile, lockOf } from '../../../../src/worker/owner/held-file';

type Hold = (lock: object | null) => Promise<unknown> | undefined;

/** Web Locks of one name, as far as files are held by them; see https://w3c.github.io/web-locks/. */
class FakeLocks {
  readonly asked: string[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #isHeld = false;

  async request(
    name: string,
    { ifAvailable, signal }: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    hold: Hold,
  ): Promise<unknown> {
    this.asked.push(name);
    if (ifAvailable && this.#isHeld) return hold(null);
    const before = this.#last;
    const mine = (async () => {
      await before;
      signal?.throwIfAborted();
      this.#isHeld = true;
      await hold({});
      this.#isHeld = false;
    })();
    this.#last = mine.catch(() => undefined);
    const over = new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
    return Promise.race([mine, over]);
  }
}

/** A folder whose file is still open for so many tries. */
function setUp(openFor = 0) {
  const locks = new FakeLocks();
  const access = { close: () => undefined };
  let tries = 0;
  const file = {
    async createSyncAccessHandle() {
      if (tries++ < openFor) throw new DOMException('open', 'NoModificationAllowedError');
      return access;
    },
  };
  const folder = {
    getDirectoryHandle: async () => folder,
    getFileHandle: async () => file,
    removeEntry: async () => undefined,
  };
  vi.stubGlobal('navigator', { locks, storage: { getDirectory: async () => folder } });
  return { locks, access };
}

afterEach(() => vi.unstubAllGlobals());

test('a file that a worker had which died is waited for', async () => {
  const { locks, access } = setUp(2);
  const dead = await holdFile('clips', 'kept-a.log', 60_000);
  const going = holdFile('clips', 'kept-a.log', 60_000);
  await dead!.release(false);
  expect((await going)?.access).toBe(access);
  expect(locks.asked).toEqual([lockOf('clips', 'kept-a.log'), lockOf('clips', 'kept-a.log')]);
});

test('what nobody waits for is not had while another has it', async () => {
  setUp();
  const held = await holdFile('clips', 'a.mp4');
  expect(await holdFile('clips', 'a.mp4')).toBeNull();
  await held!.release(true);
  expect(await holdFile('clips', 'a.mp4')).not.toBeNull();
});

test('what another keeps is not had after the wait', async () => {
  setUp();
  await holdFile('clips', 'kept-a.log');
  expect(await holdFile('clips', 'kept-a.log', 20)).toBeNull();
});
