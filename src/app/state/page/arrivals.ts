import { t } from '../../i18n/translate';
import { listenForLaunches } from '../../platform/launches';
import { emptyBox, shareMs, shareParameter, takeShared } from '../../platform/share-box';
import type { Desk } from './desk.svelte';

/** The address parameter of the manifest's shortcuts. */
const actionParameter = 'do';

/**
 * Takes what the page was started for: a share, a shortcut, or "open with"; also later, where the
 * system brings this window to the front in place of a new one.
 *
 * @param desk What it is put on.
 * @param target The window; the parameters leave its address, so that a reload does not repeat them.
 */
export function receiveArrivals(desk: Desk, target: Window): void {
  const first = target.location.href;
  let seen = false;
  listenForLaunches(target, {
    onFiles: (files) =>
      files[0]
        ? void desk.workbench.openFirst(
            files.map(({ file }) => file),
            files[0].handle,
          )
        : void (desk.workbench.openFault = t('open.unreadable')),
    onAddress: (address) => {
      // The launch that this page began with is told again.
      const isFirst = !seen && address === first;
      seen = true;
      if (!isFirst) void follow(desk, new URL(address));
    },
  });
  const address = new URL(first);
  const asked = new URL(first);
  address.searchParams.delete(shareParameter);
  address.searchParams.delete(actionParameter);
  if (address.href !== first) target.history.replaceState(null, '', address);
  // What nobody took is not kept for ever.
  if (!asked.searchParams.has(shareParameter)) void emptyBox().catch(() => undefined);
  void follow(desk, asked);
}

async function follow(desk: Desk, { searchParams }: URL): Promise<void> {
  const share = searchParams.get(shareParameter);
  if (share !== null) return showShared(desk, share);
  const action = searchParams.get(actionParameter);
  // Asked first: any site may lead here.
  if (action === 'paste') desk.pasting = true;
  if (action === 'shelf') desk.shelving = true;
  if (action === 'open') desk.offerPicker();
}

/** Shows a share and does nothing else with it: any site may send one in a form. */
async function showShared(desk: Desk, share: string): Promise<void> {
  const { workbench } = desk;
  if (share === 'empty' || share === 'failed' || share === 'large') {
    workbench.openFault = t(`share.${share}`);
    return;
  }
  const shared = await takeShared(share, Date.now());
  if (!shared || shared === 'empty') {
    workbench.openFault = t(shared ? 'share.empty' : 'share.gone');
    return;
  }
  desk.shared = shared;
  setTimeout(() => {
    if (desk.shared !== shared) return;
    desk.shared = null;
    workbench.openFault = t('share.gone');
  }, shareMs);
}
