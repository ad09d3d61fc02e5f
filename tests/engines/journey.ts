/**
 * What a visitor does in every engine: opens a photo, enhances it, saves it; does so in a widget on
 * somebody else's page; and does it again when the site cannot be reached any more.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { HostSite, hostPage } from '../e2e/host-server';
import { photo } from '../e2e/pictures';
import { buildWall, type Wall } from '../e2e/wall';
import { type Launch, type Place, type Visitor, waitFor } from './visitor';

/**
 * The journey as tests.
 *
 * @param engine Its name.
 * @param launch Starts it; undefined where it is not installed, and then the tests are skipped.
 */
export function describeJourney(
  engine: string,
  launch: ((options: Launch) => Promise<Visitor>) | undefined,
): void {
  describe.skipIf(!launch)(engine, () => {
    let folder: string;
    let downloads: string;
    let file: string;
    const site = new HostSite();
    let app: Awaited<ReturnType<typeof serve>>;
    let wall: Wall;
    let visitor: Visitor;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'enlarger-engines-'));
      const home = join(folder, 'home');
      downloads = join(folder, 'downloads');
      file = join(folder, photo.name);
      for (const each of [home, downloads]) mkdirSync(each);
      writeFileSync(file, photo.buffer);
      [app, wall] = await Promise.all([serve({ port: 0 }), buildWall(), site.start()]);
      visitor = await launch!({ home, downloads, proxy: new URL(wall.url).host });
      console.log(visitor.browser);
    });

    afterAll(async () => {
      await visitor?.close();
      await app?.close();
      wall?.server.close();
      site.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    });

    /** Presses a button; where there is none, the page's own words say more than that. */
    const press = async (name: string, place?: Place) => {
      try {
        await visitor.press(name, place);
      } catch (cause) {
        const words = await visitor.ask(() => document.body.innerText);
        throw new Error(`"${name}" could not be pressed. The page says: ${words}`, { cause });
      }
    };

    const enhanceAndSave = async () => {
      await visitor.choose(file);
      expect(await visitor.canPress('Save')).toBe(false);
      await press('Enhance');
      await press('Save');
      return takeDownload(downloads);
    };

    test('opens, enhances and saves a photo', async () => {
      await visitor.goTo(app.url);
      await waitFor('the service worker', () =>
        visitor.ask(() => navigator.serviceWorker.controller !== null),
      );
      expectEnlarged(await enhanceAndSave());
    });

    test('enhances a photo in a widget on another site', async () => {
      const markup = '<photo-enhancer src="/me.png"></photo-enhancer>';
      site.answers.set('/', { body: hostPage(app.url, markup) });
      // The app is at localhost: another host, so another site.
      await visitor.goTo(site.url('/', '').replace('.localhost', '127.0.0.1'));
      await visitor.ask(listen);
      await press('Enhance this photo');
      await press('Enhance', 'frame');
      await waitFor('the result', () => visitor.ask(() => 'result' in window));
      expectEnlarged(Buffer.from(await visitor.ask(readResult), 'base64'));
    });

    test('does all that again without the site, after a reload', async () => {
      await visitor.goTo(app.url);
      await app.close();
      await visitor.reload();
      expect(await visitor.ask(() => crossOriginIsolated)).toBe(true);
      expectEnlarged(await enhanceAndSave());
    });

    test('asks no other machine for anything', () => {
      expect(wall.hits.filter((hit) => !visitor.ownRequests?.test(hit))).toEqual([]);
    });
  });
}

/** Runs on the host's page: keeps what the widget gives it. */
function listen(): void {
  document.querySelector('photo-enhancer')?.addEventListener('result', (event) => {
    Object.assign(window, { result: (event as CustomEvent<unknown>).detail });
  });
}

/** Runs on the host's page: the result's bytes, as base64. */
async function readResult(): Promise<string> {
  const { blob } = (window as unknown as { result: { blob: Blob } }).result;
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

/** Waits for the one file that a press of Save writes, and takes it away. */
async function takeDownload(folder: string): Promise<Buffer> {
  const list = () => (existsSync(folder) ? readdirSync(folder) : []);
  const read = () => {
    const [name] = list().filter((each) => each.endsWith('.png'));
    return name === undefined ? Buffer.alloc(0) : readFileSync(join(folder, name));
  };
  // The last eight bytes of a whole PNG are those of its end chunk.
  await waitFor('the download', async () => read().subarray(-8, -4).toString('latin1') === 'IEND');
  const bytes = read();
  for (const name of list()) rmSync(join(folder, name));
  return bytes;
}

/** Asserts that a file is the journeys' photo at twice its size: the same picture, pixel by pixel. */
function expectEnlarged(bytes: Buffer): void {
  const before = decode(photo.buffer);
  const after = decode(bytes);
  expect([after.width, after.height]).toEqual([2 * before.width, 2 * before.height]);
  let difference = 0;
  for (let y = 0; y < after.height; y++)
    for (let x = 0; x < after.width; x++)
      for (let c = 0; c < 3; c++) {
        const source = ((y >> 1) * before.width + (x >> 1)) * before.channels + c;
        const result = (y * after.width + x) * after.channels + c;
        difference += Math.abs((after.data[result] ?? 0) - (before.data[source] ?? 0));
      }
  expect(difference / (after.width * after.height * 3)).toBeLessThan(12);
}
