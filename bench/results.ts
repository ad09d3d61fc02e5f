import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { decode } from 'fast-png';
import { launchOptions } from '../scripts/chromium.mjs';
import { root } from '../scripts/install.mjs';
import { namePageCase, pageCases, sdkCases, type ResultCase } from './result-cases';
import { openApp } from './result-page';
import { loadPhoto } from './result-photos';
import { openSdk, type Outcome } from './result-sdk';

/** What is committed. */
type Results = {
  readonly chromium: string;
  /** Of each photo's file, so that another photo is told from another result. */
  readonly photos: Readonly<Record<string, string>>;
  /** By case: size and hash of the pixels, hash of a file, the code of an error, or a shake. */
  readonly results: Readonly<Record<string, string>>;
};

const fixture = join(root, 'tests/fixtures/results.json');
const pageFolder = join(root, '.cache/results-page');

/** What may be written down: codes are the right answer to some of the files. */
const sound = /^((\d+x\d+ )?[0-9a-f]{16}|\d+ pixels|corrupt-file|unsupported-format|too-large)$/;

/**
 * Builds package and page, runs the fixed list of photos and recipes on the CPU, prints a hash of each
 * result, and compares them with `tests/fixtures/results.json`. Sets the exit code 1 on any difference.
 *
 * @param args `--write` writes that file instead of comparing.
 */
export async function compareResults(args: readonly string[]): Promise<void> {
  build();
  const browser = await chromium.launch(launchOptions());
  let found: Results;
  try {
    const results = await collect(browser);
    found = { chromium: browser.version(), photos: hashPhotos(), results };
  } finally {
    await browser.close();
  }
  const count = Object.keys(found.results).length;
  if (args.includes('--write')) {
    refuseFaults(found.results);
    writeFileSync(fixture, `${JSON.stringify(found, null, 2)}\n`);
    console.log(`\n${count} results written to tests/fixtures/results.json.`);
    return;
  }
  const before = readResults();
  const differences = compare(before, found);
  console.log(`\n${count} results, ${differences.length} differences.`);
  for (const difference of differences) console.error(difference);
  if (differences.length === 0) return;
  process.exitCode = 1;
  if (before.chromium !== found.chromium)
    console.error(`Perhaps of Chromium ${found.chromium}: it was ${before.chromium}.`);
}

/** A machine that failed must not become what others are compared with. */
function refuseFaults(results: Results['results']): void {
  const faults = Object.entries(results).filter(([, result]) => !sound.test(result));
  if (faults.length > 0) throw new Error(`Not written: ${faults.join('; ')}`);
}

/** Anew each time: an old build would prove nothing. */
function build(): void {
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' });
  node('scripts/build-sdk.mjs');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  node(vite, 'build', '--logLevel', 'error', '--emptyOutDir', '--outDir', pageFolder);
}

async function collect(browser: Browser): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  const add = (name: string, result: string) => {
    if (name in results) throw new Error(`There are two cases of the name ${name}.`);
    results[name] = result;
    console.log(`${result.padEnd(27)} ${name}`);
  };
  const sdk = await openSdk(browser);
  for (const each of sdkCases) {
    const { shake, outcomes } = await sdk.run(each);
    if (shake > 0) add(`${each.photo}: shake`, `${shake} pixels`);
    for (const [i, one] of each.cases.entries())
      add(`${each.photo}: ${one.name}`, summarise(outcomes[i]!, one.of));
  }
  await sdk.close();
  const app = await openApp(browser, pageFolder);
  for (const each of pageCases) add(namePageCase(each), hashPixels(await app.run(each)));
  await app.close();
  return results;
}

function summarise(outcome: Outcome, of: ResultCase['of']): string {
  if ('code' in outcome) return outcome.code;
  return of === 'file' ? hash(outcome.file) : hashPixels(outcome.file);
}

/** The first 64 bits of a SHA-256. */
function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** Size and hash of a PNG's pixels as RGBA, however the file holds them. */
function hashPixels(file: Buffer): string {
  const { width, height, channels, depth, data, palette } = decode(file);
  if (palette || depth < 8) throw new Error('A result is no plain PNG of 8 or 16 bits.');
  const samples = width * height * 4;
  const rgba =
    depth === 8 ? new Uint8Array(samples).fill(255) : new Uint16Array(samples).fill(65535);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 4; c++) {
      const from = c === 3 ? channels - 1 : channels < 3 ? 0 : c;
      if (c < 3 || channels % 2 === 0) rgba[i * 4 + c] = data[i * channels + from]!;
    }
  return `${width}x${height} ${hash(new Uint8Array(rgba.buffer))}`;
}

function hashPhotos(): Record<string, string> {
  const names = [...sdkCases, ...pageCases].map(({ photo }) => photo);
  return Object.fromEntries(names.map((name) => [name, hash(loadPhoto(name).buffer)]));
}

function readResults(): Results {
  if (existsSync(fixture)) return JSON.parse(readFileSync(fixture, 'utf8')) as Results;
  return { chromium: '', photos: {}, results: {} };
}

/** A line for each photo and each result that is not as it was; none where all are. */
function compare(before: Results, after: Results): string[] {
  const list = (kind: string, was: Results['photos'], is: Results['photos']) =>
    [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((name) => was[name] !== is[name])
      .map((name) => `${kind} ${name}: ${was[name] ?? 'not there'} -> ${is[name] ?? 'not there'}`);
  return [
    ...list('another photo,', before.photos, after.photos),
    ...list('another result,', before.results, after.results),
  ];
}
