import { Shelf, type ShelfFile, type ShelfModel } from '../../../models/shelf';
import { forgetMended, listMended, type Mended } from '../../../integrity/mended-list';
import { EnhanceError } from '../../../core/errors';
import { describeProblem } from '../../i18n/problem';
import { t } from '../../i18n/translate';
import {
  codecFormats,
  codecOf,
  dropEngine,
  dropPart,
  findKept,
  keepFile,
  listEngine,
  measureShell,
  type CodecFormat,
  type EngineFile,
} from '../../platform/engine-files';
import { dropClips, measureClips } from '../../platform/film-store';
import { dropQueues, measureQueues } from '../../platform/queue-store';
import { dropSessions, measureSessions } from '../../platform/session-store';
import { measureStorage, persistStorage, type StorageUse } from '../../platform/storage';

/** What is kept of something, and its whole size, in bytes. */
export type Share = { readonly kept: number; readonly total: number };

/** What is kept of the codecs that one format alone needs. */
export type CodecShare = { readonly format: CodecFormat; readonly share: Share };

const nothing: Share = { kept: 0, total: 0 };

/** How far "keep everything" has come, in bytes. */
type Keeping = { readonly loaded: number; readonly total: number };

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
const bytesOf = (files: readonly { readonly bytes: number }[]): number =>
  sum(files.map(({ bytes }) => bytes));

/**
 * How much of a model is kept.
 *
 * @param files The model's files.
 * @returns Bytes kept, and of all its files.
 */
export function shareOf(files: readonly ShelfFile[]): Share {
  const kept = files.filter((each) => each.kept);
  return { kept: bytesOf(kept.map(({ file }) => file)), total: bytesOf(files.map((f) => f.file)) };
}

/** Everything that is or could be kept offline: a list that can be completed and emptied. */
export class ShelfList {
  /** False until the list has been read for the first time. */
  ready = $state(false);
  models = $state.raw<readonly ShelfModel[]>([]);
  /** The engine's files for this browser that are kept; empty totals where there is no build. */
  engine = $state.raw<Share>(nothing);
  /** The codecs of formats that few photos have; none where there is no build. */
  codecs = $state.raw<readonly CodecShare[]>([]);
  shellBytes = $state(0);
  /** Of photos that are open, kept for a reload. */
  sessionBytes = $state(0);
  /** Of queues, kept to be gone on with. */
  queueBytes = $state(0);
  /** Of clips, likewise. */
  clipBytes = $state(0);
  /** Files of the page and the engine that arrived or lay here damaged, and are right now. */
  mended = $state.raw<readonly Mended[]>([]);
  storage = $state.raw<StorageUse>({ used: null, quota: null, persistent: false });
  /** Not null while everything is being kept. */
  keeping = $state.raw<Keeping | null>(null);
  /** How the last attempt ended, where it did not succeed; or why there is no list. */
  fault = $state('');
  /** Whether the same may go well the next time. */
  isWorthRetry = $state(false);
  readonly #shelf: Shelf;
  readonly #base: string;
  #missingEngine: readonly EngineFile[] = [];
  #stop: AbortController | null = null;

  /**
   * @param catalogUrl Absolute address of the models' catalogue.
   * @param base Absolute address of the page's folder, ending in a slash.
   */
  constructor(catalogUrl: string, base: string) {
    this.#shelf = new Shelf(catalogUrl);
    this.#base = base;
  }

  /** What is kept of the engine and of all models together; the page itself is always kept. */
  get all(): Share {
    const models = shareOf(this.models.flatMap(({ files }) => files));
    const all = [models, this.engine, ...this.codecs.map(({ share }) => share)];
    return { kept: sum(all.map((each) => each.kept)), total: sum(all.map((each) => each.total)) };
  }

