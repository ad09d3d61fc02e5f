import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { expect, test } from 'vitest';
import { gatherDropped, gatherFiles } from '../../../../src/app/platform/gathering';
import { looksLikeMedia } from '../../../../src/app/platform/photo-source';
import { readArchive } from '../../../../src/app/platform/zip-reading';
import { packAll } from '../../../../src/app/platform/zip-writing';

const file = (name: string, content: BlobPart = name, folder = '') =>
  Object.defineProperty(new File([content], name), 'webkitRelativePath', {
    value: folder && `${folder}/${name}`,
  });

const pathsOf = (sources: readonly { readonly path: string }[]) => sources.map(({ path }) => path);

async function zipOf(name: string, ...paths: string[]): Promise<File> {
  const files = paths.map((path) => ({ path, blob: new Blob([path]) }));
  return file(name, await packAll(files));
}

test.each([
  ['beach.jpg', true],
  ['sub/BEACH.HEIC', true],
  ['._beach.jpg', false],
  ['.chosen/beach.jpg', true],
  ['trip/.hidden/beach.jpg', false],
  ['__MACOSX/beach.jpg', false],
  ['sub/walk.MOV', true],
  ['walk.webm', true],
  ['._walk.mp4', false],
  ['notes.txt', false],
  ['jpg', false],
  ['Thumbs.db', false],
])('%s looks like a photo or a clip: %s', (path, looks) => {
  expect(looksLikeMedia(path)).toBe(looks);
});

test('what was chosen by itself is taken whatever it is called, what came with a folder is not', async () => {
  const chosen = await gatherFiles([file('b.png'), file('a.txt')]);
  expect([pathsOf(chosen.sources), chosen.others]).toEqual([['b.png', 'a.txt'], 0]);
  const { sources, others } = await gatherFiles([
    ...[file('10.png', '', 'trip'), file('2.png', '', 'trip')],
    ...[file('2.png', '', 'trip/sub'), file('notes.txt', '', 'trip')],
  ]);
  expect([pathsOf(sources), others]).toEqual([['trip/2.png', 'trip/10.png', 'trip/sub/2.png'], 1]);
});

test('the photos of an archive are listed, and unpacked when they are wanted', async () => {
  const zip = await zipOf('trip.zip', 'a.jpg', 'sub/a.jpg', 'notes.txt', '写真.png');
  const { sources, others, unread } = await gatherFiles([zip]);
  expect(pathsOf(sources)).toEqual([...['trip/a.jpg', 'trip/sub/a.jpg', 'trip/写真.png']]);
  expect([others, unread]).toEqual([1, []]);
  const read = await sources[1]!.read();
  expect([read.name, await read.text()]).toEqual(['a.jpg', 'sub/a.jpg']);
});

test('what is no archive, a cut off one, or one that leads out of itself is said, and the others are there', async () => {
  const whole = await zipOf('b.zip', 'a.jpg');
  const leading = await zipOf('up.zip', '../../up.png');
  const cut = file('cut.zip', whole.slice(0, whole.size - 30));
  const { sources, unread } = await gatherFiles([
    file('no.zip', 'text'),
    cut,
    leading,
    file('a.png'),
  ]);
  expect([pathsOf(sources), unread]).toEqual([['a.png'], ['no.zip', 'cut.zip', 'up.zip']]);
});

