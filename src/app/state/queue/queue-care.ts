import { t } from '../../i18n/queue-words';
import { formatBytes } from '../../i18n/quantity';
import type { Battery } from '../../platform/power';

/** Below this much of a battery that is not charged nothing new is begun. */
const lowLevel = 0.2;

/** Holds a queue back where beginning or going on would cost what the person may not want to give, until they insist. */
export class QueueCare {
  /** Called when the battery has run low, unless the person has said that it does not matter. */
  onLow: () => void = () => undefined;
  /** Called when what held it back is over. */
  onEase: () => void = () => undefined;
  readonly #savesData: () => boolean;
  #battery: Battery | null = null;
  /** What the person has said does not matter. */
  readonly #waived = new Set<'battery' | 'data'>();
  /** What it is held back by. */
  #held: 'battery' | 'data' | null = null;

  /** @param savesData Whether data is to be saved. */
  constructor(savesData: () => boolean) {
    this.#savesData = savesData;
  }

  /**
   * The battery has changed.
   *
   * @param battery How it is now.
   */
  takeBattery(battery: Battery): void {
    const wasLow = this.#isLow;
    this.#battery = battery;
    if (!this.#isLow) this.#waived.delete('battery');
    if (this.#isLow && !wasLow && !this.#waived.has('battery')) this.onLow();
    if (this.#held !== 'battery' || this.#isLow) return;
    this.#held = null;
    this.onEase();
  }

  /**
   * Whether to begin something.
   *
   * @param loadBytes What would have to be loaded for it.
   * @returns Why not, as a sentence; or empty.
   */
  refuse(loadBytes: number): string {
    this.#held = this.#findReason(loadBytes);
    if (this.#held === 'battery') {
      const level = Math.round(100 * (this.#battery?.level ?? 0));
      return t('queue.lowBattery', { level });
    }
    return this.#held ? t('queue.savesData', { size: formatBytes(loadBytes) }) : '';
  }

  /** The person goes on all the same. */
  insist(): void {
    if (this.#held) this.#waived.add(this.#held);
    this.#held = null;
  }

  get #isLow(): boolean {
    return this.#battery !== null && !this.#battery.isCharging && this.#battery.level < lowLevel;
  }

  #findReason(loadBytes: number): 'battery' | 'data' | null {
    if (this.#isLow && !this.#waived.has('battery')) return 'battery';
    return loadBytes > 0 && this.#savesData() && !this.#waived.has('data') ? 'data' : null;
  }
}
