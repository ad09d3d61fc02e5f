import { convey, type Stations } from '../../../core/queue/conveyor';
import { OutNames, usualPattern } from '../../../core/queue/out-names';
import type { Trouble } from '../../../core/errors';
import { faultOfFile, type FileFault } from '../../../core/file-fault';
import type { OpenedPhoto } from '../../../worker/protocol';
import { describeNotes, describeProblem } from '../../i18n/problem';
import { t } from '../../i18n/queue-words';
import type { FolderTarget } from '../../platform/folder-writing';
import type { PhotoSource } from '../../platform/photo-source';
import { Entry } from './entry.svelte';
import { FolderResults } from './folder-results';
import { knowFiles } from './known-files';
import type { Job } from './job';
import { judgeTrouble } from './photo-faults';
import { planJob } from './plan-job';
import { mergeWords, nameResult, nameRoot, placeOf } from './photo-work';
import type { QueueParts, QueueSettings } from './queue-parts';
import { countStates, QueueTally } from './queue-tally.svelte';

/** Whether a queue works; `paused` lasts until somebody resumes it. */
export type QueuePhase = 'idle' | 'going' | 'paused';

type Made = { readonly path: string; readonly job: Job };

/** Many photos, done one after the other through the same worker as the one on the stage. */
export class Queue {
  entries = $state.raw<readonly Entry[]>([]);
  phase = $state<QueuePhase>('idle');
  /** Why it has paused by itself, or what else a person should know; or empty. */
  fault = $state('');
  /** How results are called. */
  pattern = $state(usualPattern);
  /** Whether a photo is left out whose result lies in the folder already. */
  skipsDone = $state(true);
  /** The folder that results go into at once; null where they are kept until they are saved. */
  target = $state.raw<FolderTarget | null>(null);
  /** Called when it has ended, not when it is paused. */
  onEnd: () => void = () => undefined;
  /** What has been done of it. */
  readonly tally: QueueTally;
  readonly #parts: QueueParts;
  readonly #names = new OutNames();
  readonly #results = new FolderResults();
  /** What was asked for as it began. */
  #settings: QueueSettings | null = null;
  #isLooping = false;
  #lastId = 0;

  /** @param parts What it works with. */
  constructor(parts: QueueParts) {
    this.#parts = parts;
    this.tally = new QueueTally(parts.now);
  }

  /** Whether there are several photos, so that it is to be seen. */
  get isMany(): boolean {
    return this.entries.length > 1;
  }

  /** Whether photos of it are open in the worker, or will be. */
  get isWorking(): boolean {
    return this.phase === 'going' || this.entries.some(({ isAtWork }) => isAtWork);
  }

  /** How many are in a state. */
  readonly counts = $derived.by(() => countStates(this.entries));

  /** Whether anything was done of it. */
  readonly hasBegun = $derived(
    this.phase !== 'idle' || this.entries.some(({ state }) => state !== 'waiting'),
  );

  /** The photo that is worked on; null while none is. */
  readonly current = $derived(
    this.entries.find(({ state }) => state === 'running') ??
      this.entries.find(({ isAtWork }) => isAtWork) ??
      null,
  );

  /** Those whose results are kept here. */
  readonly kept = $derived(this.entries.filter(({ output }) => output?.blob));

  /** Seconds that it will still take; null where that is not known. */
  readonly secondsLeft = $derived.by(() => this.tally.secondsLeft(this.entries));

  /** What was asked for as it began; null before. */
  get settings(): QueueSettings | null {
    return this.#settings;
  }

  /** Those whose results are kept here, and lie nowhere else. */
  readonly unsaved = $derived(this.kept.filter(({ output }) => !output?.isSaved));

  /**
   * Takes up a queue that was kept, in place of nothing.
   *
   * @param entries Its photos.
   * @param kept How it was.
   * @param kept.settings What was asked for as it began; null where it had not.
   */
  restore(
    entries: readonly Entry[],
    kept: Pick<Queue, 'pattern' | 'skipsDone' | 'settings' | 'target'>,
  ): void {
    for (const { output } of entries) if (output) this.#names.claim(output.path);
    this.#lastId = entries.reduce((last, { id }) => Math.max(last, id), 0);
    this.entries = entries;
    this.pattern = kept.pattern;
    this.skipsDone = kept.skipsDone;
    this.target = kept.target;
    this.#settings = kept.settings;
    if (kept.settings && this.counts.waiting > 0) this.phase = 'paused';
  }

