/** Somebody else's site, on another origin and another site than the app. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  /** What was asked of it: host and path. */
  readonly asked: string[] = [];
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
    this.asked.push(`${request.headers.host}${request.url}`);
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
