import { failed, type Reply } from '../../core/errors';
import { t } from './words';
import type { Easel } from '../../app/state/photo/easel';
import { Saver } from '../../app/state/photo/saver.svelte';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import { download } from '../../app/platform/download';
import { neutralFinish } from '../../core/recipe/finish';
import type { BlobOptions, Fault, FrameMessage, RecipeFields, Settings } from '../protocol';
import { Consent } from './consent.svelte';
import { Delivery, type DeliveryParts } from './delivery.svelte';
import { ClipWork } from './clip-work.svelte';
import { asFault } from './fault';
import type { ModelDoor } from './model-door.svelte';
import { tellNews } from './news.svelte';
import { Openings } from './openings';
import { isSamePlain } from './plain-data';
import type { QueuedClient } from './queued-client.svelte';
import { Sight } from './sight.svelte';
import { Tray } from './tray.svelte';
import { recipeOf, Wishes } from './wishes';

/** What a guest works with. */
export type GuestParts = {
  readonly client: Pick<
    QueuedClient,
    | ('waiting' | 'maxPixels' | 'takesClips' | 'opened' | 'ran' | 'go')
    | ('alive' | 'terminate' | 'save' | 'enhanceClip' | 'clipFindings')
  >;
  /** Of the same client. */
  readonly easel: Easel;
  /** The frame's document. */
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener'>;
  /** See {@link DeliveryParts}. */
  readonly measure: DeliveryParts['measure'];
  /** Where the host's models come in. */
  readonly models: ModelDoor;
  /** Says something to the host. */
  readonly send: (message: FrameMessage) => void;
};

/** What the frame does for its host, and for the person in front of it. */
export class Guest {
  readonly easel: Easel;
  readonly saver: Saver;
  readonly consent: Consent;
  /** Whether the button for that is in view. */
  readonly sight: Sight;
  readonly delivery: Delivery;
  /** What is made of clips. */
  readonly clip: ClipWork;
  readonly models: ModelDoor;
  /** Files that the person brought together. */
  readonly tray: Tray;
  /** The host's wishes; replaced, never changed in place. */
  settings: Settings = $state.raw() as Settings;
  readonly #parts: GuestParts;
  readonly #workbench: Workbench;
  readonly #wishes: Wishes;
  readonly #openings = new Openings();
  /** Counts openings and closings: what an earlier one comes to is of no interest. */
  #opened = 0;
  /** The latest opening, until all that it asks for is settled. */
  #opening: Promise<unknown> = Promise.resolve();
  /** The host's wish that is being met. */
  #enhancing: object | null = null;
  /** The host's wishes on their way to the workbench, and whether there are newer ones by then. */
  #settling: Promise<void> | null = null;
  #isOutdated = false;

  /**
   * @param settings The host's first wishes; the backend is settled by them.
   * @param parts What it works with.
   */
  constructor(settings: Settings, parts: GuestParts) {
    const { client, easel, page, measure, models, send } = parts;
    const { workbench } = easel;
    this.#parts = parts;
    this.models = models;
    this.easel = easel;
    this.#workbench = workbench;
    this.saver = new Saver(easel.enhancer, workbench);
    this.sight = new Sight(page);
    this.consent = new Consent(this.sight);
    const { saver, consent } = this;
    this.#wishes = new Wishes(workbench, consent, () => this.sight.renew());
    this.delivery = new Delivery({
      ...{ owner: client, bench: workbench, saver, consent, measure },
      send: (result) => send({ type: 'result', result }),
    });
    this.clip = new ClipWork({
      ...{ owner: client, bench: workbench, consent, download },
      send: (result) => send({ type: 'result', result }),
    });
    this.tray = new Tray({
      ...{ consent, bench: workbench },
      open: (file) => this.#open(file),
      run: () => this.#run(),
      report: (fault) => this.#report(fault),
    });
    this.configure(settings);
    tellNews(this, send);
  }