  /** Reads the list again. */
  async refresh(): Promise<void> {
    try {
      const engine = await listEngine(this.#base);
      const [kept, shell, session, queues, clips, storage, models, mended] = await Promise.all([
        findKept(engine),
        measureShell(),
        measureSessions(),
        measureQueues(),
        measureClips(),
        measureStorage(),
        this.#shelf.list(),
        listMended(),
      ]);
      this.mended = mended;
      this.#missingEngine = engine.filter((file) => !kept.includes(file));
      const shareFor = (codec: CodecFormat | null) => {
        const own = (file: EngineFile) => codecOf(file) === codec;
        return { kept: bytesOf(kept.filter(own)), total: bytesOf(engine.filter(own)) };
      };
      this.engine = shareFor(null);
      this.codecs = codecFormats
        .map((format) => ({ format, share: shareFor(format) }))
        .filter(({ share }) => share.total > 0);
      this.shellBytes = shell;
      this.sessionBytes = session.photos;
      this.queueBytes = session.queues + queues;
      this.clipBytes = clips;
      this.storage = storage;
      this.models = models;
    } catch (error) {
      this.fault = t('shelf.failed', { reason: reasonOf(error) });
      this.isWorthRetry = true;
    }
    this.ready = true;
  }

  /** Fetches what is missing, and asks the browser to delete none of it by itself. */
  async keepAll(): Promise<void> {
    if (this.keeping) return;
    const { signal } = (this.#stop = new AbortController());
    const { kept, total } = this.all;
    this.fault = '';
    this.keeping = { loaded: 0, total: total - kept };
    try {
      // Begun within the click, since some browsers ask the person.
      const persisting = persistStorage();
      await this.#fetchMissing(signal, (loaded) => {
        this.keeping = { loaded, total: total - kept };
      });
      await persisting;
    } catch (error) {
      this.fault = explain(error, signal);
      this.isWorthRetry = !signal.aborted;
    }
    this.#stop = null;
    await this.refresh();
    this.keeping = null;
  }

  /** Tries again what did not succeed: the list, or to keep everything. */
  async retry(): Promise<void> {
    if (this.models.length > 0) return this.keepAll();
    this.fault = '';
    this.ready = false;
    await this.refresh();
  }

  /** Stops keeping; what has arrived stays. */
  cancel(): void {
    this.#stop?.abort();
  }

  /**
   * Deletes a model's files.
   *
   * @param model Which.
   */
  async dropModel(model: ShelfModel): Promise<void> {
    await this.#drop(() => this.#shelf.drop(model));
  }

  /** Deletes what was kept of open photos. */
  async dropSessions(): Promise<void> {
    await this.#drop(() => dropSessions(undefined, ['photos']));
  }

  /** Deletes what was kept of queues. */
  async dropQueues(): Promise<void> {
    await this.#drop(async () => {
      await dropSessions(undefined, ['queues']);
      await dropQueues();
    });
  }

  /** Deletes what was kept of clips, but for one that is open. */
  async dropClips(): Promise<void> {
    await this.#drop(dropClips);
  }

  /** Deletes the engine. */
  async dropEngine(): Promise<void> {
    await this.#drop(() => dropPart(null));
  }

  /**
   * Deletes the codecs of a format.
   *
   * @param format Which.
   */
  async dropCodec(format: CodecFormat): Promise<void> {
    await this.#drop(() => dropPart(format));
  }

  /** Deletes the engine and every model. */
  async dropAll(): Promise<void> {
    await this.#drop(async () => {
      await dropEngine();
      await forgetMended();
      await dropSessions();
      await dropQueues();
      await Promise.all(this.models.map((model) => this.#shelf.drop(model)));
    });
  }

  async #drop(work: () => Promise<void>): Promise<void> {
    this.fault = '';
    try {
      await work();
    } catch (error) {
      this.fault = t('shelf.failed', { reason: reasonOf(error) });
      this.isWorthRetry = false;
    }
    await this.refresh();
  }

  async #fetchMissing(signal: AbortSignal, onLoaded: (bytes: number) => void): Promise<void> {
    let done = 0;
    for (const file of this.#missingEngine)
      await keepFile(file, signal, (count) => onLoaded((done += count)));
    const missing = this.models.flatMap(({ files }) => files.filter(({ kept }) => !kept));
    for (const { file } of missing) {
      await this.#shelf.keep(file, signal, (loaded) => onLoaded(done + loaded));
      done += file.bytes;
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof EnhanceError) return describeProblem(error);
  return error instanceof Error ? error.message : String(error);
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return t('shelf.cancelled');
  const isFull =
    (error instanceof DOMException && error.name === 'QuotaExceededError') ||
    (error instanceof EnhanceError && error.code === 'storage-full');
  return isFull ? t('shelf.full') : t('shelf.broken', { reason: reasonOf(error) });
}
