/**
 * Scripts that a page or a worker imports once it runs are checked before: how is in src/integrity/late-scripts.ts, why in
 * docs/decisions/0083-scripts-checked-as-they-are-needed.md. The bundler knows what each of them imports itself, so it is
 * written where the `import()` is.
 */
import { posix } from 'node:path';

/** The module that Vite puts round each `import()` of a page. */
const wrapper = '\0vite/preload-helper.js';

/**
 * How a build has them checked.
 *
 * @returns {{
 *   inPages: import('vite').Plugin,
 *   inWorkers: () => import('vite').Plugin,
 *   nameFiles: (file: string, others: string[], context: { hostType: 'html' | 'js' }) => string[],
 *   isStarted: (name: string) => boolean,
 * }} A plugin for the pages' build, and one for each worker's; what the page's `modulePreload` is to ask; and whether a
 *   file of the build is a worker's own script or one that it imports at once, which is known when workers are built.
 */
export function lateImports() {
  /** @type {Set<string>} */
  const started = new Set();
  return {
    inPages: {
      name: 'late-imports-of-pages',
      apply: 'build',
      enforce: 'pre',
      load: (id) =>
        id === wrapper
          ? `export { importLate as __vitePreload } from '/src/app/platform/late-import.ts';`
          : null,
    },
    inWorkers: () => ({
      name: 'late-imports-of-workers',
      apply: 'build',
      renderChunk(code, chunk, _, { chunks }) {
        const loaded = followImports(chunk.fileName, chunks);
        return chunk.dynamicImports.reduce((done, name) => {
          const files = followImports(name, chunks).filter((each) => !loaded.includes(each));
          return wrap(
            done,
            files.map((each) => nameFrom(chunk.fileName, each)),
          );
        }, code);
      },
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && file.isEntry)
            for (const name of followImports(file.fileName, bundle)) started.add(name);
      },
    }),
    // Vite names none where there are no others.
    nameFiles: (file, others, { hostType }) =>
      hostType === 'html' || others.length > 0 ? others : [file],
    isStarted: (name) => started.has(name),
  };
}

/**
 * @param {string} name A chunk's.
 * @param {Readonly<Record<string, object>>} chunks Of the build, by their names; other files among them import nothing.
 * @returns {string[]} It, and all that it imports at once, directly or not.
 */
function followImports(name, chunks) {
  const found = new Set([name]);
  for (const each of found) {
    const { imports = [] } = /** @type {{ imports?: readonly string[] }} */ (chunks[each] ?? {});
    for (const next of imports) found.add(next);
  }
  return [...found];
}

/**
 * @param {string} from Name of a chunk.
 * @param {string} to Name of another.
 * @returns {string} As the first imports the second.
 */
const nameFrom = (from, to) => `./${posix.relative(posix.dirname(from), to)}`;

/**
 * @param {string} code A chunk's.
 * @param {readonly string[]} files What an `import()` in it brings, itself first.
 * @returns {string} The code, in which these are checked first.
 * @throws {Error} Where there is none such: it is written otherwise, and would go unchecked.
 */
function wrap(code, [file = '', ...others]) {
  const call = `import(${JSON.stringify(file)})`;
  if (!code.includes(call)) throw new Error(`There is no ${call} to be checked.`);
  const names = JSON.stringify([file, ...others]);
  return code.replaceAll(call, `checkLate(import.meta.url, ${names}).then(() => ${call})`);
}
