import { getContext } from 'svelte';
import type { OwnerOptions } from '../../../worker/protocol';
import { t } from '../../i18n/page-words';
import { joinSentences } from '../../i18n/sentence';
import { EnhancerClient } from '../../platform/enhancer-client';
import { isArchive, isModel, readClipboard, type DroppedItem } from '../../platform/intake';
import { importPart } from '../../platform/parts';
import { nameOf } from '../../platform/photo-source';
import { fetchSample, sampleName } from '../../platform/sample';
import type { Shared } from '../../platform/share-box';
import { mayStore, readSetting, writeSetting } from '../../platform/storage';
import type { Entry } from '../queue/entry.svelte';
import type { PhotoQueue } from '../queue/photo-queue.svelte';
import type { ClipOffer } from './clip-offer';
import type { Desk } from './desk.svelte';
import { InstallOffer } from './install-offer.svelte';
import { LeftHere, type KeptPhoto } from './left-here.svelte';
import { UpdateNotice } from './update-notice.svelte';

const keysStorage = 'enlarger.single-keys';

/** Loads what an open photo needs, and makes the desk. */
export type DeskLoader = (enhancer: EnhancerClient) => Promise<Desk>;

/**
 * What the page has before a photo is opened; made once in `main.ts` and passed by context. The {@link Desk}, with
 * all that shows and enhances photos, comes with the first file.
 */
export class Page {
  readonly install = new InstallOffer(window);
  readonly updates: UpdateNotice;
  readonly left = new LeftHere();
  /** What photos lie on; null before the first file. */
  desk = $state.raw<Desk | null>(null);
  /** Many photos; null before more than one has come. */
  queue = $state.raw<PhotoQueue | null>(null);
  /** True while files are dragged over the window. */
  dragging = $state(false);
  /** True while the list of shortcuts is open. */
  helping = $state(false);
  /** True while the guide is open. */
  guiding = $state(false);
  /** What the guide is opened to tell of; empty for all of it. */
  topic = '';
  /** True while the list of what is kept offline is open. */
  shelving = $state(false);
  /** Models' files that have come, with what lay beside them, and that the list of what is kept offline is to add; else none. */
  brought = $state.raw<readonly File[]>([]);
  /** Counts changes of the person's own models. */
  ownChanges = $state(0);
  /** True while the person is asked whether the clipboard's picture is to be opened. */
  pasting = $state(false);
  /** What was shared, and waits for the person to open or discard it. */
  shared = $state.raw<Shared | null>(null);
  /** The clip that was being made, once its file is open, until it is gone on with; else null. */
  goneOn = $state.raw<ClipOffer | null>(null);
  /** How what was open was set, until the photo that was opened again has it; else null. */
  resumed: KeptPhoto | null = null;
  /** The recipe that the address asks for, unchecked, until the first photo has it; else undefined. */
  linked: unknown;
  /** The size that it asks for, as long. */
  linkedSize: string | null = null;
  /** How the worker starts. */
  readonly options: OwnerOptions;
  /** Whether shortcuts without a modifier key are on (WCAG 2.1.4). */
  singleKeys = $state(readSetting(keysStorage) !== 'off');
  /** False where the browser keeps nothing for this site. */
  keeps = $state(true);
  /** Shows the system's file picker; set by the component that has the input. */
  pick: () => void = () => undefined;
  /** The same for a folder. */
  pickFolder: () => void = () => undefined;

  readonly #enhancer: EnhancerClient;
  readonly #load: DeskLoader;
  #loading: Promise<Desk> | null = null;
  /** Name of what has arrived and waits for the desk, or empty. */
  #arriving = $state('');
  /** Why nothing was opened, as long as there is no desk. */
  #fault = $state('');
  /** The clip whose file the person is asked for, else null. */
  #going: ClipOffer | null = null;
  /** Counts arrivals; one that carries an older number is out of date. */
  #arrivals = 0;

  /**
   * @param options How the worker starts.
   * @param load Loads what comes with the first file; asked again after a failure.
   */
  constructor(options: OwnerOptions, load: DeskLoader) {
    this.options = options;
    this.#enhancer = new EnhancerClient(options);
    this.#load = load;
    void mayStore().then((keeps) => (this.keeps = keeps));
    this.left.recall(() => (this.openFault = t('session.damaged')));
    this.updates = new UpdateNotice(`${import.meta.env.BASE_URL}whats-new.json`, {
      isWorking: () => Boolean(this.desk?.isWorking || this.queue?.isLosing),
      hasPhoto: () => this.photo !== null || this.opening !== '',
    });
  }

  /** The open photo. */
  get photo(): Desk['workbench']['photo'] {
    return this.desk?.workbench.photo ?? null;
  }

