import type { OwnerCalls } from '../../../worker/client';
import type { Saver } from './saver.svelte';
import type { Workbench } from './workbench.svelte';

/** How long nothing must have changed before a size is estimated: a slider that is drawn moves more often. */
const restMs = 400;

/** About how long the file would be that Save writes, estimated whenever nothing changes for a moment. */
export class SizeEstimate {
  /** Bytes of the file as it would be now; null until that is known, or where it cannot be. */
  bytes = $state<number | null>(null);
  /** Whether it will be known. */
  pending = $state(false);
  readonly #enhancer: Pick<OwnerCalls, 'estimate' | 'cancel'>;
  readonly #workbench: Pick<Workbench, 'photo' | 'result' | 'run'>;
  readonly #saver: Pick<Saver, 'how' | 'busy'>;

  /**
   * @param enhancer Estimates.
   * @param workbench Has the result.
   * @param saver Knows how it would be written.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'estimate' | 'cancel'>,
    workbench: Pick<Workbench, 'photo' | 'result' | 'run'>,
    saver: Pick<Saver, 'how' | 'busy'>,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#saver = saver;
  }

  /**
   * Estimates what is there now, in a moment. Reads reactive state.
   *
   * @returns Gives it up; to be called before the next time.
   */
  follow(): () => void {
    const { photo, result, run } = this.#workbench;
    const { how, busy } = this.#saver;
    const isReady = result !== null && !run && !busy;
    this.bytes = null;
    this.pending = photo !== null && isReady;
    if (!photo || !isReady) return () => undefined;
    let isAsked = false;
    let isOver = false;
    const ask = async () => {
      isAsked = true;
      const reply = await this.#enhancer.estimate(photo.id, how);
      isAsked = false;
      if (isOver) return;
      this.pending = false;
      this.bytes = reply.ok ? reply.value : null;
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (isAsked) void this.#enhancer.cancel(photo.id, ['estimate']);
    };
  }
}
