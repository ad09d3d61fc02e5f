/** What a static host has to carry, and that the page runs from it. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { dist } from '../../scripts/serve.mjs';
import { expect, test } from './fixtures';
import { photo } from './pictures';
import { rebuild } from './rebuilt';

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length));
const sizeOf = (file: string) => statSync(join(dist, file)).size;

test('no file is larger than the 25 MiB that common static hosts take', () => {
  const largest = files.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0] ?? '';
  console.log(`largest file: ${largest}, ${(sizeOf(largest) / 1e6).toFixed(1)} MB`);
  expect(sizeOf(largest)).toBeLessThanOrEqual(25 * 2 ** 20);
});

test('scripts, styles and wasm have a compressed copy of the same content', () => {
  const needing = files.filter((file) => /\.(js|css|html|wasm)$/.test(file));
  const worth = needing.filter((file) => sizeOf(file) > 1000);
  expect(worth.filter((file) => !files.includes(`${file}.br`))).toEqual([]);
  const wrong = needing.filter((file) => {
    if (!files.includes(`${file}.br`)) return false;
    const content = brotliDecompressSync(readFileSync(join(dist, `${file}.br`)));
    return !content.equals(readFileSync(join(dist, file)));
  });
  expect(wrong).toEqual([]);
});

test('the list of engine files is what was built', () => {
  const { files: listed } = JSON.parse(readFileSync(join(dist, 'engine.json'), 'utf8')) as {
    files: { url: string; bytes: number }[];
  };
  const built = files.filter((file) => /^assets\/engine\/.*\.js$|\.wasm$/.test(file));
  expect(listed.map(({ url }) => url).sort()).toEqual(built.sort());
  for (const { url, bytes } of listed) expect(sizeOf(url), url).toBe(bytes);
});

test('the server sends the compressed copy to whom it suits', async ({ request }) => {
  const script = files.find((file) => /^assets\/index-.*\.js$/.test(file)) ?? '';
  const packed = await request.get(`/${script}`, { headers: { 'Accept-Encoding': 'gzip, br' } });
  expect(packed.headers()['content-encoding']).toBe('br');
  expect(packed.headers()['content-type']).toContain('text/javascript');
  expect(Number(packed.headers()['content-length'])).toBe(sizeOf(`${script}.br`));
  for (const accepted of ['gzip', 'br;q=0', 'identity']) {
    const plain = await request.get(`/${script}`, { headers: { 'Accept-Encoding': accepted } });
    expect(plain.headers()['content-encoding'], accepted).toBeUndefined();
    expect(Number(plain.headers()['content-length'])).toBe(sizeOf(script));
  }
});

test('a browser that cannot suspend wasm runs the engine that comes in parts', async ({
  app,
  ownServer,
}) => {
  const asked: string[] = [];
  const other = rebuild(
    (path) => /\/engine\.worker-[\w-]+\.js$/.test(path),
    (script) => Buffer.concat([Buffer.from('delete WebAssembly.Suspending;'), script]),
  );
  ownServer.alter = (path) => {
    if (path.endsWith('.wasm')) asked.push(path);
    return other(path);
  };
  await app.visit(undefined, ownServer.url);
  await app.open(photo);
  await app.enhance();
  await expect(app.status).toContainText('on the CPU');
  const parts = asked.filter((path) => path.includes('asyncify'));
  expect(parts.sort().map((path) => path.replace(/-[\w-]{8}\.wasm$/, ''))).toEqual([
    '/assets/ort-wasm-simd-threaded.asyncify.1of2',
    '/assets/ort-wasm-simd-threaded.asyncify.2of2',
  ]);
  expect(asked.filter((path) => path.includes('jspi'))).toEqual([]);
  const saved = await app.decode((await app.save()).bytes, 'image/png');
  expect([saved.width, saved.height]).toEqual([192, 128]);
});

test('without the headers the page itself refuses to run inside another site', async ({
  browser,
  baseURL,
}) => {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.route('**/*', async (route) => {
    if (new URL(route.request().url()).host === 'host.example')
      return route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${baseURL}"></iframe>`,
      });
    const response = await route.fetch();
    const { 'content-type': type = '' } = response.headers();
    return route.fulfill({ response, headers: { 'content-type': type } });
  });
  await page.goto('http://host.example/');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('does not run inside another site')).toBeVisible();
  await expect(frame.getByRole('link')).toHaveAttribute('target', '_blank');
  await expect(frame.getByRole('button')).toHaveCount(0);
  await page.close();
});
