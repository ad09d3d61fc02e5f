import { unwrap } from '../core/errors';
import { formats } from '../core/format';
import { ownOf } from '../core/recipe/own';
import type { Recipe } from '../core/recipe/recipe';
import { chooseRecipe, suggestFor } from './choosing';
import { parseClipOptions } from './clip-options';
import type { ClipOptions, ClipResult } from './clip-types';
import { enhanceClip } from './clips';
import { enhanceEach } from './many';
import { OpenFile, type Opened } from './open-file';
import {
  asFile,
  parseEnhanceOptions,
  parseEnhancerOptions,
  parseManyOptions,
  parseOpenOptions,
  parsePlanOptions,
  type Wish,
} from './options';
import { cardOf, OwnFiles } from './own-files';
import { enhancePhoto } from './photos';
import { asPublic, inWords, PublicError } from './public-error';
import { startClient, type Client } from './start';
import { untilBegun } from './patience';
import { Turns } from '../core/turns';
import type {
  BroughtModel,
  EnhanceManyOptions,
  EnhanceOptions,
  EnhancerOptions,
  OpenOptions,
  Outcome,
  Photo,
  Plan,
  PlanOptions,
  Result,
} from './types';
import { clipsNeedBrowser, disposed, sayNotes } from './words';

/**
 * Enlarges and cleans photos on the visitor's own machine, in a worker: a file goes in, a file comes
 * out, and nothing is uploaded.
 *
 * Calls take turns: each begins when the one before has ended. The photo of the latest call stays open,
 * so that another call with the same File object does not read it again. Nothing is loaded before the
 * first call; models are kept in the browser's IndexedDB (`enlarger-models`) for the next visit.
 *
 * Every method rejects with a {@link PublicError}, or with the reason of its own signal.
 */
export class Enhancer {
  readonly #options: ReturnType<typeof parseEnhancerOptions>;
  readonly #turns = new Turns();
  readonly #end = new AbortController();
  #client: Client | undefined;
  readonly #photo = new OpenFile();
  readonly #own: OwnFiles;

  /**
   * @param options Which models, and where to run them.
   * @throws {PublicError} `bad-option`, naming the option that is wrong.
   */
  constructor(options: EnhancerOptions = {}) {
    try {
      this.#options = parseEnhancerOptions(options);
      this.#own = new OwnFiles(this.#options.own);
    } catch (error) {
      throw asPublic(error);
    }
  }