  /**
   * Adds photos behind the others. What is in it already is not added again; what is known as gone is there again.
   *
   * @param sources Files.
   * @returns The entries that they have, in their order.
   */
  add(sources: readonly PhotoSource[]): Entry[] {
    const find = knowFiles(this.entries);
    const added = sources.map((source) => {
      const entry = find(source);
      if (!entry) return new Entry(++this.#lastId, source);
      if (entry.state === 'gone') {
        entry.source = source;
        entry.reset();
      }
      return entry;
    });
    const fresh = added.filter((entry) => !this.entries.includes(entry));
    this.entries = [...this.entries, ...fresh];
    return added;
  }

  /**
   * Takes photos out of it; what is being done to them ends.
   *
   * @param entries Which.
   */
  remove(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#leave(entry);
      if (entry.output?.blob) this.#names.release(entry.output.path);
      entry.dispose();
      if (entry.photo === null) void entry.clip?.drop();
    }
    this.entries = this.entries.filter((entry) => !entries.includes(entry));
  }

  /**
   * Puts a photo elsewhere in the order. One that is being done stays done before what follows it now.
   *
   * @param entry Which.
   * @param place Its new place, from 0; the ends where that is beyond them.
   */
  move(entry: Entry, place: number): void {
    const others = this.entries.filter((each) => each !== entry);
    if (others.length === this.entries.length) return;
    const to = Math.min(others.length, Math.max(0, place));
    this.entries = [...others.slice(0, to), entry, ...others.slice(to)];
  }

  /**
   * Begins, or goes on where it was paused; then what is asked for is what was asked for before. Where it should not begin it is
   * paused before its first photo, and goes on at the person's word.
   */
  start(): void {
    const refusal = this.phase === 'idle' ? this.#parts.refuse() : '';
    if (refusal) {
      this.#settings = null;
      this.phase = 'paused';
      this.fault = refusal;
      return;
    }
    if (this.phase === 'paused') this.#parts.care.insist();
    if (this.phase !== 'paused' || !this.#settings) this.#settings = this.#parts.settings();
    this.fault = '';
    this.phase = 'going';
    void this.#loop();
  }

  /**
   * Begins nothing new; a photo that is run is still done, a clip goes on from its last whole part later.
   *
   * @param fault Why, where it was not the person who wanted it.
   */
  pause(fault = ''): void {
    if (this.phase !== 'going') return;
    this.phase = 'paused';
    this.fault = fault;
    const { current } = this;
    if (current?.clip && current.photo !== null && current.state === 'running')
      void this.#parts.owner.cancel(current.photo, ['run', 'judge']);
  }

  /** Pauses where the machine has run low in the middle: what is worked on may take hours. */
  look(): void {
    if (this.phase === 'going') this.#holdBack(0);
  }

  /** Leaves out the photo that is worked on. */
  skip(): void {
    const { current } = this;
    if (current) this.#leave(current);
  }

  /** Tries those once more that have failed, or were not to be had. */
  retry(): void {
    for (const entry of this.entries) {
      if (entry.state !== 'failed' && entry.state !== 'gone') continue;
      entry.reset();
      entry.isAlone = false;
    }
    this.start();
  }

  /** Writes into the folder what is kept here; where that takes nothing more, the queue says why, and pauses. */
  async writeKept(): Promise<void> {
    for (const entry of this.kept) if (!(await this.#write(entry, true))) return;
  }

  async #loop(): Promise<void> {
    if (this.#isLooping) return;
    this.#isLooping = true;
    this.tally.begin();
    if (this.target) await this.writeKept();
    while (this.phase === 'going' && this.counts.waiting > 0) await convey(this.#stations);
    this.tally.end();
    this.#isLooping = false;
    if (this.phase !== 'going') return;
    this.phase = 'idle';
    this.onEnd();
  }

  readonly #stations: Stations<Entry, OpenedPhoto, Made> = {
    next: () => this.#next(),
    isWanted: (entry) => this.phase === 'going' && entry.state === 'opening',
    isAlone: (entry) => entry.isAlone,
    open: (entry) => this.#open(entry),
    run: (entry, photo) => this.#run(entry, photo),
    save: (entry, photo, made) => this.#save(entry, photo, made),
    close: (entry, photo) => this.#close(entry, photo),
  };

  #next(): Entry | null {
    if (this.phase !== 'going' || this.#holdBack(0)) return null;
    const waiting = this.entries.filter(({ state }) => state === 'waiting');
    const next = waiting.find(({ isAlone }) => isAlone) ?? waiting[0] ?? null;
    if (next) next.state = 'opening';
    return next;
  }

  /** Pauses where going on would cost what the person may not want to give. */
  #holdBack(loadBytes: number): boolean {
    const why = this.#parts.care.refuse(loadBytes);
    if (why) this.pause(why);
    return why !== '';
  }

  async #open(entry: Entry): Promise<OpenedPhoto | null> {
    const file = await entry.source.read().catch(faultOfFile);
    if (entry.state !== 'opening') return null;
    if (typeof file === 'string') return this.#miss(entry, file);
    const { owner, depict } = this.#parts;
    const opened = await owner.open(file, { beside: true, takesClips: true });
    if (!opened.ok) {
      this.#fail(entry, opened);
      return null;
    }
    const photo = opened.value;
    entry.know(photo.clip);
    await depict(entry, photo.preview);
    photo.preview.close();
    if (entry.state !== 'opening') {
      await owner.close(photo.id);
      return null;
    }
    entry.notes = describeNotes(photo.notes);
    entry.photo = photo.id;
    return photo;
  }

  async #run(entry: Entry, photo: OpenedPhoto): Promise<Made | null> {
    entry.state = 'running';
    entry.fraction = 0;
    const planned = await planJob(this.#parts.owner, entry, photo, this.#settings!);
    if (!planned || isLeft(entry)) return null;
    if (!planned.ok) return this.#fail(entry, planned);
    const job = planned.value;
    if (this.#holdBack(job.downloadBytes)) {
      entry.reset();
      return null;
    }
    const path = this.#names.claim(
      nameResult(this.pattern, entry.source, placeOf(entry, this.entries), job),
    );
    const { target } = this;
    // A photo that was changed since then is not done.
    if (target && this.skipsDone && (await target.has(path, entry.source.modified))) {
      entry.state = 'skipped';
      entry.fault = t('queue.there', { path });
      return null;
    }
    const made = { path, job };
    if (job.isCopy) {
      entry.work = { did: t('queue.copied'), seconds: 0, where: '', ...job.output };
      return made;
    }
    const tell = (fraction: number) => (entry.fraction = fraction);
    const reply = await job.run({ path, target, tell });
    if (!reply.ok || isLeft(entry)) {
      this.#names.release(path);
      if (!reply.ok) return this.#fail(entry, reply);
      await job.discard();
      return null;
    }
    entry.work = reply.value.work;
    entry.notes = mergeWords(entry.notes, reply.value.notes);
    return made;
  }

