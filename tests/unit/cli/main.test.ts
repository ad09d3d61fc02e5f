import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main, Stopped } from '../../../src/cli/main';
import { failed } from '../../../src/core/errors';
import type { Analysis } from '../../../src/core/findings/analyse';
import { formats } from '../../../src/core/format';
import { identify } from '../../../src/formats/sniff';
import type { Client } from '../../../src/sdk/start';
import { readFixture } from '../formats/metadata/told-photo';

/** A worker that finds nothing to be done to any photo, and is told that one of them is broken. */
const client: Partial<Client> & { saved: number } = {
  ...{ alive: true, saved: 0 },
  async open(file) {
    if (file.name.startsWith('broken'))
      return failed('file-damaged', { format: 'PNG', damage: '' });
    const format = identify(new Uint8Array(await file.arrayBuffer()));
    const facts = {
      hasAlpha: false,
      isLossless: false,
      isWide: false,
      depth: 8,
      notes: [],
    } as const;
    const analysis: Analysis = {
      jpegEvidence: 'none',
      ...{ noise: 0, jpegQuality: 100, blur: 0, effectiveResolution: 1 },
      ...{ shake: 0, printed: false, faded: false, drawn: false },
    };
    const preview = { close: () => undefined } as ImageBitmap;
    const info = { name: file.name, bytes: file.size, width: 96, height: 64, format, analysis };
    return { ok: true, value: { ...info, ...facts, preview, id: 1, offers: [] } };
  },
  close: async () => undefined,
  async enhance() {
    const output = { width: 192, height: 128 };
    const how = { backend: 'wasm', software: false, device: '', seconds: 1 } as const;
    return { ok: true, value: { output, ...how, steps: [], notes: [] } };
  },
  async save(_, { format }) {
    client.saved++;
    const blob = new Blob([`a ${format}`], { type: formats[format].mime });
    return { ok: true, value: { blob, notes: [] } };
  },
  cancel: async () => undefined,
  terminate: () => undefined,
};
vi.mock('../../../src/sdk/start', () => ({ startClient: async () => client }));

let folder: string;
let said: { out: string; err: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enlarger-cli-'));
  said = { out: '', err: '' };
  client.saved = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Files by their paths, of fixtures. */
function lay(files: Record<string, string>): void {
  for (const [path, fixture] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), readFixture(fixture));
  }
}

const run = (args: string, signal = new AbortController().signal) =>
  main(
    args.split(' ').map((each) => each.replace('@', `${folder}/`)),
    '1.2.3',
    {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      isTerminal: false,
    },
    signal,
  );

const written = (path = 'big') =>
  readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + path.length + 2))
    .sort();
const lines = () =>
  said.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a folder in, the same folder out: subfolders and names, and nothing that is no photo', async () => {
  lay({ 'in/Ferien äöü.JPG': 'gray.jpg', 'in/a/写真.png': 'rgb.png', 'in/a/b/x.png': 'rgb.png' });
  lay({ 'in/.hidden.png': 'rgb.png', 'in/notes.txt': 'rgb.png' });
  expect(await run('@in --out @big')).toBe(0);
  expect(written()).toEqual(['Ferien äöü.JPG', 'a/b/x.png', 'a/写真.png']);
  expect(said.err).toBe('3 of 3 done, 0 failed\n');
});

test('of several folders each is kept as one; files lie beside them', async () => {
  lay({ 'one/x.png': 'rgb.png', 'two/x.png': 'rgb.png', 'y.png': 'rgb.png' });
  expect(await run('@one @two @y.png --out @big --quiet')).toBe(0);
  expect(written()).toEqual(['one/x.png', 'two/x.png', 'y.png']);
  expect(said.err).toBe('');
});

test('a broken file, and what only browsers read, fail by themselves, each with its reason', async () => {
  lay({ 'in/a.bmp': 'plain.bmp', 'in/broken.png': 'rgb.png', 'in/c.gif': 'animated.gif' });
  lay({ 'in/d.webp': 'animated.webp', 'in/e.png': 'rgb.png', 'in/f.jpg': 'empty.jpg' });
  expect(await run('@in --out @big --json')).toBe(1);
  expect(written()).toEqual(['e.png']);
  // What cannot be read is told of as soon as that is known.
  const told = lines().sort((a, b) => (String(a['file']) < String(b['file']) ? -1 : 1));
  expect(told.map(({ status, code }) => code ?? status)).toEqual([
    ...['unsupported-format', 'corrupt-file', 'unsupported-format', 'unsupported-format', 'done'],
    'corrupt-file',
  ]);
  expect(told[4]).toMatchObject({ width: 192, height: 128, backend: 'wasm', notes: [] });
});

test('names that differ in their endings alone stay apart in another format', async () => {
  lay({ 'in/x.jpg': 'gray.jpg', 'in/x.png': 'rgb.png', 'in/y.png': 'rgb.png' });
  expect(await run('@in --out @big --format webp')).toBe(0);
  expect(written()).toEqual(['x.jpg.webp', 'x.png.webp', 'y.webp']);
});

test('an original is never written over, however it is reached', async () => {
  lay({ 'in/x.png': 'rgb.png', 'in/y.jpg': 'gray.jpg' });
  const before = readFileSync(join(folder, 'in/x.png'));
  expect(await run('@in/x.png @in/y.jpg --out @in/../in --overwrite --format png')).toBe(1);
  expect(readFileSync(join(folder, 'in/x.png'))).toEqual(before);
  expect(said.err).toContain('over an original');
  expect(written('in')).toEqual(['x.png', 'y.jpg', 'y.png']);
});