  /** The open photo and what is being done to it. */
  get workbench(): Workbench {
    return this.#workbench;
  }

  /** True while the host's wish to enhance waits for the person's yes. */
  get asking(): boolean {
    return this.consent.asking;
  }

  /** Whether the open photo is the person's own. */
  get isOwn(): boolean {
    return this.consent.isOwn(this.#workbench.file);
  }

  /** Whether another widget's run must end first. */
  get waiting(): boolean {
    return this.#parts.client.waiting;
  }

  /**
   * Takes over the host's wishes.
   *
   * @param settings All of them.
   */
  configure(settings: Settings): void {
    const before = this.settings as Settings | undefined;
    this.settings = settings;
    this.#parts.client.maxPixels = settings.maxPixels;
    this.#parts.client.takesClips = settings.video;
    this.saver.chosen = settings.format === 'auto' ? null : settings.format;
    this.saver.quality = settings.quality;
    if (!before || !this.#workbench.photo) return;
    const isSame = (name: 'scale' | 'recipe' | 'maxPixels'): boolean =>
      isSamePlain(before[name], settings[name]);
    if (isSame('scale') && isSame('recipe') && isSame('maxPixels')) return;
    this.consent.withdraw();
    void this.#askAgain();
  }

  /** It is this frame's turn to run. */
  go(): void {
    this.#parts.client.go();
  }

  /**
   * Opens a file that the person gave: the first, where the host takes no more than one; else they are enhanced one after the other.
   *
   * @param files What was picked or dropped.
   */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!this.settings.picker || this.settings.disabled) return;
    if (!file) {
      this.#workbench.openFault = t('open.notFile');
      return;
    }
    const taken = this.settings.multiple ? files : [file];
    for (const each of taken) this.consent.bring(each);
    this.consent.withdraw();
    this.tray.fill(taken);
    await this.tray.openFirst();
  }

  /**
   * The person wants the photo enhanced, or agrees that the host does. A press that does not count changes
   * nothing but that the person is told.
   *
   * @param event The click on the button.
   */
  async press(event: Pick<Event, 'isTrusted'>): Promise<void> {
    const { file, canEnhance } = this.#workbench;
    if (!file || !canEnhance || this.tray.isGoingOn) return;
    if (!this.consent.press(event, file, this.tray.rest)) return;
    if (this.asking) this.consent.answer(true);
    else this.#report(await this.tray.runAll());
  }

  /** Stops a run, or says no to the host. */
  async cancel(): Promise<void> {
    this.#enhancing = null;
    this.consent.withdraw();
    this.consent.answer(false);
    await this.#workbench.cancel();
  }

  /**
   * Writes what was made as a file, for the host.
   *
   * @param options How.
   * @returns The file, or why there is none.
   */
  async write(options: BlobOptions): Promise<Blob | Fault> {
    return this.clip.isOpen ? this.clip.write(options) : this.delivery.write(options);
  }

  /** The person has moved the strength. */
  restrengthen(): void {
    this.delivery.sendSoon((fault) => this.#report(fault));
  }

  /**
   * Opens a file in place of the photo, which is the host's unless the person brought it.
   *
   * @param file Any file.
   * @returns Why it was not opened, or null; once all that the host wishes of it is asked for.
   */
  async open(file: File): Promise<Fault | null> {
    this.consent.withdraw();
    this.tray.fill([]);
    return this.#open(file);
  }

  async #open(file: File): Promise<Fault | null> {
    const opening = this.#openNext(file);
    this.#opening = opening;
    return opening;
  }

