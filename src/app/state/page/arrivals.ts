import { t } from '../../i18n/page-words';
import { listenForLaunches, type LaunchedFile } from '../../platform/launches';
import { emptyBox, shareMs, shareParameter, takeShared } from '../../platform/share-box';
import type { Page } from './page.svelte';

/** The address parameter of the manifest's shortcuts. */
const actionParameter = 'do';

/**
 * Takes what the page was started for: a share, a shortcut, or "open with"; also later, where the
 * system brings this window to the front in place of a new one.
 *
 * @param page What it is put on.
 * @param target The window; the parameters leave its address, so that a reload does not repeat them.
 */
export function receiveArrivals(page: Page, target: Window): void {
  const first = target.location.href;
  let seen = false;
  listenForLaunches(target, {
    onFiles: (files) => void openLaunched(page, files),
    onAddress: (address) => {
      // The launch that this page began with is told again.
      const isFirst = !seen && address === first;
      seen = true;
      if (!isFirst) void follow(page, new URL(address));
    },
  });
  const address = new URL(first);
  const asked = new URL(first);
  address.searchParams.delete(shareParameter);
  address.searchParams.delete(actionParameter);
  if (address.href !== first) target.history.replaceState(null, '', address);
  // What nobody took is not kept for ever.
  if (!asked.searchParams.has(shareParameter)) void emptyBox().catch(() => undefined);
  void follow(page, asked);
}

/** Opens what the system was asked to open with the page; access to each file outlives the page. */
async function openLaunched(page: Page, launched: readonly LaunchedFile[]): Promise<void> {
  const [first, ...others] = launched;
  if (!first) {
    page.openFault = t('open.unreadable');
    return;
  }
  const files = launched.map(({ file }) => file);
  // As if they had been dropped: for several, access comes with each.
  const items = launched.map(({ handle }) => ({ entry: null, handle: Promise.resolve(handle) }));
  await page.open(files, first.handle, others.length > 0 ? items : []);
}

async function follow(page: Page, { searchParams }: URL): Promise<void> {
  const share = searchParams.get(shareParameter);
  if (share !== null) return showShared(page, share);
  const action = searchParams.get(actionParameter);
  // Asked first: any site may lead here.
  if (action === 'paste') page.pasting = true;
  if (action === 'shelf') page.shelving = true;
  if (action === 'open') page.offerPicker();
}

/** Shows a share and does nothing else with it: any site may send one in a form. */
async function showShared(page: Page, share: string): Promise<void> {
  if (share === 'empty' || share === 'failed' || share === 'large') {
    page.openFault = t(`share.${share}`);
    return;
  }
  const shared = await takeShared(share, Date.now());
  if (!shared || shared === 'empty') {
    page.openFault = t(shared ? 'share.empty' : 'share.gone');
    return;
  }
  page.shared = shared;
  setTimeout(() => {
    if (page.shared !== shared) return;
    page.shared = null;
    page.openFault = t('share.gone');
  }, shareMs);
}
