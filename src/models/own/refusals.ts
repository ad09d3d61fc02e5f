import { EnhanceError, type OwnModelLack } from '../../core/errors';

/**
 * The error of a file that makes no sense.
 *
 * @param detail Where, in a few words of its format.
 * @returns To be thrown.
 */
export const damaged = (detail: string): EnhanceError =>
  new EnhanceError('own-model-damaged', { detail: shorten(detail) });

/**
 * The error of a file whose pickle names what no weights need.
 *
 * @param asks The name, "os.system".
 * @returns To be thrown.
 */
export const unsafe = (asks: string): EnhanceError =>
  new EnhanceError('own-model-unsafe', { asks: shorten(asks) });

/**
 * The error of a sound file that does not run here.
 *
 * @param lack What it lacks.
 * @param name Of it, as its file says it.
 * @returns To be thrown.
 */
export const unsupported = (lack: OwnModelLack, name = ''): EnhanceError =>
  new EnhanceError('own-model-unsupported', { lack, name: shorten(name) });

/** Names come from the file, of any length and of any characters. */
const shorten = (text: string): string => {
  const clean = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '�');
  return clean.length > mostLetters ? `${clean.slice(0, mostLetters)}…` : clean;
};

const mostLetters = 80;
