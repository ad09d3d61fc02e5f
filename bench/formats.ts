import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Opened } from './pages/formats';
import { withSourcePage } from './source-page';

const folder = 'tests/fixtures/formats';
const target = 'docs/formats.md';

/** Between them lies what is measured. */
const [begin, end] = ['<!-- measured -->', '<!-- /measured -->'];

/**
 * Opens the fixtures of all formats in a browser, and writes what was read of each into `docs/formats.md`.
 */
export async function measureFormats(): Promise<void> {
  await withSourcePage('formats', async (page, version) => {
    const rows: string[] = [];
    for (const name of readdirSync(folder)) {
      const { format, cells } = await open(page, name);
      rows.push(`| ${[format, `\`${name}\``, ...cells].join(' | ')} |`);
    }
    write(rows.sort(), version);
  });
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