  /** Name of the file that is being opened, or empty. */
  get opening(): string {
    return this.#arriving || (this.desk?.workbench.opening ?? '');
  }

  /** Why the last file was not opened, or empty. */
  get openFault(): string {
    return this.desk?.workbench.openFault ?? this.#fault;
  }

  set openFault(fault: string) {
    if (this.desk) this.desk.workbench.openFault = fault;
    else this.#fault = fault;
  }

  /** What the live region says. */
  get status(): string {
    const name = this.#arriving;
    if (name) return t('open.opening', { name });
    return joinSentences([this.queue?.status ?? '', this.desk?.workbench.status ?? '']);
  }

  /**
   * Opens the guide.
   *
   * @param topic What it is to tell of; all of it by default.
   */
  explain(topic = ''): void {
    this.topic = topic;
    this.guiding = true;
  }

  /** Whether a dialog is open, which has the keys for itself. */
  get inDialog(): boolean {
    const isAsked = this.pasting || this.shared !== null;
    const isTold = this.queue?.isTelling ?? false;
    return this.helping || this.guiding || this.shelving || isTold || isAsked;
  }

  /** A file may come soon: begins to load what it will need. */
  prepare(): void {
    void this.#loadDesk().catch(() => undefined);
  }

  /**
   * Opens a file in place of the photo; several, a folder's or an archive's, as a queue, with the first of them on the stage.
   *
   * @param files What was picked, dropped, pasted, shared or opened by the system.
   * @param handle Access to the only one of them on the disk, where there is such.
   * @param dropped What was dropped, where it is more than one file.
   */
  async open(
    files: readonly File[],
    handle?: FileSystemFileHandle,
    dropped: readonly DroppedItem[] = [],
  ): Promise<void> {
    const [file] = files;
    const going = this.#going;
    this.#going = null;
    if (going && file && files.length === 1) return this.#goOnWith(going, file, handle);
    if (files.some(isModel)) {
      const isOfModel = (each: File) => isModel(each) || /\.(json|md|txt|bin)$/i.test(each.name);
      this.brought = files.filter(isOfModel);
      this.shelving = true;
      const others = files.filter((each) => !isOfModel(each));
      if (others.length > 0) await this.open(others);
      return;
    }
    if (!file && dropped.length === 0) {
      this.openFault = t('open.notFile');
      return;
    }
    const desk = await this.#awaitDesk(file?.name ?? '', null);
    if (!desk) return;
    const isOne = files.length === 1 && dropped.length === 0 && !isArchive(file!);
    if (isOne && !this.queue?.isMany) {
      this.queue = null;
      return desk.workbench.open(file!, handle);
    }
    const queue = await this.#awaitQueue(desk);
    const first = await queue?.take(files, dropped);
    if (first) await this.show(first);
  }

  /**
   * Shows a photo of the queue on the stage.
   *
   * @param entry Which.
   */
  async show(entry: Entry): Promise<void> {
    const { desk, queue } = this;
    if (!desk || !queue) return;
    queue.stage.leave(entry);
    const file = await entry.source.read().catch(() => null);
    if (queue.stage.shown !== entry) return;
    if (!file) {
      desk.workbench.openFault = t('open.unreadable');
      return;
    }
    await desk.workbench.open(file, entry.source.handle);
    if (queue.stage.shown === entry && !desk.workbench.openFault) await queue.stage.put(entry);
  }

  /**
   * Shows another photo of the queue.
   *
   * @param step 1 for the next, -1 for the one before.
   */
  async showNext(step: 1 | -1): Promise<void> {
    const next = this.queue?.beside(step);
    if (next) await this.show(next);
  }

  /** Opens what was open before, as it was set. */
  async resume(): Promise<void> {
    const { photo } = this.left;
    if (!photo) return;
    this.resumed = photo;
    await this.open([photo.file]);
  }

