/** Somebody else's site, on another origin and another site than the app, with a widget on its pages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from '@playwright/test';
import { expect, test as base } from './fixtures';
import { photo } from './pictures';

/** What a path of the site answers. */
export type Answer = {
  readonly body: string | Buffer;
  readonly type?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A running site. */
export class HostSite {
  readonly answers = new Map<string, Answer>([
    ['/me.png', { body: photo.buffer, type: 'image/png' }],
    ['/page.png', { body: '<!doctype html><title>Sorry</title>', type: 'text/html' }],
    [
      '/shared.png',
      {
        body: photo.buffer,
        type: 'image/png',
        headers: { 'Access-Control-Allow-Origin': '*' },
      },
    ],
    ['/favicon.ico', { body: '', type: 'image/x-icon' }],
  ]);
  /** Bodies of what was posted to it. */
  readonly posted: string[] = [];
  readonly #server = createServer((request, response) => {
    if (request.method === 'POST') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.posted.push(Buffer.concat(parts).toString('latin1'));
        response.end('Thank you.');
      });
      return;
    }
    const answer = this.answers.get(new URL(request.url ?? '/', 'http://x').pathname);
    const { body, type = 'text/html; charset=utf-8', status = 200, headers } = answer ?? missing;
    response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
  });

  /** Begins to listen. */
  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
  }

  /** Ends. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Its address, or that of a neighbour with the same files. */
  url(path = '/', name = 'host'): string {
    return `http://${name}.localhost:${(this.#server.address() as AddressInfo).port}${path}`;
  }
}

const missing: Answer = { body: 'No such page.', type: 'text/plain', status: 404 };

/** A page of a host: the element's script from the app's origin, and some markup. */
export function hostPage(app: string, markup: string, meta = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${meta}
<script type="module" src="${app}embed/v1.js"></script></head><body>${markup}</body></html>`;
}

/** The widget on a host's page. */
export class Widget {
  constructor(
    readonly page: Page,
    readonly selector = 'photo-enhancer',
  ) {}

  /** The button over the poster. */
  get poster() {
    return this.page.locator(this.selector).getByRole('button');
  }

  /** What is in the frame. */
  get inside() {
    return this.page.frameLocator(`${this.selector} iframe`);
  }

  get enhanceButton() {
    return this.inside.getByRole('button', { name: 'Enhance', exact: true });
  }

  /** The frame itself. */
  async frame(): Promise<Frame> {
    const handle = await this.page.locator(this.selector).locator('iframe').elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('no frame');
    return frame;
  }

  /** Writes down all events from now on. */
  async listen(): Promise<void> {
    await this.page.evaluate((selector) => {
      const element = document.querySelector(selector);
      const log: unknown[] = [];
      Object.assign(window, { log });
      for (const type of ['ready', 'progress', 'result', 'change', 'error'])
        element?.addEventListener(type, (event) => {
          const { detail } = event as CustomEvent<Record<string, unknown> | null>;
          const blob = detail?.['blob'];
          const facts = blob instanceof Blob && { bytes: blob.size, kind: blob.type };
          log.push({ type, ...detail, ...facts });
        });
    }, this.selector);
  }

  /** What was written down, of one type. */
  async events(type: string): Promise<Record<string, unknown>[]> {
    const log = await this.page.evaluate(() => (window as unknown as { log: unknown[] }).log);
    return (log as { type: string }[]).filter((entry) => entry.type === type);
  }

  /** Waits for an error event and gives its code. */
  async expectError(code: string, timeout = 15_000): Promise<void> {
    await expect
      .poll(async () => (await this.events('error')).map((event) => event['code']), { timeout })
      .toContain(code);
  }
}

/** A journey that begins on somebody else's site. */
export const test = base.extend<{ site: HostSite; appUrl: string; widget: Widget }>({
  site: async ({}, use) => {
    const site = new HostSite();
    await site.start();
    await use(site);
    site.stop();
  },
  appUrl: async ({ baseURL }, use) => use(`${baseURL}/`),
  widget: async ({ page }, use) => use(new Widget(page)),
});

export { expect };
