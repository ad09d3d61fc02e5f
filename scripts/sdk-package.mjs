/** The papers of the npm package: package.json and the licences of what is built into it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** What is built into the package. */
const bundled = [
  '@jitsi/rnnoise-wasm',
  '@jsquash/avif',
  '@jsquash/jpeg',
  '@jsquash/jxl',
  '@jsquash/png',
  '@jsquash/webp',
  '@xmldom/xmldom',
  'comlink',
  'idb-keyval',
  'jxl-oxide-wasm',
  'lcms-wasm',
  'libheif-js',
  'mediabunny',
  'onnxruntime-web',
  'pako',
  'utif2',
];

/** Who made a package that has no licence file. */
const owners = new Map([['onnxruntime-web', 'Copyright (c) Microsoft Corporation']]);

/** The terms of a package whose papers do not name them as `license`. */
const named = new Map([['@jitsi/rnnoise-wasm', 'Apache-2.0']]);

/** What a package is built from has terms of its own. */
const sources = new Map([['@jitsi/rnnoise-wasm', 'scripts/rnnoise-licence.txt']]);

/**
 * @param {string} path From the root.
 * @returns {Record<string, unknown>} What the file holds.
 */
function readJson(path) {
  /** @type {unknown} */
  const value = JSON.parse(readFileSync(join(root, path), 'utf8'));
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * The package's own package.json: version and licence of the app, nothing to install, nothing to run.
 *
 * @returns {string} The file's text.
 */
export function packageJson() {
  const { name, version, license } = readJson('package.json');
  const fields = {
    ...{ name, version },
    description: "Enlarges and cleans photos on the visitor's own machine, in the browser.",
    keywords: ['upscale', 'denoise', 'super-resolution', 'photo', 'image', 'webgpu', 'onnx'],
    license,
    type: 'module',
    main: './enlarger.js',
    bin: { enlarger: './cli.js' },
    engines: { node: '>=20' },
    types: './enlarger.d.ts',
    exports: {
      '.': { types: './enlarger.d.ts', default: './enlarger.js' },
      './element': { types: './element.d.ts', default: './element.js' },
      './models/*': './models/*',
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    // Importing the element defines it; workers and runtimes are loaded by address alone.
    sideEffects: [
      './element.js',
      './enhancer.js',
      './decode.js',
      './encode.js',
      './engine.js',
      './cli*.js',
      './thread.js',
      './ort-*.js',
    ],
    customElements: 'custom-elements.json',
    files: ['*.js', '*.d.ts', '*.wasm', '*.md', 'custom-elements.json', 'models'],
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/**
 * The licences of what is built into the package.
 *
 * @returns {string} A text with each package's name, version and licence.
 */
export function thirdParties() {
  const mit = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  /** @type {Map<string, string>} */
  const seen = new Map();
  const parts = bundled.map((name) => {
    const folder = join('node_modules', name);
    const { version, license } = readJson(join(folder, 'package.json'));
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
    const owner = owners.get(name);
    if (!file && !owner) throw new Error(`${name} has no licence file.`);
    const source = sources.get(name);
    const own = source ? `\n\n${readFileSync(join(root, source), 'utf8').trim()}` : '';
    const text = file
      ? readFileSync(join(root, folder, file), 'utf8').trim() + own
      : mit.replace(/^Copyright .*$/m, owner ?? '');
    const terms = seen.has(text) ? `As ${seen.get(text)}.` : `\`\`\`\n${text}\n\`\`\``;
    seen.set(text, name);
    return `## ${name} ${String(version)}: ${named.get(name) ?? String(license)}\n\n${terms}\n`;
  });
  const head =
    'Built into this package. The codecs in @jsquash are MozJPEG, libwebp, libavif with AOM, libjxl and the Rust crate png; the ' +
    'models have their own terms: models/LICENSES.md.';
  return `# What others have made\n\n${head}\n\n${parts.join('\n')}`;
}
