/** Hosts that send none of our headers, and browsers that keep nothing: the page holds by itself. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/chromium.mjs';
import { dist } from '../../scripts/serve.mjs';
import { Enlarger } from './enlarger';
import { expect, test } from './fixtures';
import { photo } from './pictures';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** A server that sends files and their types, and some redirects. */
async function serveBare(
  redirects: Record<string, string> = {},
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const to = Object.entries(redirects).find(([path]) => pathname.endsWith(path))?.[1];
    if (to) return response.writeHead(302, { Location: to }).end();
    const path = pathname === '/' ? '/index.html' : pathname;
    try {
      const body = readFileSync(join(dist, path));
      const type = types[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
}

/** Something on another origin that counts who reaches it. */
async function serveElsewhere(): Promise<{ server: Server; url: string; reached: string[] }> {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('elsewhere');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/`, reached };
}

test.describe('a host without our headers', () => {
  test.use({ expectedErrors: /Failed to load|net::ERR/ });

  test('runs the whole way, and no redirect of a model leads elsewhere', async ({ app, page }) => {
    const elsewhere = await serveElsewhere();
    const redirects: Record<string, string> = {};
    const bare = await serveBare(redirects);
    await app.visit(undefined, bare.url);
    redirects['.onnx'] = `${elsewhere.url}model.onnx`;
    await app.open(photo);
    await app.enhanceButton.click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(elsewhere.reached).toEqual([]);
    delete redirects['.onnx'];
    await app.enhance();
    elsewhere.server.close();
    bare.server.close();
  });
});

test.describe('a browser that keeps nothing', () => {
  test('says so and works', async ({ baseURL, watch }) => {
    const folder = mkdtempSync(join(tmpdir(), 'enlarger-blocked-'));
    mkdirSync(join(folder, 'Default'));
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(blocked));
    const context = await chromium.launchPersistentContext(folder, {
      ...launchOptions(),
      ...(baseURL && { baseURL }),
    });
    try {
      const app = new Enlarger(await context.newPage());
      const thrown: string[] = [];
      context.on('weberror', (error) => thrown.push(error.error().message));
      await app.visit();
      const isDenied = await app.page.evaluate(() => {
        try {
          return localStorage.length < 0;
        } catch {
          return true;
        }
      });
      expect(isDenied).toBe(true);
      await expect(app.page.getByText('This browser keeps nothing for this site')).toBeVisible();
      await app.open(photo);
      await app.enhance();
      expect(thrown).toEqual([]);
    } finally {
      await context.close();
      // A browser with a profile asks its maker about updates.
      watch.take();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test.describe('trusted types', () => {
  // What is refused, the browser reports.
  test.use({ expectedErrors: /Trusted/ });

  test('text becomes code nowhere: the policy is enforced', async ({ app, page }) => {
    await app.visit();
    const refused = await page.evaluate(() => {
      const tries: Record<string, () => unknown> = {
        innerHTML: () => (document.createElement('p').innerHTML = '<b>x</b>'),
        'a script of another origin': () => new Worker('https://evil.example/x.js'),
        'a blob': () => new Worker(URL.createObjectURL(new Blob(['0'])).replace('http', 'https')),
        'another policy': () =>
          (
            window as unknown as { trustedTypes: { createPolicy(n: string, r: object): object } }
          ).trustedTypes.createPolicy('x', {}),
      };
      return Object.entries(tries)
        .filter(([, attempt]) => {
          try {
            attempt();
            return false;
          } catch (error) {
            return error instanceof TypeError;
          }
        })
        .map(([name]) => name);
    });
    expect(refused).toContain('innerHTML');
    expect(refused).toContain('a script of another origin');
    expect(refused).toContain('another policy');
  });
});
