/** A host's own models in the widget: offered, downloaded at a press, used, and kept apart. */
import type { Page } from '@playwright/test';
import type { StatedModel } from '../../src/embed/protocol';
import { makeCompact } from '../unit/models/own/sample-nets';
import { writeSafetensors } from '../unit/models/own/weight-files';
import { expect, hostPage, HostSite, test, Widget } from './host-site';
import { HostileHost } from './hostile-host';
import { photo } from './pictures';

const weights = Buffer.from(writeSafetensors(makeCompact(8, 2, 2).tensors));
const size = `${Math.round(weights.length / 1e3)} kB`;

/** A file as most servers give it: with its size. */
const file = (body: Buffer, headers: Readonly<Record<string, string>> = {}) => ({
  ...{ body, type: 'application/octet-stream' },
  headers: { 'Content-Length': `${body.length}`, ...headers },
});

const markup = (models: string) =>
  `<photo-enhancer src="/me.png" backend="wasm" models="${models}" style="width: 900px"></photo-enhancer>`;

const choice = (widget: Widget) =>
  widget.inside.getByRole('combobox', { name: 'Model', exact: true });
const download = (widget: Widget, name: string) =>
  widget.inside.getByRole('button', { name: `Download ${name}, ` });

/** Opens the page with the widget in it. */
async function visit(page: Page, site: HostSite, appUrl: string, models: string) {
  site.answers.set('/', { body: hostPage(appUrl, markup(models)) });
  return visitAt(page, site.url());
}

async function visitAt(page: Page, address: string): Promise<Widget> {
  await page.goto(address);
  const widget = new Widget(page);
  await widget.poster.click();
  await expect(widget.enhanceButton).toBeEnabled();
  return widget;
}

test('a model is offered with its size, comes at a press, and enhances', async ({
  page,
  site,
  appUrl,
}) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/models\/(film|sharp)/.test(pathname)) fetched.push(`${request.method()} ${pathname}`);
  });
  site.answers.set('/models/film.safetensors', file(weights, { ETag: '"1"' }));
  site.answers.set('/models/sharp-and-a-very-long-name_of_a-network_x2.pth', file(weights));
  const both = '/models/film.safetensors  /models/sharp-and-a-very-long-name_of_a-network_x2.pth';
  const widget = await visit(page, site, appUrl, both);
  await expect(download(widget, 'film')).toHaveAccessibleName(`Download film, ${size}`);
  await expect(choice(widget)).toHaveCount(0);
  expect(fetched).toEqual([
    'HEAD /models/film.safetensors',
    'HEAD /models/sharp-and-a-very-long-name_of_a-network_x2.pth',
  ]);

  await download(widget, 'film').click();
  await expect(choice(widget).locator('option:checked')).toHaveText('film');
  await expect(download(widget, 'film')).toHaveCount(0);
  const panel = widget.inside.locator('#settings');
  expect(await panel.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  expect(fetched.slice(2)).toEqual(['GET /models/film.safetensors']);
  await widget.listen();
  await widget.enhanceButton.click();
  await expect.poll(() => widget.events('result')).toHaveLength(1);
  const [result] = await widget.events('result');
  expect(result).toMatchObject({ width: 192, height: 128, report: { steps: ['upscale: film'] } });

  await choice(widget).selectOption({ label: 'The enhancer’s own' });
  // What has changed is another, and what the page no longer has is not offered.
  site.answers.set('/models/film.safetensors', file(weights, { ETag: '"2"' }));
  const name = (models: string) =>
    page.evaluate(
      (models) => document.querySelector('photo-enhancer')!.setAttribute('models', models),
      models,
    );
  await name('/models/film.safetensors');
  await expect(download(widget, 'film')).toBeVisible();
  await expect(choice(widget)).toHaveCount(0);
  await name('');
  await expect(widget.inside.getByRole('button', { name: /^Download/ })).toHaveCount(0);
});

