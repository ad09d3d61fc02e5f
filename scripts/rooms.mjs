/**
 * The rooms of `src` and what each may import: one direction, as CONTRIBUTING.md draws it. Lint refuses
 * any other import.
 */
import { dirname, join, relative, sep } from 'node:path';
import { root } from './install.mjs';

/** @typedef {{ imports: string[], packages?: string[] }} Room */

const core = ['errors', 'abort', 'format', 'turns', 'validator'].map((name) => `core/${name}`);
const workerSurface = ['client', 'clip-request', 'lanes', 'opening', 'protocol', 'reports'].map(
  (name) => `worker/${name}`,
);
const element = ['embed/protocol', 'embed/message-checks'];

/**
 * Rooms by folder, or by file without its ending, the longest fitting name first. A room imports itself,
 * the rooms and files named, and what lies in folders of these.
 *
 * @type {Record<string, Room>}
 */
export const rooms = {
  core: { imports: core },
  'core/picture': { imports: core },
  'core/recipe': { imports: core },
  'core/shake': { imports: [...core, 'core/picture'] },
  'core/fading': { imports: [...core, 'core/picture'] },
  'core/film': { imports: [...core, 'core/picture'] },
  'core/heal': { imports: [...core, 'core/picture', 'core/recipe', 'core/shake'] },
  'core/pattern': { imports: [...core, 'core/picture', 'core/shake'] },
  'core/tint': { imports: [...core, 'core/picture', 'core/recipe'] },
  'core/findings': {
    imports: [
      ...core,
      ...['picture', 'recipe', 'shake', 'pattern', 'fading', 'frame'].map((name) => `core/${name}`),
    ],
  },
  'core/frame': { imports: [...core, 'core/picture', 'core/recipe', 'core/shake'] },
  'core/plan': {
    imports: [
      ...core,
      ...['picture', 'recipe', 'shake', 'heal', 'pattern', 'fading'].map((name) => `core/${name}`),
    ],
  },
  'core/run': {
    imports: [
      ...core,
      ...['picture', 'recipe', 'shake', 'heal', 'pattern', 'fading', 'tint', 'frame', 'plan'].map(
        (name) => `core/${name}`,
      ),
    ],
  },
  'core/queue': { imports: core },
  integrity: { imports: core },
  formats: {
    imports: ['core', 'integrity'],
    packages: [
      ...[
        '@jitsi/rnnoise-wasm',
        '@jsquash',
        '@xmldom',
        'jxl-oxide-wasm',
        'lcms-wasm',
        'libheif-js',
      ],
      ...['mediabunny', 'utif2'],
    ],
  },
  models: {
    imports: ['core', 'integrity'],
    packages: ['@zip.js', 'idb-keyval', 'protobufjs'],
  },
  engine: { imports: ['core'] },
  'engine/onnx': {
    imports: ['core', 'integrity', 'engine/gpu-network'],
    packages: ['onnxruntime-web'],
  },
  worker: {
    imports: ['core', 'integrity', 'models', 'worker/engine/protocol'],
    packages: ['comlink'],
  },
  'worker/engine': {
    imports: ['core', 'integrity', 'engine', 'worker/link'],
    packages: ['comlink'],
  },
  'worker/owner': {
    imports: ['core', 'integrity', 'formats', 'models', 'worker'],
    packages: ['comlink'],
  },
  'app/i18n': { imports: ['core'] },
  'app/platform': {
    imports: [
      ...['core', 'integrity', 'app/i18n', 'formats/sniff'],
      ...[...workerSurface, 'worker/owner/enhancer.worker'],
    ],
    packages: ['workbox-[a-z]+', '@zip.js', 'client-zip', 'idb-keyval'],
  },
  'app/state/photo': {
    imports: ['core', 'app/i18n', 'app/platform', ...workerSurface],
    packages: ['svelte'],
  },
  'app/state/queue': {
    imports: ['core', 'app/i18n', 'app/platform', 'app/state/photo', ...workerSurface],
    packages: ['svelte'],
  },
  'app/state/page': {
    imports: [
      ...['core', 'app/i18n', 'app/platform', 'app/state/photo', 'app/state/queue'],
      ...[
        ...workerSurface,
        'integrity',
        'models/shelf',
        'models/own/own-shelf',
        'models/own/model-pairs',
        'models/own/model-words',
        'models/own/neighbours',
      ],
    ],
    packages: ['svelte'],
  },
  'app/ui': {
    imports: ['core', 'integrity', 'app/i18n', 'app/platform', 'app/state', ...workerSurface],
    packages: ['svelte', '@lucide/svelte'],
  },
  app: {
    imports: ['core', 'integrity', 'app'],
    packages: ['svelte', '@lucide/svelte', 'workbox-[a-z]+'],
  },
  sdk: {
    imports: [
      ...['core', 'integrity/own-scripts', ...workerSurface, 'worker/owner/enhancer.worker'],
    ],
    packages: ['virtual:enlarger-models'],
  },
  // The same owner and engine under Node: what a browser's scope gives them is in `host`.
  'cli/host': { imports: [], packages: ['node:[a-z_/]+', 'onnxruntime-web'] },
  cli: {
    imports: ['core', 'formats', 'models', 'sdk', 'worker/owner', 'cli'],
    packages: ['node:[a-z_/]+', 'virtual:enlarger-models'],
  },
  'embed/message-checks': { imports: [] },
  'embed/protocol': { imports: ['embed/message-checks'] },
  // What runs on host pages: its own files and nothing else, not even types.
  'embed/element': { imports: element },
  'embed/frame': {
    imports: [
      ...[
        'core',
        'integrity',
        'app',
        ...element,
        'worker/lanes',
        'worker/protocol',
        'worker/reports',
      ],
      ...['keep', 'keep-apart', 'own/file-name', 'own/own-net', 'own/own-shelf'].map(
        (name) => `models/${name}`,
      ),
    ],
    packages: ['svelte', '@lucide/svelte'],
  },
};

