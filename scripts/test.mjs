/**
 * `npm test`: installs what is missing, runs every check, goes on after a failure, and ends with one
 * line, `N passed, N failed`.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { ensureDependencies, installPackages, root, run } from './install.mjs';
import { closingLine, single, sum, tallyPlaywright, tallyVitest } from './tally.mjs';

/** @param {string} title */
const heading = (title) => console.log(`\n=== ${title} ===\n`);

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

/** @returns {Promise<number>} A port that nobody listens on. */
const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 4273));
    });
  });

/**
 * Runs a test program that writes a JSON report.
 *
 * @template Report
 * @param {string} name File name of the report.
 * @param {(report: Report | undefined, ok: boolean) => import('./tally.mjs').Tally} tally Reads the report.
 * @param {string[]} command For npx.
 * @param {NodeJS.ProcessEnv} [env] Variables for it.
 */
function runReported(name, tally, command, env) {
  const file = join(root, '.cache', name);
  rmSync(file, { force: true });
  const ok = run('npx', command, env);
  const report = existsSync(file)
    ? /** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8')))
    : undefined;
  return tally(report, ok);
}

/** @param {string} project One of vitest.config.ts. */
const vitest = (project) =>
  runReported(`${project}.json`, tallyVitest, [
    ...['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'],
    `--outputFile.json=.cache/${project}.json`,
  ]);

if (!ensureDependencies()) {
  console.error('The dependencies could not be installed; nothing was checked.');
  console.log(closingLine(single(false)));
  process.exit(1);
}
const haveChromium = ensureChromium();
if (!haveChromium)
  console.error('No Chromium could be installed; set CHROME_PATH to one. Browser tests will fail.');
const port = await freePort();

/** @type {[string, () => import('./tally.mjs').Tally][]} */
const steps = [
  ['Lint', () => single(run('npm', ['run', '--silent', 'lint']))],
  ['Types', () => single(run('npm', ['run', '--silent', 'types']))],
  ['Unit tests', () => vitest('unit')],
  ['Browser tests', () => vitest('browser')],
  ['Build', () => single(run('npm', ['run', '--silent', 'build']))],
  [
    'End-to-end tests',
    () =>
      runReported('e2e.json', tallyPlaywright, ['playwright', 'test'], { E2E_PORT: String(port) }),
  ],
];

const results = steps.map(([title, step]) => {
  heading(title);
  return { title, tally: step() };
});

heading('Summary');
for (const { title, tally } of results) console.log(`${title}: ${closingLine(tally)}`);
const total = sum(results.map(({ tally }) => tally));
process.exitCode = total.failed ? 1 : 0;
console.log(`\n${closingLine(total)}`);
