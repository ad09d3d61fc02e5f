/** What the build wrote: files, and what of them a browser asks for. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist } from '../../scripts/serve.mjs';
import { expect, test } from './fixtures';

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length));
const read = (file: string) => readFileSync(join(dist, file));
const html = read('index.html').toString();

/** Scripts that load with the page: those in the html and all that they import statically. */
function firstScripts(): Set<string> {
  const found = new Set<string>();
  const follow = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const imports = /(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g;
    for (const [, target = ''] of read(file).toString().matchAll(imports))
      follow(posix.join(posix.dirname(file), target));
  };
  for (const [, file = ''] of html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)) follow(file);
  return found;
}

test('exactly one copy of each wasm', () => {
  const wasm = files.filter((file) => file.endsWith('.wasm'));
  expect(wasm.length).toBeGreaterThan(0);
  const hashes = wasm.map((file) => createHash('sha256').update(read(file)).digest('hex'));
  expect(new Set(hashes).size).toBe(wasm.length);
  const stems = wasm.map((file) => posix.basename(file).replace(/-[\w-]{8}\.wasm$/, ''));
  expect(new Set(stems).size).toBe(wasm.length);
});

test('at most 46 kB of JavaScript, gzipped, before a photo is opened', () => {
  const scripts = [...firstScripts()];
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
  console.log(`first load: ${(bytes / 1000).toFixed(1)} kB in ${scripts.length} scripts`);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(46_000);
});

test('nothing else runs before a photo is opened', async ({ app, page }) => {
  const asked = new Set<string>();
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname.slice(1);
    if (request.resourceType() === 'script' && path !== 'sw.js') asked.add(path);
  });
  await app.visit();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.waitForLoadState('networkidle');
  expect([...asked].sort()).toEqual([...firstScripts()].sort());
  expect(page.workers()).toEqual([]);
});

test('each script that is imported later is checked before', () => {
  const scripts = files.filter((file) => /^assets\/.*\.js$/.test(file));
  let count = 0;
  for (const file of scripts) {
    const code = read(file).toString();
    const isWorkers = file.startsWith('assets/engine/');
    for (const { 1: name = '', index } of code.matchAll(/\bimport\(["'`]([^"'`]+\.js)["'`]\)/g)) {
      count++;
      const target = posix.join(posix.dirname(file), name);
      if (isWorkers)
        expect(code.slice(0, index), file).toMatch(
          /checkLate\(import\.meta\.url,\[[^\]]+\]\)\.then\(\(\)=>$/,
        );
      // A page's own go through what stands in the place of Vite's wrapper.
      else expect(code, file).toMatch(new RegExp(`mapDeps=.*"${target}"`));
    }
  }
  expect(count).toBeGreaterThan(60);
});

test('the pages name no other host and carry the policy', () => {
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    const text = read(file).toString();
    const hosts = [...text.matchAll(/(?:https?:)?\/\/([\w.-]+\.\w{2,})/g)].map(([, host]) => host);
    expect(hosts.filter((host) => host !== 'www.w3.org')).toEqual([]);
    expect(text).toContain('http-equiv="Content-Security-Policy"');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style/);
  }
  expect(read('_headers').toString()).toContain("frame-ancestors 'none'");
});

test('the server answers precisely', async ({ request }) => {
  const missing = ['/models/none.onnx', '/assets/none.js', '/none', '/../package.json', '/%'];
  for (const path of missing) {
    const response = await request.get(path);
    expect(response.status(), path).toBeGreaterThanOrEqual(400);
    expect(response.headers()['content-type'], path).toContain('text/plain');
  }
  const page = await request.get('/');
  expect(page.headers()['cross-origin-embedder-policy']).toBe('require-corp');
  const wasm = files.find((file) => file.endsWith('.wasm')) ?? '';
  expect((await request.get(`/${wasm}`)).headers()['content-type']).toBe('application/wasm');
  expect((await request.get('/manifest.webmanifest')).headers()['content-type']).toBe(
    'application/manifest+json',
  );
});
