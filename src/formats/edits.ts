import type { Edit } from './header';

/**
 * The file with some parts cut out or overwritten, of which browsers make different things: how a PNG or WebP is
 * turned, and Chromium turns a PNG even where told not to; what the colours of any file mean, which not every
 * browser leaves alone where it is asked to.
 *
 * @param blob The file.
 * @param edits The parts; none within another.
 * @returns The same file where there are none; no pixel is copied.
 */
export function editFile(blob: Blob, edits: readonly Edit[]): Blob {
  const parts: BlobPart[] = [];
  let from = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(blob.slice(from, start), text);
    from = end;
  }
  return edits.length === 0 ? blob : new Blob([...parts, blob.slice(from)], { type: blob.type });
}
