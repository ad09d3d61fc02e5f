import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { embedElement } from './scripts/embed-element.mjs';
import { engineList } from './scripts/engine-list.mjs';
import { placeFaceFiles } from './scripts/face-files.mjs';
import { devHeaders, headers, headersFile, metaPolicy } from './scripts/headers.mjs';
import { hashManifest, pageIntegrity } from './scripts/integrity.mjs';
import { lateImports } from './scripts/late-imports.mjs';
import { createManifest } from './scripts/manifest.mjs';
import { notFound } from './scripts/not-found.mjs';
import { releaseNotes } from './scripts/release-notes.mjs';
import { nameShared } from './scripts/shared-chunk.mjs';
import { splitWasm } from './scripts/split-wasm.mjs';
import { nameWords } from './scripts/words-chunk.mjs';

/** Packages that find their wasm beside themselves, which Vite's dependency bundling would break. */
export const unbundled = [
  'onnxruntime-web',
  '@jitsi/rnnoise-wasm',
  '@jsquash/avif',
  '@jsquash/jpeg',
  '@jsquash/jxl',
  '@jsquash/png',
  '@jsquash/webp',
  'jxl-oxide-wasm',
  'lcms-wasm',
];

/** Path the app is served below, with slashes at both ends: `BASE=/enlarger/ npm run build`. */
const base = process.env['BASE'] ?? '/';

// For builds, for the development server and for tests: they all read this file first.
placeFaceFiles();

const late = lateImports();

/** Where this build goes: `--outDir` may say so. */
let outDir = 'dist';

const noteFolder: Plugin = {
  name: 'note-folder',
  configResolved: ({ build }) => void (outDir = build.outDir),
};

/** Writes the security policy into every built page and the headers file for static hosts. */
function securityHeaders(): Plugin {
  return {
    name: 'security-headers',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(base) });
    },
  };
}

export default defineConfig({
  base,
  plugins: [
    noteFolder,
    svelte(),
    securityHeaders(),
    embedElement(),
    splitWasm(),
    engineList(),
    releaseNotes(),
    notFound(base),
    late.inPages,
    pageIntegrity(base, late.isStarted),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/app',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: null,
      injectManifest: {
        // sw.ts precaches the shell only; it must know the names of the lazy files to expire them.
        globPatterns: [
          '**/*.{html,js,css,webmanifest,wasm}',
          'icon.svg',
          '*.json',
          'sample*',
          'guide/*',
        ],
        // What other sites load is no part of the installed app.
        globIgnores: [
          'models/**',
          'sw.js',
          '404.html',
          'embed.html',
          'embed-config.json',
          'embed/**',
          'assets/embed-*',
          'assets/words/*-frame-*',
        ],
        maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
        manifestTransforms: [hashManifest(() => outDir)],
      },
      includeManifestIcons: false,
      manifest: createManifest(base),
    }),
  ],
  optimizeDeps: { exclude: unbundled },
  worker: {
    format: 'es',
    plugins: () => [splitWasm(), late.inWorkers()],
    rolldownOptions: {
      output: {
        // A folder of their own, so that the service worker can tell them from the shell.
        entryFileNames: 'assets/engine/[name]-[hash].js',
        chunkFileNames: 'assets/engine/[name]-[hash].js',
      },
    },
  },
  build: {
    target: 'es2023',
    // Browsers of that age know what it makes up for.
    modulePreload: { polyfill: false, resolveDependencies: late.nameFiles },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
    rolldownOptions: {
      input: { index: 'index.html', embed: 'embed.html', guard: 'src/app/guard.ts' },
      output: {
        codeSplitting: {
          groups: [
            { name: nameShared('shared', ['index.html', 'embed.html']) },
            { name: nameShared('easel', ['src/app/room.ts', 'embed.html']) },
          ],
        },
        // Asked for anew each time, as the page is: who mends the others may not be stuck in a cache.
        entryFileNames: ({ name }) => (name === 'guard' ? 'guard.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: ({ name, moduleIds }) =>
          nameWords(name, moduleIds) ?? 'assets/[name]-[hash].js',
      },
    },
  },
  server: { headers: devHeaders },
  preview: { headers },
});
