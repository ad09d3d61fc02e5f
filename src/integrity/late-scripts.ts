import { EnhanceError } from '../core/errors';
import { fetchChecked, type Built } from './fetch-checked';

/** What the build says of scripts and styles, by their absolute addresses. */
export type BuiltFiles = Readonly<Record<string, Built>>;

/** In a message to a worker, what it is to check before it imports it. */
const mark = 'enlargerFiles';

const checks = new Map<string, Promise<void>>();

/**
 * Has files checked before the first of them runs: what is imported cannot be given a hash to check, so the browser's
 * cache is made to hold the right ones.
 *
 * @param urls Absolute addresses; one of which the build says nothing is let through.
 * @param files What it says.
 * @returns Settles once all are checked; each is checked once, whoever asks.
 * @throws {EnhanceError} `file-altered` where the server has another file than the one that was built,
 *   `download-stalled` where one does not arrive.
 */
export async function checkFiles(urls: readonly string[], files: BuiltFiles): Promise<void> {
  await Promise.all(urls.map((url) => checkOnce(url, files[url])));
}

async function checkOnce(url: string, built: Built | undefined): Promise<void> {
  const known = checks.get(url);
  if (known || built === undefined) return known;
  const checking = check(`${url}#sha256=${built}`);
  checks.set(url, checking);
  // Asked again at the next try.
  checking.catch(() => checks.delete(url));
  return checking;
}

async function check(address: string): Promise<void> {
  try {
    await fetchChecked(address);
  } catch (error) {
    // What cannot be reached may not be needed; if it is, its own loading says so.
    if (!(error instanceof EnhanceError) || error.problem !== 'download-failed') throw error;
  }
}

/** What this worker checks before it imports it, and hands on to the workers that it starts; null for nothing. */
let received: BuiltFiles | null = null;

/**
 * Tells a worker what to check before it imports it; before anything else is said to it.
 *
 * @param worker One that has called {@link receiveFiles}.
 * @param files Of the build.
 */
export function sendFiles(worker: Worker, files: BuiltFiles): void {
  worker.postMessage({ [mark]: files });
}

/**
 * The same with what this worker was itself told.
 *
 * @param worker As in {@link sendFiles}.
 */
export function passFiles(worker: Worker): void {
  if (received) sendFiles(worker, received);
}

/**
 * Makes this worker check what it imports later, once it is told what: the build puts a call of `checkLate` before each
 * `import()` of its scripts (scripts/late-imports.mjs), with what that brings. To be called before the first.
 */
export function receiveFiles(): void {
  addEventListener('message', ({ data }: MessageEvent<Record<string, BuiltFiles> | null>) => {
    received = data?.[mark] ?? received;
  });
  const checkLate = (from: string, names: readonly string[]): Promise<void> => {
    const urls = names.map((name) => new URL(name, from).href);
    return received ? checkFiles(urls, received) : Promise.resolve();
  };
  Object.assign(globalThis, { checkLate });
}
