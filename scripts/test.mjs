/**
 * `npm test`: installs what is missing, runs every check, two at a time, goes on after a failure, and
 * ends with one line, `N passed, N failed`. `npm test -- build engines` runs these steps only.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { ensureEngines } from './engines.mjs';
import { freePort } from './free-port.mjs';
import { ensureDependencies, installPackages, root, run } from './install.mjs';
import { findProgram } from './programs.mjs';
import { runSteps } from './steps.mjs';
import {
  closingLine,
  failuresOfPlaywright,
  failuresOfVitest,
  single,
  sum,
  tallyPlaywright,
  tallyVitest,
} from './tally.mjs';

/** @typedef {import('./steps.mjs').Outcome} Outcome */

/**
 * Makes sure that there is a Chromium: an installed one, the distribution's, or Playwright's.
 *
 * @returns {boolean} Whether there is one now.
 */
function ensureChromium() {
  if (findChromium()) return true;
  if (installPackages(['chromium']) && findChromium()) return true;
  console.log('Installing Chromium (playwright install) ...');
  // As a plain user the system libraries cannot be installed, but are often there.
  return (
    run('npx', ['playwright', 'install', '--with-deps', 'chromium']) ||
    run('npx', ['playwright', 'install', 'chromium'])
  );
}

/**
 * Makes sure that there is an FFmpeg, which makes clips for tests and judges what becomes of them.
 *
 * @returns {boolean} Whether there is one now.
 */
function ensureFfmpeg() {
  const find = () => Boolean(findProgram(['ffmpeg']) && findProgram(['ffprobe']));
  return find() || (installPackages(['ffmpeg']) && find());
}

/**
 * Runs a command beside others: what it prints is kept together.
 *
 * @param {string} command Program to run.
 * @param {string[]} args Its arguments.
 * @param {NodeJS.ProcessEnv} [env] Variables on top of this process's own.
 * @returns {Promise<{ ok: boolean, output: string }>} How it ended and what it printed.
 */
const runBeside = (command, args, env = {}) =>
  new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => done({ ok: false, output: `${command}: ${error.message}` }));
    child.on('close', (code) => done({ ok: code === 0, output }));
  });

/**
 * A script of package.json that is one check.
 *
 * @param {string} script Its name.
 * @returns {Promise<Outcome>} How it went.
 */
async function check(script) {
  const { ok, output } = await runBeside('npm', ['run', '--silent', script]);
  return { tally: single(ok), output };
}

/**
 * Runs a test program that writes a JSON report.
 *
 * @template Report
 * @param {string} name File name of the report.
 * @param {{
 *   tally: (report: Report | undefined, ok: boolean) => import('./tally.mjs').Tally;
 *   failures: (report: Report | undefined) => string[];
 * }} reader
 *   Reads the report.
 * @param {string[]} command For npx.
 * @param {NodeJS.ProcessEnv} [env] Variables for it.
 * @returns {Promise<Outcome>} How it went.
 */
async function runReported(name, reader, command, env) {
  const file = join(root, '.cache', name);
  rmSync(file, { force: true });
  const { ok, output } = await runBeside('npx', command, env);
  const report = existsSync(file)
    ? /** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8')))
    : undefined;
  return { tally: reader.tally(report, ok), failures: reader.failures(report), output };
}

/** @param {string} project One of vitest.config.ts, or what the names of several begin with. */
const vitest = (project) =>
  runReported(`${project}.json`, { tally: tallyVitest, failures: failuresOfVitest }, [
    ...['vitest', 'run', '--project', `${project}*`, '--reporter=default', '--reporter=json'],
    `--outputFile.json=.cache/${project}.json`,
  ]);

const playwright = async () =>
  runReported(
    'e2e.json',
    { tally: tallyPlaywright, failures: failuresOfPlaywright },
    ['playwright', 'test'],
    { E2E_PORT: String(await freePort()) },
  );

/** In the order in which they begin: what others wait for first, then the longest. */
/** @type {import('./steps.mjs').Step[]} */
const steps = [
  { name: 'build', title: 'Build', run: () => check('build') },
  { name: 'lint', title: 'Lint', run: () => check('lint') },
  { name: 'e2e', title: 'End-to-end tests', after: 'build', run: playwright },
  { name: 'types', title: 'Types', run: () => check('types') },
  { name: 'unit', title: 'Unit tests', run: () => vitest('unit') },
  { name: 'browser', title: 'Browser tests', run: () => vitest('browser') },
  { name: 'engines', title: 'Other engines', after: 'build', run: () => vitest('engines') },
];

const asked = process.argv.slice(2);
const wanted = asked.length ? steps.filter(({ name }) => asked.includes(name)) : steps;
const isWanted = (/** @type {string[]} */ ...names) =>
  wanted.some(({ name }) => names.includes(name));
const unknown = asked.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length) {
  console.error(
    `No such step: ${unknown.join(' ')}. There are: ${steps.map((s) => s.name).join(' ')}`,
  );
  process.exit(2);
}
if (!ensureDependencies()) {
  console.error('The dependencies could not be installed; nothing was checked.');
  console.log(closingLine(single(false)));
  process.exit(1);
}
if (isWanted('browser', 'e2e') && !ensureChromium())
  console.error('No Chromium could be installed; set CHROME_PATH to one. Browser tests will fail.');
if (isWanted('browser', 'e2e') && !ensureFfmpeg())
  console.error('No FFmpeg could be installed: put it on PATH. Tests of clips will fail.');
const missing = isWanted('engines') ? ensureEngines() : [];
mkdirSync(join(root, '.cache'), { recursive: true });

const results = await runSteps(wanted, Math.min(2, availableParallelism()));

console.log('\n=== Summary ===\n');
for (const { title, tally, seconds } of results)
  console.log(`${title}: ${closingLine(tally)} (${seconds} s)`);
for (const { title, failures } of results)
  for (const failure of failures) console.log(`Failed, ${title}: ${failure.replace(root, '.')}`);
for (const engine of missing) console.log(`Left out: ${engine}, which is not installed.`);
const total = sum(results.map(({ tally }) => tally));
process.exitCode = total.failed ? 1 : 0;
console.log(`\n${closingLine(total)}`);
