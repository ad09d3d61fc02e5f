import { failed, type Reply } from '../../core/errors';
import { recommend } from '../../core/recipe/recommendation';
import { t } from '../../app/i18n/translate';
import type { Easel } from '../../app/state/photo/easel';
import { Saver } from '../../app/state/photo/saver.svelte';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { Fault, FrameMessage, HostMessage, RecipeFields, Settings } from '../protocol';
import { Consent } from './consent.svelte';
import { Delivery } from './delivery';
import { asFault } from './fault';
import { tellNews } from './news.svelte';
import type { QueuedClient } from './queued-client.svelte';
import { Wishes } from './wishes';

/** What a guest works with. */
export type GuestParts = {
  readonly client: Pick<
    QueuedClient,
    'waiting' | 'maxPixels' | 'opened' | 'ran' | 'go' | 'terminate' | 'save'
  >;
  /** Of the same client. */
  readonly easel: Easel;
  /** Where the person's touch is seen. */
  readonly target: Pick<EventTarget, 'addEventListener'>;
  /** Says something to the host. */
  readonly send: (message: FrameMessage) => void;
};

/** What the frame does for its host, and for the person in front of it. */
export class Guest {
  readonly easel: Easel;
  readonly saver: Saver;
  readonly consent: Consent;
  /** The host's wishes; replaced, never changed in place. */
  settings: Settings = $state.raw() as Settings;
  readonly #parts: GuestParts;
  readonly #workbench: Workbench;
  readonly #wishes: Wishes;
  readonly #delivery: Delivery;
  /** Counts openings and closings: what an earlier one comes to is of no interest. */
  #openings = 0;

  /**
   * @param settings The host's first wishes; the backend is settled by them.
   * @param parts What it works with.
   */
  constructor(settings: Settings, parts: GuestParts) {
    const { client, easel, target, send } = parts;
    const { workbench } = easel;
    this.#parts = parts;
    this.easel = easel;
    this.#workbench = workbench;
    this.saver = new Saver(easel.enhancer, workbench);
    this.consent = new Consent(target);
    this.#wishes = new Wishes(workbench);
    this.#delivery = new Delivery(client, workbench, this.saver, (result) =>
      send({ type: 'result', result }),
    );
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
    this.saver.chosen = settings.format === 'auto' ? null : settings.format;
    this.saver.quality = settings.quality;
    if (!before || !this.#workbench.photo) return;
    const isSame = (name: 'scale' | 'recipe' | 'maxPixels'): boolean =>
      JSON.stringify(before[name]) === JSON.stringify(settings[name]);
    if (!isSame('scale') || !isSame('recipe') || !isSame('maxPixels')) void this.#askAgain();
  }

  /**
   * Does what the host says.
   *
   * @param message A checked message.
   */
  async obey(message: HostMessage): Promise<void> {
    const { client, send } = this.#parts;
    switch (message.type) {
      case 'configure':
        return this.configure(message.settings);
      case 'ping':
        return send({ type: 'pong' });
      case 'go':
        return client.go();
      case 'cancel':
        return this.cancel();
      case 'close':
        return this.#close();
      case 'open': {
        const { id, file, name } = message;
        const fault = await this.#open(new File([file], name, { type: file.type }));
        return this.#reply(id, fault);
      }
      case 'enhance':
        return this.#reply(message.id, await this.#enhance(message.recipe));
      case 'save': {
        const reply = await this.#delivery.encode(message.options);
        if (reply.ok) return this.#reply(message.id, null, reply.value);
        const isEarly = !this.#workbench.result;
        return this.#reply(message.id, {
          ...asFault(reply),
          ...(isEarly && { code: 'no-result' }),
        });
      }
    }
  }

  /**
   * Opens a file that the person gave.
   *
   * @param files What was picked or dropped.
   */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!this.settings.picker || this.settings.disabled) return;
    if (file) this.#report(await this.#open(file));
    else this.#workbench.openFault = t('open.notFile');
  }

  /** The person wants the photo enhanced, or agrees that the host does. */
  async press(): Promise<void> {
    if (this.asking) this.consent.answer(true);
    else this.#report(await this.#run());
  }

  /** Stops a run, or says no to the host. */
  async cancel(): Promise<void> {
    this.consent.answer(false);
    await this.#workbench.cancel();
  }

  /** The person has moved the strength. */
  restrengthen(): void {
    this.#delivery.sendSoon((fault) => this.#report(fault));
  }

  async #open(file: File): Promise<Fault | null> {
    const number = ++this.#openings;
    this.consent.answer(false);
    this.#workbench.recipe = recommend([], this.settings.scale ?? 2);
    await this.#workbench.open(file);
    const reply = this.#parts.client.opened.get(file);
    if (number !== this.#openings) return asFault(failed('cancelled'));
    if (!reply?.ok) return asFault(reply ?? failed('cancelled'));
    await this.#askAgain();
    return null;
  }

  /** Asks for what the host wishes; what is wrong in its recipe is told. */
  async #askAgain(): Promise<void> {
    this.#report(await this.#wishes.settle(this.settings));
  }

  async #enhance(recipe: RecipeFields | null): Promise<Fault | null> {
    const workbench = this.#workbench;
    if (!workbench.photo) return { code: 'no-photo', message: t('problem.photo-missing') };
    if (workbench.run || this.asking) return { code: 'busy', message: t('embed.busy') };
    const fault = await this.#wishes.add(recipe);
    if (fault) return fault;
    const isAllowed = this.settings.reveal === 'auto' || (await this.consent.ask());
    return isAllowed ? this.#run() : asFault(failed('cancelled'));
  }

  async #run(): Promise<Fault | null> {
    const workbench = this.#workbench;
    const { client } = this.#parts;
    if (workbench.plan === null) await workbench.replan();
    const { plan } = workbench;
    if (this.settings.disabled || !plan) return { code: 'busy', message: t('embed.busy') };
    if (!plan.ok) return asFault(plan);
    if (plan.value.steps.length === 0) return { code: 'nothing-to-do', message: t('plan.nothing') };
    client.ran = null;
    await workbench.enhance();
    const ran = client.ran as Reply<unknown> | null;
    if (!ran) return { code: 'busy', message: t('embed.busy') };
    if (!ran.ok) return asFault(ran);
    return this.#delivery.send();
  }

  async #close(): Promise<void> {
    this.#openings++;
    await this.cancel();
    // First, so that the end of the worker is not taken for an accident.
    this.#workbench.close();
    this.#parts.client.terminate();
  }

  #reply(id: number, fault: Fault | null, blob: Blob | null = null): void {
    const { send } = this.#parts;
    if (!fault) send({ type: 'done', id, blob });
    else send({ type: 'failed', id, code: fault.code, message: fault.message });
  }

  #report(fault: Fault | null): void {
    if (fault && fault.code !== 'cancelled')
      this.#parts.send({ type: 'error', code: fault.code, message: fault.message });
  }
}
