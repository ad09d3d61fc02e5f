/** What no host may do, and what no host may suffer. */
import { expect, hostPage, test } from './host-site';
import { rebuild } from './rebuilt';

const plain = `<photo-enhancer src="/me.png" backend="wasm">
  <p slot="fallback">Look at the photo as it is.</p></photo-enhancer>`;

test('the frame may be framed, the app may not, and others may load the script', async ({
  request,
}) => {
  const headersOf = async (path: string) => (await request.get(path)).headers();
  const frame = await headersOf('/embed.html');
  expect(frame['content-security-policy']).toContain('frame-ancestors *');
  expect(frame['cross-origin-resource-policy']).toBe('cross-origin');
  const script = await headersOf('/embed/v1.js');
  expect(script['cross-origin-resource-policy']).toBe('cross-origin');
  expect(script['access-control-allow-origin']).toBe('*');
  for (const path of ['/', '/index.html', '/models/catalog.json']) {
    const own = await headersOf(path);
    expect(own['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(own['cross-origin-resource-policy']).toBe('same-origin');
    expect(own['access-control-allow-origin']).toBeUndefined();
  }
});

test('noise, strangers, other versions and second handshakes get no answer but a refusal', async ({
  page,
  site,
  appUrl,
}) => {
  const frames = `<iframe id="ours" src="${appUrl}embed.html"></iframe><iframe id="stranger"></iframe>`;
  site.answers.set('/', { body: `<!doctype html><title>Hostile</title>${frames}` });
  await page.goto(site.url());
  const heard = await page.evaluate(async (origin) => {
    const frame = document.querySelector<HTMLIFrameElement>('#ours')!.contentWindow!;
    const stranger = document.querySelector<HTMLIFrameElement>('#stranger')!
      .contentWindow as unknown as typeof globalThis;
    const heard: Record<string, string[]> = {};
    const open = (name: string): MessageChannel => {
      const channel = new MessageChannel();
      const list = (heard[name] = [] as string[]);
      channel.port1.onmessage = ({ data }: MessageEvent<{ type: string }>) => list.push(data.type);
      return channel;
    };
    const rest = (ms: number) => new Promise((done) => setTimeout(done, ms));
    // The same noise in every run: a linear congruential generator.
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 0x7fff_ffff) / 0x7fff_ffff;
    const drawValue = (depth = 0): unknown => {
      const words = ['connect', 'configure', 'open', 'enhance', 'save', 'ready', '*', ''];
      const word = () => words[Math.floor(random() * words.length)]!;
      const kind = Math.floor(random() * (depth > 2 ? 5 : 7));
      if (kind === 0) return word();
      if (kind === 1) return random() * 10 - 5;
      if (kind === 2) return null;
      if (kind === 3) return undefined;
      if (kind === 4) return new Blob([word()]);
      if (kind === 5) return [drawValue(depth + 1), drawValue(depth + 1)];
      return Object.fromEntries(
        ['pe', 'v', 'type', 'id', 'settings', 'file', 'name', 'recipe', 'options'].map((name) => [
          name,
          name === 'type' ? word() : drawValue(depth + 1),
        ]),
      );
    };

    const noise = open('noise');
    frame.postMessage({ pe: 'hello' }, origin, [noise.port2]);
    for (let count = 0; count < 5_000; count++) frame.postMessage(drawValue(), origin);
    const hello = { pe: 'connect', v: 1 };
    frame.postMessage(hello, origin);
    frame.postMessage(hello, origin, [open('two').port2, new MessageChannel().port2]);
    // The same words, but from a window that is not the parent.
    const { port2 } = open('stranger');
    const post = new stranger.Function(
      'frame',
      'hello',
      'origin',
      'port',
      'frame.postMessage(hello, origin, [port])',
    ) as (...values: unknown[]) => void;
    post(frame, hello, origin, port2);
    frame.postMessage({ pe: 'connect', v: 2 }, origin, [open('version').port2]);
    await rest(300);

    const good = open('good');
    frame.postMessage(hello, origin, [good.port2]);
    await rest(500);
    frame.postMessage(hello, origin, [open('second').port2]);
    for (let count = 0; count < 5_000; count++) good.port1.postMessage(drawValue());
    good.port1.postMessage({ type: 'enhance', id: 1, recipe: null });
    await rest(500);
    return heard;
  }, new URL(appUrl).origin);
  expect(heard).toEqual({
    ...{ noise: [], two: [], stranger: [], version: ['refused'], second: [] },
    // Nothing is obeyed before the first settings.
    good: ['ready'],
  });
});

test('the allow-list lets in whom it names, and without one nobody gets in', async ({
  page,
  site,
  ownServer,
  widget,
}) => {
  let config: object | null = { allow: [site.url('', 'other')] };
  ownServer.alter = (path) => {
    if (path !== '/embed-config.json') return undefined;
    return { body: Buffer.from(config ? JSON.stringify(config) : 'Gone.') };
  };
  site.answers.set('/', { body: hostPage(ownServer.url, plain) });
  for (const next of [config, null]) {
    config = next;
    await page.goto(site.url());
    await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
    await widget.listen();
    await widget.poster.click();
    await widget.expectError('frame-refused');
    await expect(page.getByText('Look at the photo as it is.')).toBeVisible();
  }
  config = { allow: [site.url('', '*')] };
  await page.goto(site.url());
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
});

test.describe('a host whose policy forbids the frame', () => {
  test.use({ expectedErrors: /Content Security Policy|target origin|frame/ });

  test('gets an error and its fallback, and stays as it is', async ({
    page,
    site,
    appUrl,
    widget,
  }) => {
    const policy = `script-src ${appUrl} ; frame-src 'none'`;
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    site.answers.set('/', { body: hostPage(appUrl, plain, meta) });
    await page.goto(site.url());
    await widget.listen();
    await widget.poster.click();
    await widget.expectError('frame-blocked');
    await expect(page.getByText('Look at the photo as it is.')).toBeVisible();
  });

  test('an app page in a frame stays empty', async ({ page, site, appUrl }) => {
    site.answers.set('/', { body: `<title>Thief</title><iframe src="${appUrl}"></iframe>` });
    await page.goto(site.url());
    await expect(page.frameLocator('iframe').getByRole('button')).toHaveCount(0);
  });
});

test('the service worker leaves the frame alone', async ({ page, app, site, appUrl, widget }) => {
  await app.visit();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(`${appUrl}embed.html`);
  await expect(page.getByText('made to be shown inside other sites')).toBeVisible();
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = names.map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(requests)).flat().map(({ url }) => url);
  });
  expect(kept.filter((url) => /embed/.test(url))).toEqual([]);
  // A host of the same site shares its partition, and so its service worker, with the app.
  site.answers.set('/', { body: hostPage(appUrl, plain) });
  await page.goto(site.url().replace('host.localhost', 'localhost'));
  await widget.poster.click();
  await widget.enhanceButton.click();
  await expect(widget.inside.getByRole('status')).toContainText('192 × 128');
});

