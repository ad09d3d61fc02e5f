import { StallWatch, type Clock } from '../../integrity/stall';

/** Why a model that was asked for is not here. */
export type IntakeFault = 'broken' | 'more' | 'stopped';

/** A model on its way from the host: as many bytes as it has stated, and no more, whatever it sends. */
export class ModelIntake {
  /** The bytes, owned by the receiver, or why there are none. Never rejects. */
  readonly ended: Promise<Uint8Array<ArrayBuffer> | IntakeFault>;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #watch: StallWatch;
  readonly #onBytes: (arrived: number) => void;
  #end!: (outcome: Uint8Array<ArrayBuffer> | IntakeFault) => void;
  #arrived = 0;
  #isOpen = true;

  /**
   * @param bytes How many the host has stated; that much memory is taken.
   * @param clock Counts the time in which nothing comes.
   * @param onBytes Told how many have come.
   * @throws {RangeError} Where there is no such memory.
   */
  constructor(bytes: number, clock: Clock, onBytes: (arrived: number) => void) {
    this.#bytes = new Uint8Array(bytes);
    this.#onBytes = onBytes;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#watch = new StallWatch(clock);
    this.#watch.signal.addEventListener('abort', () => this.#close('broken'));
  }

  /**
   * Takes what the host has sent.
   *
   * @param part The next bytes; they are copied, and may be of a buffer of any size. Undefined where no more comes.
   */
  take(part: Uint8Array | undefined): void {
    if (!this.#isOpen) return;
    // All that was stated has not come, or this would be closed.
    if (!part) return this.#close('broken');
    // What holds nothing is no sign of life.
    if (part.length === 0) return;
    if (part.length > this.#bytes.length - this.#arrived) return this.#close('more');
    this.#bytes.set(part, this.#arrived);
    this.#arrived += part.length;
    this.#watch.feed();
    this.#onBytes(this.#arrived);
    if (this.#arrived === this.#bytes.length) this.#close(this.#bytes);
  }

  /** Takes nothing more. */
  stop(): void {
    this.#close('stopped');
  }

  #close(outcome: Uint8Array<ArrayBuffer> | IntakeFault): void {
    this.#isOpen = false;
    this.#watch.end();
    this.#end(outcome);
  }
}
