import { clipContainers } from '../../core/film/clip';
import { scaleOf } from '../../core/recipe/recipe';
import { nameClip } from '../../app/state/photo/clip-name';
import { describeRun } from '../../app/state/photo/report';
import type { Workbench } from '../../app/state/photo/workbench.svelte';
import { failed } from '../../core/errors';
import type { OpenedPhoto, PhotoId } from '../../worker/protocol';
import type { ClipReport, RunReport } from '../../worker/reports';
import type { BlobOptions, Fault, FrameResult } from '../protocol';
import type { Consent } from './consent.svelte';
import { reportOf } from './delivery.svelte';
import { asFault } from './fault';
import type { QueuedClient } from './queued-client.svelte';
import { t } from './words';

/** What clips are made with. */
export type ClipWorkParts = {
  readonly owner: Pick<QueuedClient, 'enhanceClip' | 'clipFindings'>;
  /** Has the clip's first picture, and what is asked for all of them. */
  readonly bench: Pick<
    Workbench,
    'photo' | 'file' | 'recipe' | 'finish' | 'run' | 'status' | 'runFault' | 'isRunWorthRetry'
  >;
  /** Whose clip it is. */
  readonly consent: Pick<Consent, 'isOwn'>;
  /** Gives a result to the host. */
  readonly send: (result: FrameResult) => void;
  /** Gives a file to the person. */
  readonly download: (file: Blob, name: string) => void;
};

/** A clip that was made, of which photo on the bench, and what it is called. */
type Made = { readonly of: PhotoId; readonly blob: Blob; readonly name: string };

/** Makes clips of clips for a host that takes them, and gives them away whole. */
export class ClipWork {
  /** What was made is written already. */
  readonly busy = false;
  readonly #parts: ClipWorkParts;
  #made = $state.raw<Made | null>(null);
  /** What was done to the last picture that was enhanced; of a clip that is gone on with it may be one of before. */
  #ran: RunReport | null = null;

  /** @param parts What it works with. */
  constructor(parts: ClipWorkParts) {
    this.#parts = parts;
  }

  /** Whether a clip is open. */
  get isOpen(): boolean {
    return this.#parts.bench.photo?.clip !== undefined;
  }

  /** What was made of the clip that is open; null for nothing. */
  get made(): Blob | null {
    return this.#present?.blob ?? null;
  }

  /** Whether there is something to save. */
  get ready(): boolean {
    return this.#present !== null;
  }

  get #present(): Made | null {
    const { photo, run } = this.#parts.bench;
    return photo && !run && this.#made?.of === photo.id ? this.#made : null;
  }

  /** Gives what was made to the person, as a file. */
  save(): void {
    const made = this.#present;
    if (made) this.#parts.download(made.blob, made.name);
  }

  /**
   * Has the clip judged by pictures from all over it, in place of its first alone. While it is being made, and once it is, nothing is changed; a photo is judged already.
   *
   * @returns Whether what it calls for may be something else now.
   */
  async judge(): Promise<boolean> {
    const { owner, bench } = this.#parts;
    const { id, clip } = bench.photo ?? {};
    if (id === undefined || !clip) return false;
    const reply = await owner.clipFindings(id, { from: clip.from, to: clip.to });
    const { photo, run } = bench;
    if (!reply.ok || photo?.id !== id || run || this.ready) return false;
    bench.photo = { ...photo, analysis: reply.value.analysis };
    return true;
  }

  /**
   * Makes a clip of all of the open one, and gives it to the host. A visitor's own is never given at its own size: nothing tells how much of it is the clip itself.
   *
   * @returns Why there is none, or null; the visitor is told, too.
   */
  async run(): Promise<Fault | null> {
    const { bench } = this.#parts;
    bench.runFault = '';
    const fault = await this.#make();
    if (fault?.code === 'cancelled' && !bench.run) bench.status = t('run.cancelled');
    if (fault && fault.code !== 'cancelled') {
      bench.runFault = fault.message;
      bench.isRunWorthRetry = false;
    }
    return fault;
  }

  async #make(): Promise<Fault | null> {
    const { owner, bench, consent, send } = this.#parts;
    const { photo, file, recipe, finish } = bench;
    const { clip } = photo ?? {};
    if (!photo || !clip) return asFault(failed('photo-missing'));
    if (consent.isOwn(file) && scaleOf(recipe) === 1)
      return { code: 'nothing-to-do', message: t('embed.original') };
    this.#made = null;
    const begun = { stage: 'download', task: null, fraction: 0, etaSeconds: null } as const;
    bench.run = { ...begun, cancelling: false };
    bench.status = '';
    // As of photos, a host is told nothing that a visitor's file says of its place or owner.
    const metadata = { keep: false, isAnonymous: true };
    const request = { recipe, finish, from: clip.from, to: clip.to, metadata };
    const isThere = () => bench.photo?.id === photo.id;
    const reply = await owner.enhanceClip(photo.id, request, ({ stage, fraction, etaSeconds }) => {
      if (isThere() && bench.run) bench.run = { ...bench.run, stage, fraction, etaSeconds };
    });
    if (!isThere()) return asFault(failed('cancelled'));
    try {
      const fault = reply.ok ? reply.value.fault : reply;
      if (reply.ok) this.#ran = reply.value.run ?? this.#ran;
      if (fault || !reply.ok || !this.#ran) return fault && asFault(fault);
      const result = await this.#describe(photo, scaleOf(recipe), reply.value, this.#ran);
      if (!isThere()) return asFault(failed('cancelled'));
      this.#made = { of: photo.id, blob: result.blob, name: result.name };
      bench.status = result.report.summary;
      send(result);
      return null;
    } catch {
      // So much is not held for another page.
      return asFault(failed('storage-full'));
    } finally {
      if (isThere()) bench.run = null;
    }
  }

  async #describe(
    { name }: OpenedPhoto,
    scale: number,
    { file, width, height, container, seconds, notes }: ClipReport,
    run: RunReport,
  ): Promise<FrameResult> {
    const { mime } = clipContainers[container];
    // What the worker has goes with the clip; a copy lies on the browser's disk where it is long.
    const blob = new Blob([await new Response(file.stream()).blob()], { type: mime });
    const ran = { ...run, seconds, notes };
    const sentence = describeRun(scale, ran);
    const report = reportOf({ report: ran, sentence });
    return { name: nameClip(name, scale, container), width, height, blob, report };
  }

  /**
   * The clip that was made, for the host.
   *
   * @param options What it asks for; a clip is as it was made.
   * @returns It, or why there is none.
   */
  write(options: BlobOptions): Blob | Fault {
    if (Object.keys(options).length > 0)
      return { code: 'bad-option', message: 'options must be empty for a clip.' };
    return this.made ?? { code: 'no-result', message: t('problem.result-missing') };
  }
}
