import { writeCsv } from '../../../core/queue/csv';
import { t } from '../../i18n/queue-words';
import { formatBytes, formatDuration } from '../../i18n/quantity';
import { t as say } from '../../i18n/page-words';
import { joinSentences } from '../../i18n/sentence';
import { decimalSign } from '../../i18n/speak';
import { download } from '../../platform/download';
import { askAgain } from '../../platform/file-access';
import { chooseFolder } from '../../platform/folder-choice';
import { FolderTarget } from '../../platform/folder-writing';
import { gatherDropped, gatherFiles } from '../../platform/gathering';
import type { DroppedItem } from '../../platform/intake';
import { askToNotify, mayNotify, notify } from '../../platform/notices';
import { savesData, watchBattery } from '../../platform/power';
import { dropQueue, keepQueue, measureFree, measureRoom } from '../../platform/queue-store';
import { dropParts, keepPart } from '../../platform/session-store';
import { readSetting, writeSetting } from '../../platform/storage';
import type { Presets } from '../photo/presets.svelte';
import type { Saver } from '../photo/saver.svelte';
import type { Workbench } from '../photo/workbench.svelte';
import { ClipStage, type ClipDesk } from './clips/clip-stage.svelte';
import type { Entry } from './entry.svelte';
import type { QueueOwner } from './photo-work';
import { QueueCare } from './queue-care';
import { QueueKeeper } from './queue-keeper.svelte';
import { listQueue, restoreEntries, type QueueOffer } from './queue-list';
import { describeLeft } from './queue-left';
import { listReport } from './queue-report';
import { QueueRoom } from './queue-room.svelte';
import { QueueStage } from './queue-stage.svelte';
import { QueueWish } from './queue-wish.svelte';
import type { QueueSettings } from './queue-parts';
import { Queue } from './queue.svelte';
import { Thumbnails } from './thumbnails';

const noticeStorage = 'enlarger.queue-notice';

/** What of the desk a queue works with. */
export type QueueDesk = ClipDesk & {
  readonly enhancer: QueueOwner;
  readonly workbench: Workbench;
  readonly presets: Presets;
  readonly saver: Saver;
};

/** The queue as the page has it: what comes in, what is said of it, and what goes out. */
export class PhotoQueue {
  readonly queue: Queue;
  readonly wish: QueueWish;
  readonly thumbnails = new Thumbnails();
  /** How much room its results take. */
  readonly room: QueueRoom;
  /** Keeps it for a reload or a crash. */
  readonly keeper: QueueKeeper;
  /** Which of them lies on the stage. */
  readonly stage: QueueStage;
  /** What is set under Film where that is a clip. */
  readonly films: ClipStage;
  /** What happened last beside its own going on, or empty. */
  news = $state('');
  /** Whether the dialog is open that tells of all and has the options. */
  isTelling = $state(false);
  /** Whether the person is notified when it has ended. */
  notifies = $state(mayNotify() && readSetting(noticeStorage) === 'on');
  /** Whether the browser has refused that. */
  isSilenced = $state(false);
  /** Whether results are being packed. */
  isPacking = $state(false);

  readonly #workbench: Workbench;
  readonly #wanted: () => QueueSettings;
  /** The closed tab whose queue it is, until it is kept as this one's; null where it is of none. */
  #heir: string | null = null;

  /** @param desk What it works with. */
  constructor(desk: QueueDesk) {
    const { enhancer, workbench, presets, saver } = desk;
    this.#workbench = workbench;
    this.wish = new QueueWish(workbench, presets, () => this.films.steps);
    this.films = new ClipStage(desk, () => {
      const fit = this.wish.held?.fit;
      return (fit?.by === 'recipe' && fit.film) || null;
    });
    this.stage = new QueueStage({ workbench, presets, wish: this.wish });
    const care = new QueueCare(savesData);
    watchBattery((battery) => care.takeBattery(battery));
    care.onLow = () => this.queue.look();
    care.onEase = () => this.queue.start();
    this.#wanted = () => {
      const { chosen, chosenDepth, chosenLossless, quality, metadata } = saver;
      const choice = { chosen, chosenDepth, chosenLossless, quality, metadata };
      return { fit: this.wish.fit, choice };
    };
    this.queue = new Queue({
      care,
      owner: enhancer,
      settings: this.#wanted,
      refuse: () => this.room.refuse(),
      now: () => performance.now(),
      depict: (entry, preview) => this.thumbnails.take(entry, preview),
    });
    this.queue.onEnd = () => this.#tellEnd();
    this.room = new QueueRoom({
      queue: this.queue,
      settings: () => this.settings,
      measured: () => {
        const { shown } = this.stage;
        return shown && saver.estimated !== null ? { entry: shown, bytes: saver.estimated } : null;
      },
      measureFree,
    });
    this.keeper = new QueueKeeper(this.queue, () => this.stage.shown, {
      keep: async (list, access) => {
        await keepQueue(list, access, Date.now());
        if (this.#heir) await dropQueue(this.#heir);
        this.#heir = null;
      },
      keepPart: (part, bytes) => keepPart(part, bytes, Date.now()),
      drop: () => dropQueue(),
      ...{ dropParts, measureRoom },
    });
  }

