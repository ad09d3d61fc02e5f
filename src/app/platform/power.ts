/** What is known of a battery. */
export type Battery = {
  /** 0..1. */
  readonly level: number;
  readonly isCharging: boolean;
};

/** What TypeScript's DOM does not know (https://w3c.github.io/battery/): Chromium alone tells. */
type BatteryManager = EventTarget & { readonly level: number; readonly charging: boolean };
type Powered = Navigator & {
  readonly getBattery?: () => Promise<BatteryManager>;
  readonly connection?: { readonly saveData?: boolean };
};

/**
 * Follows the battery.
 *
 * @param onChange Is told of it as soon as it is known, and whenever it changes; never where there is none, or the browser does not tell.
 */
export function watchBattery(onChange: (battery: Battery) => void): void {
  const tell = (manager: BatteryManager): void =>
    onChange({ level: manager.level, isCharging: manager.charging });
  const asking = (navigator as Powered).getBattery?.().then((manager) => {
    tell(manager);
    for (const name of ['levelchange', 'chargingchange'])
      manager.addEventListener(name, () => tell(manager));
  });
  asking?.catch(() => undefined);
}

/**
 * Whether the person wants to save data.
 *
 * @returns False where the browser does not say.
 */
export function savesData(): boolean {
  return (navigator as Powered).connection?.saveData ?? false;
}

/**
 * Keeps the screen on, and so the machine awake, as far as the browser allows.
 *
 * @returns Ends it.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const take = async (): Promise<void> => {
    // A browser lets go of it when the page is hidden, and gives it to none that is.
    if (isOver || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    const taken = await navigator.wakeLock.request('screen').catch(() => null);
    if (isOver) void taken?.release();
    else lock = taken;
  };
  const look = (): void => void take();
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', look);
    void lock?.release();
  };
}
