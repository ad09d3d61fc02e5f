/** Finds the Chromium that tests, benchmarks and screenshots run in. */
import { findProgram } from './programs.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/Applications/Chromium.app/Contents/MacOS',
  '/Applications/Google Chrome.app/Contents/MacOS',
];
const usualFiles = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The installed Chromium or Chrome.
 *
 * @returns {string | undefined} Its path: `CHROME_PATH` if set, else the first found on `PATH` or in
 *   the usual places; undefined where there is none, so that Playwright looks for its own.
 */
export function findChromium() {
  return process.env['CHROME_PATH'] || findProgram(names, usualPlaces, usualFiles);
}

/**
 * Launch arguments: WebGPU on a software adapter, and no traffic of the browser's own. The sandbox
 * is given up only where Chromium refuses to start with it, that is, as root.
 */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/**
 * Playwright's launch options for that Chromium.
 *
 * @returns {{ args: string[], executablePath?: string }} To spread into `launchOptions`.
 */
export function launchOptions() {
  const executablePath = findChromium();
  return { args: chromiumArgs, ...(executablePath && { executablePath }) };
}
