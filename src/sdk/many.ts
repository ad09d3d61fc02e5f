import { untilAborted } from '../core/abort';
import type { ManyWish } from './options';
import type { EnhanceOptions, Outcome, Result } from './types';

/** What many files want of an enhancer. */
export type OneByOne = {
  readonly enhance: (file: Blob, options: EnhanceOptions) => Promise<Result>;
  /** Begins to read what is enhanced next. */
  readonly readAhead: (file: Blob) => void;
  /** What was read ahead is not wanted. */
  readonly forget: () => void;
  /** Whether the enhancer was disposed of. */
  readonly isOver: () => boolean;
};

/**
 * Enhances files one after the other. While one is at work, the next is read; while a result waits to be taken, the next file is at
 * work, and what comes after that waits.
 *
 * @param files Asked for the next one when the present one has been read.
 * @param wish What is wanted.
 * @param wish.each Of each.
 * @param wish.signal Ends all.
 * @param wish.onProgress Told of each, with its place.
 * @param enhancer Does the work.
 * @yields An outcome for each file, in their order.
 * @throws {unknown} The signal's reason, what `files` fails with, or that the enhancer was disposed of.
 */
export async function* enhanceEach(
  files: Iterable<Blob> | AsyncIterable<Blob>,
  { each, signal: given, onProgress }: ManyWish,
  enhancer: OneByOne,
): AsyncGenerator<Outcome, void, undefined> {
  const end = new AbortController();
  const signal = given ? AbortSignal.any([given, end.signal]) : end.signal;
  const source = iterate(files);
  let next: Promise<Blob | undefined> | undefined;

  const pull = async (): Promise<Blob | undefined> => {
    const step = await untilAborted(Promise.resolve(source.next()), signal);
    return step.done ? undefined : step.value;
  };
  const look = () => {
    if (next) return;
    next = pull();
    next.then(
      (file) => file !== undefined && !signal.aborted && enhancer.readAhead(file),
      // Is told of when its turn comes.
      () => undefined,
    );
  };
  const work = async (file: Blob, index: number): Promise<Outcome> => {
    signal.throwIfAborted();
    const options: EnhanceOptions = {
      ...each,
      signal,
      onProgress: (progress) => {
        if (progress.stage !== 'open') look();
        onProgress?.(progress, index);
      },
    };
    return enhancer.enhance(file, options).then(
      (result) => ({ ok: true, file, index, result }),
      (error: unknown) => {
        signal.throwIfAborted();
        if (enhancer.isOver()) throw error;
        return { ok: false, file, index, error };
      },
    );
  };

  try {
    const first = await pull();
    let running = Promise.resolve(first && work(first, 0));
    for (let index = 1; ; index++) {
      const outcome = await running;
      if (!outcome) return;
      // A file that could not be read has not looked.
      look();
      // What comes next may fail, and this one has not.
      running = next!.then((file) => file && work(file, index));
      next = undefined;
      running.catch(() => undefined);
      yield outcome;
    }
  } finally {
    end.abort();
    enhancer.forget();
    // Not waited for: a source that hangs would hold up who gives up.
    void Promise.resolve(source.return?.()).catch(() => undefined);
  }
}

function iterate(
  files: Iterable<Blob> | AsyncIterable<Blob>,
): AsyncIterator<Blob> | Iterator<Blob> {
  return Symbol.asyncIterator in files ? files[Symbol.asyncIterator]() : files[Symbol.iterator]();
}
