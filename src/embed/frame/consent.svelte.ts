/**
 * The person's yes to a host that wishes a run: it costs them a download and minutes of their machine, so
 * theirs is the first word.
 */
export class Consent {
  /** True while the host's wish waits for the person's answer. */
  asking = $state(false);
  /** Whether the person has used the frame: nothing that a host says or does can set this. */
  #isTouched = false;
  #answer: (yes: boolean) => void = () => undefined;

  /**
   * Watches for the person's touch.
   *
   * @param target The frame's window.
   */
  constructor(target: Pick<EventTarget, 'addEventListener'>) {
    const touch = ({ isTrusted }: Event): void => void (this.#isTouched ||= isTrusted);
    for (const type of ['pointerdown', 'keydown', 'drop'])
      target.addEventListener(type, touch, true);
  }

  /**
   * Asks the person, unless they have used the frame before.
   *
   * @returns Their answer.
   */
  async ask(): Promise<boolean> {
    if (this.#isTouched) return true;
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
