import type { PhotoFormat } from '../../core/format';
import { readMpf } from '../gain-map/mpf';
import { matchText } from '../header';
import { hasAuxiliary } from '../heif/header';
import { readItems } from '../heif/items';
import { isFrame } from '../jpeg/header';
import { segments } from '../jpeg/metadata';
import { hasPages } from '../tiff/header';
import type { Bytes } from './metadata';

/** What a file holds beside the picture that is opened or in other colours than are opened, and is not written again. */
export type Beside = {
  /** What makes an ordinary picture one of high dynamic range. */
  readonly gainMap: boolean;
  /** Other pictures that are no smaller copies of it: one may be the gain map. */
  readonly pictures: boolean;
  readonly film: boolean;
  /** Its colours are those of a press, which its decoder makes ordinary ones of. */
  readonly cmyk: boolean;
};

const nothing: Beside = { gainMap: false, pictures: false, film: false, cmyk: false };

/** Of a JPEG's frame: how many components it has. ITU-T T.81, B.2.2. */
const componentsAt = 5;

/** ISO 21496-1, annex C (JPEG), and what Apple's cameras call theirs. */
const gainMapMark = 'urn:iso:std:iso:ts:21496:-1\0';
const gainMapKinds = ['urn:com:apple:photo:2020:aux:hdrgainmap'];

/** How Google's cameras say in XMP that a film follows: the present name and the one before. */
const filmMark = /(MotionPhoto|MicroVideo)(="1"|>1<)/;

/** Smaller copies of the first picture. */
const isPreview = (kind: number): boolean => kind >> 16 === 1;

/**
 * Looks for what else than the picture is in a file. Never throws: what is broken is not there.
 *
 * @param bytes The file.
 * @param format What it is.
 * @param xmp Its XMP, or null.
 * @returns What was found.
 */
export function findBeside(bytes: Bytes, format: PhotoFormat, xmp: string | null): Beside {
  try {
    if (format === 'jpeg') return besideJpeg(bytes, xmp ?? '');
    if (format === 'tiff') return { ...nothing, pictures: hasPages(bytes) };
    if (format === 'heic' || format === 'avif') return besideHeif(bytes, xmp ?? '');
  } catch {
    // Cut off or broken.
  }
  return nothing;
}

function besideJpeg(bytes: Bytes, xmp: string): Beside {
  let gainMap = false;
  let cmyk = false;
  let pictures = 0;
  for (const { marker, body } of segments(bytes)) {
    if (isFrame(marker)) cmyk = body[componentsAt] === 4;
    if (marker !== 0xe2) continue;
    if (matchText(body, 0, gainMapMark)) gainMap = true;
    pictures ||= countPictures(body);
  }
  return { gainMap, pictures: pictures > 1, film: filmMark.test(xmp), cmyk };
}

function besideHeif(bytes: Bytes, xmp: string): Beside {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items = readItems(view);
  const gainMap = items !== undefined && hasAuxiliary(view, items, gainMapKinds);
  return { ...nothing, gainMap, film: filmMark.test(xmp) };
}

/** Pictures of an index that are no previews. */
const countPictures = (body: Bytes) => readMpf(body).filter(({ kind }) => !isPreview(kind)).length;
