import { adoptProperties, names, readAttribute, reflect, type AttributeName } from './attributes';
import type { PhotoEnhancerEvents } from './events';
import { FormFiles } from './form-files';
import { findFrame } from './frame-address';
import { FrameKeeper } from './frame-keeper';
import { whenNear } from './nearness';
import { emitFault, tell } from './telling';
import { words } from './words';
import {
  EmbedError,
  readPlain,
  type BlobOptions,
  type Change,
  type FrameResult,
  type RecipeFields,
  type Settings,
} from '../protocol';

export type { PhotoEnhancerEvents };

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
 * @attr {boolean} video - Visitors may bring clips, too, and the page may give them; what is made of one is a clip, with its sound.
 * @attr {boolean} multiple - Visitors may bring several photos at once, and results of photos that were enhanced before the open one stay in the
 *   form, as files of the same name.
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
  /** Whether clips are taken, too. */
  declare video: boolean;
  /** Whether nothing can be opened or run. */
  declare disabled: boolean;

  readonly #internals = this.attachInternals();
  readonly #files = new FormFiles(this, this.#internals);
  readonly #keeper = new FrameKeeper(
    this,
    this.attachShadow({ mode: 'open' }),
    this.#files,
    () => PhotoEnhancer.frameUrl || findFrame(),
  );
  #stopWaiting: () => void = () => undefined;
  #isPresent = false;

  /** The latest result, or null. */
  get result(): FrameResult | null {
    return this.#files.latest;
  }

  /** What the widget shows. */
  get state(): Change {
    return this.#keeper.state;
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
    return tell(this, () => this.#keeper.open(photo));
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
    return tell(this, async () => {
      await this.#keeper.ask({ type: 'enhance', recipe: recipe && readPlain('recipe', recipe) });
      return present(this.result);
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
    return tell(this, async () => {
      return present(
        await this.#keeper.ask({ type: 'save', options: readPlain('options', options) }),
      );
    });
  }

  /** Stops a run; the photo and an earlier result stay. */
  cancel(): void {
    this.#keeper.stopRun();
  }

  /** @internal */
  connectedCallback(): void {
    this.#isPresent = true;
    adoptProperties(this);
    this.#keeper.showPoster();
    // Later, so that who has only just made the element hears of it.
    queueMicrotask(() => names.forEach((name) => this.#check(name)));
    if (this.#keeper.isWanted) this.#keeper.begin();
    else this.#reveal();
  }

  /** @internal Being moved with `moveBefore()` keeps the frame alive. */
  connectedMoveCallback(): void {}

  /** @internal Any other way out of the page ends the frame; the photo stays here. */
  disconnectedCallback(): void {
    this.#isPresent = false;
    this.#stopWaiting();
    this.#keeper.end();
  }

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, text: string | null): void {
    if (before === text || !this.#isPresent) return;
    // Files are sent under its name.
    this.#files.fill();
    if (name !== 'lang') this.#check(name as AttributeName);
    if (name === 'reveal') this.#reveal();
    this.#keeper.heed(name);
  }

  /** @internal */
  formDisabledCallback(disabled: boolean): void {
    this.#keeper.block(disabled);
  }

  /** @internal Back to the photo that the page gave, without a result. */
  formResetCallback(): void {
    this.#files.empty();
    this.#keeper.reset();
  }

  #check(name: AttributeName): void {
    if (readAttribute(this, name) === undefined)
      emitFault(this, { code: 'bad-attribute', message: words.attribute(name) });
  }

  /** Loads the widget without a click, where the page says so. */
  #reveal(): void {
    if (this.reveal !== 'auto' || this.#keeper.isWanted) return;
    this.#stopWaiting();
    if (this.loading === 'eager') this.#keeper.begin();
    else this.#stopWaiting = whenNear(this, () => this.#keeper.begin());
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

/** What was asked for, where there is such. */
function present<T>(result: T | null): T {
  if (!result) throw new EmbedError('no-result', 'There is no result yet.');
  return result;
}

reflect(PhotoEnhancer.prototype);
if (!customElements.get('photo-enhancer')) customElements.define('photo-enhancer', PhotoEnhancer);
