/** Finds installed programs. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first program of several names that is installed.
 *
 * @param {string[]} names What it may be called, best first.
 * @param {string[]} [places] Folders to look in after those on `PATH`.
 * @param {string[]} [files] Whole paths to try after that.
 * @returns {string | undefined} Its path; undefined where there is none.
 */
export function findProgram(names, places = [], files = []) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...places].filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...files].find(isExecutable);
}
