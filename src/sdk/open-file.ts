import { unwrap, type Reply } from '../core/errors';
import { lookCloser } from '../worker/opening';
import type { OpenedPhoto, PhotoInfo } from '../worker/protocol';
import { asFile } from './options';
import type { Client } from './start';

/** A photo that the worker holds. */
export type Opened = {
  readonly file: Blob;
  /** What is told of it. */
  readonly info: Omit<PhotoInfo, 'preview'>;
  /** What only the worker's calls want. */
  readonly handle: Pick<OpenedPhoto, 'id' | 'offers'>;
};

/** A photo that is read while another is at work. */
type Ahead = { readonly file: Blob; readonly reply: Promise<Reply<OpenedPhoto>> };

/** The one photo that stays open from call to call, and the next one where it is known. */
export class OpenFile {
  #opened: Opened | undefined;
  #ahead: Ahead | undefined;

  /**
   * A photo, which is opened unless it is open.
   *
   * @param client The worker.
   * @param file As it was given: another object is another photo.
   * @param photo The same, with a name.
   * @returns What the worker holds.
   * @throws {EnhanceError} What opening fails with.
   */
  async open(client: Client, file: Blob, photo: File): Promise<Opened> {
    if (this.#opened?.file === file && client.alive) return this.#opened;
    const before = this.#opened;
    this.#opened = undefined;
    const { preview, id, offers, ...info } = unwrap(await this.#ask(client, file, photo, before));
    preview.close();
    const analysis = unwrap(await lookCloser(client, { id, analysis: info.analysis }));
    this.#opened = { file, info: { ...info, analysis }, handle: { id, offers } };
    return this.#opened;
  }

  /**
   * Lets go of the photo that is open: something else wants the memory.
   *
   * @param client The worker.
   */
  async release(client: Client): Promise<void> {
    const before = this.#opened;
    this.#opened = undefined;
    if (before && client.alive) await client.close(before.handle.id);
  }

  /**
   * Begins to read a photo that will be opened next.
   *
   * @param client The worker, if there is one yet.
   * @param file The photo, as it will be given to `open`.
   */
  readAhead(client: Client | undefined, file: Blob): void {
    this.forgetAhead(client);
    if (!client?.alive || !(file instanceof Blob)) return;
    this.#ahead = { file, reply: client.open(asFile(file), { beside: true }) };
  }

  /**
   * What was read ahead will not be opened.
   *
   * @param client The worker that reads it, if there is one.
   */
  forgetAhead(client: Client | undefined): void {
    const { reply } = this.#ahead ?? {};
    this.#ahead = undefined;
    void reply?.then((read) => {
      if (!read.ok) return;
      read.value.preview.close();
      void client?.close(read.value.id);
    });
  }

  /** The worker is gone, and all that it held. */
  clear(): void {
    this.#opened = undefined;
    this.#ahead = undefined;
  }

  async #ask(
    client: Client,
    file: Blob,
    photo: File,
    before: Opened | undefined,
  ): Promise<Reply<OpenedPhoto>> {
    if (this.#ahead?.file === file) {
      const { reply } = this.#ahead;
      this.#ahead = undefined;
      // It has taken nobody's place.
      if (before) await client.close(before.handle.id);
      const read = await reply;
      if (read.ok || read.problem !== 'worker-died') return read;
    }
    this.forgetAhead(client);
    return client.open(photo);
  }
}
