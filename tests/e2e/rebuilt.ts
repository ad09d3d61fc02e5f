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

/** Of the next build's names, in the place of their hashes. */
const nextHash = '00000000';

/**
 * Serves the next build in place of this one: the page's own script and the help, which it loads late, have other names, and
 * under the present ones there is nothing any more.
 *
 * @returns For a server's `alter`.
 */
export function buildNext(): (path: string) => Alteration | undefined {
  const names = readdirSync(join(dist, 'assets')).filter((name) =>
    /^(index|HelpDialog)-[\w-]{8}\.js$/.test(name),
  );
  let changes = names.map((name) => [name, name.replace(/-[\w-]{8}\./, `-${nextHash}.`)] as const);
  const bodies = new Map<string, Buffer>();
  const add = (path: string) => {
    const before = readFileSync(join(dist, path));
    const text = changes.reduce((all, [old, next]) => all.replaceAll(old, next), String(before));
    const after = Buffer.from(text);
    bodies.set(
      changes.reduce((all, [old, next]) => all.replace(old, next), `/${path}`),
      after,
    );
    return [
      [describeBuilt(before), describeBuilt(after)],
      [sha256(before, 'base64'), sha256(after, 'base64')],
    ] as const;
  };
  // Each names those before it, by their hashes.
  for (const name of names) changes = [...changes, ...add(`assets/${name}`)];
  for (const name of ['index.html', 'embed.html']) changes = [...changes, ...add(name)];
  add('sw.js');
  bodies.set('/', bodies.get('/index.html')!);
  return (path) => {
    const body = bodies.get(path);
    if (body) return { body };
    return names.some((name) => path.endsWith(`/${name}`)) ? { status: 404 } : undefined;
  };
}
