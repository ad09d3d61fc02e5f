import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from '../../scripts/serve.mjs';
import { expect, test } from './fixtures';
import { photo } from './pictures';

type Models = { models: Record<string, unknown>[] };

const { models } = JSON.parse(readFileSync(join(dist, 'models/catalog.json'), 'utf8')) as Models;

test('after one enhancement the app works without any server', async ({
  app,
  page,
  context,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  await app.open(photo);
  await app.enhance();
  await app.expectEngineKept();

  await ownServer.close();
  await context.setOffline(true);
  // Formats that were never written while there was a server.
  for (const [format, magic] of [
    ['JPEG', [0xff, 0xd8, 0xff]],
    ['WebP', [0x52, 0x49, 0x46]],
  ] as const) {
    await app.chooseFormat(format);
    expect((await app.save()).bytes.subarray(0, 3)).toEqual(Buffer.from(magic));
  }
  await app.chooseFormat('PNG');

  await page.reload();
  await expect(app.openButton).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await app.open(photo);
  await app.enhance();
  await expect(app.status).toContainText(/\d s\b/);
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  expect([saved.width, saved.height]).toEqual([192, 128]);
});

test.describe('without a server', () => {
  test.use({ expectedErrors: /Failed to load resource/ });

  test('each dialog opens by one press and by its key, though its script was never needed before', async ({
    app,
    page,
    context,
    ownServer,
  }) => {
    await app.visitAndStay(ownServer.url);
    await ownServer.close();
    await context.setOffline(true);
    await page.reload();
    await expect(app.openButton).toBeVisible();
    for (const name of ['Keyboard shortcuts', 'Kept offline']) {
      const dialog = page.getByRole('dialog', { name });
      const button = page.getByRole('button', { name, exact: true });
      await button.click();
      await expect(dialog).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
      await expect(button).toBeFocused();
      await button.press('Enter');
      await expect(dialog).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).click();
    }
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Guide', exact: true }).click();
    const guide = page.getByRole('dialog', { name: 'Guide' });
    await expect(guide).toContainText('Not as evidence');
    await guide.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'What it can and cannot do' }).click();
    await expect(guide).toBeVisible();
  });

  test('a dialog whose script cannot be had says so, and the page goes on', async ({
    app,
    page,
    ownServer,
  }) => {
    // Without a service worker, which would keep it.
    await page.addInitScript(() =>
      Object.defineProperty(navigator, 'serviceWorker', { value: undefined }),
    );
    await app.visit(undefined, ownServer.url);
    await ownServer.close();
    await page.keyboard.press('?');
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test('the service worker keeps the shell, keeps the engine once used, leaves models alone', async ({
  app,
  page,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const urls = names.map(async (name) =>
        (await (await caches.open(name)).keys()).map((r) => r.url),
      );
      return (await Promise.all(urls)).flat();
    });
  const shell = await kept();
  expect(shell.filter((url) => /\.wasm|\/engine\/|\/models\//.test(url))).toEqual([]);
  expect(shell.some((url) => url.includes('index.html'))).toBe(true);
  await app.open(photo);
  await app.enhance();
  const wasm = async () => (await kept()).filter((url) => url.endsWith('.wasm'));
  await expect.poll(async () => (await wasm()).length).toBeGreaterThan(0);
  expect((await kept()).filter((url) => url.includes('/models/'))).toEqual([]);
});

test('a catalogue of tomorrow works with the page of today, which says nothing', async ({
  app,
  page,
  ownServer,
}) => {
  const text = readFileSync(join(dist, 'models/catalog.json'), 'utf8');
  const { models, ...rest } = JSON.parse(text) as Models;
  const enlarger = models.find(({ task }) => task === 'upscale')!;
  const newer = [
    { task: 'colourise', files: 'of another form' },
    { controls: ['mood'] },
    { variant: 'painted' },
    { scale: 8 },
    { tier: 'best' },
    { needs: ['tensors of light'] },
    { files: [{ precision: 'int4' }] },
  ].map((fields, i) => ({ ...enlarger, id: `newer-${i}`, ...fields }));
  const tomorrow = {
    ...rest,
    seasons: 4,
    models: [...newer, ...models.map((card) => ({ ...card, mood: 1 }))],
  };
  const body = Buffer.from(JSON.stringify(tomorrow));
  ownServer.alter = (path) => (path.endsWith('catalog.json') ? { body } : undefined);
  await app.visit(undefined, ownServer.url);
  await app.open(photo);
  await app.enhance();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(app.status).toContainText(/\d s\b/);
});

test.describe('an update', () => {
  // A page without an icon of its own makes the browser ask for one.
  test.use({ expectedErrors: /favicon\.ico/ });

  test('expires old engine files and fetches the new ones in use', async ({
    app,
    page,
    ownServer,
  }) => {
    const cached = () =>
      page.evaluate(async () => {
        const cache = await caches.open('enlarger-engine');
        return (await cache.keys()).map(({ url }) => new URL(url).pathname);
      });
    // What an older build left behind, put there before any service worker of this build is.
    await page.goto(`${ownServer.url}models/catalog.json`);
    await page.evaluate(async () => {
      const cache = await caches.open('enlarger-engine');
      await cache.put('/assets/gone-12345678.wasm', new Response('old'));
      await cache.put('/assets/engine/enhancer.worker-12345678.js', new Response('old'));
    });
    await app.visitAndStay(ownServer.url);
    await expect.poll(async () => (await cached()).length).toBe(1);
    expect((await cached())[0]).toMatch(/^\/assets\/engine\/enhancer\.worker-(?!12345678)/);
  });
});

test.describe('models that are not what the catalogue says', () => {
  // The browser itself reports a 404 to the console; the page must not add to it.
  test.use({ expectedErrors: /Failed to load resource/ });

  for (const [what, answer] of [
    ['truncated', { body: Buffer.alloc(1000, 7) }],
    ['missing', { status: 404 }],
  ] as const) {
    test(`a ${what} model gives a clear error, nothing is kept, and the next try works`, async ({
      app,
      page,
      ownServer,
    }) => {
      ownServer.alter = (path) => (path.endsWith('.onnx') ? answer : undefined);
      await app.visit(undefined, ownServer.url);
      await app.open(photo);
      await app.enhanceButton.click();
      const alert = page.getByRole('alert');
      await expect(alert).toBeVisible();
      await expect(alert).toContainText(/model/i);
      await app.expectNothingToSave();

      ownServer.alter = () => undefined;
      await app.enhance();
      await expect(alert).toHaveCount(0);
    });
  }

  test('a Retry goes on where it stopped: on the shelf, at the plan, in a run', async ({
    app,
    page,
    ownServer,
  }) => {
    const retry = page.getByRole('button', { name: 'Retry' });
    const lose = (ending: string) => {
      ownServer.alter = (path) => (path.endsWith(ending) ? { status: 503 } : undefined);
    };
    const heal = () => (ownServer.alter = () => undefined);
    lose('catalog.json');
    await app.visit(undefined, ownServer.url);
    await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
    await expect(retry).toBeVisible();
    heal();
    await retry.click();
    // Not the better one's, whose name goes on.
    const row = new RegExp(`^${models[0]!['title'] as string}(?!,)`);
    await expect(page.getByRole('row', { name: row })).toBeVisible();
    await expect(retry).toHaveCount(0);

    // A page that has no list yet, neither in memory nor kept.
    await page.evaluate(() => indexedDB.deleteDatabase('enlarger-models'));
    lose('catalog.json');
    await page.reload();
    await app.choose(photo);
    await expect(retry).toBeVisible();
    lose('.onnx');
    await retry.click();
    await expect(app.enhanceButton).toBeEnabled();

    await app.enhanceButton.click();
    await expect(retry).toBeVisible();
    heal();
    await retry.click();
    await expect(app.compare).toBeVisible();
    await expect(retry).toHaveCount(0);
  });

  test('an altered model of the right size is refused', async ({ app, page, ownServer }) => {
    ownServer.alter = (path) => (path.endsWith('.onnx') ? { flip: true } : undefined);
    await app.visit(undefined, ownServer.url);
    await app.open(photo);
    await app.enhanceButton.click();
    await expect(page.getByRole('alert')).toContainText(/model/i);
    ownServer.alter = () => undefined;
    await app.enhance();
  });
});

test('a second run does not fetch the model again', async ({ app, ownServer }) => {
  const asked: string[] = [];
  ownServer.alter = (path) => {
    if (path.endsWith('.onnx')) asked.push(path);
    return undefined;
  };
  await app.visit(undefined, ownServer.url);
  await app.open(photo);
  await app.enhance();
  await app.page.reload();
  await app.open(photo);
  await app.enhance();
  expect(asked.length).toBe(1);
});
