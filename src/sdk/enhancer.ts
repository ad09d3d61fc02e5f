import { unwrap } from '../core/errors';
import { formats, refuseLongSide, savedLike } from '../core/format';
import { framedSize } from '../core/frame/geometry';
import { savedSize } from '../core/recipe/fitting';
import { ownOf } from '../core/recipe/own';
import type { Recipe } from '../core/recipe/recipe';
import type { JobProgress, RunReport } from '../worker/protocol';
import { chooseRecipe, suggestFor } from './choosing';
import { enhanceEach } from './many';
import { OpenFile, type Opened } from './open-file';
import {
  asFile,
  parseEnhanceOptions,
  parseEnhancerOptions,
  parseManyOptions,
  parseOpenOptions,
  parsePlanOptions,
  type EnhanceWish,
  type Wish,
} from './options';
import { cardOf, OwnFiles } from './own-files';
import { asPublic, inWords, PublicError } from './public-error';
import { startClient, type Client } from './start';
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
  Progress,
  Report,
  Result,
} from './types';
import { disposed, sayNotes } from './words';

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
        const recipe = await this.#recipeFor(client, opened, wish, signal);
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
      return this.#inTurn(options.signal, (client, signal) =>
        this.#enhance(client, { file, photo, wish, signal }),
      );
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

  async #recipeFor(
    client: Client,
    opened: Opened,
    wish: Wish,
    signal: AbortSignal,
  ): Promise<Recipe> {
    const recipe = await chooseRecipe(client, opened, wish);
    // What a recipe names by its hash must be there, too.
    if (ownOf(recipe)) await this.#own.all(client, signal);
    const chosen = await this.#own.choose(recipe, wish.model, client, signal);
    signal.throwIfAborted();
    return chosen;
  }

  async #enhance(
    client: Client,
    job: { file: Blob; photo: File; wish: EnhanceWish; signal: AbortSignal },
  ): Promise<Result> {
    const { file, photo, wish, signal } = job;
    const tell = (progress: Progress) => {
      // The abort may have been told before the run had begun.
      if (signal.aborted) void client.cancel();
      else callSafely(wish.onProgress, progress);
    };
    const tellStage = (stage: Progress['stage']) =>
      tell({ stage, task: null, fraction: 0, etaSeconds: null });
    tellStage('open');
    const opened = await this.#photo.open(client, file, photo);
    const { info, handle } = opened;
    const recipe = await this.#recipeFor(client, opened, wish, signal);
    const { format } = wish;
    const framed = framedSize(recipe.frame, info);
    const size = savedSize(recipe, framed);
    if (format !== 'auto') refuseLongSide(format, size);
    const centre = { x: framed.width / 2, y: framed.height / 2 };
    let isRunning = true;
    const listen = (each: JobProgress) => {
      const progress = plain(each);
      // Progress comes on a channel of its own, where the last of it may be slower than the reply.
      if (isRunning) tell(progress);
    };
    const ran = unwrap(await client.enhance(handle.id, recipe, centre, listen));
    isRunning = false;
    signal.throwIfAborted();
    const last = ran.steps.at(-1);
    if (last) tell({ stage: 'run', task: last.task, fraction: 1, etaSeconds: 0 });
    tellStage('save');
    const { quality, lossless, depth, strength = recipe.finish.strength, metadata } = wish;
    const finish = { ...recipe.finish, strength };
    const chosen =
      format === 'auto'
        ? savedLike(info.format, info.hasAlpha, size, info.isLossless && lossless !== false)
        : format;
    const how = {
      format: chosen,
      quality,
      ...(lossless === false && { lossless }),
      ...(depth && { depth }),
      finish,
      metadata,
      ...(recipe.size && { size: recipe.size }),
    };
    const blob = unwrap(await client.save(handle.id, how));
    const finished = { ...recipe, finish };
    return { blob, ...ran.output, recipe: finished, report: asReport(ran) };
  }
}

/** Progress without the pixels, which are freed. */
function plain({ patch, ...progress }: JobProgress): Progress {
  patch?.bitmap.close();
  return progress;
}

function asReport({ backend, software, device, seconds, steps, notes }: RunReport): Report {
  return {
    ...{ backend, software, device, seconds, notes: sayNotes(notes) },
    steps: steps.map((step) => {
      if (step.kind !== 'network') return step;
      const { kind, task, model, tiles, cpuTiles, precision } = step;
      return { kind, task, model, tiles, cpuTiles, precision };
    }),
  };
}

/** An exception in a page's own callback is the page's, and no reason to stop. */
function callSafely<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    reportError(error);
  }
}
