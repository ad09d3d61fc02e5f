import type { Output } from 'mediabunny';
import type { MatroskaBeside, TextCoding } from './matroska-beside';
import { textSteps, type TextCue, type TextStep } from './matroska-cues';
import { nameTexts, TextTrack } from './text-track';

/** What is copied of a clip's text. */
type CopiedStretch = {
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
  /** Where it ends, in seconds of the clip's own time; Infinity for all that there is. */
  readonly until: number;
};

/** Tracks of text on their way from one Matroska file to another: lines are read and written in step with the pictures, so that no more than those of a few seconds are in memory. */
export class CopiedTexts {
  readonly #stretch: CopiedStretch;
  readonly #tracks: readonly TextTrack[];
  readonly #steps: AsyncGenerator<TextStep, void, undefined>;
  /** Lines that were read and are not written yet. */
  #waiting: TextCue[] = [];
  /** Until when all lines were read, in seconds of the clip's own time. */
  #read = -Infinity;
  #isBroken = false;

  /**
   * @param file The file that they are read from.
   * @param beside What there is in it.
   * @param codings Those that what is written holds.
   * @param stretch What of them is copied.
   */
  constructor(
    file: Blob,
    beside: MatroskaBeside,
    codings: readonly TextCoding[],
    stretch: CopiedStretch,
  ) {
    const tracks = beside.tracks.filter(({ coding }) => codings.includes(coding));
    this.#stretch = stretch;
    this.#tracks = tracks.map((track) => new TextTrack(track));
    this.#steps = textSteps(file, { ...beside, tracks });
  }

  /** Whether there was a line that could not be read or written: what comes behind it is not copied. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /**
   * Announces them, before anything is written.
   *
   * @param output What is written.
   */
  addTo(output: Output): void {
    for (const track of this.#tracks) track.addTo(output);
  }

  /** Lets pictures go on, once writing has begun. */
  begin(): void {
    for (const track of this.#tracks) track.begin();
  }

  /**
   * Names them as what they are.
   *
   * @param bytes The written file's beginning, up to its first cluster or more; changed in place.
   */
  mend(bytes: Uint8Array): void {
    nameTexts(
      bytes,
      this.#tracks.map(({ text }) => text),
    );
  }

  /**
   * Brings them as far as the pictures are.
   *
   * @param seconds Of the clip's own time: all that begins before.
   */
  async copyUntil(seconds: number): Promise<void> {
    if (this.#isBroken || this.#tracks.length === 0) return;
    try {
      const end = Math.min(seconds, this.#stretch.until);
      while (this.#read < end) await this.#step();
      const ready = this.#waiting.filter(({ at }) => at < end).sort((a, b) => a.at - b.at);
      this.#waiting = this.#waiting.filter(({ at }) => at >= end);
      for (const cue of ready) await this.#put(cue);
    } catch {
      // The clip is made; it is not lost for its subtitles.
      this.#isBroken = true;
    }
  }

  /** Lets go of their file. */
  async end(): Promise<void> {
    await this.#steps.return();
  }

  async #step(): Promise<void> {
    const { value: found, done } = await this.#steps.next();
    if (done) this.#read = Infinity;
    else if ('from' in found) this.#read = found.from;
    else this.#waiting.push(found);
  }

  async #put(cue: TextCue): Promise<void> {
    const { origin, until } = this.#stretch;
    const ends = cue.at + cue.duration;
    const begins = cue.at - origin;
    // Of a clip that is copied from its beginning, times may be negative.
    const isBefore = origin > 0 && cue.at < origin;
    if (isBefore && ends <= origin) return;
    const at = isBefore ? 0 : begins;
    const duration = cue.duration === 0 ? 0 : Math.min(ends, until) - origin - at;
    const track = this.#tracks.find(({ text }) => text.number === cue.track);
    await track?.put({ ...cue, at, duration }, begins);
  }
}