for (const [what, code, backend, expected] of [
  ['no WebGPU', 'delete WorkerNavigator.prototype.gpu;', 'auto', 'wasm'],
  [
    'no WebGPU, which the host asks for',
    'delete WorkerNavigator.prototype.gpu;',
    'webgpu',
    'no-gpu',
  ],
  [
    'no storage',
    'Object.defineProperty(self, "indexedDB", { configurable: true, get() { throw new DOMException("no", "SecurityError"); } });',
    'wasm',
    'wasm',
  ],
] as const) {
  test(`in a frame with ${what}`, async ({ page, site, ownServer, widget }) => {
    ownServer.alter = rebuild(
      (path) => /^\/assets\/engine\/.*\.js$/.test(path),
      (script) => Buffer.concat([Buffer.from(code), script]),
    );
    const markup = `<photo-enhancer src="/me.png" reveal="auto" backend="${backend}"></photo-enhancer>`;
    site.answers.set('/', { body: hostPage(ownServer.url, markup) });
    await page.goto(site.url());
    await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
    const outcome = await page.evaluate(() =>
      document
        .querySelector('photo-enhancer')!
        .enhance()
        .then(
          ({ report }) => [report.backend, report.summary],
          (error: unknown) => [(error as { code: string }).code],
        ),
    );
    expect(outcome[0]).toBe(expected);
    if (expected === 'wasm')
      await expect(widget.inside.getByRole('status')).toContainText('on the CPU');
    if (what === 'no storage') expect(outcome[1]).toContain('could not be kept');
  });
}
