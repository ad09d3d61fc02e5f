/** Sites that have installed the package: made in a temporary folder, from a tarball, without a network. */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What `npm pack` made. */
export type Tarball = {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
};

/** Folders of one test run, taken away at its end. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'enlarger-sdk-'));

  /** Builds the package and packs it as npm would publish it. */
  pack(): Tarball {
    execFileSync(process.execPath, [join(root, 'scripts/build-sdk.mjs')], { stdio: 'pipe' });
    const args = ['pack', '--json', '--pack-destination', this.#folder];
    const said = npm(args, join(root, 'dist-sdk'));
    const [tarball] = JSON.parse(said) as [Tarball];
    return tarball;
  }

  /** A folder with files in it and the package installed. */
  site(name: string, { filename }: Tarball, files: Record<string, string>): string {
    const folder = join(this.#folder, name);
    const own = { name, private: true, type: 'module' };
    for (const [path, text] of Object.entries({ ...files, 'package.json': JSON.stringify(own) })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const quiet = ['--offline', '--no-audit', '--no-fund', '--install-links'];
    npm(['install', ...quiet, join(this.#folder, filename)], folder);
    return folder;
  }

  /** Builds a site with this repository's own Vite and no configuration. */
  bundle(folder: string): string {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build'], { cwd: folder, stdio: 'pipe' });
    return join(folder, 'dist');
  }

  /** What the compiler says about a site's TypeScript, every declaration file included. */
  check(folder: string, options: readonly string[]): string {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes'];
    try {
      const args = [tsc, ...strict, ...options];
      return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    } catch (error) {
      return String((error as { stdout?: string }).stdout);
    }
  }

  /** Takes everything away. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function npm(args: readonly string[], cwd: string): string {
  const options = { cwd, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  return execFileSync('npm', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** A plain static server: no headers but the type, and every other origin may read. */
export class PlainServer {
  readonly #server: Server;

  /** @param folder What it serves. */
  constructor(folder: string) {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://x');
      const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      const found = statSync(file, { throwIfNoEntry: false })?.isFile();
      const type = types[extname(file)] ?? 'application/octet-stream';
      const fields = { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' };
      if (found) createReadStream(file).pipe(response.writeHead(200, fields));
      else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    });
  }

  /** Begins to listen. */
  async start(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return this;
  }

  /** Its address by any name. */
  url(path = '/', name = 'host'): string {
    return `http://${name}.localhost:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Ends. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
