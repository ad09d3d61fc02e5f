import {
  BlobReader,
  BlobWriter,
  configure,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { looksLikeMedia, mostFiles, nameOf, type PhotoSource } from './photo-source';

/** Most bytes of a file in an archive: what claims to be longer is nothing that opens here. */
const mostEntryBytes = 2e9;

/** What was found in an archive. */
export type Archive = {
  readonly sources: readonly PhotoSource[];
  /** How many files are neither photos nor clips. */
  readonly others: number;
  /** How many photos and clips want a password. */
  readonly locked: number;
};

/**
 * Lists the photos and clips of a ZIP archive. Only its list is read; each is unpacked when it is wanted, and then nothing else.
 *
 * @param archive The file.
 * @returns They, below a folder of the archive's name, and how many other files it has, and how many want a password.
 * @throws {unknown} Where it is no archive, or a damaged one.
 */
export async function readArchive(archive: File): Promise<Archive> {
  // Its own threads would need scripts that no policy of ours allows; the browser's streams are as fast.
  configure({ useWebWorkers: false, useCompressionStream: true });
  const reader = new ZipReader(new BlobReader(archive));
  const folder = archive.name.replace(/\.zip$/i, '');
  const sources: PhotoSource[] = [];
  let [others, locked] = [0, 0];
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.directory) continue;
    const { filename, uncompressedSize: bytes, encrypted, lastModDate } = entry;
    const isWanted = looksLikeMedia(filename) && bytes <= mostEntryBytes;
    if (isWanted && encrypted) {
      locked++;
      continue;
    }
    if (!isWanted || sources.length >= mostFiles) {
      others++;
      continue;
    }
    const modified = lastModDate.getTime();
    const read = async () => {
      const content = await entry.getData(new BlobWriter(), { checkSignature: true });
      return new File([content], nameOf(filename), { lastModified: modified });
    };
    sources.push({ path: `${folder}/${filename}`, bytes, modified, read });
  }
  return { sources, others, locked };
}
