/**
 * Which builds are in use. A page with a photo in it needs the files of its own build until it is closed, whatever another tab
 * has had installed meanwhile: it holds a lock, by which the service worker knows what must not go yet.
 */

/** Of a lock's name, before the address of the page's own script, which has another name in each build. */
const lock = 'enlarger-build ';

/**
 * Says that this page's build is in use, until the page is closed. Nothing is held where the browser has or allows no locks.
 *
 * @param script Absolute address of the page's own script.
 */
export function holdBuild(script: string): void {
  if (!('locks' in navigator)) return;
  const forever = () => new Promise(() => undefined);
  navigator.locks.request(lock + script, { mode: 'shared' }, forever).catch(() => undefined);
}

/**
 * The builds that open pages hold.
 *
 * @returns The addresses of their scripts, each once.
 */
export async function listHeldBuilds(): Promise<string[]> {
  if (!('locks' in navigator)) return [];
  const { held = [] } = await navigator.locks.query().catch(() => ({ held: [] }));
  const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(lock));
  return [...new Set(names)].map((name) => name.slice(lock.length));
}

/**
 * Waits until no page holds a build.
 *
 * @param script Its pages' script, as {@link listHeldBuilds} has it.
 * @param mostMs Longest that is waited, in milliseconds.
 */
export async function awaitFreeBuild(script: string, mostMs: number): Promise<void> {
  const signal = AbortSignal.timeout(mostMs);
  await navigator.locks.request(lock + script, { signal }, () => undefined).catch(() => undefined);
}
