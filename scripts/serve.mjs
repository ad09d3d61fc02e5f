/**
 * The static server of `npm start` and of the e2e tests: node builtins only. It sends the headers of
 * `headers.mjs` with every response, `name.br` in place of `name` where the browser accepts it, and a
 * plain 404 for what is not there, never a page with 200.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cacheControl, headers, headersFor } from './headers.mjs';

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
};

/** The folder that the build writes. */
export const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * The file behind a request path.
 *
 * @param {string} root Folder that is served.
 * @param {string} path Decoded path of the request, with a leading slash.
 * @returns {{ file: string, size: number, mtime: Date } | undefined} Undefined where there is none.
 */
function locate(root, path) {
  const file = normalize(join(root, path.endsWith('/') ? `${path}index.html` : path));
  if (path.includes('\0') || !file.startsWith(normalize(root + sep))) return undefined;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() ? { file, size: stat.size, mtime: stat.mtime } : undefined;
}

/**
 * What a test may do to a response: another status, another body (also for a file that there is
 * not), the same body with one bit flipped, or other headers.
 *
 * @typedef {{ status?: number, body?: Buffer, flip?: boolean, headers?: Record<string, string> }} Alteration
 */
/** @typedef {(path: string) => Alteration | undefined} Alter */

/**
 * Serves a folder on localhost.
 *
 * @param {object} [options] What and where.
 * @param {string} [options.root] Folder to serve; `dist` by default.
 * @param {string} [options.base] Path below which it is served, with slashes at both ends.
 * @param {number} [options.port] First port to try; 0 lets the system choose.
 * @param {number} [options.tries] How many ports to try, counting up.
 * @param {Alter} [options.alter] Lets a test replace a response: gets the request path, may return
 *   what to send in place of the file.
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} The running server.
 */
export async function serve({
  root = dist,
  base = '/',
  port = 4173,
  tries = 1,
  alter = () => undefined,
} = {}) {
  const server = createServer((request, response) => {
    const send = (/** @type {number} */ status, /** @type {string} */ text) => {
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(text);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'GET only.\n');
    const path = readPath(request.url ?? '/');
    if (path === undefined) return send(400, 'Not a path.\n');
    if (!path.startsWith(base)) return send(404, `Nothing here: the app is at ${base}\n`);
    const below = path.slice(base.length - 1);
    const altered = alter(below);
    if (altered?.status && altered.status >= 400) return send(altered.status, 'Altered.\n');
    const found = locate(root, below);
    const fields = {
      ...headersFor(below),
      'Content-Type':
        types[extname(found?.file ?? below).toLowerCase()] ?? 'application/octet-stream',
      'Cache-Control': cacheControl(below),
      ...altered?.headers,
    };
    const body = altered?.body ?? (altered?.flip && found && flipBit(readFileSync(found.file)));
    if (body) {
      response.writeHead(200, { ...fields, 'Content-Length': body.length });
      return response.end(body);
    }
    if (!found) return send(404, `No such file: ${below}\n`);
    const packed = accepts(request, 'br') ? locate(root, `${below}.br`) : undefined;
    // A file of an older build may have been left behind.
    const usesPacked = packed !== undefined && packed.mtime >= found.mtime;
    const sent = usesPacked ? packed : found;
    const etag = `"${sent.size.toString(36)}-${sent.mtime.getTime().toString(36)}"`;
    const head = {
      ...fields,
      ETag: etag,
      Vary: 'Accept-Encoding',
      ...(usesPacked && { 'Content-Encoding': 'br' }),
    };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, head);
      return response.end();
    }
    response.writeHead(200, { ...head, 'Content-Length': sent.size });
    if (request.method === 'HEAD') return response.end();
    createReadStream(sent.file)
      .on('error', () => response.destroy())
      .pipe(response);
  });
  const bound = await listen(server, port, tries);
  return {
    url: `http://localhost:${bound}${base}`,
    port: bound,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('node:http').IncomingMessage} request Asked with.
 * @param {string} coding Name of a content coding.
 */
const accepts = ({ headers: asked }, coding) =>
  String(asked['accept-encoding'] ?? '')
    .split(',')
    .some((each) => each.trim().replace(/;q=(?!0(\.0*)?$).*$/, '') === coding);

/** @param {Buffer} bytes Changed in its middle, in place. */
function flipBit(bytes) {
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes;
}

/** @param {string} url The request line's target; undefined for what does not decode. */
function readPath(url) {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
}

/**
 * @param {import('node:http').Server} server Not listening yet.
 * @param {number} port First port to try.
 * @param {number} tries How many.
 * @returns {Promise<number>} The port in use.
 */
async function listen(server, port, tries) {
  for (let left = tries; ; left--, port++) {
    try {
      await new Promise((done, fail) => {
        server.once('error', fail);
        server.listen(port, '127.0.0.1', () => done(server.off('error', fail)));
      });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : port;
    } catch (error) {
      const taken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE';
      if (!taken || left <= 1) throw error;
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const port = Number(process.env['PORT'] ?? 4173);
  const { url } = await serve({ port, base: process.env['BASE'] ?? '/' });
  console.log(`Serving dist at ${url}`);
}
