import type { ClipContainer } from '../../core/film/clip';
import { matchText } from '../header';
import { readHeifKind } from '../heif/kind';

/** Boxes that films of QuickTime begin with that are older than its name. */
const oldBoxes = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/**
 * Which container of clips a file is, by its first bytes; its name plays no part.
 * Source: ISO/IEC 14496-12, 4.3; QuickTime File Format, "File type compatibility"; RFC 8794, 11.2.
 *
 * @param bytes The first 512 bytes or more.
 * @returns The container; null for all other files, photos of the same family among them.
 */
export function readClipContainer(bytes: Uint8Array): ClipContainer | null {
  if (matchText(bytes, 0, '\x1aE\xdf\xa3')) return readMatroska(bytes);
  if (matchText(bytes, 4, 'ftyp')) {
    if (readHeifKind(bytes) || matchText(bytes, 8, 'crx ')) return null;
    return matchText(bytes, 8, 'qt  ') ? 'mov' : 'mp4';
  }
  return oldBoxes.some((box) => matchText(bytes, 4, box)) ? 'mov' : null;
}

/** By the DocType of its EBML header. */
function readMatroska(bytes: Uint8Array): ClipContainer | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  if (head.includes('webm')) return 'webm';
  return head.includes('matroska') ? 'mkv' : null;
}