test('a model stays for the next visit, and neither another origin nor the visitor’s own page sees it', async ({
  page,
  site,
  appUrl,
}) => {
  // Of the app's site, where the browser keeps what frames have in one place.
  const other = new HostSite();
  await other.start();
  const near = (at: HostSite) => `http://localhost:${new URL(at.url()).port}/`;
  for (const at of [site, other]) at.answers.set('/models/film.safetensors', file(weights));
  const open = async (at: HostSite) => {
    at.answers.set('/', { body: hostPage(appUrl, markup('/models/film.safetensors')) });
    return visitAt(page, near(at));
  };
  const first = await open(site);
  await download(first, 'film').click();
  await expect(choice(first).locator('option:checked')).toHaveText('film');
  const again = await open(site);
  await choice(again).selectOption({ label: 'film' });
  await again.enhanceButton.click();
  await expect(again.inside.getByText(/with film on the CPU/).first()).toBeAttached();
  await expect(download(again, 'film')).toHaveCount(0);
  await expect(again.inside.getByText(/^Compact, 2×, [\d,]+ bytes$/)).toBeVisible();

  const elsewhere = await open(other);
  await expect(download(elsewhere, 'film')).toBeVisible();
  await expect(choice(elsewhere)).toHaveCount(0);
  await page.goto(appUrl);
  await page.getByRole('button', { name: 'Kept offline', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Add a model' })).toBeEnabled();
  await expect(page.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
  other.stop();

  const last = await open(site);
  await choice(last).selectOption({ label: 'film' });
  await last.inside.getByRole('button', { name: 'Delete film', exact: true }).click();
  await expect(choice(last)).toHaveCount(0);
  await expect(download(last, 'film')).toBeVisible();
  // It is nowhere any more, not only out of sight.
  await expect(download(await open(site), 'film')).toBeVisible();
});

test('models of other origins, without a size, or that are none are told and not used', async ({
  page,
  site,
  appUrl,
  watch,
}) => {
  const allowed = { 'Access-Control-Allow-Origin': '*' };
  site.answers.set('/film.onnx', file(weights, allowed));
  site.answers.set('/silent.onnx', { body: weights, type: 'application/octet-stream' });
  site.answers.set('/letter.onnx', file(Buffer.from('Dear model,\n')));
  const elsewhere = site.url('/film.onnx', 'other');
  const away = { Location: elsewhere, 'Content-Length': '0' };
  site.answers.set('/away.onnx', { body: '', status: 302, headers: away });
  const all = `${elsewhere} /silent.onnx /away.onnx /missing.onnx /letter.onnx`;
  site.answers.set('/', { body: hostPage(appUrl, markup(all)) });
  await page.goto(site.url());
  await page.evaluate(() => customElements.whenDefined('photo-enhancer'));
  const widget = new Widget(page);
  await widget.listen();
  await widget.poster.click();
  await expect(download(widget, 'letter')).toBeVisible();
  await expect(widget.inside.getByRole('button', { name: /^Download/ })).toHaveCount(1);
  await expect.poll(async () => (await widget.events('error')).length).toBe(4);
  const told = (await widget.events('error')).map(({ code, message }) => [
    code,
    String(message).split(' ')[0],
  ]);
  expect(told).toEqual(
    ['film', 'silent', 'away', 'missing'].map((name) => ['bad-attribute', `${name}.onnx`]),
  );
  expect(site.asked.filter((each) => each.startsWith('other'))).toEqual([]);
  // The browser has its own words for what it refuses.
  expect(watch.take().filter((each) => !/same-origin|Domains|404/.test(each))).toEqual([]);
  await download(widget, 'letter').click();
  await expect(widget.inside.getByRole('alert')).toContainText('no model that can be added');
  await expect(choice(widget)).toHaveCount(0);
  await expect(download(widget, 'letter')).toBeVisible();
});

test('a download that breaks off is told without waiting, and can be tried again', async ({
  page,
  site,
  appUrl,
  watch,
}) => {
  // The clock by which silence is noticed stands still.
  await page.clock.install();
  site.answers.set('/film.safetensors', file(weights));
  const widget = await visit(page, site, appUrl, '/film.safetensors');
  await page.route('**/film.safetensors', (route) => route.abort('connectionreset'));
  await download(widget, 'film').click();
  await expect(widget.inside.getByRole('alert')).toContainText('film did not arrive whole');
  expect(watch.take().filter((each) => !/ERR_CONNECTION_RESET/.test(each))).toEqual([]);
  await page.unroute('**/film.safetensors');
  await download(widget, 'film').click();
  await expect(choice(widget).locator('option:checked')).toHaveText('film');
});

test('a page that sends what it likes: nothing comes unasked, and no more than was said', async ({
  page,
  site,
  appUrl,
}) => {
  const host = new HostileHost(page);
  await host.visit(site, appUrl);
  await host.inside.locator('input[type=file]').setInputFiles(photo);
  await expect(host.button).toBeVisible();
  const send = (parts: number, length: number) =>
    page.evaluate(
      ([parts, length]) => {
        const { port } = window as unknown as { port: MessagePort };
        for (let i = 0; i < parts; i++)
          port.postMessage({ type: 'model', id: 0, part: new Uint8Array(length) });
      },
      [parts, length] as const,
    );
  await send(3, 1000);
  const say = (models: readonly StatedModel[]) => host.say({ type: 'models', models });
  await say([{ address: site.url('/huge.onnx'), bytes: 10e9, version: null }]);
  await host.until('error');
  await say([{ address: site.url('/small.onnx'), bytes: 5000, version: null }]);
  await send(3, 1000);
  await host.inside.getByRole('button', { name: 'Adjust' }).click();
  const button = host.inside.getByRole('button', { name: 'Download small, 5 kB' });
  await expect(button).toBeVisible();
  expect(await host.all('fetch')).toEqual([]);

  await button.click();
  await host.until('fetch');
  await send(200, 1_000_000);
  await expect(host.inside.getByRole('alert')).toContainText('host.localhost');
  await expect(host.inside.getByRole('alert')).toContainText('sent more of small than it had said');
  expect(await host.all('fetch')).toEqual([
    { type: 'fetch', id: 0 },
    { type: 'fetch', id: Number.MAX_SAFE_INTEGER },
  ]);
  // A model that never ends to come is the visitor's to stop.
  await button.click();
  await send(1, 4999);
  const stop = host.inside.getByRole('button', { name: 'Stop adding' });
  await expect(host.inside.getByRole('progressbar')).toHaveAttribute('value', '4999');
  await stop.click();
  await expect(button).toBeVisible();
  await host.answers();
});
