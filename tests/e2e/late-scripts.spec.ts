/**
 * Scripts on a first visit, which the service worker does not answer yet: which are asked for, and what becomes of one that
 * the server has otherwise than it was built.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';
import { photo, type PictureFile } from './pictures';

// First visits, for as long as they last.
test.use({ serviceWorkers: 'block' });

const fixture = (name: string): PictureFile => ({
  name,
  mimeType: '',
  buffer: readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url)),
});

const isScript = (path: string) => /^\/assets\/.*\.js$/.test(path);

test('opening a JPEG asks for what it takes, not for all that there is', async ({ app, page }) => {
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/assets\/.*\.(js|css)$/.test(pathname)) asked.add(pathname);
  });
  await app.visit();
  await app.open(fixture('orientation-1.jpg'));
  await expect(page.locator('.cards label:not(.coming)')).toHaveCount(3);
  console.log(`the first photo: ${asked.size} scripts and styles`);
  expect(asked.size).toBeLessThan(60);
});

/** What is altered for good, and a file that takes it. */
const altered = [
  ['enhancer.worker', photo],
  ['engine.worker', photo],
  ['link', photo],
  ['libheif', fixture('deep.heic')],
  ['metadata', fixture('lzw.tif')],
  ['avif_dec', fixture('deep.avif')],
  ['UTIF', fixture('inks.jpg')],
] as const;

for (const [stem, file] of altered)
  test(`an altered ${stem} does not run, and is told of`, async ({ app, page, ownServer }) => {
    const isMeant = (path: string) => isScript(path) && path.includes(`/${stem}-`);
    const body = Buffer.from('console.error("An altered script has run.");');
    ownServer.alter = (path) => (isMeant(path) ? { body } : undefined);
    await page.goto(`${ownServer.url}?backend=wasm&tile=64`);
    await app.choose(file);
    await expect(page.getByRole('alert')).toContainText('arrived damaged twice');
    await expect(page.getByRole('alert')).toContainText(stem);
  });

test('an altered runtime of the networks does not run, and is told of', async ({
  app,
  page,
  ownServer,
}) => {
  const body = Buffer.from('console.error("An altered script has run.");');
  ownServer.alter = (path) => (/\/ort\.[^/]*\.js$/.test(path) ? { body } : undefined);
  await page.goto(`${ownServer.url}?backend=wasm&tile=64`);
  await app.open(photo);
  await app.enhanceButton.click();
  await expect(page.getByRole('alert')).toContainText('arrived damaged twice');
});

test('an altered part of the page does not run', async ({ app, page, ownServer }) => {
  const body = Buffer.from('console.error("An altered script has run.");');
  ownServer.alter = (path) => (/\/(room|GuideDialog)-.*js$/.test(path) ? { body } : undefined);
  await page.goto(`${ownServer.url}?backend=wasm&tile=64`);
  await app.choose(photo);
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
});

test('a script that was answered wrong once is fetched anew', async ({ app, page, ownServer }) => {
  const seen = new Set<string>();
  const flip = (path: string) => isScript(path) && /enhancer|engine|ort|room|link/.test(path);
  ownServer.alter = (path) => {
    if (!flip(path) || seen.has(path)) return undefined;
    seen.add(path);
    return { flip: true };
  };
  await page.goto(`${ownServer.url}?backend=wasm&tile=64`);
  await app.open(photo);
  await expect(page.locator('.cards label:not(.coming)')).toHaveCount(3);
  expect(seen.size).toBeGreaterThan(3);
});
