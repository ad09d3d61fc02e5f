import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { embedElement } from './scripts/embed-element.mjs';
import { devHeaders, headers, headersFile, metaPolicy } from './scripts/headers.mjs';

/** Packages that find their wasm beside themselves, which Vite's dependency bundling would break. */
export const unbundled = ['onnxruntime-web', '@jsquash/jpeg', '@jsquash/png', '@jsquash/webp'];

/** Path the app is served below, with slashes at both ends: `BASE=/enlarger/ npm run build`. */
const base = process.env['BASE'] ?? '/';

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
    svelte(),
    securityHeaders(),
    embedElement(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/app',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: null,
      injectManifest: {
        // sw.ts precaches the shell only; it must know the names of the lazy files to expire them.
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,wasm}'],
        // What other sites load is no part of the installed app.
        globIgnores: [
          'models/**',
          'sw.js',
          'embed.html',
          'embed-config.json',
          'embed/**',
          'assets/embed-*',
        ],
        maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
      },
      manifest: {
        id: '/',
        start_url: base,
        scope: base,
        name: 'Enlarger',
        short_name: 'Enlarger',
        description:
          'Makes photos larger on your own device. Nothing is uploaded, and it works offline.',
        display: 'standalone',
        theme_color: '#1c1c1c',
        background_color: '#1c1c1c',
        categories: ['photo', 'utilities'],
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: 'icon-maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
    }),
  ],
  optimizeDeps: { exclude: unbundled },
  worker: {
    format: 'es',
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
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
    rolldownOptions: { input: ['index.html', 'embed.html'] },
  },
  server: { headers: devHeaders },
  preview: { headers },
});