  async #openNext(file: File): Promise<Fault | null> {
    const number = ++this.#opened;
    const overtaken = asFault(failed('cancelled'));
    const workbench = this.#workbench;
    this.consent.answer(false);
    this.#enhancing = null;
    const isOpened = await this.#openings.run(async () => {
      workbench.recipe = recipeOf({ scale: this.settings.scale, recipe: null });
      await workbench.open(file);
      return true;
    });
    if (!isOpened || number !== this.#opened) return overtaken;
    const reply = this.#parts.client.opened.get(file);
    if (!reply?.ok) return reply ? asFault(reply) : overtaken;
    this.sight.renew();
    // Nobody but the person may have set how the result of their own photo is finished.
    if (this.consent.isOwn(file)) workbench.finish = neutralFinish;
    await this.#askAgain();
    if (await this.clip.judge()) await this.#askAgain();
    return null;
  }

  /** Asks for what the host wishes, one wish after the other; what is wrong in its recipe is told. */
  #askAgain(): Promise<void> {
    this.#isOutdated = true;
    this.#settling ??= this.#settle().finally(() => (this.#settling = null));
    return this.#settling;
  }

  async #settle(): Promise<void> {
    while (this.#isOutdated) {
      this.#isOutdated = false;
      this.#report(await this.#wishes.settle(this.settings));
    }
  }

  /**
   * The host wishes a run: one at a time, of the photo that is open once nothing is being opened.
   *
   * @param recipe Laid over what is asked for, or null.
   * @param isThere Settles once the photo that is meant is open, or being opened.
   * @returns Why there is no result, or null.
   */
  async enhance(recipe: RecipeFields | null, isThere: () => Promise<void>): Promise<Fault | null> {
    const busy: Fault = { code: 'busy', message: t('embed.busy') };
    await isThere();
    if (this.#enhancing || this.tray.isGoingOn) return busy;
    const wish = {};
    this.#enhancing = wish;
    try {
      await this.#untilOpened();
      const workbench = this.#workbench;
      if (this.#enhancing !== wish) return asFault(failed('cancelled'));
      if (!workbench.photo) return { code: 'no-photo', message: t('problem.photo-missing') };
      if (workbench.run) return busy;
      const fault = await this.#wishes.add(recipe);
      if (fault) return fault;
      const isFree = this.settings.reveal === 'auto';
      if (this.#enhancing !== wish || !(await this.consent.ask(workbench.file, isFree)))
        return asFault(failed('cancelled'));
      return await this.tray.runAll();
    } finally {
      if (this.#enhancing === wish) this.#enhancing = null;
    }
  }

  /** Waits until what was opened last, and what the site offers for it, is known. */
  async #untilOpened(): Promise<void> {
    let opening;
    do {
      opening = this.#opening;
      await opening;
    } while (opening !== this.#opening);
  }

  async #run(): Promise<Fault | null> {
    const workbench = this.#workbench;
    const { client } = this.#parts;
    if (workbench.plan === null) await workbench.replan();
    const { plan } = workbench;
    if (this.settings.disabled || !plan) return { code: 'busy', message: t('embed.busy') };
    if (!plan.ok) return asFault(plan);
    if (plan.value.steps.length === 0) return { code: 'nothing-to-do', message: t('plan.nothing') };
    if (this.clip.isOpen) return this.clip.run();
    client.ran = null;
    if (!(await workbench.enhance())) return asFault(failed('cancelled'));
    const ran = client.ran as Reply<unknown> | null;
    if (!ran) return { code: 'busy', message: t('embed.busy') };
    if (!ran.ok) return asFault(ran);
    return this.delivery.send();
  }

  /** Forgets photo and result, and what is being opened, and ends the worker. */
  async close(): Promise<void> {
    const { photo, opening } = this.#workbench;
    if (!photo && !opening && !this.#parts.client.alive) return;
    this.#opened++;
    this.#openings.drop();
    this.tray.fill([]);
    this.#enhancing = null;
    await this.cancel();
    // First, so that the end of the worker is not taken for an accident.
    this.#workbench.close();
    this.#parts.client.terminate();
    await this.models.models?.forget();
  }

  #report(fault: Fault | null): void {
    if (fault && fault.code !== 'cancelled')
      this.#parts.send({ type: 'error', code: fault.code, message: fault.message });
  }
}
