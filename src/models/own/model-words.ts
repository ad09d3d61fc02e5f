import type { OwnWords } from './own-shelf';
import { readText } from './text-words';

/** Most bytes of a file with words about a model. */
const mostWordsBytes = 1e6;

/** Most characters of one of them. */
const mostLength = 200;

/** Names that programs and collections of models (OpenModelDB, modelspec) give to each. */
const names = {
  title: ['title', 'name', 'modelspec.title'],
  licence: ['licence', 'license', 'modelspec.license'],
  author: ['author', 'authors', 'modelspec.author'],
} as const satisfies Record<keyof OwnWords, readonly string[]>;

/**
 * Reads what files beside a model say of it.
 *
 * @param files JSON as collections of models write it, or pages of text; the one that is believed first, first. One that is too large, or
 *   cannot be read, says nothing.
 * @returns What they say; empty where they say nothing.
 */
export async function readAbout(files: readonly File[]): Promise<OwnWords> {
  const read = async (file: File) =>
    readWords(file.size <= mostWordsBytes ? await file.text().catch(() => '') : '');
  return mergeWords(...(await Promise.all(files.map(read))));
}

/**
 * Reads what a text says of a model.
 *
 * @param text Anything; JSON, Markdown or plain text.
 * @returns What it says, each in one line; empty where it says nothing.
 */
export function readWords(text: string): OwnWords {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = readText(text);
  }
  return pickWords(value);
}

/**
 * Puts together what several say.
 *
 * @param sources The one that is believed first, first.
 * @returns Each word of the first that has it.
 */
export function mergeWords(...sources: readonly OwnWords[]): OwnWords {
  const first = (name: keyof OwnWords) => sources.find((words) => words[name])?.[name] ?? '';
  return { title: first('title'), licence: first('licence'), author: first('author') };
}

/**
 * Takes the words out of a table of more.
 *
 * @param value Anything; an object with them, by the names that programs give them.
 * @returns The words, each in one line of at most 200 characters; empty where it has none.
 */
export function pickWords(value: unknown): OwnWords {
  const fields = typeof value === 'object' && value !== null ? value : {};
  const table = new Map(Object.entries(fields));
  const word = (name: keyof OwnWords) =>
    names[name].map((key) => sayOf(table.get(key))).find((said) => said !== '') ?? '';
  return { title: word('title'), licence: word('licence'), author: word('author') };
}

/** A text, or several, as one line. */
function sayOf(value: unknown): string {
  const texts = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  const line = texts
    .join(', ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return [...line].slice(0, mostLength).join('');
}
