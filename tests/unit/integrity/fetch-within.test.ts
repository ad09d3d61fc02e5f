import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchWithin, type Fetch } from '../../../src/integrity/fetch-within';

const home = 'https://enlarger.example/app/models/catalog.json';
const ok = () => vi.fn<Fetch>(() => Promise.resolve(new Response('yes')));

test.each([
  ['beside.onnx', 'https://enlarger.example/app/models/beside.onnx'],
  ['/other/folder.wasm', 'https://enlarger.example/other/folder.wasm'],
  ['https://enlarger.example:443/a', 'https://enlarger.example/a'],
])('%s of the own origin is fetched, resolved, and may not redirect', async (address, href) => {
  const fetch = ok();
  const response = await fetchWithin(home, address, { cache: 'no-cache' }, fetch);
  expect(await response.text()).toBe('yes');
  expect(fetch.mock.calls).toEqual([[href, { cache: 'no-cache', redirect: 'error' }]]);
});

test('nobody can ask for redirects after all', async () => {
  const fetch = ok();
  await fetchWithin(home, 'a', { redirect: 'follow' }, fetch);
  expect(fetch.mock.calls[0]?.[1].redirect).toBe('error');
});

test.each([
  '//evil.example/a.onnx',
  'https://evil.example/a.onnx',
  'http://enlarger.example/a.onnx',
  'https://enlarger.example:8443/a.onnx',
  'https://enlarger.example@evil.example/a.onnx',
  ' //evil.example/a.onnx',
  '/\t/evil.example/a.onnx',
  '\\\\evil.example/a.onnx',
  'ht\ntps://evil.example/a.onnx',
  'data:text/plain,hello',
  'blob:https://enlarger.example/5b0f',
  'file:///etc/passwd',
  'javascript:0',
])('%j is of another origin, and nothing is asked', async (address) => {
  const fetch = ok();
  const asking = fetchWithin(home, address, {}, fetch);
  await expect(asking).rejects.toMatchObject({ problem: 'other-origin' });
  expect(fetch).not.toHaveBeenCalled();
});

const script = 'file:///opt/enlarger/cli-run.js';

test.each(['./engine.wasm', 'models/a.onnx', 'file:///opt/enlarger/models/a.onnx'])(
  'a file may ask for one of its folder: %s',
  async (address) => {
    const fetch = ok();
    await fetchWithin(script, address, {}, fetch);
    expect(fetch.mock.calls[0]?.[0]).toMatch('file:///opt/enlarger/');
  },
);

test.each([
  ...['../other/a.onnx', '/etc/passwd', 'file:///opt/enlarger-other/a', '%2e%2e/a.onnx'],
  ...['https://evil.example/a.onnx', 'data:text/plain,hello', '//host/opt/enlarger/a'],
])('a file may ask for nothing else: %s', async (address) => {
  const fetch = ok();
  const asking = fetchWithin(script, address, {}, fetch);
  await expect(asking).rejects.toMatchObject({ problem: 'other-origin' });
  expect(fetch).not.toHaveBeenCalled();
});

test('an answer that came from elsewhere is not given', async () => {
  const response = new Response('no');
  Object.defineProperty(response, 'url', { value: 'https://evil.example/a.onnx' });
  const asking = fetchWithin(home, 'a.onnx', {}, () => Promise.resolve(response));
  await expect(asking).rejects.toMatchObject({ problem: 'other-origin' });
});

describe('on a real network', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  const listen = async (answer: Parameters<typeof createServer>[1]) => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
    const reached = vi.fn();
    const other = await listen((_, response) => {
      reached();
      response.end('stolen');
    });
    const own = await listen((_, response) => {
      response.writeHead(status, { Location: other }).end();
    });
    await expect(fetchWithin(own, 'model.onnx')).rejects.toThrow(TypeError);
    expect(reached).not.toHaveBeenCalled();
  });
});