test('what is there is kept, passed over or replaced, as it is asked for', async () => {
  lay({ 'in/x.png': 'rgb.png', 'in/y.png': 'rgb.png', 'big/x.png': 'gray.png' });
  const kept = readFileSync(join(folder, 'big/x.png'));
  expect(await run('@in/x.png --out @big')).toBe(1);
  expect(said.err).toContain('--skip-done');
  expect(await run('@in --out @big --skip-done --json')).toBe(0);
  expect(lines().map(({ status }) => status)).toEqual(['skipped', 'done']);
  expect(client.saved).toBe(2);
  expect(readFileSync(join(folder, 'big/x.png'))).toEqual(kept);
  expect(await run('@in --out @big --overwrite')).toBe(0);
  expect(readFileSync(join(folder, 'big/x.png'), 'utf8')).toBe('a png');
  expect(written(), 'nothing is left half written').toEqual(['x.png', 'y.png']);
});

test('a photo that was changed after its result was written is not passed over, and its result stays', async () => {
  lay({ 'in/x.png': 'rgb.png', 'in/y.png': 'rgb.png' });
  expect(await run('@in --out @big')).toBe(0);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(folder, 'in/x.png'), later, later);
  expect(await run('@in --out @big --skip-done')).toBe(1);
  expect(said.err).toContain('x.png is older than the photo, which was changed since');
  expect(said.out).toContain('y.png is there');
  expect(client.saved).toBe(2);
});

test('names that differ in the case of letters stay apart where the disk keeps them apart', async () => {
  lay({ 'in/a.png': 'rgb.png', 'in/A.png': 'rgb.png' });
  expect(await run('@in --out @big')).toBe(0);
  expect(written()).toEqual(readdirSync(join(folder, 'in')).sort());
});

test('two photos of one name do not replace each other', async () => {
  lay({ 'in/a.png': 'rgb.png', 'other/a.png': 'rgb.png' });
  expect(await run('@in/a.png @other/a.png --out @big --overwrite')).toBe(1);
  expect(said.err).toContain('was written for another photo of this name');
  expect(written()).toEqual(['a.png']);
});

// Other systems have no such names.
test.runIf(process.platform === 'linux')('a name that is no text says so', async () => {
  lay({ 'in/x.png': 'rgb.png' });
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/in/`), Buffer.from([0xff, 0xfe]), Buffer.from('.png')]),
    'y',
  );
  expect(await run('@in --out @big')).toBe(1);
  expect(said.err).toContain('Its name is no text in UTF-8');
  expect(written()).toEqual(['x.png']);
});

test('a recipe of a file is what is done, and one that makes no sense is named', async () => {
  lay({ 'x.png': 'rgb.png' });
  writeFileSync(
    join(folder, 'mine.json'),
    '{ "v": 2, "steps": [{ "task": "upscale", "scale": 3 }] }',
  );
  expect(await run('@x.png --out @big --recipe @mine.json')).toBe(2);
  expect(said.err).toContain('--recipe.steps[0].scale must be');
  expect(await run('@x.png --out @big --recipe @none.json')).toBe(2);
  writeFileSync(
    join(folder, 'mine.json'),
    '{ "v": 2, "steps": [{ "task": "upscale", "scale": 4 }] }',
  );
  expect(await run('@x.png --out @big --recipe @mine.json --json')).toBe(0);
  expect(lines()[0]).toMatchObject({ recipe: { steps: [{ task: 'upscale', scale: 4 }] } });
});

test.each([
  ['@x.png --out @big --quality 200', '--quality must be a number from 1 to 100.'],
  ['@x.png --out @big --scale 3', '--scale must be 1 or 2 or 4.'],
  ['@x.png --out @big --preset cat', '--preset must be'],
  ['@x.png --out @big --backend gpu', '--backend must be'],
  ['@none.png --out @big', 'is not there'],
  ['@empty --out @big', 'No photo was found'],
  ['@x.png --out @x.png', 'It is no folder.'],
  ['--out @big', 'Which photos?'],
])('%s: nothing is begun, and it says why', async (args, why) => {
  lay({ 'x.png': 'rgb.png', 'empty/notes.txt': 'rgb.png' });
  expect(await run(args)).toBe(2);
  expect(said.err).toContain(why);
  expect(existsSync(join(folder, 'big/x.png'))).toBe(false);
});

test('who is stopped says how far it came, and has the code of its signal', async () => {
  lay({ 'in/x.png': 'rgb.png', 'in/y.png': 'rgb.png' });
  const stop = new AbortController();
  const enhance = client.enhance!;
  client.enhance = async (...given) => {
    if (client.saved === 1) stop.abort(new Stopped('SIGINT'));
    return enhance(...given);
  };
  expect(await run('@in --out @big', stop.signal)).toBe(130);
  client.enhance = enhance;
  expect(written()).toEqual(['x.png']);
});

test('help and version are told, and nothing is done', async () => {
  expect(await run('--help')).toBe(0);
  expect(said.out).toMatch(/^Usage: enlarger IN/);
  said.out = '';
  expect(await run('--version')).toBe(0);
  expect(said.out).toBe('1.2.3\n');
});
