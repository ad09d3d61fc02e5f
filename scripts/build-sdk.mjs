/**
 * `npm run build:sdk`: writes the npm package `enlarger` into dist-sdk. Every script is one file and
 * names the files beside it with `new URL('./name', import.meta.url)`, which browsers understand as it
 * is and bundlers follow; see docs/decisions/0013-package-of-plain-files.md.
 */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { faceFiles } from './face-files.mjs';
import { root } from './install.mjs';
import { hashMark } from './integrity.mjs';
import { makeManifest } from './make-manifest.mjs';
import { bundleTypes } from './sdk-types.mjs';
import { packageJson, thirdParties } from './sdk-package.mjs';
import { splitInParts } from './split-wasm.mjs';

/** The folder of the package. */
export const distSdk = join(root, 'dist-sdk');

/** Scripts of the package by the source that each is built from. */
const scripts = {
  'src/sdk/enlarger.ts': 'enlarger.js',
  'src/embed/element/element.ts': 'element.js',
  'src/worker/owner/enhancer.worker.ts': 'enhancer.js',
  'src/worker/owner/decode.worker.ts': 'decode.js',
  'src/worker/owner/encode.worker.ts': 'encode.js',
  'src/worker/engine/engine.worker.ts': 'engine.js',
  'src/cli/command.ts': 'cli.js',
  'src/cli/run.worker.ts': 'cli-run.js',
  'src/cli/host/thread.worker.ts': 'thread.js',
};

/** What Node runs. */
const forNode = ['cli.js', 'cli-run.js', 'thread.js'];

/** Builds of onnxruntime-web, which are copied: with threads, each starts itself by its own address. */
const runtimes = { 'onnxruntime-web/jspi': 'jspi', 'onnxruntime-web/webgpu': 'webgpu' };

/** @param {string} path A file of the package. */
const place = (path) => join(distSdk, path);

/** @param {string} path Source of a script, from the root. */
const nameOf = (path) => Object.entries(scripts).find(([source]) => source === path)?.[1];

/** Stands for the address of a file of the package until the script is written. */
const mark = (/** @type {string} */ name) => `__enlargerFile(${JSON.stringify(name)})`;

/**
 * Puts addresses in the place of marks. The wording is what bundlers look for.
 *
 * @param {string} code A built script.
 * @returns {string} The finished script.
 */
