/** Whether this browser has notifications. */
export const hasNotices: boolean = 'Notification' in globalThis;

/**
 * Whether the person has allowed this page to notify them.
 *
 * @returns False before they were asked.
 */
export function mayNotify(): boolean {
  return hasNotices && Notification.permission === 'granted';
}

/**
 * Asks the person whether they may be notified; within a press.
 *
 * @returns Whether they may.
 */
export async function askToNotify(): Promise<boolean> {
  if (!hasNotices) return false;
  return (await Notification.requestPermission().catch(() => 'denied')) === 'granted';
}

/**
 * Notifies the person, where they have allowed it and do not look at the page anyway.
 *
 * @param title What it is about.
 * @param body What happened.
 */
export async function notify(title: string, body: string): Promise<void> {
  if (!mayNotify() || document.visibilityState === 'visible') return;
  const how = { body, tag: 'enlarger-queue', lang: document.documentElement.lang };
  try {
    const notice = new Notification(title, how);
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // On Android only a service worker may.
    await (await navigator.serviceWorker.ready).showNotification(title, how);
  }
}
