import { failed, type Reply } from '../../core/errors';
import { scaleOf } from '../../core/recipe/recipe';
import { describeNotes } from '../../app/i18n/problem';
import { suggestName } from '../../app/state/photo/report';
import type { RunResult } from '../../app/state/photo/runner';
import type { Saver } from '../../app/state/photo/saver.svelte';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import type { BlobOptions, Fault, FrameResult, Report } from '../protocol';
import { asFault } from './fault';
import type { QueuedClient } from './queued-client.svelte';

/** How long the finish must rest before the result is written anew, in milliseconds. */
const restMs = 500;

/** Gives results to the host, as the person sees them. */
export class Delivery {
  readonly #owner: Pick<QueuedClient, 'save'>;
  readonly #bench: Pick<Workbench, 'photo' | 'result' | 'finish'>;
  readonly #saver: Pick<Saver, 'format' | 'quality'>;
  readonly #send: (result: FrameResult) => void;
  /** Counts deliveries: an older one must not come after a newer. */
  #last = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param owner Encodes.
   * @param bench Has the result.
   * @param saver How it is written.
   * @param send Gives it to the host.
   */
  constructor(
    owner: Pick<QueuedClient, 'save'>,
    bench: Pick<Workbench, 'photo' | 'result' | 'finish'>,
    saver: Pick<Saver, 'format' | 'quality'>,
    send: (result: FrameResult) => void,
  ) {
    this.#owner = owner;
    this.#bench = bench;
    this.#saver = saver;
    this.#send = send;
  }

  /**
   * Sends the result that there is.
   *
   * @returns Why it could not be written, or null; also where a newer one takes its place.
   */
  async send(): Promise<Fault | null> {
    const { photo, result } = this.#bench;
    if (!photo || !result) return null;
    clearTimeout(this.#rest);
    const number = ++this.#last;
    const reply = await this.encode({});
    if (number !== this.#last || result !== this.#bench.result) return null;
    if (!reply.ok) return asFault(reply);
    const { width, height } = result.report.output;
    const name = suggestName(photo.name, scaleOf(result.recipe), this.#saver.format);
    this.#send({ name, width, height, blob: reply.value, report: reportOf(result) });
    return null;
  }

  /**
   * Sends the result once its finish has rested.
   *
   * @param report Told why it could not be written.
   */
  sendSoon(report: (fault: Fault | null) => void): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.send().then(report), restMs);
  }

  /**
   * Writes the result as a file.
   *
   * @param options How; as it is set where left out.
   * @returns The file, or why there is none.
   */
  async encode(options: BlobOptions): Promise<Reply<Blob>> {
    const { photo, result, finish } = this.#bench;
    if (!photo || !result) return failed('result-missing');
    const { format = 'auto', quality = this.#saver.quality, strength } = options;
    return this.#owner.save(photo.id, {
      format: format === 'auto' ? this.#saver.format : format,
      quality: Math.round(quality),
      finish: strength === undefined ? finish : { ...finish, strength },
    });
  }
}

/** What really ran, in the protocol's words. */
function reportOf({ report, sentence }: RunResult): Report {
  const { backend, software, seconds, steps, notes } = report;
  return {
    ...{ backend, software, seconds },
    steps: steps.map(
      (step) => `${step.task}: ${step.kind === 'network' ? step.model : step.filter}`,
    ),
    summary: [sentence, ...describeNotes(notes)].join(' '),
  };
}
