import { looksLikeOnnx, readOnnxMetadata } from './onnx-reading';
import type { OwnWords } from './own-shelf';
import { looksLikeSafetensors, readMetadata } from './safetensors';

/** Most bytes of a file with words about a model. */
export const mostWordsBytes = 1e6;

/** Most characters of one of them. */
const mostLength = 200;

/** Names that programs and collections of models (OpenModelDB, modelspec) give to each. */
const names = {
  title: ['title', 'name', 'modelspec.title'],
  licence: ['licence', 'license', 'modelspec.license'],
  author: ['author', 'authors', 'modelspec.author'],
} as const satisfies Record<keyof OwnWords, readonly string[]>;

/**
 * Reads what a file beside a model says of it.
 *
 * @param text Anything; JSON as model collections write it.
 * @returns What it says; empty where it says nothing.
 */
export function readWords(text: string): OwnWords {
  try {
    return pick(JSON.parse(text));
  } catch {
    return pick(null);
  }
}

/**
 * Reads what a model's file says of itself.
 *
 * @param bytes The whole file, known to be sound.
 * @returns What it says; empty where it says nothing, as files of most kinds.
 */
export function readOwnWords(bytes: Uint8Array): OwnWords {
  if (looksLikeSafetensors(bytes)) return pick(readMetadata(bytes));
  return pick(looksLikeOnnx(bytes) ? Object.fromEntries(readOnnxMetadata(bytes)) : null);
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

function pick(value: unknown): OwnWords {
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
