import { afterEach, expect, test, vi } from 'vitest';
import { decode } from '../../src/formats/decode';
import { openPhoto } from '../../src/worker/owner/decoder';

const urls = import.meta.glob<string>('../fixtures/formats/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

const load = async (name: string) => (await fetch(urls[`../fixtures/formats/${name}`]!)).blob();

/** Threads that were started, and of those the ones that have not ended. */
function watchThreads(): { started: number; alive: number } {
  const seen = { started: 0, alive: 0 };
  const Real = Worker;
  class Watched extends Real {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      seen.started++;
      seen.alive++;
    }
    override terminate() {
      super.terminate();
      seen.alive--;
    }
  }
  vi.stubGlobal('Worker', Watched);
  return seen;
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  ...['alpha.png', 'rgba16.png', 'deep.avif', 'alpha-lossy.webp', 'alpha.heic', 'plain.jxl'],
  ...['deep.jxl', 'profile.jxl', 'cut.jxl'],
  ...['inks.jpg', 'inks.tif', 'profile-alpha.png', 'turned.png'],
])('%s is opened on a thread that ends with it, as it would be here', async (name) => {
  const file = await load(name);
  const threads = watchThreads();
  const photo = await openPhoto(file);
  expect(threads).toEqual({ started: 1, alive: 0 });
  expect(photo).toEqual(await decode(file));
});

test.each(['rgb.png', 'orientation-6.jpg', 'rgba16.tif', 'lossy.webp', 'still.gif'])(
  '%s, which takes no codec of ours, is opened without another thread',
  async (name) => {
    const threads = watchThreads();
    expect(await openPhoto(await load(name))).toEqual(await decode(await load(name)));
    expect(threads.started).toBe(0);
  },
);

test('what is wrong with a photo is told as it would be here, and Cancel ends the thread', async () => {
  const threads = watchThreads();
  await expect(openPhoto(await load('cut.heic'))).rejects.toMatchObject({
    problem: 'file-cut-off',
    facts: { format: 'HEIC' },
  });
  const stop = new AbortController();
  const opening = openPhoto(await load('rgba16.png'), stop.signal);
  stop.abort();
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  expect(threads.alive).toBe(0);
});
