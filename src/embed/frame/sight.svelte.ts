/** How long a button must have been in full view before a press on it counts, in milliseconds. */
export const longMs = 500;

/** Share of the button that must be in view: rounding takes some. */
const wholeShare = 0.98;

/** What TypeScript's DOM does not know yet (https://w3c.github.io/IntersectionObserver/v2/). */
type WithVisibility = IntersectionObserverEntry & { readonly isVisible?: boolean };
type TrackingInit = IntersectionObserverInit & {
  readonly trackVisibility: boolean;
  readonly delay: number;
};

/** At least 100 ms between two reports: what the specification demands where visibility is tracked. */
const tracking: TrackingInit = {
  ...{ threshold: [0, 0.5, wholeShare, 1], trackVisibility: true, delay: 100 },
};

/**
 * Whether something has been in full view for {@link longMs}, with nothing over it that its page or a page
 * around it has put there, not faded, not scaled, in a document that is itself in view. Where the browser
 * cannot tell what is covered, being inside of the window is enough.
 */
export class Sight {
  /** True once it has; reactive. */
  isLong = $state(false);
  readonly #page: Pick<Document, 'visibilityState' | 'addEventListener'>;
  #isSeen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param page The document. */
  constructor(page: Pick<Document, 'visibilityState' | 'addEventListener'>) {
    this.#page = page;
    page.addEventListener('visibilitychange', () => this.renew());
  }

  /** Begins to count anew: what is to be seen is not what it was. */
  renew(): void {
    clearTimeout(this.#timer);
    this.isLong = false;
    if (!this.#isSeen || this.#page.visibilityState !== 'visible') return;
    this.#timer = setTimeout(() => (this.isLong = true), longMs);
  }

  /**
   * Watches an element, in place of the one before.
   *
   * @param element What must be seen.
   * @returns Ends it.
   */
  watch(element: Element): () => void {
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1) as WithVisibility | undefined;
      if (!entry) return;
      this.#see(entry.intersectionRatio >= wholeShare && entry.isVisible !== false);
    }, tracking);
    observer.observe(element);
    return () => {
      observer.disconnect();
      this.#see(false);
    };
  }

  #see(isSeen: boolean): void {
    if (isSeen === this.#isSeen) return;
    this.#isSeen = isSeen;
    this.renew();
  }
}
