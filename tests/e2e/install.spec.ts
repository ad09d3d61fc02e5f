/** What makes the page an app that can be installed: by the browser's own judgement, and by ours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { createManifest } from '../../scripts/manifest.mjs';
import { dist } from '../../scripts/serve.mjs';
import { pick, Enlarger } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';
import { buildNext } from './rebuilt';

type Picture = { src: string; sizes: string; type: string; purpose?: string; form_factor?: string };
type Manifest = ReturnType<typeof createManifest> & { icons: Picture[]; screenshots: Picture[] };

const manifest = JSON.parse(readFileSync(join(dist, 'manifest.webmanifest'), 'utf8')) as Manifest;

/** The size of a picture as the browser decodes it, in CSS pixels: "192x192". */
const measure = (page: Page, src: string) =>
  page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return `${image.naturalWidth}x${image.naturalHeight}`;
  }, `/${src}`);

/** How much of an icon's mark there is, and how much of it would be cut away; in pixels. */
const judgeMask = (page: Page, src: string) =>
  page.evaluate(async (address) => {
    const bitmap = await createImageBitmap(await (await fetch(address)).blob());
    const size = bitmap.width;
    const context = new OffscreenCanvas(size, size).getContext('2d');
    if (!context) throw new Error('no 2d context');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, size, size);
    const found = { transparent: 0, outside: 0, inside: 0 };
    for (let i = 0; i < size * size; i++) {
      if (data[i * 4 + 3] !== 255) found.transparent++;
      const isMark = [0, 1, 2].some((c) => Math.abs(data[i * 4 + c]! - data[c]!) > 8);
      const x = (i % size) + 0.5 - size / 2;
      const y = Math.floor(i / size) + 0.5 - size / 2;
      if (isMark) found[Math.hypot(x, y) > size * 0.4 ? 'outside' : 'inside']++;
    }
    return found;
  }, `/${src}`);

test('the browser finds nothing that keeps it from being installed', async ({ app, page }) => {
  await app.visit();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // The tests' pages are private windows; nothing else may stand in the way.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
  expect(others).toEqual([]);
});

test('the service worker answers the start address, also without a server', async ({
  app,
  page,
  context,
  ownServer,
}) => {
  await app.visitAndStay(ownServer.url);
  await ownServer.close();
  await context.setOffline(true);
  const start = new URL(manifest.start_url ?? '', ownServer.url);
  expect(start.href.startsWith(new URL(manifest.scope ?? '', ownServer.url).href)).toBe(true);
  const response = await page.goto(start.href);
  expect(response?.fromServiceWorker()).toBe(true);
  await expect(app.openButton).toBeVisible();
});

test('icons and screenshots have the sizes that the manifest states', async ({ app, page }) => {
  await app.visit();
  const shortcuts = (manifest.shortcuts ?? []).flatMap(({ icons }) => (icons ?? []) as Picture[]);
  const pictures = [...manifest.icons, ...manifest.screenshots, ...shortcuts];
  for (const { src, sizes, type } of pictures) {
    const response = await page.request.get(`/${src}`);
    expect(response.headers()['content-type'], src).toContain(type);
    if (sizes !== 'any') expect(await measure(page, src), src).toBe(sizes);
  }
  const purposes = new Set(manifest.icons.map(({ purpose }) => purpose));
  expect([...purposes].sort()).toEqual(['any', 'maskable', 'monochrome']);
  for (const size of ['192x192', '512x512'])
    expect(manifest.icons.some(({ sizes, purpose }) => sizes === size && purpose === 'any')).toBe(
      true,
    );
  const factors = manifest.screenshots.map(({ form_factor }) => form_factor);
  expect(factors.sort()).toEqual(['narrow', 'wide']);
  for (const { sizes } of manifest.screenshots) {
    const [width = 0, height = 0] = sizes.split('x').map(Number);
    expect(Math.max(width, height) / Math.min(width, height)).toBeLessThanOrEqual(2.3);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(320);
  }
});