/**
 * Whether a name stands for a path or for a folder that it lies in.
 *
 * @param {string} name A room or a file, from `src`, without its ending.
 * @param {string} path From `src`, without its ending.
 */
const covers = (name, path) => path === name || path.startsWith(`${name}/`);

/**
 * The room of a source file.
 *
 * @param {string} path From `src`, with slashes.
 * @returns {[name: string, room: Room] | undefined} Undefined outside the rooms.
 */
export function roomOf(path) {
  const bare = path.replace(/(\.svelte)?\.(ts|svelte)$/, '');
  return Object.entries(rooms)
    .filter(([name]) => covers(name, bare))
    .sort(([a], [b]) => b.length - a.length)[0];
}

/**
 * Where an import leads.
 *
 * @param {string} path The importing file, from `src`, with slashes.
 * @param {string} specifier What it imports.
 * @returns {string | null} A path from `src` without its ending; null for a package.
 */
export function target(path, specifier) {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return null;
  const [file = ''] = specifier.split('?');
  return join(dirname(path), file)
    .replaceAll(sep, '/')
    .replace(/(\.svelte)?\.(ts|svelte)$|\.svelte$/, '');
}

/**
 * Whether a file may import something.
 *
 * @param {string} path The importing file, from `src`, with slashes.
 * @param {string} specifier What it imports.
 * @returns {boolean} True as well outside the rooms.
 */
export function mayImport(path, specifier) {
  const found = roomOf(path);
  if (!found) return true;
  const [name, { imports, packages = [] }] = found;
  const to = target(path, specifier);
  if (to === null) return packages.some((each) => new RegExp(`^${each}(/|\\?|$)`).test(specifier));
  const home = roomOf(to)?.[0];
  return home === name || imports.some((each) => covers(each, to));
}

/**
 * The ESLint rule.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const direction = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const path = relative(join(root, 'src'), context.filename).replaceAll(sep, '/');
    /** @param {{ source?: import('estree').Node | null | undefined }} node An import of any kind. */
    const check = ({ source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      if (mayImport(path, source.value)) return;
      const [name, { imports, packages = [] }] = roomOf(path) ?? ['', { imports: [] }];
      const message = `src/${name} may import only: ${[name, ...imports, ...packages].join(', ')}. See "Rooms" in CONTRIBUTING.md.`;
      context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
