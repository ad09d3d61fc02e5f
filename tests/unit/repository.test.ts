import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { roomOf, target } from '../../scripts/rooms.mjs';

const root = join(import.meta.dirname, '../..');

/** Every file of the repository that is not built, installed or generated. */
function listFiles(): string[] {
  const ignored = /^(node_modules|dist|dist-sdk|\.git|\.cache|test-results|playwright-report)$/;
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter(({ name }) => !ignored.test(name))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? walk(path) : [path];
      });
  return walk('');
}

const files = listFiles();
const source = files.filter((file) => /^src\//.test(file));

describe('file names', () => {
  test('there is no utils file and no barrel in src', () => {
    expect(source.filter((file) => /(^|\/)(utils?|helpers?|index)\.(ts|js)$/.test(file))).toEqual(
      [],
    );
  });

  test('are kebab-case, components PascalCase', () => {
    const odd = source.filter((file) => {
      const name = file.split('/').at(-1) ?? '';
      if (name.endsWith('.svelte')) return !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name);
      return !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name);
    });
    expect(odd).toEqual([]);
  });
});

describe('what is committed', () => {
  const text = files.filter((file) =>
    /\.(ts|js|mjs|svelte|json|html|css|wgsl|md|py|yml|sh)$|^\.ci\//.test(file),
  );

  test('the lock file holds no registry addresses and every dependency is pinned', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('no file names a folder of one machine', () => {
    const own = new RegExp(['/wo' + 'rk/', '/ho' + 'me/\\w', '/Us' + 'ers/\\w'].join('|'));
    const naming = text.filter((file) => own.test(readFileSync(join(root, file), 'utf8')));
    expect(naming).toEqual([]);
  });

  test('.ci/run is executable', () => {
    if (process.platform === 'win32' || !existsSync(join(root, '.ci/run'))) return;
    execFileSync('test', ['-x', join(root, '.ci/run')]);
  });
});

const eslint = new ESLint({ cwd: root });

/** How often a rule is broken by one line of code at a made-up path. */
async function lint(rule: string, path: string, code: string): Promise<number> {
  const [result] = await eslint.lintText(code, { filePath: join(root, path) });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === rule).length;
}

test.each([
  ['src/core/errors.ts', "export const text = 'The file is empty.';", 1],
  ['src/engine/device.ts', 'export const text = `tile ${1}: the GPU is gone`;', 1],
  ['src/worker/owner/chain.ts', "export const text = 'cpu-anew';", 0],
  ['src/app/i18n/en-problems.ts', "export const text = 'The file is empty.';", 0],
])('lint finds a sentence where it may not be: %s, %s', async (path, code, count) => {
  expect(await lint('no-restricted-syntax', path, code)).toBe(count);
});

test.each([
  ['src/models/store.ts', 'void fetch(address);', 1],
  ['src/app/sw.ts', 'export const ask = fetch;', 1],
  ['src/sdk/enhancer.ts', 'void fetch(address);', 1],
  ['src/models/store.ts', 'void globalThis.fetch(address);', 1],
  ['src/integrity/fetch-within.ts', 'void fetch(address);', 0],
  ['src/embed/element/photo-source.ts', 'void fetch(address);', 0],
])('lint lets nobody past the check of the origin: %s, %s', async (path, code, count) => {
  const names = await lint('no-restricted-globals', path, code);
  expect(names + (await lint('no-restricted-properties', path, code))).toBe(count);
});