test('a maskable icon can be cut to its safe circle, and fills its square', async ({
  app,
  page,
}) => {
  await app.visit();
  const maskable = manifest.icons.filter(({ purpose }) => purpose === 'maskable');
  expect(maskable.length).toBeGreaterThan(0);
  for (const { src, sizes } of maskable) {
    const { transparent, outside, inside } = await judgeMask(page, src);
    expect(transparent, `${src}: transparent pixels`).toBe(0);
    expect(outside, `${src}: pixels of the mark outside the safe circle`).toBe(0);
    expect(inside).toBeGreaterThan(parseInt(sizes ?? '') ** 2 * 0.05);
  }
});

test('everything in the manifest stays below the path that the app is served from', () => {
  const below = createManifest('/enlarger/');
  const addresses = [
    below.id,
    below.start_url,
    below.scope,
    below.share_target?.action,
    ...(below.file_handlers ?? []).map(({ action }) => action),
    ...(below.shortcuts ?? []).map(({ url }) => url),
  ];
  expect(addresses.length).toBeGreaterThan(6);
  for (const address of addresses) expect(address).toMatch(/^\/enlarger\//);
  const pictures = [...(below.icons ?? []), ...(below.screenshots ?? [])];
  for (const { src } of pictures) expect(src).not.toMatch(/^\/|^\w+:/);
});

test('the browser opens pictures and networks with it and shares them to it', () => {
  const endings = Object.entries(manifest.file_handlers?.[0]?.accept ?? {});
  expect(endings.map(([type]) => type).sort()).toEqual([
    'application/octet-stream',
    'image/avif',
    'image/bmp',
    'image/gif',
    'image/heic',
    'image/jpeg',
    'image/jxl',
    'image/png',
    'image/tiff',
    'image/webp',
  ]);
  for (const [, names] of endings) for (const name of names) expect(name).toMatch(/^\.\w+$/);
  expect(manifest.file_handlers?.[0]?.accept['application/octet-stream']).toContain('.onnx');
  expect(manifest.share_target).toMatchObject({ method: 'POST', enctype: 'multipart/form-data' });
});

test('the button to install is there while the browser offers it', async ({ app, page }) => {
  await app.visit();
  const button = page.getByRole('button', { name: 'Install', exact: true });
  await expect(button).toHaveCount(0);
  const offer = () =>
    page.evaluate(() => {
      const prompt = () => {
        Object.assign(window, { prompted: true });
        return Promise.resolve({ outcome: 'accepted' });
      };
      const event = new Event('beforeinstallprompt', { cancelable: true });
      window.dispatchEvent(Object.assign(event, { prompt }));
      return event.defaultPrevented;
    });
  expect(await offer()).toBe(true);
  await button.click();
  await expect(button).toHaveCount(0);
  expect(await page.evaluate(() => 'prompted' in window)).toBe(true);

  await offer();
  await expect(button).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('appinstalled')));
  await expect(button).toHaveCount(0);
});

/** Has the page note each state of the bar that offers a new version: the work may be over before one looks. */
const noteStates = (bar: Locator) =>
  bar.evaluate((element) => {
    const states: string[] = [];
    Object.assign(window, { states });
    const note = () => {
      const reload = [...element.querySelectorAll('button')].find(
        ({ textContent }) => textContent?.trim() === 'Reload',
      );
      states.push(`${reload?.disabled ? 'disabled' : 'enabled'}: ${element.textContent}`);
    };
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(note).observe(element, all);
  });

/**
 * Waits until an open photo loads nothing any more: a request may wake the service worker that is to give way, and Chromium, as long as tests look
 * at it, does not let it sleep again for minutes.
 */
const expectQuiet = async (page: Page) => {
  await expect(page.getByText(/, about \d/)).toBeVisible();
  await expect(page.locator('.cards .coming')).toHaveCount(0);
};

