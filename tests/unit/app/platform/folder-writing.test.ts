import { beforeEach, expect, test } from 'vitest';
import { FolderTarget } from '../../../../src/app/platform/folder-writing';

/** What a folder holds. */
type Held = Map<string, Held | string>;

let root: Held;
/** What the next writing fails with. */
let fault: string | null;

/** A folder as the File System Access API has it. */
function handleOf(held: Held, name = 'out'): FileSystemDirectoryHandle {
  const find = (kind: 'folder' | 'file', each: string, create = false) => {
    const there = held.get(each);
    if (there === undefined && !create) throw new DOMException(each, 'NotFoundError');
    if (there !== undefined && (typeof there === 'string') !== (kind === 'file'))
      throw new DOMException(each, 'TypeMismatchError');
    return there;
  };
  const handle = {
    name,
    getDirectoryHandle: async (each: string, options?: { create?: boolean }) => {
      const there = (find('folder', each, options?.create) as Held) ?? new Map();
      held.set(each, there);
      return handleOf(there, each);
    },
    getFileHandle: async (each: string, options?: { create?: boolean }) => {
      const there = find('file', each, options?.create) as string | undefined;
      if (there === undefined) held.set(each, '');
      return fileHandleOf(held, each);
    },
    removeEntry: async (each: string) => void held.delete(each),
  };
  return handle as unknown as FileSystemDirectoryHandle;
}

function fileHandleOf(held: Held, name: string): unknown {
  return {
    getFile: async () => new File([held.get(name) as string], name),
    createWritable: async () => {
      let content = '';
      return {
        write: async (blob: Blob) => {
          if (fault) throw new DOMException(name, fault);
          content = await blob.text();
        },
        close: async () => void held.set(name, content),
        abort: async () => undefined,
      };
    },
  };
}

beforeEach(() => {
  root = new Map();
  fault = null;
});

test('an empty file, as a crash leaves it behind, is filled', async () => {
  root.set('a.png', '');
  const target = new FolderTarget(handleOf(root));
  expect(await target.has('a.png', 0)).toBe(false);
  expect(await target.write('a.png', new Blob(['one']))).toBe('a.png');
  expect([...root]).toEqual([['a.png', 'one']]);
});

test('folders are made, and nothing that is there is written over', async () => {
  const target = new FolderTarget(handleOf(root));
  root.set('a.jpg', 'original');
  expect(await target.write('a.jpg', new Blob(['new']))).toBe('a (2).jpg');
  expect(await target.write('sub/deep/a.jpg', new Blob(['new']))).toBe('sub/deep/a.jpg');
  expect(await target.write('sub', new Blob(['new']))).toBe('sub (2)');
  expect(root.get('a.jpg')).toBe('original');
  expect(await target.has('sub/deep/a.jpg', 0)).toBe(true);
  expect(await target.has('sub/other/a.jpg', 0)).toBe(false);
});

test('an empty file, as a crash may leave one behind, is not there', async () => {
  const target = new FolderTarget(handleOf(root));
  root.set('a.jpg', '');
  expect(await target.has('a.jpg', 0)).toBe(false);
});

test('a result of what was changed since is not there', async () => {
  const target = new FolderTarget(handleOf(root));
  root.set('a.jpg', 'earlier');
  expect(await target.has('a.jpg', Date.now() - 1000)).toBe(true);
  expect(await target.has('a.jpg', Date.now() + 60_000)).toBe(false);
});

test.each([
  ['QuotaExceededError', 'full'],
  ['NotAllowedError', 'refused'],
  ['NoModificationAllowedError', 'refused'],
  ['NotFoundError', 'gone'],
  ['InvalidStateError', 'failed'],
])('after %s nothing is left behind, and it is said why', async (name, expected) => {
  fault = name;
  const target = new FolderTarget(handleOf(root));
  await expect(target.write('a.jpg', new Blob(['new']))).rejects.toMatchObject({ fault: expected });
  expect([...root.keys()]).toEqual([]);
});
