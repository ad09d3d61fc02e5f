import type { Finish } from '../../core/recipe/finish';
import { scaleOf } from '../../core/recipe/recipe';
import { Turns } from '../../core/turns';
import { describeNotes } from '../../app/i18n/problem';
import { joinSentences } from '../../app/i18n/sentence';
import { t } from './words';
import { suggestName } from '../../app/state/photo/report';
import type { RunResult } from '../../app/state/photo/runner';
import type { Saver } from '../../app/state/photo/saver.svelte';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { BlobOptions, Fault, FrameResult, Report } from '../protocol';
import type { Consent } from './consent.svelte';
import { asFault } from './fault';
import { leastChange } from './likeness';
import type { QueuedClient } from './queued-client.svelte';

/** How long the finish must rest before the result is written anew, in milliseconds. */
const restMs = 500;

/** How many files a host may wait for at once. */
const mostWaiting = 16;

/** What a delivery works with. */
export type DeliveryParts = {
  /** Encodes. */
  readonly owner: Pick<QueuedClient, 'save'>;
  /** Has the result. */
  readonly bench: Pick<Workbench, 'photo' | 'file' | 'result' | 'finish'>;
  /** How it is written. */
  readonly saver: Pick<Saver, 'format' | 'quality'>;
  /** Whose photo it is. */
  readonly consent: Pick<Consent, 'isOwn'>;
  /** How much a run at the photo's own size has changed of it, 0..255. */
  readonly measure: (photo: NonNullable<Workbench['photo']>) => Promise<number>;
  /** Gives a result to the host. */
  readonly send: (result: FrameResult) => void;
};

/**
 * Gives results to the host, as the person sees them. Of the person's own photo nothing else leaves the frame:
 * no other strength than they have set, and no result that is the photo itself.
 */
export class Delivery {
  /** Whether the present result was kept from the host; reactive. */
  isWithheld = $state(false);
  readonly #parts: DeliveryParts;
  /** Counts deliveries: an older one must not come after a newer. */
  #last = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** What the host has been given last. */
  #given: { readonly result: RunResult; readonly finish: Finish } | null = null;
  /** How much each result has changed. */
  readonly #changes = new WeakMap<RunResult, Promise<number>>();
  readonly #turns = new Turns();
  #waiting = 0;

  /** @param parts What it works with. */
  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /**
   * Sends the result that there is.
   *
   * @returns Why it was not sent, or null; also where a newer one takes its place.
   */
  async send(): Promise<Fault | null> {
    const { bench, saver } = this.#parts;
    const { photo, result, finish } = bench;
    if (!photo || !result) return null;
    clearTimeout(this.#rest);
    const number = ++this.#last;
    const isOriginal = await this.#isOriginal(result, finish);
    const reply = isOriginal ? null : await this.#encode(photo, result, {}, finish);
    if (number !== this.#last || result !== bench.result) return null;
    this.isWithheld = isOriginal;
    this.#given = reply?.ok ? { result, finish } : null;
    if (!reply) return original();
    if (!reply.ok) return asFault(reply);
    const { width, height } = result.report.output;
    const name = suggestName(photo.name, result.recipe, { width, height }, saver.format);
    this.#parts.send({ name, width, height, blob: reply.value.blob, report: reportOf(result) });
    return null;
  }

  /**
   * Sends the result once its finish has rested.
   *
   * @param report Told why it was not sent.
   */
  sendSoon(report: (fault: Fault | null) => void): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.send().then(report), restMs);
  }

  /**
   * Writes the result as a file, for the host.
   *
   * @param options How; as it is set where left out.
   * @returns The file, or why there is none.
   */
  async write(options: BlobOptions): Promise<Blob | Fault> {
    const { photo, result, file, finish } = this.#parts.bench;
    const isOwn = this.#parts.consent.isOwn(file);
    const { strength } = options;
    const none: Fault = { code: 'no-result', message: t('problem.result-missing') };
    if (!photo || !result) return none;
    if (isOwn && strength !== undefined)
      return { code: 'bad-option', message: t('embed.ownStrength') };
    if (isOwn && this.#given?.result !== result) return this.isWithheld ? original() : none;
    if (this.#waiting >= mostWaiting) return { code: 'busy', message: t('embed.busy') };
    const asked = strength === undefined ? finish : { ...finish, strength };
    // A strength that the person is still moving is not set yet.
    const finished = isOwn && this.#given ? this.#given.finish : asked;
    this.#waiting++;
    const reply = await this.#turns.take(undefined, () =>
      this.#encode(photo, result, options, finished),
    );
    this.#waiting--;
    return reply.ok ? reply.value.blob : asFault(reply);
  }

  #encode(
    photo: NonNullable<Workbench['photo']>,
    { recipe }: RunResult,
    options: BlobOptions,
    finish: Finish,
  ): ReturnType<QueuedClient['save']> {
    const { owner, saver } = this.#parts;
    const { format = 'auto', quality = saver.quality } = options;
    return owner.save(photo.id, {
      format: format === 'auto' ? saver.format : format,
      quality: Math.round(quality),
      // Who says how much is to be lost wants a short file.
      ...(options.quality !== undefined && { lossless: false }),
      finish,
      ...(recipe.size && { size: recipe.size }),
    });
  }

  /** Whether what would leave is the person's photo itself, or next to it. */
  async #isOriginal(result: RunResult, { strength }: Finish): Promise<boolean> {
    const { bench, consent, measure } = this.#parts;
    const { photo, file } = bench;
    if (!photo || !consent.isOwn(file) || scaleOf(result.recipe) > 1) return false;
    const change = this.#changes.get(result) ?? measure(photo);
    this.#changes.set(result, change);
    return (await change) * strength < leastChange;
  }
}

function original(): Fault {
  return { code: 'nothing-to-do', message: t('embed.original') };
}

/**
 * What really ran, in the protocol's words.
 *
 * @param run What did.
 * @param run.report What the worker says of it.
 * @param run.sentence The same for people.
 * @returns A new report.
 */
export function reportOf({ report, sentence }: Pick<RunResult, 'report' | 'sentence'>): Report {
  const { backend, software, seconds, steps, notes } = report;
  return {
    ...{ backend, software, seconds },
    steps: steps.map(
      (step) => `${step.task}: ${step.kind === 'network' ? step.model : step.filter}`,
    ),
    summary: joinSentences([sentence, ...describeNotes(notes)]),
  };
}
