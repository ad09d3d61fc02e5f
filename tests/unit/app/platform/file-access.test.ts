import { expect, test } from 'vitest';
import { sourceIn } from '../../../../src/app/platform/file-access';

/** A folder as Chromium has it, which takes no name with a letter that nobody sees, and lists it all the same. */
function folderOf(
  name: string,
  children: readonly { readonly kind: string; readonly name: string }[],
) {
  const get = (kind: string) => async (wanted: string) => {
    if (/\u200d/.test(wanted)) throw new TypeError('Name is not allowed.');
    const found = children.find((each) => each.kind === kind && each.name === wanted);
    if (!found) throw new DOMException(wanted, 'NotFoundError');
    return found;
  };
  const values = async function* () {
    yield* children;
  };
  const asked = { getFileHandle: get('file'), getDirectoryHandle: get('directory'), values };
  return { kind: 'directory', name, ...asked };
}

const fileOf = (name: string) => ({
  kind: 'file',
  name,
  getFile: async () => new File([name], name),
});

test.each(['sub/a.png', 'sub/👩\u200d👧.png', '👩\u200d👧/a.png'])(
  'a photo of a folder is found again: %j',
  async (path) => {
    const [folder = '', name = ''] = path.split('/');
    const inner = folderOf(folder, [fileOf('other.png'), fileOf(name)]);
    const root = folderOf('trip', [fileOf(folder), inner]) as unknown as FileSystemDirectoryHandle;
    const facts = { bytes: 1, modified: 0 };
    const { read } = sourceIn(root, { ...facts, path: `trip/${path}` });
    expect((await read()).name).toBe(name);
    const gone = sourceIn(root, { ...facts, path: `trip/${folder}/gone\u200d.png` });
    await expect(gone.read()).rejects.toThrow(TypeError);
  },
);
