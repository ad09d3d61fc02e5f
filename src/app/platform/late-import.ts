import { checkParts } from './part-checks';

/**
 * Stands round each `import()` of a built page, in the place of Vite's own (scripts/late-imports.mjs): what it brings is
 * checked before any of it runs or is shown.
 *
 * @param load Imports it.
 * @param files What it brings, scripts and styles, itself among them: addresses from the page's base path.
 * @returns What `load` gives.
 * @throws {EnhanceError} As `checkParts`.
 * @throws {TypeError} Where a file cannot be fetched.
 */
export async function importLate<T>(load: () => Promise<T>, files: readonly string[]): Promise<T> {
  const base = new URL(import.meta.env.BASE_URL, location.href);
  const urls = files.map((name) => new URL(name, base).href);
  await checkParts(urls);
  await Promise.all(urls.map(attach));
  return load();
}

const attached = new Map<string, Promise<void>>();

/** Adds a style to the page, and has a script fetched that others import before they are read. */
async function attach(url: string): Promise<void> {
  const known = attached.get(url);
  if (known || [...document.querySelectorAll('link')].some(({ href }) => href === url))
    return known;
  const link = document.createElement('link');
  const isStyle = url.endsWith('.css');
  link.rel = isStyle ? 'stylesheet' : 'modulepreload';
  link.crossOrigin = '';
  link.href = url;
  const arriving = new Promise<void>((done, fail) => {
    link.onload = () => done();
    link.onerror = () => {
      // Asked for again at the next try.
      link.remove();
      attached.delete(url);
      fail(new TypeError(`${url} cannot be fetched.`));
    };
  });
  document.head.append(link);
  // A script is not waited for; that it does not arrive is told by its import.
  const ready = isStyle ? arriving : void arriving.catch(() => undefined);
  if (ready) attached.set(url, ready);
  return ready;
}
