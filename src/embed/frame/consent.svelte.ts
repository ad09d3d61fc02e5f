import type { Sight } from './sight.svelte';

/**
 * What the person in front of the frame has agreed to, which nothing that a host says or does can set: only a
 * press on the frame's own button, by a real pointer or key, on a button that was in full view.
 *
 * A photo that the host gave is the host's: one press in this frame lets its runs begin, since they cost a
 * download and minutes of the person's machine. A photo that the person brought is theirs: nothing of it is
 * told, and no run of it begins, but by a press for that photo.
 */
export class Consent {
  /** True while a host's wish waits for the person's answer. */
  asking = $state(false);
  /** Whether the latest press did not count, so that the person must be told why. */
  isUnheard = $state(false);
  readonly #sight: Pick<Sight, 'isLong'>;
  /** Whether the person has agreed to anything in this frame. */
  #isGiven = false;
  /** Files that the person brought. */
  readonly #brought = new WeakSet<File>();
  /** Those of them that the person has pressed the button for; replaced, so that it can be followed. */
  #released = $state.raw(new WeakSet<File>());
  /** Files that the latest press was for, too, and that nobody has pressed another for. */
  #agreed: readonly File[] = [];
  #answer: (yes: boolean) => void = () => undefined;

  /** @param sight Whether the button is in full view, and has been long enough. */
  constructor(sight: Pick<Sight, 'isLong'>) {
    this.#sight = sight;
  }

  /**
   * The person has brought a file into the frame: picked, dropped or pasted.
   *
   * @param file The file; those that are not named here are the host's.
   */
  bring(file: File): void {
    this.#brought.add(file);
  }

  /**
   * Whether a photo is the person's own.
   *
   * @param file The photo's file, or null for no photo.
   * @returns True where the person brought it.
   */
  isOwn(file: File | null): boolean {
    return file !== null && this.#brought.has(file);
  }

  /**
   * Whether the host may know of a photo: its name, its size, what it calls for.
   *
   * @param file The photo's file, or null for no photo. Reactive.
   * @returns True for the host's own, and after a press for the person's.
   */
  mayTell(file: File | null): boolean {
    return !this.isOwn(file) || this.#released.has(file!);
  }

  /** Whether a press would count now. Reactive. */
  get isReady(): boolean {
    return this.#sight.isLong;
  }

  /**
   * The button was pressed.
   *
   * @param event The click, by a pointer or a key.
   * @param file The photo that it is about.
   * @param others Files of the person's own that come after it: the button says that it is for them, too.
   * @returns Whether it counts.
   */
  press(
    { isTrusted }: Pick<Event, 'isTrusted'>,
    file: File,
    others: readonly File[] = [],
  ): boolean {
    const isHeard = isTrusted && this.#sight.isLong;
    this.isUnheard = isTrusted && !isHeard;
    if (!isHeard) return false;
    this.#isGiven = true;
    this.#agreed = others;
    if (this.isOwn(file)) this.#release(file);
    return true;
  }

  /**
   * Goes on to a file that the latest press was for, too.
   *
   * @param file The next one.
   * @returns Whether it was; the host may know of it then, as after a press for it.
   */
  goOn(file: File): boolean {
    if (!this.#agreed.includes(file)) return false;
    this.#release(file);
    return true;
  }

  /** What the press was for has changed, or is wanted no more: what has not begun needs another. */
  withdraw(): void {
    this.#agreed = [];
  }

  #release(file: File): void {
    const released = new WeakSet<File>([file]);
    this.#released = released;
  }

  /**
   * Asks the person for a run that the host wishes.
   *
   * @param file The photo that it is about.
   * @param isFree Whether the host may begin runs of its own photos without asking.
   * @returns Their answer; yes at once where it was given before, which for the person's own photo never is.
   */
  async ask(file: File | null, isFree: boolean): Promise<boolean> {
    if (!this.isOwn(file) && (isFree || this.#isGiven)) return true;
    this.asking = true;
    const yes = await new Promise<boolean>((resolve) => (this.#answer = resolve));
    this.asking = false;
    return yes;
  }

  /**
   * Answers; nothing happens where nobody asks.
   *
   * @param yes What the person says, or the host takes back.
   */
  answer(yes: boolean): void {
    this.#answer(yes);
  }
}
