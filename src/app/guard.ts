/**
 * Looks after the files that a page cannot start without: a script of its own that needs none of them. The
 * page's tags carry their hashes, so that the browser runs and applies nothing else; but what it refused
 * may lie in its cache for a year, where a reload finds it again. So each is fetched anew, past the cache,
 * and the page loaded once more; and where that does not help, the page says so instead of staying blank.
 */
const triedMark = 'enlarger.loaded-again';

const isWhole = () =>
  // Set by src/app/main.ts and src/embed/frame/frame.ts; a shared name would be a file that may be missing.
  document.querySelector('[data-started]') !== null &&
  [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(
    ({ sheet }) => sheet,
  );

async function mend(): Promise<void> {
  const parts = document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('[integrity]');
  const fetching = [...parts].map((part) => {
    const address = 'href' in part ? part.href : part.src;
    const { integrity } = part;
    return fetch(address, { integrity, cache: 'reload', mode: 'same-origin', redirect: 'error' });
  });
  await Promise.allSettled(fetching);
}

/** Whether the page was loaded again already; without storage it counts as done, so that it ends. */
function takeTurn(): boolean {
  try {
    if (sessionStorage.getItem(triedMark)) return false;
    sessionStorage.setItem(triedMark, 'yes');
    return true;
  } catch {
    return false;
  }
}

function clearTurn(): void {
  try {
    sessionStorage.removeItem(triedMark);
  } catch {
    // There was none.
  }
}

async function look(): Promise<void> {
  if (isWhole()) return clearTurn();
  await mend();
  if (takeTurn()) return location.reload();
  document.getElementById('damaged')?.removeAttribute('hidden');
}

addEventListener('load', () => void look());