test('a file of an archive that is damaged fails when it is read, and no other', async () => {
  const bytes = Buffer.from(await (await zipOf('b.zip', 'first.jpg', 'second.jpg')).arrayBuffer());
  // The first time it is the name, the second time the content.
  bytes[bytes.indexOf('first.jpg', bytes.indexOf('first.jpg') + 1)] = 120;
  const broken = file('b.zip', bytes);
  const { sources } = await readArchive(broken);
  const outcomes = await Promise.allSettled(sources.map(({ read }) => read()));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

/** A folder as browsers hand one over that was dropped. */
function folderEntry(name: string, children: readonly FileSystemEntry[]): FileSystemEntry {
  const rest = [...children];
  const reader = {
    // Some at a time, and none at the end.
    readEntries: (done: (some: FileSystemEntry[]) => void) => done(rest.splice(0, 1)),
  };
  const folder = { isDirectory: true, fullPath: `/${name}`, name, createReader: () => reader };
  return folder as unknown as FileSystemEntry;
}

function fileEntry(path: string): FileSystemEntry {
  const name = path.split('/').at(-1)!;
  const entry = { isDirectory: false, fullPath: `/${path}`, name };
  return {
    ...entry,
    file: (done: (file: File) => void) => done(file(name, path)),
  } as unknown as FileSystemEntry;
}

test('a dropped folder is walked to its end, beside files that were dropped with it', async () => {
  const inner = folderEntry('trip/sub', [fileEntry('trip/sub/a.png'), fileEntry('trip/sub/b.txt')]);
  const folder = folderEntry('trip', [fileEntry('trip/b.png'), inner, fileEntry('trip/c.png')]);
  const items = [
    { entry: folder, handle: undefined },
    { entry: null, handle: undefined },
  ];
  const { sources, others } = await gatherDropped(items, [file('trip'), file('own.png')]);
  expect([pathsOf(sources), others]).toEqual([
    ['own.png', 'trip/b.png', 'trip/c.png', 'trip/sub/a.png'],
    1,
  ]);
  expect(await (await sources[3]!.read()).text()).toBe('trip/sub/a.png');
});

test('a file that has gone before it was looked at leaves the rest of its folder where it is', async () => {
  const at = (name: string) => ({ kind: 'file', name, getFile: async () => file(name) });
  const gone = {
    ...at('b.png'),
    getFile: () => Promise.reject(new DOMException('', 'NotFoundError')),
  };
  const folder = {
    ...{ kind: 'directory', name: 'trip' },
    async *values() {
      yield* [at('a.png'), gone, at('c.png')];
    },
  } as unknown as FileSystemHandle;
  const goneEntry = {
    ...{ isDirectory: false, fullPath: '/old/b.png', name: 'b.png' },
    file: (_: unknown, fail: (error: unknown) => void) => fail(new DOMException()),
  } as unknown as FileSystemEntry;
  const old = folderEntry('old', [fileEntry('old/a.png'), goneEntry, fileEntry('old/c.png')]);
  const items = [
    { entry: null, handle: Promise.resolve(folder) },
    { entry: old, handle: undefined },
  ];
  const { sources, unread } = await gatherDropped(items, [file('trip'), file('old')]);
  expect(pathsOf(sources)).toEqual(['old/a.png', 'old/c.png', 'trip/a.png', 'trip/c.png']);
  expect(unread).toEqual(['trip/b.png', 'old/b.png']);
});

test('photos of an archive that want a password are counted by themselves, and an archive in a folder is left alone', async () => {
  const writer = new ZipWriter(new BlobWriter());
  await writer.add('a.jpg', new TextReader('a'), { password: 'secret' });
  await writer.add('b.jpg', new TextReader('b'));
  await writer.add('notes.txt', new TextReader('c'), { password: 'secret' });
  const zip = file('trip.zip', await writer.close());
  const { sources, others, locked } = await gatherFiles([zip]);
  expect([pathsOf(sources), others, locked]).toEqual([['trip/b.jpg'], 1, 1]);
  const inside = await gatherFiles([
    file('trip.zip', zip, 'holiday'),
    file('a.png', '', 'holiday'),
  ]);
  expect([pathsOf(inside.sources), inside.others]).toEqual([['holiday/a.png'], 1]);
});

test('access to dropped files on the disk is kept', async () => {
  const inside = { kind: 'file', name: 'a.png', getFile: async () => file('a.png') };
  const folder = {
    ...{ kind: 'directory', name: 'trip' },
    async *values() {
      yield inside;
    },
  } as unknown as FileSystemHandle;
  const alone = { ...inside, name: 'own.png' } as unknown as FileSystemHandle;
  const items = [
    { entry: null, handle: Promise.resolve(folder) },
    { entry: null, handle: Promise.resolve(alone) },
    { entry: null, handle: Promise.reject(new Error('denied')) },
  ];
  const { sources } = await gatherDropped(items, [file('trip'), file('own.png'), file('c.png')]);
  expect(sources.map(({ path, handle }) => [path, handle])).toEqual([
    ['c.png', undefined],
    ['own.png', alone],
    ['trip/a.png', inside],
  ]);
});