describe('the import direction', () => {
  const check = (path: string, code: string) => lint('rooms/direction', path, code);

  // Existing files, because type-checked lint wants its files in a project.
  const core = 'src/core/errors.ts';
  const picture = 'src/core/picture/raster.ts';
  const engine = 'src/engine/loop.ts';
  const worker = 'src/worker/protocol.ts';
  const owner = 'src/worker/owner/chain.ts';
  const host = 'src/worker/engine/host.ts';
  const photoState = 'src/app/state/photo/report.ts';
  const sw = 'src/app/sw.ts';
  const frame = 'src/embed/frame/frame.ts';
  const sdk = 'src/sdk/enhancer.ts';
  const element = 'src/embed/element/element.ts';

  test.each([
    [core, "import '../formats/sniff';"],
    [core, "import '../worker/protocol';"],
    [core, "import './picture/raster';"],
    [core, "import 'comlink';"],
    [core, "import 'onnxruntime-web/webgpu';"],
    [engine, "import 'onnxruntime-web/webgpu';"],
    [engine, "import type { Session } from './onnx/session';"],
    [core, "export * from '../engine/onnx/session';"],
    [core, "void import('../models/store');"],
    [core, "void import('idb-keyval');"],
    ['src/integrity/digest.ts', "import '../models/store';"],
    [picture, "import type { Plan } from '../plan/plan';"],
    [picture, "import '../findings/analyse';"],
    [worker, "import 'onnxruntime-web';"],
    [worker, "import '../app/main';"],
    [worker, "import './owner/chain';"],
    [worker, "import '../../scripts/serve.mjs';"],
    [owner, "import 'onnxruntime-web';"],
    [host, "import '../owner/chain';"],
    [host, "import '../protocol';"],
    [photoState, "import '../page/desk.svelte';"],
    [photoState, "import '../../ui/painter';"],
    [sw, "import '../worker/owner/photo-owner';"],
    [sw, "import '../engine/onnx/session';"],
    [sw, "import '../formats/sniff';"],
    [sw, "import '../models/store';"],
    [sw, "import 'onnxruntime-web';"],
    [sw, "import '../embed/protocol';"],
    [frame, "import '../../worker/owner/photo-owner';"],
    [frame, "import '../../engine/onnx/session';"],
    [frame, "import '../element/element';"],
    [sdk, "import '../app/i18n/translate';"],
    [sdk, "import '../embed/protocol';"],
    [sdk, "import '../models/store';"],
    [sdk, "import '../worker/owner/photo-owner';"],
    [sdk, "import 'comlink';"],
    [sdk, "import type { Tensor } from 'onnxruntime-web';"],
    [worker, "import '../sdk/types';"],
    [sw, "import '../sdk/enhancer';"],
    [element, "import '../frame/guest.svelte';"],
    [element, "import '../../core/errors';"],
    [element, "import type { Recipe } from '../../core/recipe/recipe';"],
    [element, "import 'svelte';"],
    [element, "void import('../frame/frame');"],
  ])('%s refuses %s', async (path, code) => {
    expect(await check(path, code)).toBe(1);
  });

  test.each([
    [core, "import './abort';"],
    [picture, "import '../errors';"],
    [worker, "import '../core/picture/raster';"],
    [worker, "import type { HostOptions } from './engine/protocol';"],
    [host, "import '../../engine/device';"],
    [host, "import '../link';"],
    [owner, "import '../engine/host';"],
    [owner, "void import('../../formats/sniff');"],
    [worker, "import 'comlink';"],
    [sw, "import '../core/errors';"],
    [sw, "import 'workbox-routing';"],
    [sw, "import './state/photo/workbench.svelte';"],
    [frame, "import '../../app/state/photo/easel';"],
    [frame, "import '../protocol';"],
    [frame, "import { mount } from 'svelte';"],
    [sdk, "import '../core/findings/suggest';"],
    [sdk, "import '../worker/client';"],
    [sdk, "import type { PhotoInfo } from '../worker/protocol';"],
    [element, "import '../protocol';"],
    [element, "import './host-line';"],
  ])('%s allows %s', async (path, code) => {
    expect(await check(path, code)).toBe(0);
  });

  test('every source lies in a room, and no imports run in a circle', () => {
    const names = source.filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.d.ts'));
    const paths = names.map((file) => file.replaceAll('\\', '/').slice('src/'.length));
    expect(paths.filter((path) => !roomOf(path))).toEqual([]);
    const bare = (path: string) => path.replace(/(\.svelte)?\.(ts|svelte)$/, '');
    const graph = new Map(
      paths.map((path) => {
        const code = readFileSync(join(root, 'src', path), 'utf8');
        const specifiers = [...code.matchAll(/(?:from|import\(?) ?'([^']+)'/g)];
        return [bare(path), specifiers.map(([, each]) => target(path, each!) ?? '')];
      }),
    );
    const done = new Set<string>();
    const circle = (path: string, trail: string[]): string[] => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
      if (done.has(path)) return [];
      done.add(path);
      return (graph.get(path) ?? []).flatMap((next) => circle(next, [...trail, path]));
    };
    expect([...graph.keys()].flatMap((path) => circle(path, []))).toEqual([]);
  });
});
