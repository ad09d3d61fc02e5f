import { EnhanceError } from '../../core/errors';
import { formats } from '../../core/format';
import { damaged, turnSize, type ImageHeader, type Orientation, type Source } from '../header';
import { TiffStructure, type Directory } from './directory';
import { readLayout, type TiffLayout } from './layout';
import { layoutTags, tags } from './tags';

/** Of a directory's picture: that it is a smaller copy of another, or a mask for it. */
const secondary = 1 | 4;

/** A file may say that its pages follow each other in a circle. */
const mostPages = 64;

/**
 * Reads a TIFF's first directory.
 *
 * @param source The file, beginning with its byte order mark.
 * @returns Its header. Its pixels are read by nothing but what is here, so that nothing is to be kept from a decoder,
 *   and whether they are all there only reading them tells.
 * @throws {EnhanceError} `corrupt-file` where the directory is broken or not there, `unsupported-format` where its
 *   picture is of a kind that is not read, or a camera's raw photo.
 */
export function readTiff({ bytes, fileBytes }: Source): ImageHeader {
  const tiff = new TiffStructure(bytes);
  const directory = tiff.directory(tiff.first);
  if (!directory) throw isBehind(tiff.first, fileBytes) ? cutOff() : damaged('tiff', 'directory');
  const layout = readLayout(tiff, directory);
  const told = tiff.number(directory.fields.get(tags.orientation)) ?? 1;
  const orientation = told >= 1 && told <= 8 ? (told as Orientation) : 1;
  return {
    format: 'tiff',
    ...turnSize(layout, orientation),
    depth: layout.bits === 16 ? 16 : 8,
    hasAlpha: layout.alpha !== null,
    animated: false,
    truncated: false,
    orientation,
    coloured: directory.fields.has(tags.profile) || layout.colours in pressKinds,
    ...pressOf(layout),
    colourEdits: [],
    turnEdits: [],
  };
}

/** Most writers lay the directory behind the pixels: where it is missing, nobody knows what these are. */
const isBehind = (directory: number, fileBytes: number) => directory + 2 > fileBytes;

const cutOff = () =>
  new EnhanceError('file-cut-off', { format: formats.tiff.title, cause: 'directory' });

/** Kinds of colours that are converted, by what they are called there and here. */
const pressKinds = { cmyk: 'cmyk', lab: 'lab', 'icc-lab': 'lab' } as const;

function pressOf({ colours }: Pick<TiffLayout, 'colours'>): Pick<ImageHeader, 'press'> {
  const press = colours in pressKinds && pressKinds[colours as keyof typeof pressKinds];
  return press ? { press } : {};
}

/**
 * Whether a file has more pages than the one that is opened.
 *
 * @param bytes The file.
 * @returns True where a further directory has a picture that is neither a small copy nor a mask.
 * @throws {RangeError} Where it is no TIFF.
 */
export function hasPages(bytes: Uint8Array): boolean {
  const tiff = new TiffStructure(bytes);
  let directory: Directory | undefined = tiff.directory(tiff.first);
  for (let left = mostPages; directory && left > 0; left--) {
    const { next } = directory;
    directory = next === tiff.first ? undefined : tiff.directory(next);
    if (!directory?.fields.has(layoutTags.width)) continue;
    const kind = tiff.number(directory.fields.get(layoutTags.subfile)) ?? 0;
    if ((kind & secondary) === 0) return true;
  }
  return false;
}
