import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/**
 * What people notice in a version, from the newest section of a changelog.
 *
 * @param {string} changelog Markdown with one `##` heading and one list per version, newest first.
 * @returns {string[]} The points of the first list, each on one line.
 */
export function readNotes(changelog) {
  const [, section = ''] = changelog.split(/^## .*$/m);
  return section
    .split(/^- /m)
    .slice(1)
    .map((point) => point.replace(/\s+/g, ' ').trim());
}

/**
 * A build plugin: writes `whats-new.json`, which a page of an older version reads to tell what an
 * update brings.
 *
 * @returns {import('vite').Plugin} For the page's build.
 */
export function releaseNotes() {
  return {
    name: 'release-notes',
    apply: 'build',
    generateBundle() {
      const notes = readNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
      const source = JSON.stringify({ notes }, null, 1);
      this.emitFile({ type: 'asset', fileName: 'whats-new.json', source });
    },
  };
}