  /**
   * Reads a photo, measures it, and suggests what to do with it. Takes about as long as the browser
   * takes to show it, for a soft photo some seconds more, in which a shake is looked for; loads no
   * engine and no model.
   *
   * @param file JPEG, PNG, WebP, GIF, or what else the browser can decode.
   * @param options For which enlargement, and how to give up.
   * @returns What is known of it.
   * @throws {PublicError} `unsupported-format`, `corrupt-file`, `too-large`, `out-of-memory`,
   *   `bad-option`.
   */
  async open(file: Blob, options: OpenOptions = {}): Promise<Photo> {
    return inWords(() => {
      const { scale } = parseOpenOptions(options);
      const photo = asFile(file);
      return this.#inTurn(options.signal, async (client) => {
        const opened = await this.#photo.open(client, file, photo);
        const suggestion = await suggestFor(client, opened, scale);
        const { info } = opened;
        const { title: format } = formats[info.format];
        return { ...info, format, notes: sayNotes(info.notes), suggestion };
      });
    });
  }

  /**
   * Says what `enhance` would do with the same options. Loads the engine, but no model.
   *
   * @param file The photo.
   * @param options What is wanted.
   * @returns Size, steps, memory, download and time.
   * @throws {PublicError} As `open`; `too-large` where the result would not fit into memory, with the
   *   largest scale that does in `detail.fits`, or null; `no-gpu`, `model-missing`, `offline`.
   */
  async plan(file: Blob, options: PlanOptions = {}): Promise<Plan> {
    return inWords(() => {
      const wish = parsePlanOptions(options);
      const photo = asFile(file);
      return this.#inTurn(options.signal, async (client, signal) => {
        const opened = await this.#photo.open(client, file, photo);
        const recipe = await this.#chooser(client, signal)(opened, wish);
        const { output, steps, ...costs } = unwrap(await client.plan(opened.handle.id, recipe));
        const { downloadBytes, peakBytes, seconds } = costs;
        return { ...output, recipe, steps, downloadBytes, peakBytes, seconds };
      });
    });
  }

  /**
   * Enhances a photo: by default enlarged twice, and cleaned of what was measured in it. A photo that a
   * recipe changes nothing in comes back written anew, with no `report.steps`.
   *
   * A signal stops the work at the end of the present tile, in well under a second on most machines;
   * the call rejects at once, with the signal's reason.
   *
   * @param file The photo; it is not changed.
   * @param options What is wanted.
   * @returns The new file and what was done.
   * @throws {PublicError} As `plan`; `too-large` before anything is run where the format that is asked for does
   *   not hold the result; and `device-lost`, `wrong-result`, `model-corrupt`,
   *   `storage-full`, `internal`, after all that can be tried.
   */
  async enhance(file: Blob, options: EnhanceOptions = {}): Promise<Result> {
    return inWords(() => {
      const wish = parseEnhanceOptions(options);
      const photo = asFile(file);
      return this.#inTurn(options.signal, (client, signal) => {
        const open = () => this.#photo.open(client, file, photo);
        const choose = this.#chooser(client, signal);
        return enhancePhoto(client, { open, choose, wish, signal });
      });
    });
  }

  /**
   * Enhances a clip: picture by picture as `enhance` does a photo, by what its first picture calls for where no recipe is given, with the
   * film's own steps over them, and its sounds beside them. No more of it than some pictures is in memory, however long it is.
   *
   * A signal ends the work at the end of the present tile. What is done by then is ended as a clip that plays, in the `writable` or for
   * `onPart`, and then the call rejects; so it is where a failure ends the work.
   *
   * @param file MP4, MOV, WebM or MKV, in what the browser decodes; it is not changed.
   * @param options What is wanted.
   * @returns The new clip and what was done.
   * @throws {PublicError} As `enhance`; `unsupported-format` where it is no clip, where it is encrypted, HDR or in a codec that the browser does not decode, and
   *   wherever there is no WebCodecs, as in Node; `corrupt-file` where nothing of it can be shown.
   * @throws {unknown} What the `writable` fails with.
   */
  async enhanceClip(file: Blob, options: ClipOptions = {}): Promise<ClipResult> {
    return inWords(() => {
      const wish = parseClipOptions(options);
      const clip = asFile(file);
      if (!('VideoDecoder' in globalThis))
        throw new PublicError('unsupported-format', clipsNeedBrowser);
      const patience = untilBegun(options.signal);
      return this.#inTurn(patience.signal, async (client, end) => {
        patience.begin();
        const signal = options.signal ? AbortSignal.any([options.signal, end]) : end;
        await this.#photo.release(client);
        const choose = this.#chooser(client, signal);
        return enhanceClip(client, { clip, choose, wish, signal });
      });
    });
  }

  /**
   * Enhances many files, one after the other, as `enhance` does one. What comes next is asked for as its turn nears, so that a
   * list may be made as it is read: while a file is at work, the next is read, and no more; while a result has not been taken, one
   * more is made, and no more.
   *
   * A file that cannot be enhanced is an outcome with its error, and the next begins. Leaving the loop ends the work.
   *
   * @param files Photos, of which each is held until its outcome is given.
   * @param options What is wanted of all of them.
   * @yields An outcome for each file, in their order.
   * @throws {PublicError} `bad-option`, before any file is read; `cancelled` where the enhancer was disposed of.
   * @throws {unknown} The signal's reason, or what `files` fails with.
   */
  async *enhanceMany(
    files: Iterable<Blob> | AsyncIterable<Blob>,
    options: EnhanceManyOptions = {},
  ): AsyncGenerator<Outcome, void, undefined> {
    const wish = await inWords(async () => parseManyOptions(options));
    yield* enhanceEach(files, wish, {
      enhance: (file, how) => this.enhance(file, how),
      readAhead: (file) => this.#photo.readAhead(this.#client, file),
      forget: () => this.#photo.forgetAhead(this.#client),
      isOver: () => this.#end.signal.aborted,
    });
  }

  /**
   * What the networks are that the enhancer was given as a list. Those that are not there yet are fetched, read and tried out on the
   * CPU, which takes some seconds each.
   *
   * @param options How to give up.
   * @param options.signal Gives up; the call then rejects with its reason.
   * @returns Each, in the order of the list; none where there was no list.
   * @throws {PublicError} `offline`, `model-missing`, `too-large`, `model-corrupt`, `unsupported-format`: why one is not used.
   */
  async models({ signal }: { readonly signal?: AbortSignal } = {}): Promise<
    readonly BroughtModel[]
  > {
    return inWords(() =>
      this.#inTurn(signal, async (client, stop) => (await this.#own.all(client, stop)).map(cardOf)),
    );
  }

  /**
   * Ends the worker and frees all it held, at once. Calls under way, and all later ones, reject with
   * `cancelled`.
   */
  dispose(): void {
    this.#end.abort(new PublicError('cancelled', disposed));
    this.#client?.terminate();
    this.#photo.clear();
  }

  /** For `using enhancer = new Enhancer()`: see `dispose`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** One call at a time, with a worker and a signal for all that may end it. */
  #inTurn<T>(
    given: AbortSignal | undefined,
    work: (client: Client, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const end = this.#end.signal;
    const signal = given ? AbortSignal.any([given, end]) : end;
    return this.#turns.take(signal, async () => {
      const { backend, models } = this.#options;
      const client = (this.#client ??= await startClient(backend, models));
      signal.throwIfAborted();
      const stop = () => void client.cancel();
      signal.addEventListener('abort', stop);
      try {
        return await work(client, signal);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    });
  }

  /** Decides what is done to a photo or to a clip's pictures, and has what that names. */
  #chooser(client: Client, signal: AbortSignal): (opened: Opened, wish: Wish) => Promise<Recipe> {
    return async (opened, wish) => {
      const recipe = await chooseRecipe(client, opened, wish);
      // What a recipe names by its hash must be there, too.
      if (ownOf(recipe)) await this.#own.all(client, signal);
      const chosen = await this.#own.choose(recipe, wish, client, signal);
      signal.throwIfAborted();
      return chosen;
    };
  }
}
