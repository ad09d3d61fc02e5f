import { adoptProperties, names, readAttribute, reflect, type AttributeName } from './attributes';
import { findFrame } from './frame-address';
import { HostLine, type Request } from './host-line';
import { buildFace } from './look';
import { sendModel, stateModels } from './own-models';
import { fetchPhoto, type NamedBlob } from './photo-source';
import { words } from './words';
import {
  EmbedError,
  readPlain,
  type BlobOptions,
  type Change,
  type EmbedCode,
  type Fault,
  type FrameMessage,
  type FrameProgress,
  type RecipeFields,
  type FrameResult,
  type Settings,
  type StatedModel,
} from '../protocol';

/** The events of {@link PhotoEnhancer}, by name, with their details. */
export interface PhotoEnhancerEvents {
  ready: CustomEvent<null>;
  progress: CustomEvent<FrameProgress>;
  result: CustomEvent<FrameResult>;
  change: CustomEvent<Change>;
  error: CustomEvent<Fault>;
}

declare global {
  interface HTMLElementTagNameMap {
    'photo-enhancer': PhotoEnhancer;
  }
}

/**
 * A photo that the visitor can enhance on their own machine. The work is done in a frame on the
 * origin that this script came from, which is made when it is first wanted.
 *
 * @element photo-enhancer
 * @attr {string} src - Address of the photo. The page itself fetches it, so another origin must allow
 *   that (CORS), and at most 300 MB of it. Without it, visitors open photos of their own.
 * @attr {1|2|4} scale - By how much to enlarge; 2 where it is not given.
 * @attr {string} recipe - JSON object laid over what the widget suggests, for example
 *   `{"clean":{"noise":20,"jpeg":0}}`.
 * @attr {string} models - Addresses of the page's own models, separated by blanks, of the page's own origin. A visitor sees how
 *   large each is before it is downloaded.
 * @attr {auto|webgpu|wasm} backend - Forces the GPU or the CPU.
 * @attr {number} max-pixels - Most pixels that a result may have; 0 for no limit but the machine's.
 * @attr {interaction|auto} reveal - `auto` loads the widget without a click, and lets the page start
 *   runs of its own photos without one.
 * @attr {lazy|eager} loading - With `reveal="auto"`: when the widget comes near the screen, or at once.
 * @attr {auto|light|dark} theme - The visitor's own, or a fixed one.
 * @attr {string} lang - Language of the words, a BCP 47 tag; where there is no such table, the visitor's own, or English.
 * @attr {string} name - Name of the enhanced file in the form around the element.
 * @attr {auto|png|jpeg|webp|avif|tiff} format - What results are written as; `auto` keeps the photo's format.
 * @attr {number} quality - 1 to 100, for JPEG, WebP and AVIF; 90 where it is not given.
 * @attr {boolean} multiple - Results of photos that were enhanced before the open one stay in the form, as files of the same name.
 * @attr {boolean} disabled - Nothing can be opened or run.
 *
 * @fires {CustomEvent<null>} ready - The widget has loaded and can be spoken to.
 * @fires {CustomEvent<FrameProgress>} progress - A run goes on: stage, fraction, etaSeconds.
 * @fires {CustomEvent<FrameResult>} result - A picture is finished, or written anew after the visitor
 *   changed its strength: blob, name, width, height, report.
 * @fires {CustomEvent<Change>} change - What the widget shows has changed: state, photo, recipe. Of a photo
 *   of the visitor's own, only the state before they press Enhance for it.
 * @fires {CustomEvent<Fault>} error - Something failed: code, message.
 *
 * @slot poster - Shown until the widget is there, for example an `<img>`.
 * @slot fallback - Shown where the widget cannot be.
 *
 * @csspart poster - The button over the poster.
 * @csspart label - The words on that button.
 * @csspart frame - The frame.
 * @csspart fallback - The box round the fallback.
 *
 * @cssprop {length} [--photo-enhancer-height=480px] - Height of the widget; at least 400px is advised.
 * @cssprop {color} [--photo-enhancer-accent=#ffb000] - Colour of the one next action, opaque.
 * @cssprop {color} [--photo-enhancer-on-accent=#1c1c1c] - Colour of words on the poster's button; the
 *   frame chooses black or white itself.
 * @cssprop {length} [--photo-enhancer-radius=4px] - Radius of corners; in the frame 24px at most.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface below only overloads inherited methods
export class PhotoEnhancer extends HTMLElement {
  static readonly formAssociated = true;
  static readonly observedAttributes: readonly string[] = [...names, 'lang'];

  /** Address of the page inside the frame; empty for the one that belongs to this script. */
  static frameUrl = '';

  /** Address of the photo, as it was given. */
  declare src: string;
  /** By how much to enlarge; null where it was not given. */
  declare scale: Settings['scale'];
  /** What is laid over the suggestion; null for nothing. */
  declare recipe: RecipeFields | null;
  /** Addresses of the page's own models, as they were given. */
  declare models: string;
  /** Which backend was asked for. */
  declare backend: Settings['backend'];
  /** Most pixels that a result may have; 0 for no limit. */
  declare maxPixels: number;
  /** Whether the widget waits for a click. */
  declare reveal: Settings['reveal'];
  /** When a widget that waits for no click loads. */
  declare loading: 'lazy' | 'eager';
  /** Light, dark, or the visitor's own. */
  declare theme: Settings['theme'];
  /** What results are written as. */
  declare format: Settings['format'];
  /** 1 to 100, for JPEG, WebP and AVIF. */
  declare quality: number;
  /** Name of the enhanced files in the form. */
  declare name: string;
  /** Whether results of earlier photos stay in the form. */
  declare multiple: boolean;
  /** Whether nothing can be opened or run. */
  declare disabled: boolean;

  readonly #internals = this.attachInternals();
  readonly #face = buildFace(this.attachShadow({ mode: 'open' }));
  /** The line to the present frame, from its making on. */
  #line: HostLine | undefined;
  /** The latest opening that this element asked the frame for. */
  #opening: Promise<void> = Promise.resolve();
  /** What is, or will be, open in the frame besides `src`; kept to be opened again in another frame. */
  #given: NamedBlob | undefined;
  #fetching = new AbortController();
  /** The page's own models, as the frame was told of them last. */
  #models: readonly StatedModel[] = [];
  #watching: IntersectionObserver | undefined;
  /** Whether there was a frame, so that there is one again when the element comes back. */
  #wanted = false;
  /** True while a new frame opens the photo of the one before: the result of it stays. */
  #reopening = false;
  #isPresent = false;
  /** Failures that an `error` event has told. */
  readonly #told = new WeakSet<Error>();
  #result: FrameResult | null = null;
  /** What the form is sent: that of the result is the last; before it, with `multiple`, those of earlier photos. */
  #files: File[] = [];
  #state: Change = { state: 'empty', photo: null, recipe: {} };

  constructor() {
    super();
    this.#face.poster.addEventListener('click', () => {
      if (this.#line?.isReady) this.#reopen(this.#line);
      else this.#try(this.#start());
    });
  }

  /** The latest result, or null. */
  get result(): FrameResult | null {
    return this.#result;
  }

  /** What the widget shows. */
  get state(): Change {
    return this.#state;
  }

  /** The form that the result is submitted with, or null. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /**
   * Opens a photo in place of the present one.
   *
   * @param photo A file, or the address of one.
   * @returns Settles when the photo is open.
   * @throws {EmbedError} `bad-option`, or why it could not be opened; also told by an `error` event.
   */
  async open(photo: Blob | URL | string): Promise<void> {
    return this.#tell(async () => {
      this.#refetch();
      this.#given =
        photo instanceof Blob
          ? named(photo)
          : await this.#fetch(photo, 'bad-option', 'photo must be a file or an address.');
      // A frame that is only now made opens it by itself.
      if (this.#line?.isReady) this.#opening = this.#openIn(this.#line, this.#given);
      else await this.#start();
      await this.#opening;
    });
  }

  /**
   * Enhances the open photo. With `reveal="interaction"` the visitor is asked first, unless they have
   * pressed Enhance in the widget before; about a photo of their own they are always asked.
   *
   * @param recipe Fields laid over what is set.
   * @returns The finished picture.
   * @throws {EmbedError} `bad-option`, `bad-recipe`, or why there is none; also told by an `error` event.
   *   `cancelled` is not told.
   */
  async enhance(recipe: RecipeFields | null = null): Promise<FrameResult> {
    return this.#tell(async () => {
      await this.#ask({ type: 'enhance', recipe: recipe && readPlain('recipe', recipe) });
      if (!this.#result) throw new EmbedError('no-result', 'There is no result yet.');
      return this.#result;
    });
  }

  /**
   * Writes the result as a file.
   *
   * @param options Format, quality and strength; as the visitor sees it where left out. The strength of
   *   a photo of the visitor's own is theirs.
   * @returns The file.
   * @throws {EmbedError} `bad-option`, `no-result`, or why it could not be written.
   */
  async toBlob(options: BlobOptions = {}): Promise<Blob> {
    return this.#tell(async () => {
      const blob = await this.#ask({ type: 'save', options: readPlain('options', options) });
      if (!blob) throw new EmbedError('no-result', 'There is no result yet.');
      return blob;
    });
  }

  /** Stops a run; the photo and an earlier result stay. */
  cancel(): void {
    this.#line?.send({ type: 'cancel' });
  }

  /** @internal */
  connectedCallback(): void {
    this.#isPresent = true;
    adoptProperties(this);
    this.#showPoster();
    // Later, so that who has only just made the element hears of it.
    queueMicrotask(() => names.forEach((name) => this.#check(name)));
    if (this.#wanted) this.#try(this.#start());
    else if (this.reveal === 'auto') this.#startWhenNear();
  }

  /** @internal Being moved with `moveBefore()` keeps the frame alive. */
  connectedMoveCallback(): void {}

  /** @internal Any other way out of the page ends the frame; the photo stays here. */
  disconnectedCallback(): void {
    this.#isPresent = false;
    this.#watching?.disconnect();
    this.#drop(new EmbedError('removed', words.removed));
  }

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, text: string | null): void {
    if (before === text || !this.#isPresent) return;
    // Files are sent under its name.
    this.#fill();
    if (name !== 'lang') this.#check(name as AttributeName);
    if (name === 'src') {
      this.#given = undefined;
      this.#refetch();
      this.#showPoster();
    }
    if (name === 'reveal' && !this.#wanted && this.reveal === 'auto') this.#startWhenNear();
    if (!this.#line?.isReady) return;
    if (name === 'backend') this.#rebuild();
    else this.#configure(this.#line);
    if (name === 'models') void this.#offer(this.#line);
    if (name === 'src') this.#reopen(this.#line);
  }

  /** @internal */
  formDisabledCallback(disabled: boolean): void {
    this.#face.poster.disabled = disabled;
    this.#configure(this.#line);
  }

  /** @internal Back to the photo that the page gave, without a result. */
  formResetCallback(): void {
    this.#given = undefined;
    this.#files = [];
    this.#setResult(null);
    if (this.#line?.isReady) this.#reopen(this.#line);
  }

  #check(name: AttributeName): void {
    if (readAttribute(this, name) !== undefined) return;
    this.#report({ code: 'bad-attribute', message: words.attribute(name) });
  }

  get #settings(): Settings {
    const { backend, scale, recipe, maxPixels, reveal, theme, lang, format, quality } = this;
    const style = getComputedStyle(this);
    const property = (name: string): string =>
      style.getPropertyValue(`--photo-enhancer-${name}`).trim().slice(0, 100);
    return {
      ...{ backend, scale, recipe, maxPixels, reveal, theme, format, quality },
      lang: lang.slice(0, 35),
      picker: !this.src,
      disabled: this.matches(':disabled'),
      accent: property('accent'),
      radius: property('radius'),
    };
  }

  #configure(line?: HostLine): void {
    line?.send({ type: 'configure', settings: this.#settings });
  }

  /** Says which models the page has, unless it says otherwise meanwhile. */
  async #offer(line: HostLine): Promise<void> {
    const given = this.models;
    const models = await stateModels(given);
    if (given === this.models) line.send({ type: 'models', models: (this.#models = models) });
  }

  #startWhenNear(): void {
    if (this.loading === 'eager') return this.#try(this.#start());
    this.#watching?.disconnect();
    this.#watching = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.#watching?.disconnect();
        this.#try(this.#start());
      },
      { rootMargin: '200px' },
    );
    this.#watching.observe(this);
  }

  /** A frame that can be spoken to: the present one, or a new one. */
  async #start(): Promise<HostLine> {
    this.#wanted = true;
    if (!this.isConnected) throw new EmbedError('removed', words.removed);
    const line = (this.#line ??= this.#build());
    await line.ready;
    return line;
  }

  #build(): HostLine {
    const url = PhotoEnhancer.frameUrl || findFrame();
    const { poster, label, fallback } = this.#face;
    const hadFocus = this.shadowRoot?.activeElement === poster;
    label.textContent = words.loading;
    fallback.hidden = true;
    poster.hidden = false;
    const line = new HostLine(url, {
      onReady: () => {
        this.#configure(line);
        void this.#offer(line);
        if (hadFocus) line.frame.focus();
        this.#emit('ready', null);
        this.#reopening = this.#result !== null;
        this.#reopen(line);
      },
      onMessage: (message) => this.#hear(message),
      onLost: (error) => this.#lose(error),
    });
    line.frame.title = words.frame;
    line.frame.part.add('frame');
    this.shadowRoot?.prepend(line.frame);
    return line;
  }

  /** Opens what was given, or else `src`; where that cannot be had, says why, and tries again at a press. */
  #reopen(line: HostLine): void {
    const { poster, label } = this.#face;
    poster.hidden = true;
    this.#opening = (async () => {
      const photo =
        this.#given ??
        (this.src
          ? await this.#fetch(this.src, 'bad-attribute', words.attribute('src')).catch(
              (error: EmbedError) => {
                poster.hidden = error.code === 'removed';
                label.textContent = `${error.message} ${words.again}`;
                throw error;
              },
            )
          : undefined);
      if (photo) await this.#openIn(line, photo);
      else line.send({ type: 'close' });
    })().finally(() => (this.#reopening = false));
    this.#try(this.#opening);
  }

  async #openIn(line: HostLine, photo: NamedBlob): Promise<void> {
    this.#face.poster.hidden = true;
    await line.request({ type: 'open', ...photo });
  }

  async #ask(request: Request): Promise<Blob | null> {
    const line = await this.#start();
    await this.#opening;
    return line.request(request);
  }

  /** Fetches an address, or says what is wrong where it is none. */
  #fetch(address: unknown, code: EmbedCode, message: string): Promise<NamedBlob> {
    const isText = typeof address === 'string' || address instanceof URL;
    if (!isText || !URL.canParse(address, document.baseURI)) throw new EmbedError(code, message);
    return fetchPhoto(new URL(address, document.baseURI), this.#fetching.signal);
  }

  #refetch(): void {
    this.#fetching.abort();
    this.#fetching = new AbortController();
  }

  #hear(message: FrameMessage): void {
    if (message.type === 'progress') this.#emit('progress', message.progress);
    else if (message.type === 'result') this.#setResult(message.result);
    else if (message.type === 'error') this.#report(message);
    else if (message.type === 'fetch')
      sendModel(this.#line!, message, this.#models[message.id]).catch(() => undefined);
    else if (message.type === 'change') {
      const { state } = message.change;
      if (state === 'opening' && !this.#reopening) this.#setResult(null, this.multiple);
      this.#state = message.change;
      this.#emit('change', message.change);
    }
  }

  /** Takes a result in place of the one before, which stays in the form where it is kept. */
  #setResult(result: FrameResult | null, isKept?: boolean): void {
    if (this.#result && !isKept) this.#files.pop();
    this.#result = result;
    if (!result) return this.#fill();
    const { blob, name } = result;
    this.#files.push(new File([blob], name, blob));
    this.#fill();
    this.#emit('result', result);
  }

  #fill(): void {
    const entries = new FormData();
    // A form leaves out what has no name; of entries it does not.
    if (this.name) for (const file of this.#files) entries.append(this.name, file);
    this.#internals.setFormValue(entries);
  }

  /** The frame is gone, or never came: says so, and can be started again. */
  #lose(error: EmbedError): void {
    this.#told.add(error);
    this.#drop(error);
    this.#wanted = false;
    const { poster, label, fallback, reason } = this.#face;
    label.textContent = words.again;
    reason.textContent = error.message;
    fallback.hidden = error.code === 'frame-lost';
    poster.hidden = !fallback.hidden;
    this.#report(error);
  }

  #drop(error: EmbedError): void {
    this.#refetch();
    this.#line?.close(error);
    this.#line = undefined;
    this.#state = { ...this.#state, state: 'empty', photo: null };
  }

  #rebuild(): void {
    this.#drop(new EmbedError('removed', words.removed));
    this.#try(this.#start());
  }

  #showPoster(): void {
    if (this.#line) return;
    this.#face.label.textContent = this.src ? words.given : words.own;
  }

  /** What the element does by itself has nobody to reject to: the `error` event alone. */
  #try(work: Promise<unknown>): void {
    this.#tell(() => work).catch(() => undefined);
  }

  async #tell<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (reason) {
      const error =
        reason instanceof EmbedError ? reason : new EmbedError('internal', String(reason));
      const { code } = error;
      // To be cancelled or taken off the page is no failure.
      const isNews = !this.#told.has(error) && code !== 'cancelled' && code !== 'removed';
      this.#told.add(error);
      if (isNews) this.#report(error);
      throw error;
    }
  }

  #report({ code, message }: Fault): void {
    this.#emit('error', { code, message });
  }

  #emit<Type extends keyof PhotoEnhancerEvents>(
    type: Type,
    detail: PhotoEnhancerEvents[Type]['detail'],
  ): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** The types of the inherited methods, narrowed to the events of the element. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- declares no field that the class would have to set
export interface PhotoEnhancer {
  addEventListener<Type extends keyof PhotoEnhancerEvents>(
    type: Type,
    listener: (this: PhotoEnhancer, event: PhotoEnhancerEvents[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** A file's own name, where it has one. */
function named(file: Blob): NamedBlob {
  return { file, name: file instanceof File ? file.name.slice(0, 255) : 'photo' };
}

reflect(PhotoEnhancer.prototype);
if (!customElements.get('photo-enhancer')) customElements.define('photo-enhancer', PhotoEnhancer);