  async #save(entry: Entry, _photo: OpenedPhoto, { path, job }: Made): Promise<void> {
    entry.state = 'saving';
    const reply = await job.save();
    if (!reply.ok) {
      this.#names.release(path);
      return void this.#fail(entry, reply);
    }
    const { blob, written, notes = [] } = reply.value;
    entry.notes = mergeWords(entry.notes, notes);
    const isThere = written !== undefined;
    const where = { path: written ?? path, blob: isThere ? null : blob, isSaved: isThere };
    entry.output = { ...where, bytes: blob.size };
    await this.#write(entry);
    entry.state = 'done';
    this.tally.count(entry);
  }

  async #close(entry: Entry, { id }: OpenedPhoto): Promise<void> {
    entry.photo = null;
    await this.#parts.owner.close(id);
    if (isLeft(entry) || !this.entries.includes(entry)) void entry.clip?.drop();
    // It was opened ahead when the queue was paused.
    if (entry.state === 'opening') entry.state = 'waiting';
  }

  /** Writes a result into the folder; false where that takes nothing more: the queue pauses. What it does not take is kept. */
  async #write(entry: Entry, isOld = false): Promise<boolean> {
    const fault = this.target ? await this.#results.write(entry, this.target, isOld) : '';
    if (fault === '') return true;
    this.pause(fault);
    this.fault = fault;
    return false;
  }

  /** A photo's file is not to be had. Where the browser may not read it any more, that goes for others, too: the queue pauses, once. */
  #miss(entry: Entry, fault: FileFault): null {
    const isRefused = fault === 'refused' && !entry.isAlone;
    entry.state = isRefused ? 'waiting' : 'gone';
    entry.isAlone = isRefused;
    if (isRefused) this.pause(t('queue.unreadable', { folder: nameRoot(entry.source) }));
    else entry.fault = t('queue.gone');
    return null;
  }

  /** Ends what is done to a photo, unless it is being written. */
  #leave(entry: Entry): void {
    const { photo } = entry;
    if (entry.state === 'saving' || entry.isOver) return;
    entry.state = 'skipped';
    if (photo !== null) void this.#parts.owner.cancel(photo, ['run', 'look', 'judge']);
  }

  /** Notes that a photo has failed, or sees to it that it is tried once more. */
  #fail(entry: Entry, trouble: Trouble): null {
    if (isLeft(entry)) return null;
    if (entry.clip && trouble.problem === 'cancelled' && this.phase === 'paused') {
      entry.reset();
      return null;
    }
    const { mayTryAgain, isForAll } = judgeTrouble(trouble);
    if (mayTryAgain && !entry.isAlone) {
      entry.reset();
      entry.isAlone = true;
      if (isForAll) this.pause(describeProblem(trouble));
      return null;
    }
    entry.fault = describeProblem(trouble);
    entry.state = 'failed';
    return null;
  }
}

/** Whether the person has left it out, or taken it away, while something was waited for. */
function isLeft({ state }: Entry): boolean {
  return state === 'skipped';
}
