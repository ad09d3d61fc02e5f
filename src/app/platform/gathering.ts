import { isArchive, type DroppedItem } from './intake';
import { looksLikeMedia, mostFiles, sourceOf } from './photo-source';
import type { Gathered, PhotoSource } from './photo-source';

/** What is put together while it is found. */
type Finding = {
  readonly sources: PhotoSource[];
  others: number;
  locked: number;
  readonly unread: string[];
};

const nothing = (): Finding => ({ sources: [], others: 0, locked: 0, unread: [] });

type Folder = FileSystemDirectoryHandle & {
  readonly values: () => AsyncIterable<FileSystemFileHandle | FileSystemDirectoryHandle>;
};

/**
 * Finds the photos and clips among files that were chosen, pasted or came with a folder; archives are looked into, but for those that lie in
 * folders.
 *
 * @param files In their order. One that was chosen by itself is taken for a photo whatever it is called; one of a folder is not.
 * @returns They, in the order of their paths where they came with a folder.
 */
export async function gatherFiles(files: readonly File[]): Promise<Gathered> {
  const finding = nothing();
  for (const file of files) await take(finding, file, !file.webkitRelativePath);
  return settle(finding);
}

/**
 * Finds the photos and clips in what was dropped: files, folders with all that is in them, archives.
 *
 * @param items As they were dropped.
 * @param files The same as files; what is not said of an item is taken from its file.
 * @returns They, in the order of their paths where they lie in folders.
 */
export async function gatherDropped(
  items: readonly DroppedItem[],
  files: readonly File[],
): Promise<Gathered> {
  const finding = nothing();
  for (const [i, { entry, handle }] of items.entries()) {
    const access = await handle?.catch(() => null);
    const file = files[i];
    if (access?.kind === 'directory')
      await walkHandles(finding, access as Folder, access.name, access as Folder);
    else if (entry?.isDirectory) await walkEntries(finding, entry as FileSystemDirectoryEntry);
    else if (file) await take(finding, file, true, access as FileSystemFileHandle | undefined);
  }
  return settle(finding);
}

async function take(
  finding: Finding,
  file: File,
  isChosen: boolean,
  handle?: FileSystemFileHandle,
): Promise<void> {
  if (isChosen && isArchive(file)) return takeArchive(finding, file);
  add(finding, sourceOf(file, handle), isChosen);
}

function add(finding: Finding, source: PhotoSource, isChosen: boolean): void {
  const isTaken = isChosen || looksLikeMedia(source.path);
  if (isTaken && finding.sources.length < mostFiles) finding.sources.push(source);
  else finding.others++;
}

async function takeArchive(finding: Finding, file: File): Promise<void> {
  const { readArchive } = await import('./zip-reading');
  try {
    const { sources, others, locked } = await readArchive(file);
    for (const source of sources) add(finding, source, true);
    finding.others += others;
    finding.locked += locked;
  } catch {
    finding.unread.push(file.name);
  }
}

async function walkHandles(
  finding: Finding,
  folder: Folder,
  path: string,
  root: Folder,
): Promise<void> {
  try {
    for await (const handle of folder.values()) {
      const inside = `${path}/${handle.name}`;
      if (handle.kind === 'directory') await walkHandles(finding, handle, inside, root);
      else if (!looksLikeMedia(inside)) finding.others++;
      else await takeRead(finding, inside, () => handle.getFile(), { handle, root });
    }
  } catch {
    finding.unread.push(path);
  }
}

async function walkEntries(finding: Finding, folder: FileSystemDirectoryEntry): Promise<void> {
  const reader = folder.createReader();
  const readSome = () =>
    new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
  try {
    // It gives a hundred at a time, and none at the end.
    for (let some = await readSome(); some.length > 0; some = await readSome())
      for (const entry of some)
        if (entry.isDirectory) await walkEntries(finding, entry as FileSystemDirectoryEntry);
        else await takeEntry(finding, entry as FileSystemFileEntry);
  } catch {
    finding.unread.push(folder.fullPath.slice(1));
  }
}

async function takeEntry(finding: Finding, entry: FileSystemFileEntry): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (looksLikeMedia(path))
    await takeRead(finding, path, () => new Promise((done, fail) => entry.file(done, fail)));
  else finding.others++;
}

/** One file that has gone, or may not be read, is no reason to leave the rest of its folder. */
async function takeRead(
  finding: Finding,
  path: string,
  read: () => Promise<File>,
  access: Pick<PhotoSource, 'handle' | 'root'> = {},
): Promise<void> {
  try {
    const { size, lastModified } = await read();
    add(finding, { path, bytes: size, modified: lastModified, read, ...access }, false);
  } catch {
    finding.unread.push(path);
  }
}

const order = new Intl.Collator(undefined, { numeric: true });

/** What was chosen by itself stays in the order in which it was chosen. */
function settle({ sources, ...left }: Finding): Gathered {
  const isOfFolders = sources.some(({ path }) => path.includes('/'));
  const sorted = isOfFolders ? sources.toSorted((a, b) => order.compare(a.path, b.path)) : sources;
  return { sources: sorted, ...left };
}
