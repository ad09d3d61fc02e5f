import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeBuilt, sha256 } from '../../scripts/integrity.mjs';
import { dist, type Alteration } from '../../scripts/serve.mjs';

/**
 * Serves another build: some of its files changed, and their hashes right wherever the build states them.
 *
 * @param isChanged Which files, by path with a leading slash.
 * @param change Makes the other file.
 * @returns For a server's `alter`.
 */
export function rebuild(
  isChanged: (path: string) => boolean,
  change: (file: Buffer) => Buffer,
): (path: string) => Alteration | undefined {
  const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length - 1));
  const hashes: [string, string][] = [];
  const bodies = new Map<string, Buffer>();
  for (const path of paths.filter(isChanged)) {
    const before = readFileSync(join(dist, path));
    const after = change(before);
    bodies.set(path, after);
    // As engine.json has it.
    const list = (file: Buffer) => `"bytes": ${file.length},\n   "sha256": "${sha256(file)}"`;
    hashes.push([describeBuilt(before), describeBuilt(after)], [list(before), list(after)]);
    for (const form of ['hex', 'base64'] as const)
      hashes.push([sha256(before, form), sha256(after, form)]);
  }
  return (path) => {
    const body = bodies.get(path);
    if (body) return { body };
    if (!/^\/$|\.html$|^\/sw\.js$|^\/engine\.json$/.test(path)) return undefined;
    const file = path === '/' ? 'index.html' : path;
    const restated = hashes.reduce(
      (text, [before, after]) => text.replaceAll(before, after),
      readFileSync(join(dist, file), 'utf8'),
    );
    return { body: Buffer.from(restated) };
  };
}
