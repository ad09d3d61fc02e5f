/** The other browser engines that the built page is tried in, besides Chromium: found or installed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './install.mjs';
import { findProgram } from './programs.mjs';

/**
 * The installed Firefox.
 *
 * @returns {string | undefined} Its path: `FIREFOX_PATH` if set, else the first found.
 */
export const findFirefox = () =>
  process.env['FIREFOX_PATH'] ||
  findProgram(
    ['firefox-esr', 'firefox'],
    ['/usr/bin', '/snap/bin', '/Applications/Firefox.app/Contents/MacOS'],
    ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  );

/** @typedef {{ driver: string, browser: string, display: string }} WebKitPrograms */

/**
 * The installed WebKitGTK: its driver, its MiniBrowser, and the X server that it draws on.
 *
 * @returns {WebKitPrograms | undefined} Their paths; undefined where one is missing.
 */
export function findWebKit() {
  const driver = findProgram(['WebKitWebDriver'], ['/usr/bin']);
  const browser = findProgram(['MiniBrowser'], listWebKitFolders());
  const display = findProgram(['Xvfb'], ['/usr/bin']);
  return driver && browser && display ? { driver, browser, display } : undefined;
}

/** Where distributions keep a MiniBrowser, the newest WebKitGTK first. */
function listWebKitFolders() {
  const list = (/** @type {string} */ folder) => {
    try {
      return readdirSync(folder).map((name) => join(folder, name));
    } catch {
      return [];
    }
  };
  const libraries = ['/usr/lib', '/usr/libexec', '/usr/lib64'];
  return [...libraries, ...libraries.flatMap(list)]
    .flatMap(list)
    .filter((path) => /\/webkit2?gtk-[\d.]+$/.test(path))
    .sort()
    .reverse();
}

/**
 * Installs the engines that are missing, where that can be done.
 *
 * @returns {string[]} The engines that there are none of.
 */
export function ensureEngines() {
  /** @type {[string, () => unknown, string[]][]} */
  const engines = [
    ['Firefox', findFirefox, ['firefox-esr']],
    ['WebKit', findWebKit, ['webkit2gtk-driver', 'xvfb']],
  ];
  return engines
    .filter(([, find, packages]) => !find() && !(installPackages(packages) && find()))
    .map(([name]) => name);
}
