import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/chromium.mjs';
import { clipCommands } from './tests/clip-commands.ts';
import { unbundled } from './vite.config.ts';

export default defineConfig({
  plugins: [svelte()],
  // Named, so that a first run does not find them half-way and reload the page under its tests.
  optimizeDeps: {
    exclude: unbundled,
    include: ['comlink', 'fast-check', 'idb-keyval', 'mediabunny'],
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          exclude: ['tests/unit/**/*.svelte.test.ts'],
          // Against a test that never ends; no test is about time.
          testTimeout: 360_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit-runes',
          environment: './tests/unit/runes.ts',
          include: ['tests/unit/**/*.svelte.test.ts'],
          // Not left to Node, which would take Svelte's part for servers.
          server: { deps: { inline: ['svelte'] } },
          testTimeout: 360_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          environment: 'node',
          include: ['tests/engines/**/*.test.ts'],
          // A fault of Firefox 153 under WebDriver BiDi, not of the page: there `new Worker` in a worker
          // blocks that worker for ever about once in 160 times, in a page of thirty lines too; without BiDi
          // it never did in 4,000. A journey starts three workers so; on a busy machine every second one was blocked,
          // three in a row among them.
          retry: 6,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 360_000,
          hookTimeout: 360_000,
          // One page at a time: a software GPU on a few cores gains nothing from two.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: clipCommands,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
