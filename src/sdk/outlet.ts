import type { ClipOutlet } from '../worker/clip-request';

/** A stream of the page that a clip is written to as it comes. */
export class Outlet {
  /** Whether it takes bytes only one after the other: of the streams that browsers give, files alone are written anywhere. */
  readonly isAppended: boolean;
  readonly #writer: WritableStreamDefaultWriter<unknown>;
  #isWritten = false;
  #isEnded = false;
  #fault: { readonly error: unknown } | null = null;

  /**
   * @param stream Not locked; it is from now on.
   * @param onFault Called once, where it takes no more.
   */
  constructor(
    stream: WritableStream,
    readonly onFault: () => void,
  ) {
    this.isAppended = !('truncate' in stream);
    this.#writer = stream.getWriter();
  }

  /** See {@link ClipOutlet}. */
  readonly write: ClipOutlet = async (data, position) => {
    try {
      await this.#writer.write(this.isAppended ? data : { type: 'write', data, position });
      this.#isWritten = true;
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  };

  /**
   * Says why it took no more.
   *
   * @throws {unknown} What the stream failed with, where it has.
   */
  throwIfFailed(): void {
    if (this.#fault) throw this.#fault.error;
  }

  /**
   * Ends it, once: what was written stays; where nothing was, it is aborted, so that a file stays as it was.
   *
   * @param reason Why nothing was.
   * @throws {unknown} What the stream fails with while it is closed.
   */
  async end(reason: unknown = null): Promise<void> {
    if (this.#fault || this.#isEnded) return;
    this.#isEnded = true;
    try {
      if (this.#isWritten) await this.#writer.close();
      else await this.#writer.abort(reason);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  #fail(error: unknown): void {
    const isFirst = this.#fault === null;
    this.#fault ??= { error };
    if (isFirst) this.onFault();
  }
}
