/**
 * Files that are answered wrong once, on a first visit: after one reload everything works. The server says
 * of them what it says of right ones, so that the browser keeps them for a year. What the service worker
 * does with each single file is in `chaos-service-worker.spec.ts`.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dist, type Alteration } from '../../scripts/serve.mjs';
import { expect, test } from './fixtures';
import { photo } from './pictures';

const page = Buffer.from('<!doctype html><title>Sign in</title>Sign in to this network.');
const read = (path: string) => readFileSync(join(dist, path === '/' ? 'index.html' : path));
const wrongAnswers: [how: string, answer: (path: string) => Alteration][] = [
  ['a page', () => ({ body: page })],
  ['nothing', () => ({ body: Buffer.alloc(0) })],
  ['one flipped bit', () => ({ flip: true })],
  ['its first half', (path) => ({ body: read(path).subarray(0, read(path).length >> 1) })],
  ['a fault', () => ({ status: 500 })],
];

/** Answers each path wrong once, where it is one of those meant. */
function wrongOnce(answer: (path: string) => Alteration, isMeant: (path: string) => boolean) {
  const seen = new Set<string>();
  const alter = (path: string): Alteration | undefined => {
    const file = join(dist, path === '/' ? 'index.html' : path);
    if (seen.has(path) || !isMeant(path) || !statSync(file, { throwIfNoEntry: false })?.isFile())
      return undefined;
    seen.add(path);
    return answer(path);
  };
  return { alter, seen };
}

/** How many files of the page itself an active service worker keeps. */
async function countShell(): Promise<number> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration?.active || registration.installing) return 0;
  return (await (await caches.open('enlarger-shell')).keys()).length;
}

/** What mends the others; each alone is answered wrong in the last test. */
const gate = ['/', '/guard.js'];

// What is refused, the browser itself reports.
test.use({ expectedErrors: /./ });

for (const [how, answer] of wrongAnswers) {
  test(`${how} once in place of all that the page loads: after a reload all works`, async ({
    app,
    page,
    context,
    ownServer,
    watch,
  }) => {
    const { alter, seen } = wrongOnce(answer, (path) => !gate.includes(path));
    ownServer.alter = alter;
    await page.goto(`${ownServer.url}?backend=wasm&tile=64`);
    await expect(app.openButton).toBeVisible();
    // The engine is prepared as soon as a photo is there, as far as it gets.
    await app.choose(photo);
    const kinds = [/index-.*js/, /css$/, /\.worker-/, /sw\.js/, /catalog/];
    await expect
      .poll(() => kinds.filter((kind) => ![...seen].some((path) => kind.test(path))))
      .toEqual([]);
    // What was answered with nothing may be waited for without end: it goes with the page.
    await page.waitForLoadState('networkidle', { timeout: 20_000 }).catch(() => undefined);
    const problems = watch.take();

    ownServer.alter = () => undefined;
    await page.reload();
    await app.open(photo);
    await app.enhance();
    await app.save();
    await expect.poll(() => page.evaluate(countShell)).toBeGreaterThan(15);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.reload();
    await app.open(photo);
    await app.enhance();
    await ownServer.close();
    await context.setOffline(true);
    await page.reload();
    await app.open(photo);
    await app.enhance();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.getByRole('button', { name: 'Kept offline' }).click();
    await expect(page.getByRole('dialog')).toContainText(/was fetched again: .*room\.js/);
    // Where wrong code ran after all, it would have thrown before or now.
    const thrown = [...problems, ...watch.take()].filter((text) => text.startsWith('unhandled'));
    expect(thrown).toEqual([]);
  });
}

for (const at of gate)
  test(`whatever came once in place of ${at}, the next load is whole`, async ({
    app,
    page,
    ownServer,
  }) => {
    for (const [how, answer] of wrongAnswers) {
      await test.step(how, async () => {
        ownServer.alter = wrongOnce(answer, (path) => path === at).alter;
        await page.goto(ownServer.url).catch(() => undefined);
        await page.reload();
        await expect(app.openButton).toBeVisible();
      });
    }
  });
