/** What a journey asks of a browser. Each engine is driven by its own protocol behind this. */

/** Where in a page: the page itself, with its shadow trees, or the frame in it. */
export type Place = 'page' | 'frame';

/** A browser with one open tab. */
export interface Visitor {
  /** The browser's name and version. */
  readonly browser: string;
  /** What the browser asks for by itself, whatever page is open; undefined where it asks for nothing. */
  readonly ownRequests?: RegExp;
  /** Goes to an address and waits until it has loaded. */
  goTo(address: string): Promise<void>;
  /** Loads the page anew. */
  reload(): Promise<void>;
  /**
   * Presses a button by its accessible name, as soon as there is one that can be pressed and does not say
   * (`aria-disabled`) that a press would not count.
   */
  press(name: string, place?: Place): Promise<void>;
  /** Whether there is such a button. */
  canPress(name: string, place?: Place): Promise<boolean>;
  /** Puts a file into the page's file input. */
  choose(file: string): Promise<void>;
  /**
   * Asks the page something.
   *
   * @param question Runs in the page, so it may use nothing of this module; its answer is JSON.
   */
  ask<T>(question: () => T | Promise<T>): Promise<T>;
  /** Ends the browser. */
  close(): Promise<void>;
}

/** How a browser is started. */
export type Launch = {
  /** Folder for what it writes: profile, home, downloads. */
  readonly home: string;
  /** Folder that the page's Save writes into. */
  readonly downloads: string;
  /** `host:port` of the proxy for every request to another machine. */
  readonly proxy: string;
};

/**
 * Asks again and again until something holds.
 *
 * @param what Named where it never does.
 * @param holds The question; one that fails counts as a no.
 * @param seconds How long to ask: for a machine that has other things to do, not for a measurement.
 */
export async function waitFor(
  what: string,
  holds: () => Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const until = Date.now() + seconds * 1000;
  let failure: unknown;
  for (;;) {
    const yes = await holds().catch((error: unknown) => {
      failure = error;
      return false;
    });
    if (yes) return;
    if (Date.now() > until) throw new Error(`Waited in vain for ${what}`, { cause: failure });
    await new Promise((done) => setTimeout(done, 100));
  }
}
