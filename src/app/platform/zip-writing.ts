import { makeZip } from 'client-zip';

/** A file of an archive that is to be written. */
export type Packed = { readonly path: string; readonly blob: Blob };

/** How much of an archive is held at once before the browser is given it, which has room for it on the disk. */
const pieceBytes = 16 * 2 ** 20;

/**
 * Packs files into a ZIP archive, uncompressed, as pictures are. They are read one after the other, and no more than a piece is held.
 *
 * @param files What goes into it; paths with slashes, no two the same.
 * @returns The archive; the browser holds it, on the disk where it is large.
 * @throws {unknown} Where one of the files has gone, or there is no room.
 */
export async function packAll(files: Iterable<Packed>): Promise<Blob> {
  const stream = makeZip(listInputs(files, new Date()));
  const pieces: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    // Its own copy: what is read may be used again.
    parts.push(new Uint8Array(next.value));
    held += next.value.byteLength;
    if (held < pieceBytes) continue;
    pieces.push(new Blob(parts));
    [parts, held] = [[], 0];
  }
  return new Blob([...pieces, ...parts], { type: 'application/zip' });
}

function* listInputs(files: Iterable<Packed>, lastModified: Date) {
  for (const { path, blob } of files)
    yield { name: path, lastModified, input: blob.stream(), size: blob.size };
}
