import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { EnhanceError } from '../../core/errors';
import { damaged } from './refusals';

/** Most files of an archive that is read. */
const mostEntries = 50_000;
/** Most bytes that all of its files may unpack to: weights hardly pack at all. */
const mostUnpackedBytes = 300e6;

/** An archive's files. */
export type ZipEntries = {
  readonly names: ReadonlySet<string>;
  /**
   * Unpacks a file and checks it.
   *
   * @param name Its path.
   * @param most Bytes that it may have.
   * @returns Its bytes.
   * @throws {EnhanceError} `own-model-damaged` where it is missing, damaged or longer.
   */
  readonly read: (name: string, most: number) => Promise<Uint8Array>;
};

/**
 * Whether a file begins as a ZIP archive does.
 *
 * @param bytes The file.
 * @returns Whether it may be one.
 */
export const looksLikeZip = (bytes: Uint8Array): boolean =>
  [0x50, 0x4b, 3, 4].every((byte, at) => bytes[at] === byte);

/**
 * Reads an archive's list.
 *
 * @param bytes The archive.
 * @returns Its files.
 * @throws {EnhanceError} `own-model-damaged` where it cannot be read.
 */
export async function readZip(bytes: Uint8Array): Promise<ZipEntries> {
  // Its own threads would need scripts that no policy of ours allows.
  configure({ useWebWorkers: false, useCompressionStream: true });
  const entries = new Map<string, FileEntry>();
  let unpacked = 0;
  await orDamaged('zip', async () => {
    for await (const entry of new ZipReader(new Uint8ArrayReader(bytes)).getEntriesGenerator()) {
      if (entries.size >= mostEntries) throw damaged('zip: files');
      if (entry.directory) continue;
      if (entry.encrypted || entries.has(entry.filename)) throw damaged(entry.filename);
      entries.set(entry.filename, entry);
    }
  });
  return {
    names: new Set(entries.keys()),
    read: (name, most) =>
      orDamaged(name, async () => {
        const entry = entries.get(name);
        if (!entry || entry.uncompressedSize > most) throw damaged(name);
        unpacked += entry.uncompressedSize;
        if (unpacked > mostUnpackedBytes) throw damaged('zip: size');
        // Holds the claimed size; more than that does not fit, and fails.
        return entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
      }),
  };
}

async function orDamaged<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EnhanceError) throw error;
    throw damaged(what);
  }
}
