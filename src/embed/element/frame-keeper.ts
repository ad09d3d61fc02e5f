import { EmbedError, type Change, type EmbedCode, type StatedModel } from '../protocol';
import type { FrameMessage } from '../protocol';
import type { FormFiles } from './form-files';
import { HostLine, type Request } from './host-line';
import { buildFace, type Face } from './look';
import { sendModel, stateModels } from './own-models';
import { fetchPhoto, type NamedBlob } from './photo-source';
import { readSettings } from './settings';
import { emit, emitFault, follow } from './telling';
import { words } from './words';

/** The element that a frame is kept for. */
export type Keeping = HTMLElement & {
  readonly src: string;
  readonly models: string;
  readonly multiple: boolean;
};

/** Makes the frame when it is first wanted, and again after it was lost, and opens in it what the page gives. */
export class FrameKeeper {
  /** What the widget shows. */
  state: Change = { state: 'empty', photo: null, recipe: {} };
  /** Whether there was a frame, so that there is one again when the element comes back. */
  isWanted = false;
  readonly #element: Keeping;
  readonly #root: ShadowRoot;
  readonly #files: FormFiles;
  readonly #findPage: () => string;
  readonly #face: Face;
  /** The line to the present frame, from its making on. */
  #line: HostLine | undefined;
  /** The latest opening that was asked of the frame. */
  #opening: Promise<void> = Promise.resolve();
  /** What is, or will be, open in the frame besides `src`; kept to be opened again in another frame. */
  #given: NamedBlob | undefined;
  #fetching = new AbortController();
  /** The page's own models, as the frame was told of them last. */
  #models: readonly StatedModel[] = [];
  /** True while a new frame opens the photo of the one before: the result of it stays. */
  #reopening = false;

  /**
   * @param element Whose frame.
   * @param root Of that element, empty.
   * @param files Where its results go.
   * @param findPage Gives the address of the page inside the frame.
   */
  constructor(element: Keeping, root: ShadowRoot, files: FormFiles, findPage: () => string) {
    this.#element = element;
    this.#root = root;
    this.#files = files;
    this.#findPage = findPage;
    this.#face = buildFace(root);
    this.#face.poster.onclick = () => this.#reopen() || this.begin();
  }

