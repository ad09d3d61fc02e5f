import { digest } from '../../integrity/digest';
import type { BuiltFile } from './build-cache';

/** The name of the cache of the lists. */
const listsCache = 'enlarger-builds';

/** Header of a list: when it was noted, in milliseconds since 1970. */
const noted = 'X-Noted';

/**
 * Lists of the files of the builds whose service workers have been installed here, so that what lies in the caches of an older
 * one is known, and checked as a present one's.
 */
export class NotedBuilds {
  readonly #home: string;
  readonly #own: string;

  /**
   * @param home Absolute address of the page's folder, ending in a slash.
   * @param files All files of the present build.
   */
  constructor(home: string, files: readonly BuiltFile[]) {
    this.#home = home;
    this.#own = JSON.stringify(files);
  }

  /** Keeps the present build's list, for the builds that come after it. */
  async note(): Promise<void> {
    const headers = { [noted]: String(Date.now()) };
    const cache = await caches.open(listsCache);
    await cache.put(await this.#address(), new Response(this.#own, { headers }));
  }

  /**
   * The files of other builds.
   *
   * @param when Those that were noted before the present one, or those after it, which wait to take over.
   * @returns Of each build all its files; none where the present one was not noted.
   */
  async list(when: 'before' | 'after'): Promise<BuiltFile[][]> {
    const found = await this.#find(when);
    return Promise.all(found.map(({ list }) => list.json() as Promise<BuiltFile[]>));
  }

  /** Forgets those before it. */
  async forget(): Promise<void> {
    const cache = await caches.open(listsCache);
    await Promise.all((await this.#find('before')).map(({ key }) => cache.delete(key)));
  }

  async #find(when: 'before' | 'after'): Promise<{ readonly key: Request; list: Response }[]> {
    const cache = await caches.open(listsCache);
    const own = timeOf(await cache.match(await this.#address()));
    if (own === null) return [];
    const found = (await cache.keys()).map(async (key) => ({ key, list: await cache.match(key) }));
    return (await Promise.all(found)).flatMap(({ key, list }) => {
      const late = (timeOf(list) ?? own) - own;
      return list && (when === 'before' ? late < 0 : late > 0) ? [{ key, list }] : [];
    });
  }

  /** A list lies under its own hash. */
  async #address(): Promise<string> {
    return `${this.#home}builds/${await digest(new TextEncoder().encode(this.#own))}`;
  }
}

const timeOf = (list: Response | undefined): number | null =>
  list ? Number(list.headers.get(noted)) : null;
