import { checkFiles, type BuiltFiles } from '../../integrity/late-scripts';

/** What the build wrote into the page of the files that are loaded after it: names from the base path, hash and size. */
type Listed = {
  /** The workers' own scripts, and what these import at once. */
  readonly workers: BuiltFiles;
  /** What they import later. */
  readonly engine: BuiltFiles;
  /** The page's own. */
  readonly page: BuiltFiles;
};

let listed: Listed | undefined;

function readList(): Listed {
  const content = document.querySelector<HTMLMetaElement>('meta[name=files]')?.content;
  // There is none in development.
  const none = { workers: {}, engine: {}, page: {} };
  return (listed ??= content ? readFiles(JSON.parse(content) as Listed) : none);
}

function readFiles({ workers, engine, page }: Listed): Listed {
  const base = new URL(import.meta.env.BASE_URL, location.href);
  const place = (files: BuiltFiles): BuiltFiles =>
    Object.fromEntries(
      Object.entries(files).map(([name, built]) => [new URL(name, base).href, built]),
    );
  return { workers: place(workers), engine: place(engine), page: place(page) };
}

/**
 * Has parts of the page checked before they run. Where the service worker answers, which checks whatever it gives out,
 * nothing is done.
 *
 * @param urls Absolute addresses of scripts and styles.
 * @returns As `checkFiles`.
 * @throws {EnhanceError} As `checkFiles`.
 */
export async function checkParts(urls: readonly string[]): Promise<void> {
  if (!isControlled()) await checkFiles(urls, readList().page);
}

/**
 * The same with all that workers begin with, before the first of them starts.
 *
 * @returns As `checkFiles`.
 * @throws {EnhanceError} As `checkFiles`.
 */
export async function checkWorkers(): Promise<void> {
  const { workers } = readList();
  if (!isControlled()) await checkFiles(Object.keys(workers), workers);
}

/**
 * What a worker that is started now is to check before it imports it.
 *
 * @returns By absolute addresses; null where the service worker does.
 */
export function listEngine(): BuiltFiles | null {
  return isControlled() ? null : readList().engine;
}

/**
 * Whether the service worker answers this page.
 *
 * @returns False as well where there is none, or storage is denied.
 */
export function isControlled(): boolean {
  try {
    return navigator.serviceWorker.controller !== null;
  } catch {
    // There is none, or storage is denied.
    return false;
  }
}
