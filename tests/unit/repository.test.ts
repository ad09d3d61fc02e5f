import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

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

describe('the import direction', () => {
  const eslint = new ESLint({ cwd: root });

  /** Messages of the two direction rules for one line of code at a made-up path. */
  async function check(path: string, code: string): Promise<number> {
    const [result] = await eslint.lintText(code, { filePath: join(root, path) });
    const rules = ['no-restricted-imports', 'no-restricted-syntax'];
    return (result?.messages ?? []).filter(({ ruleId }) => rules.includes(ruleId ?? '')).length;
  }

  // Existing files, because type-checked lint wants its files in a project.
  const core = 'src/core/errors.ts';
  const worker = 'src/worker/protocol.ts';
  const sw = 'src/app/sw.ts';
  const frame = 'src/embed/frame.ts';
  const sdk = 'src/sdk/enhancer.ts';
  const element = 'src/embed/element.ts';

  test.each([
    [core, "import '../formats/sniff';"],
    [core, "import '../worker/protocol';"],
    [core, "import 'comlink';"],
    [core, "import 'onnxruntime-web/webgpu';"],
    [core, "export * from '../engine/session';"],
    [core, "void import('../models/store');"],
    [core, "void import('idb-keyval');"],
    [worker, "import 'onnxruntime-web';"],
    [worker, "import '../app/main';"],
    [worker, "import '../../scripts/serve.mjs';"],
    [sw, "import '../worker/enhancer';"],
    [sw, "import '../engine/session';"],
    [sw, "import '../formats/sniff';"],
    [sw, "import '../models/store';"],
    [sw, "import 'onnxruntime-web';"],
    [sw, "import '../embed/protocol';"],
    [frame, "import '../worker/enhancer';"],
    [frame, "import '../engine/session';"],
    [sdk, "import '../app/i18n/translate';"],
    [sdk, "import '../embed/protocol';"],
    [sdk, "import '../models/store';"],
    [sdk, "import '../worker/enhancer';"],
    [sdk, "import 'comlink';"],
    [sdk, "import type { Tensor } from 'onnxruntime-web';"],
    [worker, "import '../sdk/types';"],
    [sw, "import '../sdk/enhancer';"],
    [element, "import './guest.svelte';"],
    [element, "import '../core/errors';"],
    [element, "import type { Recipe } from '../core/recipe';"],
    [element, "import 'svelte';"],
    [element, "void import('./frame');"],
  ])('%s refuses %s', async (path, code) => {
    expect(await check(path, code)).toBe(1);
  });

  test.each([
    [core, "import './raster';"],
    [worker, "import '../core/raster';"],
    [worker, "import '../engine/session';"],
    [worker, "void import('../formats/sniff');"],
    [worker, "import 'comlink';"],
    [sw, "import '../core/errors';"],
    [sw, "import '../worker/protocol';"],
    [sw, "import '../models/shelf';"],
    [sw, "import 'workbox-routing';"],
    [sw, "import './state/workbench.svelte';"],
    [frame, "import '../app/state/easel';"],
    [frame, "import './protocol';"],
    [frame, "import { mount } from 'svelte';"],
    [sdk, "import '../core/suggest';"],
    [sdk, "import '../worker/client';"],
    [sdk, "import type { PhotoInfo } from '../worker/protocol';"],
    [element, "import './protocol';"],
    [element, "import './host-line';"],
  ])('%s allows %s', async (path, code) => {
    expect(await check(path, code)).toBe(0);
  });
});
