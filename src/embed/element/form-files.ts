import type { FrameResult } from '../protocol';

/** The enhanced files of an element, as the form around it is sent them. */
export class FormFiles {
  /** The latest result, or null. */
  latest: FrameResult | null = null;
  /** What the form is sent: that of the latest result is the last; before it, where they are kept, those of earlier ones. */
  #files: File[] = [];
  readonly #element: HTMLElement & { readonly name: string };
  readonly #internals: ElementInternals;

  /**
   * @param element Whose name the files have.
   * @param internals Of that element.
   */
  constructor(element: HTMLElement & { readonly name: string }, internals: ElementInternals) {
    this.#element = element;
    this.#internals = internals;
  }

  /**
   * Takes a result in place of the one before.
   *
   * @param result The new one; null for none.
   * @param isKept Whether the file of the one before stays.
   */
  put(result: FrameResult | null, isKept?: boolean): void {
    if (this.latest && !isKept) this.#files.pop();
    this.latest = result;
    if (result) this.#files.push(new File([result.blob], result.name, result.blob));
    this.fill();
  }

  /** Forgets all. */
  empty(): void {
    this.#files = [];
    this.put(null);
  }

  /** Gives the form the files, under the element's name. */
  fill(): void {
    const entries = new FormData();
    const { name } = this.#element;
    // A form leaves out what has no name; of entries it does not.
    if (name) for (const file of this.#files) entries.append(name, file);
    this.#internals.setFormValue(entries);
  }
}
