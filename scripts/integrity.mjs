/**
 * What a build says of its own files: the SHA-256 of each, and how many bytes it has. Pages get it as
 * attributes and in one list, the service worker in its manifest, wasm in its address. How it is used is in
 * docs/decisions/0023-files-as-built.md.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The hash of some bytes.
 *
 * @param {string | Uint8Array} bytes Hashed whole.
 * @param {'hex' | 'base64'} [form] How it is written; 64 lower-case digits by default.
 * @returns {string} Its SHA-256.
 */
export const sha256 = (bytes, form = 'hex') => createHash('sha256').update(bytes).digest(form);

/**
 * What a build says of a file, as src/integrity/fetch-checked.ts reads it.
 *
 * @param {Uint8Array} bytes The whole file.
 * @returns {string} Its hash and its size.
 */
export const describeBuilt = (bytes) => `${sha256(bytes)}.${bytes.length}`;

/**
 * The same for an address.
 *
 * @param {Uint8Array} bytes What lies there.
 * @returns {string} To be put behind the address.
 */
export const hashMark = (bytes) => `#sha256=${describeBuilt(bytes)}`;

/** Looks after the files that a page cannot start without: src/app/guard.ts. */
const guard = 'guard.js';

/** The built pages. */
const pages = ['index.html', 'embed.html'];

/** Of all that workers load. */
const engineFolder = 'assets/engine/';

/** What only one page has use for, and that names it at once. */
const isEntry = /^assets\/(index|embed)-/;

/**
 * A build plugin: gives every script and style of the built pages its hash, lets the guard look after them,
 * and lists the hashes of all scripts and styles that are loaded later.
 *
 * @param {string} base The app's base path, with slashes at both ends.
 * @param {(name: string) => boolean} isStarted Whether a file of the build is a worker's own script or one that it imports at
 *   once.
 * @returns {import('vite').Plugin} For the page's build.
 */
export function pageIntegrity(base, isStarted) {
  return {
    name: 'page-integrity',
    apply: 'build',
    writeBundle: {
      order: 'post',
      handler({ dir = '' }) {
        const assets = readdirSync(join(dir, 'assets'), { recursive: true, encoding: 'utf8' })
          .map((name) => `assets/${name.replaceAll('\\', '/')}`)
          .filter((name) => /\.(js|css)$/.test(name))
          .sort();
        for (const page of pages) {
          const file = join(dir, page);
          const html = readFileSync(file, 'utf8');
          const first = new Set(firstFiles(html, base));
          const later = assets.filter((name) => !first.has(name) && !isEntry.test(name));
          writeFileSync(file, addHashes(html, { dir, base, later, isStarted }));
        }
      },
    },
  };
}

const fileTag = /<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+\.(?:js|css))"/g;

/**
 * The scripts and styles that a page names.
 *
 * @param {string} html A built page.
 * @param {string} base The app's base path.
 */
const firstFiles = (html, base) =>
  [...html.matchAll(fileTag)].map(([, address = '']) => {
    if (!address.startsWith(base)) throw new Error(`${address} is not of this build.`);
    return address.slice(base.length);
  });

/**
 * @param {string} html A built page.
 * @param {{ dir: string, base: string, later: string[], isStarted: (name: string) => boolean }} build Where it lies, the
 *   names of what is loaded later, and which of them workers begin with.
 */
function addHashes(html, { dir, base, later, isStarted }) {
  const read = (/** @type {string} */ name) => readFileSync(join(dir, name));
  const hashOf = (/** @type {string} */ name) =>
    `integrity="sha256-${sha256(read(name), 'base64')}"`;
  const marked = html.replace(
    fileTag,
    (tag, /** @type {string} */ address) => `${tag} ${hashOf(address.slice(base.length))}`,
  );
  /** By who loads them: src/app/platform/part-checks.ts. */
  const hashes = { workers: {}, engine: {}, page: {} };
  for (const name of later) {
    const kind = !name.startsWith(engineFolder) ? 'page' : isStarted(name) ? 'workers' : 'engine';
    Object.assign(hashes[kind], { [name]: describeBuilt(read(name)) });
  }
  const list = JSON.stringify(hashes).replaceAll('"', '&quot;');
  const [main = ''] = /\s*<script type="module"[^>]*><\/script>/.exec(marked) ?? [];
  // The page's own script comes last: what it imports is then fetched with its hash already.
  const tags = [
    `<meta name="files" content="${list}">`,
    `<script type="module" crossorigin src="${base}${guard}" ${hashOf(guard)}></script>`,
    main.trim(),
  ];
  return marked.replace(main, '').replace('</head>', `  ${tags.join('\n    ')}\n  </head>`);
}

/** @typedef {{ url: string, revision: string | null, size: number }} Entry Of the service worker's manifest. */

/**
 * A transform of the service worker's manifest: each file's revision is its hash and size, whether or not its
 * name carries a hash.
 *
 * @param {() => string} dir Folder of the build, known once it has begun.
 * @returns {(entries: Entry[]) => { manifest: Entry[] }} For `manifestTransforms`.
 */
export const hashManifest = (dir) => (entries) => ({
  manifest: entries
    .map((entry) => ({ ...entry, revision: describeBuilt(readFileSync(join(dir(), entry.url))) }))
    .sort((a, b) => (a.url < b.url ? -1 : 1)),
});
