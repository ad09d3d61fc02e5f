/** The browser's offer to install the page (https://wicg.github.io/manifest-incubations/). */
type InstallEvent = Event & { readonly prompt: () => Promise<unknown> };

/** What happens around an installation. */
export type InstallHandlers = {
  /** The browser would install the page; the call, made once after a click, shows its own dialog. */
  readonly onOffer: (install: () => Promise<void>) => void;
  /** The page was installed, by that offer or from the browser's menu. */
  readonly onInstalled: () => void;
};

/**
 * Waits for the browser's offer to install the page.
 *
 * @param target The window.
 * @param handlers Called as things happen.
 */
export function listenForInstall(target: Window, handlers: InstallHandlers): void {
  target.addEventListener('beforeinstallprompt', (event) => {
    // Keeps the browser from showing a bar of its own.
    event.preventDefault();
    handlers.onOffer(async () => {
      await (event as InstallEvent).prompt();
    });
  });
  target.addEventListener('appinstalled', () => handlers.onInstalled());
}
