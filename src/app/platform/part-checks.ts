import { EnhanceError } from '../../core/errors';
import { fetchChecked } from '../../integrity/fetch-checked';
import { chooseFiles } from './engine-choice';

/**
 * What is loaded later than the page: the engine's scripts, with the first photo; those of its runtime, with
 * the first run; parts of the page itself; or a file of another language.
 */
export type PartKind = 'engine' | 'runtime' | 'page' | `words/${string}`;

function kindOf(url: string): PartKind {
  const [, words] = /\/assets\/words\/(.+)-[\w-]{8}\.js$/.exec(url) ?? [];
  if (words !== undefined) return `words/${words}`;
  if (!url.includes('/assets/engine/')) return 'page';
  return /\/ort[.-][^/]*$/.test(url) ? 'runtime' : 'engine';
}

/**
 * The addresses of what the page loads later, each with its hash, as the build wrote them into the page.
 *
 * @param kind Of which kind.
 * @param suspends Whether this browser can suspend wasm (JSPI), and so which of the engine's scripts it
 *   uses.
 * @returns For `fetchChecked`; none in development.
 */
export function listParts(
  kind: PartKind,
  suspends: boolean = 'Suspending' in WebAssembly,
): string[] {
  const content = document.querySelector<HTMLMetaElement>('meta[name=files]')?.content ?? '{}';
  const base = new URL(import.meta.env.BASE_URL, location.href);
  const files = Object.entries(JSON.parse(content) as Record<string, string>)
    .map(([name, built]) => ({ url: new URL(name, base).href, built }))
    .filter(({ url }) => kindOf(url) === kind);
  return chooseFiles(files, suspends).map(({ url, built }) => `${url}#sha256=${built}`);
}

const checks = new Map<PartKind, Promise<void>>();

/**
 * Has every script of a kind checked before the first of them runs: a worker's script and what it imports
 * cannot be given a hash to check, so the browser's cache is made to hold the right ones. Where the service
 * worker answers, which checks whatever it gives out, nothing is done.
 *
 * @param kind Of which kind.
 * @returns Settles once all are checked; asked again, it is the same check.
 * @throws {EnhanceError} `file-altered` where the server has another file than the one that was built,
 *   `download-stalled` where one does not arrive.
 */
export function checkParts(kind: PartKind): Promise<void> {
  const known = checks.get(kind);
  if (known) return known;
  const checking = isControlled() ? Promise.resolve() : checkAll(listParts(kind));
  checks.set(kind, checking);
  // Asked again at the next try.
  checking.catch(() => checks.delete(kind));
  return checking;
}

function isControlled(): boolean {
  try {
    return navigator.serviceWorker.controller !== null;
  } catch {
    // There is none, or storage is denied.
    return false;
  }
}

async function checkAll(addresses: readonly string[]): Promise<void> {
  const checking = addresses.map((address) =>
    fetchChecked(address).catch((error: unknown) => {
      // What cannot be reached may not be needed; if it is, its own loading says so.
      if (!(error instanceof EnhanceError) || error.problem !== 'download-failed') throw error;
    }),
  );
  await Promise.all(checking);
}
