import { listenForInstall } from '../../platform/install';
import { persistStorage } from '../../platform/storage';

/** Whether the browser would install the page now. */
export class InstallOffer {
  /** True from the browser's offer until it was answered. */
  open = $state(false);
  #install: () => Promise<void> = async () => undefined;

  /** @param target The window. */
  constructor(target: Window) {
    listenForInstall(target, {
      onOffer: (install) => {
        this.#install = install;
        this.open = true;
      },
      onInstalled: () => {
        this.open = false;
        void persistStorage();
      },
    });
  }

  /** Shows the browser's dialog; it can be shown once for each offer. */
  async accept(): Promise<void> {
    this.open = false;
    await this.#install().catch(() => undefined);
  }
}