  /** Makes the frame, if there is none; what fails is told. */
  begin(): void {
    follow(this.#element, this.#start());
  }

  /**
   * Asks the frame for something, once what was opened last is open.
   *
   * @param request What.
   * @returns The answer.
   * @throws {EmbedError} Why there is none.
   */
  async ask(request: Request): Promise<Blob | null> {
    const line = await this.#start();
    await this.#opening;
    return line.request(request);
  }

  /**
   * Opens a photo in place of the present one.
   *
   * @param photo A file, or the address of one.
   * @throws {EmbedError} `bad-option`, or why it could not be opened.
   */
  async open(photo: unknown): Promise<void> {
    this.#refetch();
    this.#given =
      photo instanceof Blob
        ? { file: photo, name: (photo as Partial<File>).name?.slice(0, 255) ?? 'photo' }
        : await this.#fetch(photo, 'bad-option', 'photo must be a file or an address.');
    // A frame that is only now made opens it by itself.
    if (this.#line?.isReady) this.#opening = this.#openIn(this.#line, this.#given);
    else await this.#start();
    await this.#opening;
  }

  /** Stops a run; the photo and an earlier result stay. */
  stopRun(): void {
    this.#line?.send({ type: 'cancel' });
  }

  /** Tells the frame how it is to behave and look. */
  configure(): void {
    this.#line?.send({ type: 'configure', settings: readSettings(this.#element) });
  }

  /**
   * An attribute has another value.
   *
   * @param name Which.
   */
  heed(name: string): void {
    if (name === 'src') {
      this.#given = undefined;
      this.#refetch();
      this.showPoster();
    }
    if (!this.#line?.isReady) return;
    if (name === 'backend') {
      this.end();
      this.begin();
    } else this.configure();
    if (name === 'models') void this.#offer(this.#line);
    if (name === 'src') this.#reopen();
  }

  /** Goes back to the photo that the page gave. */
  reset(): void {
    this.#given = undefined;
    this.#reopen();
  }

  /**
   * The poster's button can be pressed or not.
   *
   * @param disabled Whether not.
   */
  block(disabled: boolean): void {
    this.#face.poster.disabled = disabled;
    this.configure();
  }

  /** Says what a press on the poster does, where there is no frame. */
  showPoster(): void {
    if (this.#line) return;
    this.#face.label.textContent = this.#element.src ? words.given : words.own;
  }

  /**
   * Takes the frame away; the photo that the page gave stays here.
   *
   * @param error What all that is still asked for fails with.
   */
  end(error = removed()): void {
    this.#refetch();
    this.#line?.close(error);
    this.#line = undefined;
    this.state = { ...this.state, state: 'empty', photo: null };
  }

  /** A frame that can be spoken to: the present one, or a new one. */
  async #start(): Promise<HostLine> {
    this.isWanted = true;
    if (!this.#element.isConnected) throw removed();
    const line = (this.#line ??= this.#build());
    await line.whenReady;
    return line;
  }

  #build(): HostLine {
    const { poster, label, fallback } = this.#face;
    const hadFocus = this.#root.activeElement === poster;
    label.textContent = words.loading;
    fallback.hidden = true;
    poster.hidden = false;
    const line = new HostLine(this.#findPage(), {
      onReady: () => {
        this.configure();
        void this.#offer(line);
        if (hadFocus) line.frame.focus();
        emit(this.#element, 'ready', null);
        this.#reopening = this.#files.latest !== null;
        this.#reopen();
      },
      onMessage: (message) => this.#hear(message),
      onLost: (error) => this.#lose(error),
    });
    line.frame.title = words.frame;
    line.frame.part = 'frame';
    this.#root.prepend(line.frame);
    return line;
  }

  /** Says which models the page has, unless it says otherwise meanwhile. */
  async #offer(line: HostLine): Promise<void> {
    const given = this.#element.models;
    const models = await stateModels(given);
    if (given === this.#element.models)
      line.send({ type: 'models', models: (this.#models = models) });
  }

  /**
   * Opens what was given, or else `src`; where that cannot be had, says why, and tries again at a press.
   *
   * @returns False where there is no frame that can be spoken to.
   */
  #reopen(): boolean {
    const line = this.#line;
    if (!line?.isReady) return false;
    const { poster, label } = this.#face;
    poster.hidden = true;
    const wanted = async (): Promise<NamedBlob | undefined> =>
      this.#element.src
        ? this.#fetch(this.#element.src, 'bad-attribute', words.attribute('src')).catch(
            (error: EmbedError) => {
              poster.hidden = error.code === 'removed';
              label.textContent = `${error.message} ${words.again}`;
              throw error;
            },
          )
        : undefined;
    this.#opening = (async () => {
      const photo = this.#given ?? (await wanted());
      if (photo) await this.#openIn(line, photo);
      else line.send({ type: 'close' });
    })().finally(() => (this.#reopening = false));
    follow(this.#element, this.#opening);
    return true;
  }

  async #openIn(line: HostLine, photo: NamedBlob): Promise<void> {
    this.#face.poster.hidden = true;
    await line.request({ type: 'open', ...photo });
  }

  /** Fetches an address, or says what is wrong where it is none. */
  async #fetch(address: unknown, code: EmbedCode, message: string): Promise<NamedBlob> {
    const isText = typeof address === 'string' || address instanceof URL;
    if (!isText || !URL.canParse(address, document.baseURI)) throw new EmbedError(code, message);
    return fetchPhoto(new URL(address, document.baseURI), this.#fetching.signal);
  }

  #refetch(): void {
    this.#fetching.abort();
    this.#fetching = new AbortController();
  }

  #hear(message: FrameMessage): void {
    if (message.type === 'error') return emitFault(this.#element, message);
    if (message.type === 'fetch')
      sendModel(this.#line!, message, this.#models[message.id]).catch(() => undefined);
    if (message.type === 'result') this.#files.put(message.result);
    if (message.type === 'change') {
      this.state = message.change;
      if (this.state.state === 'opening' && !this.#reopening)
        this.#files.put(null, this.#element.multiple);
    }
    const { type, [type as 'change']: detail } = message as Extract<
      FrameMessage,
      { type: 'change' }
    >;
    if (detail) emit(this.#element, type, detail);
  }

  /** The frame is gone, or never came: says so, and can be started again. */
  #lose(error: EmbedError): void {
    this.end(error);
    this.isWanted = false;
    const { poster, label, fallback, reason } = this.#face;
    label.textContent = words.again;
    reason.textContent = error.message;
    fallback.hidden = error.code === 'frame-lost';
    poster.hidden = !fallback.hidden;
    emitFault(this.#element, error);
  }
}

/** What is asked of an element that is not in the page fails with this. */
const removed = (): EmbedError => new EmbedError('removed', words.removed);
