import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, preview, type Plugin } from 'vite';
import { root } from '../scripts/install.mjs';
import { benchCard, modelFile } from './model';

const site = join(root, '.cache/bench-site');

/** What lets a page use threads; the built page is served with the same. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * The threads of tfjs 4.11 run the text of a function that reads a variable outside it, and fail in
 * any bundle; later releases declare it as this does. Without it UpscalerJS would run on one thread.
 */
const threadsOfTfjs: Plugin = {
  name: 'threads-of-tfjs',
  transform(code, id) {
    if (!id.endsWith('tfjs-backend-wasm/dist/backend_wasm.js')) return undefined;
    const start = '`var WasmBackendModuleThreadedSimd = `';
    return code.replace(start, '`var _scriptDir; var WasmBackendModuleThreadedSimd = `');
  },
};

/** The pages of `bench/pages`, built and served; `close` ends the server. */
export type Site = { readonly url: string; close(): Promise<void> };

/**
 * Builds the pages that the peers run in, each with its model beside it, and serves them
 * cross-origin isolated and uncompressed, as `scripts/serve.mjs` serves ours.
 *
 * @returns The running site.
 */
export async function serveSite(): Promise<Site> {
  const pages = join(root, 'bench/pages');
  const input = ['naive', 'limit', 'upscalerjs'].map((name) => join(pages, `${name}.html`));
  const built = {
    outDir: site,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
  } as const;
  await build({
    configFile: false,
    root: pages,
    publicDir: false,
    logLevel: 'error',
    plugins: [threadsOfTfjs],
    build: {
      ...built,
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: {
        input,
        // The same function must keep its names.
        output: { minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } } },
      },
    },
  });
  copyFileSync(modelFile(benchCard(), 'int8'), join(site, 'model.onnx'));
  const packages = join(root, 'bench/node_modules');
  cpSync(join(packages, '@upscalerjs/default-model/models'), join(site, 'upscalerjs'), {
    recursive: true,
  });
  mkdirSync(join(site, 'tfjs'), { recursive: true });
  for (const kind of ['', '-simd', '-threaded-simd']) {
    const name = `tfjs-backend-wasm${kind}.wasm`;
    copyFileSync(
      join(packages, '@tensorflow/tfjs-backend-wasm/dist', name),
      join(site, 'tfjs', name),
    );
  }
  const server = await preview({
    configFile: false,
    root: pages,
    logLevel: 'error',
    build: { outDir: site },
    preview: { port: 0, host: '127.0.0.1', headers: isolation },
  });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || !address) throw new Error('The bench pages are not served.');
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
