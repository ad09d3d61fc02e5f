/** A driver of the W3C WebDriver protocol (https://www.w3.org/TR/webdriver2/): JSON over HTTP. */

/** An element, as the protocol names it. */
export type ElementReference = { readonly [elementKey]: string };

/** The key that marks an element in the protocol's JSON. */
export const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/** A session of one browser. */
export class WebDriver {
  readonly #address: string;

  private constructor(
    address: string,
    /** What the browser says of itself. */
    readonly capabilities: Readonly<Record<string, unknown>>,
  ) {
    this.#address = address;
  }

  /**
   * Opens a session, which starts the browser.
   *
   * @param server Address of the driver, without a slash at its end.
   * @param capabilities What the browser must be.
   * @returns The session.
   */
  static async open(server: string, capabilities: object): Promise<WebDriver> {
    const body = { capabilities: { alwaysMatch: capabilities } };
    const answer = (await send('POST', `${server}/session`, body)) as {
      readonly sessionId: string;
      readonly capabilities: Record<string, unknown>;
    };
    return new WebDriver(`${server}/session/${answer.sessionId}`, answer.capabilities);
  }

  /** Gives a command, by its path below the session's. */
  command(path: string, body: object = {}): Promise<unknown> {
    return send('POST', `${this.#address}/${path}`, body);
  }

  /** Asks about an element. */
  async describe(element: ElementReference, what: string): Promise<string> {
    return String(await send('GET', `${this.#address}/element/${element[elementKey]}/${what}`));
  }

  /** Runs a function in the page and waits for its answer, which is JSON or elements. */
  async ask<T>(question: () => T | Promise<T>): Promise<T> {
    const script = `const done = arguments[0];
      Promise.resolve((${question.toString()})()).then(
        (value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = await this.command('execute/async', { script, args: [] });
    const { value, error } = answer as { readonly value: T; readonly error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Ends the session, and the browser with it. */
  async close(): Promise<void> {
    await send('DELETE', this.#address);
  }
}

/** One request of the protocol. */
async function send(method: string, address: string, body?: object): Promise<unknown> {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { readonly value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { readonly error: string; readonly message: string };
  throw new Error(`${method} ${new URL(address).pathname}: ${error} ${message}`);
}