const placeAddresses = (code) =>
  code
    .replace(/__enlargerFile\(["'`]([^"'`]+)["'`]\)/g, 'new URL("./$1", import.meta.url)')
    .replace('__enlargerModels()', 'import("./models.js")')
    .replace(/__enlargerImport\(["'`]([^"'`]+)["'`]\)/g, (_, /** @type {string} */ name) => {
      const address = `new URL("./${name}", import.meta.url).href`;
      return `import(/* webpackIgnore: true */ /* @vite-ignore */ ${address})`;
    });

/**
 * Writes a wasm file into the package, in parts where static hosts would not take it.
 *
 * @param {string} file The file.
 * @returns {string} An expression for its address with its hash, or its parts' separated by spaces.
 */
function shipWasm(file) {
  const parts = splitInParts(file).map(({ name, bytes }) => {
    writeFileSync(place(name), bytes);
    return `(${mark(name)}.href + '${hashMark(bytes)}')`;
  });
  return parts.length === 1 ? `${parts[0]}` : `[${parts.join(', ')}].join(' ')`;
}

/**
 * @param {boolean} isForNode Whether Node runs the script, where the line to the worker is another.
 * @returns {import('vite').Plugin} What makes files of the package out of workers, wasm and runtimes.
 */
function besideModule(isForNode) {
  return {
    name: 'beside-module',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === './frame-address') return join(root, 'src/embed/element/package-frame-address.ts');
      if (isForNode && id === './start' && importer?.includes('/src/sdk/'))
        return join(root, 'src/cli/start.ts');
      return null;
    },
    load(id) {
      const [file = '', query] = id.split('?');
      if (query !== 'url' || !file.endsWith('.wasm')) return null;
      return `export default ${shipWasm(file)};`;
    },
    transform(code, id) {
      let text = code.replace(
        /new URL\('([^']+\.worker\.ts)', import\.meta\.url\)/g,
        (whole, /** @type {string} */ path) => {
          const source = join(dirname(id), path).slice(root.length).replaceAll('\\', '/');
          const name = nameOf(source);
          return name ? mark(name) : whole;
        },
      );
      text = text.replace("import('virtual:enlarger-models')", '__enlargerModels()');
      for (const [name, kind] of Object.entries(runtimes))
        text = text.replace(`import('${name}')`, `__enlargerImport("ort-${kind}.js")`);
      // A codec's own way to its wasm, which is not taken: ours is given.
      return text.replace(/new URL\(['"][\w.]+\.wasm['"],\s*import\.meta\.url\)/g, '({})');
    },
  };
}

/**
 * Builds one script.
 *
 * @param {string} source Its source, from the root.
 * @param {string} name Its name in the package.
 */
async function buildScript(source, name) {
  // What pages import may be read by people; what runs in workers need not.
  const isPublic = name === 'enlarger.js' || name === 'element.js';
  const isForNode = forNode.includes(name);
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [besideModule(isForNode)],
    build: {
      target: isForNode ? 'node20' : 'es2022',
      write: false,
      // A library, so that no code for preloading comes with it.
      lib: { entry: join(root, source), formats: ['es'] },
      minify: !isPublic,
      rolldownOptions: {
        output: { codeSplitting: false },
        ...(isForNode && { external: isBuiltin, platform: 'node' }),
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0)
    throw new Error(`${name} must be one file: ${others.map(({ fileName }) => fileName).join()}`);
  const code = placeAddresses(chunk.code);
  if (/__enlarger|;base64,[\w+/]{64}/.test(code))
    throw new Error(`${name} names a file that is not placed.`);
  writeFileSync(place(name), code);
}

/** The runtimes as they are, without the name of a source map that is not there. */
function copyRuntimes() {
  for (const kind of Object.values(runtimes)) {
    const file = join(root, `node_modules/onnxruntime-web/dist/ort.${kind}.bundle.min.mjs`);
    const code = readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
    writeFileSync(place(`ort-${kind}.js`), code);
  }
  // What Node starts threads with.
  const alone = join(root, 'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.mjs');
  copyFileSync(alone, place('ort-threads.js'));
}

/** The models, and a script that knows where each is, whatever a bundler does with it. Nothing in the package looks for faces. */
function writeModels() {
  const folder = join(root, 'public/models');
  mkdirSync(place('models'));
  const files = readdirSync(folder).filter(
    (file) => !faceFiles.test(file) && file !== 'catalog.json',
  );
  for (const file of files) copyFileSync(join(folder, file), place(`models/${file}`));
  /** @type {unknown} */
  const read = JSON.parse(readFileSync(join(folder, 'catalog.json'), 'utf8'));
  const all = /** @type {{ models: { task: string }[] }} */ (read);
  const catalog = { ...all, models: all.models.filter(({ task }) => task !== 'find-faces') };
  writeFileSync(place('models/catalog.json'), `${JSON.stringify(catalog, null, 2)}\n`);
  const addresses = files
    .filter((file) => /\.(onnx|bin)$/.test(file))
    .map((file) => `    '${file}': new URL('./models/${file}', import.meta.url).href,`);
  const text = `export default {\n  catalog: ${JSON.stringify(catalog)},\n  addresses: {\n${addresses.join('\n')}\n  },\n};\n`;
  writeFileSync(place('models.js'), text);
}

function writePapers() {
  const disposable = '/// <reference lib="esnext.disposable" />\n';
  writeFileSync(place('enlarger.d.ts'), bundleTypes('src/sdk/enlarger.ts', disposable));
  writeFileSync(place('element.d.ts'), bundleTypes('src/embed/element/element.ts'));
  writeFileSync(place('package.json'), packageJson());
  writeFileSync(place('THIRD-PARTY.md'), thirdParties());
  const manifest = makeManifest().replaceAll('"embed/v1.js"', '"element.js"');
  writeFileSync(place('custom-elements.json'), manifest);
  copyFileSync(join(root, 'LICENSE'), place('LICENSE'));
  copyFileSync(join(root, 'docs/sdk/README.md'), place('README.md'));
}

/** Builds the package. */
async function buildSdk() {
  rmSync(distSdk, { recursive: true, force: true });
  mkdirSync(distSdk);
  for (const [source, name] of Object.entries(scripts)) await buildScript(source, name);
  copyRuntimes();
  writeModels();
  writePapers();
  let total = 0;
  for (const entry of readdirSync(distSdk, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    total += bytes.length;
    const zipped = /\.js$/.test(file) ? `${gzipSync(bytes).length} gzipped` : '';
    if (/\.(js|wasm)$/.test(file)) console.log(basename(file).padEnd(48), bytes.length, zipped);
  }
  console.log(`${(total / 1e6).toFixed(1)} MB unpacked`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSdk();
