import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { asFlag, help, readArguments, UsageError } from '../../../src/cli/arguments';
import { parseManyOptions } from '../../../src/sdk/options';

test('what is left out is as on the page', () => {
  expect(readArguments(['a.jpg', 'folder', '--out', 'big'])).toEqual({
    ...{ inputs: ['a.jpg', 'folder'], out: 'big', recipe: null, model: null },
    enhancer: {},
    wish: { preset: 'photo' },
    ...{ skipDone: false, overwrite: false, json: false, quiet: false },
  });
});

test('every option arrives, numbers as numbers', () => {
  const order = readArguments([
    ...['a.jpg', '-o', 'big', '--scale', '4', '--preset', 'portrait', '--format', 'webp'],
    ...['--quality', '85', '--depth', '8', '--strength', '0.5', '--metadata', 'none'],
    ...['--backend', 'wasm', '--skip-done', '--json', '--quiet'],
  ]);
  expect(order).toMatchObject({
    enhancer: { backend: 'wasm' },
    wish: {
      ...{ scale: 4, preset: 'portrait', format: 'webp', quality: 85, depth: 8, strength: 0.5 },
      metadata: 'none',
    },
    ...{ skipDone: true, json: true, quiet: true },
  });
});

test('a network of one’s own is named by its file, and may work after enlarging', () => {
  const args = ['a.jpg', '-o', 'big', '--model', 'nets/calm.pth'];
  expect(readArguments(args)).toMatchObject({ model: 'nets/calm.pth', wish: { preset: 'photo' } });
  const after = readArguments([...args, '--model-after']);
  expect(after).toMatchObject({ wish: { modelAfter: true } });
  expect(asFlag('options.modelAfter must be')).toBe('--model-after must be');
});

test('a recipe takes the place of a preset', () => {
  expect(readArguments(['a.jpg', '-o', 'big', '-r', 'mine.json'])).toMatchObject({
    recipe: 'mine.json',
    wish: {},
  });
});

test.each([
  [['--out', 'big'], 'Which photos?'],
  [['a.jpg'], '--out names a folder'],
  [['a.jpg', '--out'], "'-o, --out <value>'"],
  [['a.jpg', '--out', 'big', '--scael', '2'], '--scael'],
  [['a.jpg', '-o', 'big', '--skip-done', '--overwrite'], 'not both'],
  [['a.jpg', '-o', 'big', '-r', 'mine.json', '-p', 'art'], 'Either --recipe or --preset'],
  [['a.jpg', '-o', 'big', '-r', 'mine.json', '-m', 'calm.pth'], 'Either --recipe or --model'],
  [['a.jpg', '-o', 'big', '--model-after'], '--model-after says where'],
])('%j makes no sense, and it says why', (args, why) => {
  expect(() => readArguments(args)).toThrow(UsageError);
  expect(() => readArguments(args)).toThrow(why);
});

test('help and version win over everything', () => {
  expect(readArguments(['--help'])).toBe('help');
  expect(readArguments(['--version', 'a.jpg'])).toBe('version');
  for (const name of ['--skip-done', '--recipe', 'portrait', '130']) expect(help).toContain(name);
});

const documents = ['README.md', 'docs/command-line.md', 'docs/sdk/README.md'];
const commands = documents.flatMap((name) => {
  const text = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^npx enlarger (.*)$/gm)].map(([, args = '']) => args);
});

test.each(commands)('the example of the documents is one: enlarger %s', (args) => {
  const order = readArguments(args.split(' '));
  if (typeof order === 'string') throw new Error('no order');
  parseManyOptions(order.wish);
});

test('there are examples, and the document names every option', () => {
  expect(commands.length).toBeGreaterThan(2);
  const text = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');
  for (const [name] of help.matchAll(/--[a-z-]+/g)) expect(text).toContain(name);
});
