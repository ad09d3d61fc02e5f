import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { launchOptions } from '../scripts/chromium.mjs';
import type { Opened } from './pages/formats';
import { unbundled } from '../vite.config';

const folder = 'tests/fixtures/formats';
const target = 'docs/formats.md';

/** Between them lies what is measured. */
const [begin, end] = ['<!-- measured -->', '<!-- /measured -->'];

/**
 * Opens the fixtures of all formats in a browser, and writes what was read of each into `docs/formats.md`.
 */
export async function measureFormats(): Promise<void> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    optimizeDeps: { exclude: unbundled },
    server: { port: 0, hmr: false },
  });
  await server.listen();
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.route('**/blank', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto(`${server.resolvedUrls!.local[0]!}blank`);
    await page.addScriptTag({ type: 'module', url: '/bench/pages/formats.ts' });
    await page.waitForFunction(() => 'readFixture' in globalThis);
    const rows: string[] = [];
    for (const name of readdirSync(folder)) {
      const { format, cells } = await open(page, name);
      rows.push(`| ${[format, `\`${name}\``, ...cells].join(' | ')} |`);
    }
    write(rows.sort(), browser.version());
  } finally {
    await browser.close();
    await server.close();
  }
}

function open(page: Page, name: string): Promise<Opened> {
  return page.evaluate((address) => readFixture(address), `/${folder}/${name}`);
}

function write(rows: readonly string[], version: string): void {
  const page = readFileSync(target, 'utf8');
  const [before] = page.split(begin);
  const [, after] = page.split(end);
  const table = [
    '| format | file | opens as | kept beside it | notes |',
    '|---|---|---|---|---|',
    ...rows,
  ];
  const measured = [begin, '', `Chromium ${version}:`, '', ...table, '', end].join('\n');
  writeFileSync(target, `${before}${measured}${after}`);
}