  /** Goes on with the photos that were here; within a press, since the browser may ask the person. */
  async goOn(): Promise<void> {
    const { queue: offer, photo: kept } = this.left;
    if (!offer) return;
    const name = kept?.file.name ?? nameOf(offer.list.entries[0]?.path ?? '');
    const desk = await this.#awaitDesk(name, offer.ask());
    const queue = desk && (await this.#awaitQueue(desk));
    if (!queue) return;
    const first = await queue.restore(offer);
    const { stage } = queue;
    const { shown } = stage;
    // What was kept may be the photo before, where another had only just been opened.
    const isOther = kept?.file.name !== shown?.name || kept?.file.size !== shown?.source.bytes;
    if (!kept || (shown && isOther)) return first ? this.show(first) : undefined;
    // What lay on the stage lies there again, as it was set.
    this.resumed = kept;
    await desk.workbench.open(kept.file, shown?.source.handle);
    if (shown && stage.shown === shown && !desk.workbench.openFault) await stage.put(shown);
  }

  /** Goes on with the clip that was being made here; within a press, since the browser may ask the person, for leave or for the file. */
  async goOnClip(): Promise<void> {
    const { clip } = this.left;
    if (!clip) return;
    const file = await clip.read();
    if (file) return this.#goOnWith(clip, file, clip.clip.handle ?? undefined);
    this.#going = clip;
    this.pick();
  }

  /** Opens the clipboard's picture; within a press, since some browsers ask the person. */
  async paste(): Promise<void> {
    const files = await readClipboard();
    if (files?.[0]) await this.open([files[0]]);
    else this.openFault = files ? t('paste.empty') : t('paste.press');
  }

  /** Opens the picture that comes with the page. */
  async openSample(): Promise<void> {
    let file: File | null = null;
    const fetching = fetchSample(import.meta.env.BASE_URL).then((fetched) => void (file = fetched));
    const desk = await this.#awaitDesk(sampleName, fetching);
    if (!desk) return;
    if (file) await desk.workbench.open(file);
    else desk.workbench.openFault = t('open.noSample');
  }

  /**
   * Adds a model that the person brings, which takes as long as some runs of it.
   *
   * @param file The model's.
   * @param about What lay beside it and says of what it is; what is believed first, first.
   * @returns What is kept, or why it is not.
   */
  addModel(file: File, about?: readonly File[]): ReturnType<EnhancerClient['addModel']> {
    return this.#enhancer.addModel(file, about);
  }

  /** Ends that. */
  stopAdding(): Promise<void> {
    return this.#enhancer.stopAdding();
  }

  /** Shows the file picker where the browser allows it without a click, else leads to its button. */
  offerPicker(): void {
    if (navigator.userActivation?.isActive) this.pick();
    else document.querySelector<HTMLElement>('[data-open]')?.focus();
  }

  /**
   * Turns single-key shortcuts on or off, also for the next visit.
   *
   * @param on Whether they work.
   */
  setSingleKeys(on: boolean): void {
    this.singleKeys = on;
    writeSetting(keysStorage, on ? 'on' : 'off');
  }

  /**
   * Waits for the desk, and for what else an arrival needs.
   *
   * @param name What has arrived.
   * @param also What else it needs; does not fail.
   * @returns Null where something else has arrived meanwhile, or the desk cannot be loaded; which is said.
   */
  async #awaitDesk(name: string, also: Promise<void> | null): Promise<Desk | null> {
    const number = ++this.#arrivals;
    this.openFault = '';
    this.left.withdraw();
    if (this.desk && !also) {
      this.#arriving = '';
      return this.desk;
    }
    this.#arriving = name;
    // Beside the desk, which is not needed to start it.
    this.#enhancer.prepare();
    const loading = this.#loadDesk().catch(() => null);
    const [desk] = await Promise.all([loading, also]);
    if (number !== this.#arrivals) return null;
    this.#arriving = '';
    if (!desk) this.openFault = t('room.failed');
    return desk;
  }

  /** Loads what many photos need, once; null where that fails, which is said. */
  async #awaitQueue(desk: Desk): Promise<PhotoQueue | null> {
    if (this.queue) return this.queue;
    const part = await importPart(() => import('../queue/photo-queue.svelte')).catch(() => null);
    if (part) this.queue ??= new part.PhotoQueue(desk);
    else this.openFault = t('room.failed');
    return this.queue;
  }

  /** Opens the file of a clip that was being made; another one is not opened. */
  async #goOnWith(
    offer: ClipOffer,
    file: File,
    handle: FileSystemFileHandle | undefined,
  ): Promise<void> {
    if (!(await offer.fits(file))) {
      this.openFault = t('session.clipOther', { name: offer.clip.name });
      return;
    }
    this.goneOn = offer;
    await this.open([file], handle);
    if (this.openFault) this.goneOn = null;
  }

  #loadDesk(): Promise<Desk> {
    if (this.#loading) return this.#loading;
    const loading = this.#load(this.#enhancer).then((desk) => (this.desk = desk));
    this.#loading = loading;
    // Asked again at the next try.
    loading.catch(() => (this.#loading = null));
    return loading;
  }
}

/** The context key under which `main.ts` passes the {@link Page}. */
export const pageKey = Symbol('page');

/**
 * The page's state, for a component while it is being initialised.
 *
 * @returns What `main.ts` made.
 */
export function usePage(): Page {
  return getContext<Page>(pageKey);
}