test.describe('an update', () => {
  const news = 'Photos can be turned upside down.';

  test('tells what is new, waits for the work, and asks before it closes a photo', async ({
    app,
    page,
    ownServer,
  }) => {
    await app.visit('backend=wasm&tile=32', ownServer.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const { notes } = JSON.parse(readFileSync(join(dist, 'whats-new.json'), 'utf8')) as {
      notes: string[];
    };
    ownServer.alter = (path) => {
      if (path === '/whats-new.json')
        return { body: Buffer.from(JSON.stringify({ notes: [news, ...notes] })) };
      if (path !== '/sw.js') return undefined;
      return { body: Buffer.concat([readFileSync(join(dist, 'sw.js')), Buffer.from('//2')]) };
    };
    await app.open(photo);
    await Enlarger.findUpdate(page);
    const bar = page.getByRole('region', { name: 'A new version is ready.' });
    await expect(bar.getByRole('listitem')).toHaveText([news]);
    await expect(bar).toContainText('closes the photo');
    const reload = bar.getByRole('button', { name: 'Reload' });
    await expect(reload).toBeEnabled();

    await pick(app.scale('4×'));
    await noteStates(bar);
    await app.enhanceButton.click();
    await expect(app.saveButton).toBeEnabled();
    const states = await page.evaluate(() => (window as unknown as { states: string[] }).states);
    expect(states).toContainEqual(expect.stringMatching(/^disabled: .*once the work is done/s));
    await expect(reload).toBeEnabled();

    await reload.click();
    await expect(app.enhanceButton).toHaveCount(0);
    await expect(app.openButton).toBeVisible();
    await expect(bar).toHaveCount(0);
  });

  test('asked for in one tab does not reload another with a photo in it', async ({
    app,
    page,
    context,
    ownServer,
  }) => {
    await app.visitAndStay(ownServer.url);
    await app.open(photo);
    await expectQuiet(page);
    const other = await context.newPage();
    await other.goto(ownServer.url);
    await other.waitForFunction(() => navigator.serviceWorker.controller !== null);
    ownServer.alter = (path) =>
      path === '/sw.js'
        ? { body: Buffer.concat([readFileSync(join(dist, 'sw.js')), Buffer.from('//3')]) }
        : undefined;
    await Enlarger.findUpdate(other);
    await other.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('region', { name: /updated in another tab/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'beach.png' })).toBeVisible();
    await app.enhance();
  });

  test('leaves a page with a photo in it the files of its own build, though the server has none of them any more', async ({
    app,
    page,
    context,
    ownServer,
  }) => {
    const scripts = (one: Page) =>
      one.evaluate(async () => {
        const keys = await (await caches.open('enlarger-shell')).keys();
        const kept = keys.flatMap(({ url }) => /assets\/index-[\w-]{8}\.js/.exec(url) ?? []);
        return kept.sort();
      });
    await app.visitAndStay(ownServer.url);
    const [own] = await scripts(page);
    await app.open(photo);
    await expectQuiet(page);
    const other = await context.newPage();
    await other.goto(ownServer.url);
    await other.waitForFunction(() => navigator.serviceWorker.controller !== null);
    ownServer.alter = buildNext();
    await Enlarger.findUpdate(other);
    await other.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('region', { name: /updated in another tab/ })).toBeVisible();
    const [next] = (await scripts(page)).filter((name) => name !== own);
    await expect(other.locator(`script[src$="${next}"]`)).toHaveCount(1);

    await page.getByRole('button', { name: 'Keyboard shortcuts', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await app.enhance();
    await app.save();

    await other.reload();
    await expect(other.getByRole('button', { name: 'Open photo' }).first()).toBeVisible();
    expect(await scripts(other)).toEqual([own, next].sort());
    await page.close({ runBeforeUnload: false });
    await other.reload();
    await expect.poll(() => scripts(other)).toEqual([next]);
  });
});
