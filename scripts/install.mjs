/** What `npm start` and `npm test` do first on a fresh machine: node builtins only. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How long another's lock is waited for. */
const lockSeconds = 600;

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command in the repository with its output shown.
 *
 * @param {string} command Program to run, found on `PATH`.
 * @param {string[]} args Its arguments.
 * @param {NodeJS.ProcessEnv} [env] Variables on top of this process's own.
 * @returns {boolean} Whether it ended with 0.
 */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
}

/**
 * Installs packages of the distribution, where this runs as root on Debian. A machine that is just
 * updating itself holds apt's locks for minutes: they are waited for.
 *
 * @param {string[]} packages Their names.
 * @returns {boolean} Whether they are installed now; false where this is another system or user.
 */
export function installPackages(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  console.log(`Installing ${packages.join(' ')} (apt-get) ...`);
  // Lists that cannot be renewed may still name what is needed.
  aptGet('update');
  return aptGet('install', '-y', '--no-install-recommends', ...packages);
}

/** @param {string[]} args For apt-get. */
function aptGet(...args) {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const until = Date.now() + lockSeconds * 1000;
  for (;;) {
    const { status, stderr } = spawnSync(
      'apt-get',
      ['-o', `DPkg::Lock::Timeout=${lockSeconds}`, ...args],
      { stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8', env },
    );
    console.error(stderr);
    // The option is about dpkg's lock; those on the lists and the downloads are never waited for.
    if (!/Could not get lock/.test(stderr) || Date.now() > until) return status === 0;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
  }
}

/** @param {string} file */
const modified = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Installs the dependencies unless they are there and match the lock file.
 *
 * @returns {boolean} Whether they are there now.
 */
export function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Enlarger needs Node 20.19 or newer; this is ${process.versions.node}.`);
    return false;
  }
  // npm writes this file last, so a broken installation has none.
  const installed = modified('node_modules/.package-lock.json');
  if (installed && installed >= modified('package-lock.json')) return true;
  console.log('Installing dependencies (npm ci) ...');
  return run('npm', ['ci', '--no-audit', '--no-fund']);
}

/**
 * Newest modification time below a folder.
 *
 * @param {string} path Folder or file in the repository.
 * @returns {number} Milliseconds since 1970; 0 where there is nothing.
 */
function newest(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  const names = readdirSync(join(root, path));
  return Math.max(stat.mtimeMs, ...names.map((name) => newest(join(path, name))));
}

const sources = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'svelte.config.js',
  'scripts',
  'CHANGELOG.md',
  'package-lock.json',
];

/**
 * Whether `dist` is missing or older than what it is built from.
 *
 * @returns {boolean} True when a build is needed.
 */
export function isStale() {
  return modified('dist/index.html') < Math.max(...sources.map(newest));
}