  /** What is asked for of all: as it began, or as it is set now. Reads reactive state. */
  get settings(): QueueSettings {
    return this.queue.settings ?? this.#wanted();
  }

  /** Whether there are several photos, so that it is to be seen. */
  get isMany(): boolean {
    return this.queue.isMany;
  }

  /** Whether photos of it are open in the worker, or will be. */
  get isWorking(): boolean {
    return this.queue.isWorking;
  }

  /** Whether leaving the page would lose something. */
  get isLosing(): boolean {
    return this.isWorking || this.queue.unsaved.length > 0;
  }

  /** What the live region says of it. */
  get status(): string {
    const { queue, news } = this;
    const { entries, hasBegun, isMany } = queue;
    if (!isMany) return news;
    if (!hasBegun) {
      const bytes = entries.reduce((sum, { source }) => sum + source.bytes, 0);
      const [count, size] = [entries.length, formatBytes(bytes)];
      const clips = entries.filter(({ clip }) => clip).length;
      const ready =
        clips > 0
          ? t('queue.readyClips', { count, clips, size })
          : t('queue.ready', { count, size });
      return joinSentences([ready, news]);
    }
    return joinSentences([this.#progress, news]);
  }

  /**
   * The photo beside the one on the stage.
   *
   * @param step 1 for the next, -1 for the one before.
   * @returns Null at the ends.
   */
  beside(step: 1 | -1): Entry | null {
    const { entries } = this.queue;
    const { shown } = this.stage;
    const at = shown ? entries.indexOf(shown) : -1;
    return entries[at < 0 ? 0 : at + step] ?? null;
  }

  /**
   * Puts a photo elsewhere in the order, and says where.
   *
   * @param entry Which.
   * @param place Its new place, from 0.
   */
  move(entry: Entry, place: number): void {
    this.queue.move(entry, place);
    const { entries } = this.queue;
    const facts = { name: entry.name, place: entries.indexOf(entry) + 1, total: entries.length };
    this.news = t('queue.moved', facts);
  }

  /** Takes what has arrived; what was left out of it is said. Gives the first photo; null for none. */
  async take(files: readonly File[], dropped: readonly DroppedItem[]): Promise<Entry | null> {
    this.news = t('queue.reading');
    const gathering = dropped.length > 0 ? gatherDropped(dropped, files) : gatherFiles(files);
    const { sources, ...left } = await gathering;
    const [first = null] = this.queue.add(sources);
    this.news = describeLeft(left);
    if (!first) this.#workbench.openFault = t('queue.none');
    return first;
  }

  /**
   * Takes up what was kept, and goes on with it where it was going.
   *
   * @param offer What was kept.
   * @returns The photo for the stage; null where none is to be had.
   */
  async restore(offer: QueueOffer): Promise<Entry | null> {
    const { list, kept } = offer;
    this.news = t('queue.reading');
    const words = { gone: t('queue.lost'), retouch: t('queue.retouchLost') };
    const entries = await restoreEntries(offer, words);
    const folder = kept.access?.target;
    const { pattern, skipsDone, settings } = list;
    const target = folder ? new FolderTarget(folder) : null;
    this.#heir = kept.isOwn ? null : kept.tab;
    this.queue.restore(entries, { pattern, skipsDone, settings, target });
    this.keeper.resume(kept.parts);
    const count = entries.filter(({ fault }) => fault === t('queue.lost')).length;
    this.news = count > 0 ? t('queue.lostMany', { count }) : '';
    const shown = entries.find(({ id }) => id === list.shown) ?? null;
    this.stage.shown = shown;
    if (list.isGoing && this.queue.phase === 'paused') this.queue.start();
    return shown ?? entries.find(({ state }) => state !== 'gone') ?? null;
  }

  /** Goes on where it was paused; within a press, since the browser may ask whether to read and write as before. */
  async resume(): Promise<void> {
    await this.#askAgain();
    this.queue.start();
  }

  /** Tries those once more that have failed; within a press, as for {@link PhotoQueue.resume}. */
  async retry(): Promise<void> {
    await this.#askAgain();
    this.queue.retry();
  }

  async #askAgain(): Promise<void> {
    const { access } = listQueue(this.queue, null);
    if (access) await askAgain(access);
  }

  /** Saves what is kept here, as one archive; one photo by itself. */
  async saveAll(): Promise<void> {
    const { kept } = this.queue;
    const [only] = kept;
    if (!only || this.isPacking) return;
    if (kept.length === 1) return this.save(only);
    this.isPacking = true;
    this.news = t('queue.saving', { count: kept.length });
    try {
      const { packAll } = await import('../../platform/zip-writing');
      const files = kept.map(({ output }) => ({ path: output!.path, blob: output!.blob! }));
      const archive = await packAll(files);
      const name = `${this.#folder ?? 'photos'}-enhanced.zip`;
      download(archive, name);
      for (const entry of kept) entry.output = { ...entry.output!, isSaved: true };
      this.news = t('queue.saved', { name, size: formatBytes(archive.size) });
    } catch {
      this.news = '';
      this.queue.fault = t('queue.saveFailed');
    }
    this.isPacking = false;
  }

  /** Asks for a folder that results go into from now on, and writes there what is kept; within a press. */
  async chooseFolder(): Promise<void> {
    const folder = await chooseFolder();
    if (!folder) return;
    const count = this.queue.kept.length;
    this.queue.target = folder;
    await this.queue.writeKept();
    if (count > 0 && this.queue.kept.length === 0)
      this.news = t('queue.wrote', { count, folder: folder.name });
  }

  /**
   * Notifies the person when it has ended, or does not; within a press, since the browser may ask them.
   *
   * @param isWanted Whether they want it.
   */
  async setNotifies(isWanted: boolean): Promise<void> {
    this.notifies = isWanted && (mayNotify() || (await askToNotify()));
    this.isSilenced = isWanted && !this.notifies;
    writeSetting(noticeStorage, this.notifies ? 'on' : 'off');
  }

  /** Saves the report. */
  saveReport(): void {
    const csv = writeCsv(listReport(this.queue.entries), decimalSign());
    download(new Blob([csv], { type: 'text/csv' }), `${this.#folder ?? 'photos'}-report.csv`);
  }

  /**
   * Saves the result of one photo by itself.
   *
   * @param entry Which.
   */
  save(entry: Entry): void {
    const { output } = entry;
    if (!output?.blob) return;
    const name = output.path.split('/').at(-1)!;
    download(output.blob, name);
    entry.output = { ...output, isSaved: true };
    this.news = t('queue.saved', { name, size: formatBytes(output.bytes) });
  }

  /** The folder that all photos came from; null where there are several, or none. */
  get #folder(): string | null {
    const [first, ...others] = this.queue.entries.map(({ source }) =>
      source.path.includes('/') ? source.path.split('/')[0]! : null,
    );
    return first && others.every((each) => each === first) ? first : null;
  }

  get #progress(): string {
    const { phase, current, secondsLeft } = this.queue;
    return joinSentences([this.#tally, ...this.#phaseWords(phase, current, secondsLeft)]);
  }

  /** How many are done, and how many are not. */
  get #tally(): string {
    const { counts, entries } = this.queue;
    const { done, failed, skipped } = counts;
    const status = t('queue.status', { done, total: entries.length, failed });
    const said = `${status}${skipped > 0 ? t('queue.skipped', { count: skipped }) : ''}`;
    return t('queue.sentence', { said });
  }

  #tellEnd(): void {
    if (this.notifies) void notify(say('app.name'), this.#tally).catch(() => undefined);
  }

  #phaseWords(phase: Queue['phase'], current: Entry | null, seconds: number | null): string[] {
    if (phase === 'paused')
      return [current ? t('queue.pausing', { name: current.name }) : t('queue.paused')];
    if (phase === 'going')
      return seconds === null ? [] : [t('queue.left', { time: formatDuration(seconds) })];
    const { target, unsaved } = this.queue;
    const isShort = target !== null && unsaved.length > 0;
    return [
      t('queue.ended'),
      ...(isShort ? [t('queue.unwritten', { count: unsaved.length })] : []),
    ];
  }
}
