import { untilAborted } from '../../core/abort';
import { lanes, type Lane } from '../lanes';

/** A job's hold on the engine. */
export interface EngineTurn {
  /** Whether the engine is this job's to use: false while it has given way. */
  readonly isHeld: boolean;
  /** Whether a more urgent job waits for the engine. */
  readonly isWanted: boolean;
  /**
   * Lets the more urgent jobs work first. The engine comes back with whatever they have loaded, or not
   * at all: who gave way opens it and loads anew.
   *
   * @throws {DOMException} The signal's reason; the engine is not held then.
   */
  giveWay(): Promise<void>;
}

/**
 * Lends the one engine to one job at a time, in the order of the lanes, and within a lane in the order
 * of asking. Nothing is taken away: who has the engine gives way where its work can be interrupted.
 */
export class EngineTurns {
  #holder: Turn | null = null;
  readonly #waiting: Turn[] = [];

  /** Whether nobody has the engine, or waits for it. */
  get isFree(): boolean {
    return this.#holder === null && this.#waiting.length === 0;
  }

  /**
   * Waits for the engine, works with it, and gives it back.
   *
   * @param lane How urgent the work is.
   * @param signal Gives up waiting; the work itself is told by the same signal.
   * @param work The work.
   * @returns What it gives.
   * @throws {unknown} What it throws, or the signal's reason.
   */
  async take<T>(
    lane: Lane,
    signal: AbortSignal,
    work: (turn: EngineTurn) => Promise<T>,
  ): Promise<T> {
    const turn = new Turn(lanes.indexOf(lane), signal, this);
    await this.wait(turn);
    try {
      return await work(turn);
    } finally {
      this.leave(turn);
    }
  }

  /**
   * Whether somebody more urgent waits.
   *
   * @param turn Who asks.
   * @returns True where it should give way.
   */
  isWanted(turn: Turn): boolean {
    return this.#waiting.some(({ rank }) => rank < turn.rank);
  }

  /**
   * Joins the line, and comes back with the engine.
   *
   * @param turn Who waits.
   * @throws {DOMException} Its signal's reason.
   */
  async wait(turn: Turn): Promise<void> {
    turn.signal.throwIfAborted();
    const granted = new Promise<void>((resolve) => (turn.grant = resolve));
    this.#waiting.push(turn);
    this.#lend();
    try {
      await untilAborted(granted, turn.signal);
    } catch (error) {
      this.leave(turn);
      throw error;
    }
  }

  /**
   * Gives the engine back, or leaves the line.
   *
   * @param turn Who leaves; one that is not there is no failure.
   */
  leave(turn: Turn): void {
    const place = this.#waiting.indexOf(turn);
    if (place >= 0) this.#waiting.splice(place, 1);
    if (this.#holder !== turn) return;
    this.#holder = null;
    turn.isHeld = false;
    this.#lend();
  }

  #lend(): void {
    if (this.#holder || this.#waiting.length === 0) return;
    const next = this.#waiting.reduce((best, each) => (each.rank < best.rank ? each : best));
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#holder = next;
    next.isHeld = true;
    next.grant();
  }
}

class Turn implements EngineTurn {
  isHeld = false;
  grant: () => void = () => undefined;

  constructor(
    readonly rank: number,
    readonly signal: AbortSignal,
    readonly line: EngineTurns,
  ) {}

  get isWanted(): boolean {
    return this.line.isWanted(this);
  }

  async giveWay(): Promise<void> {
    this.line.leave(this);
    await this.line.wait(this);
  }
}
