import type { BrowserNeed } from '../formats/codec-decoder';
import { PublicError } from '../sdk/public-error';
import { ClashError } from './outputs';

/** Codes of a file system that takes no more, whatever comes next. */
const fullCodes: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS'];

/** What a file system says, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'It is not there any more.',
  EACCES: 'It may not be read or written.',
  EPERM: 'It may not be read or written.',
  EISDIR: 'It is a folder.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk is full.',
  EROFS: 'The disk is read-only.',
  ENAMETOOLONG: 'The name is too long for this disk.',
};

/** Why a photo failed. */
export type Fault = {
  readonly code: string;
  /** A sentence. */
  readonly message: string;
  /** Facts, for a bug report. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

/**
 * Why only a browser opens a file.
 *
 * @param need What it wants one for.
 * @returns The fault.
 */
export function wantsBrowser(need: BrowserNeed): Fault {
  const causes = {
    format: 'GIF and BMP are read by browsers alone',
    animation: 'Animations are read by browsers alone',
    colours: 'Its colours are told in a way that browsers alone convert',
  };
  const message = `${causes[need]}: open it on the page, or save it as PNG first.`;
  return { code: 'unsupported-format', message };
}

/**
 * Why a photo failed, in words.
 *
 * @param error What was thrown.
 * @returns Its code and a sentence.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof PublicError) {
    const { code, message, detail } = error;
    return { code, message, ...(detail && { detail }) };
  }
  if (error instanceof ClashError) return { code: 'exists', message: sayClash(error) };
  const { code = 'internal', message, path = '' } = error as NodeJS.ErrnoException;
  // What Node puts in place of bytes that are no UTF-8 names another file.
  if (code === 'ENOENT' && path.includes('\ufffd'))
    return { code, message: 'Its name is no text in UTF-8: rename it.' };
  return { code, message: reasons[code] ?? message };
}

/**
 * Whether no further result can be written.
 *
 * @param error What writing failed with.
 * @returns True for a disk that is full or read-only.
 */
export function isDiskOver(error: unknown): boolean {
  return fullCodes.includes((error as NodeJS.ErrnoException).code ?? '');
}

function sayClash({ clash, path }: ClashError): string {
  switch (clash) {
    case 'original':
      return `The result would be written over an original, ${path}: choose another folder or format.`;
    case 'there':
      return `${path} is there already: --skip-done passes over it, --overwrite replaces it.`;
    case 'twice':
      return `${path} was written for another photo of this name: give each a run and a folder of its own.`;
    case 'older':
      return `${path} is older than the photo, which was changed since: --overwrite replaces it.`;
  }
}
