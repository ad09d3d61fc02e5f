import type { Reply } from '../../core/errors';
import type { Scale } from '../../core/recipe';
import type { PhotoInfo, PlanInfo, Progress, RunReport, Stage } from '../../worker/protocol';
import { t } from '../i18n/translate';
import type { EnhancerClient } from '../platform/enhancer-client';
import type { DetailLoader } from './detail-loader';
import type { Layers } from './layers.svelte';
import { describeRun } from './report';
import type { StageView } from './stage-view.svelte';

/** How far a run has come. */
export type RunState = {
  readonly stage: Stage;
  /** 0..1 within the stage. */
  readonly fraction: number;
  readonly etaSeconds: number | null;
  readonly cancelling: boolean;
};

/** A finished run. */
export type Result = {
  readonly scale: Scale;
  readonly report: RunReport;
  /** What really ran, as a sentence. */
  readonly sentence: string;
};

/** What the workbench works with. */
export type WorkbenchParts = {
  readonly enhancer: EnhancerClient;
  readonly view: StageView;
  readonly layers: Layers;
  readonly details: DetailLoader;
  /** Whether the person asked for less motion. */
  readonly reducedMotion: () => boolean;
};

/** The open photo and what is being done to it. */
export class Workbench {
  photo = $state.raw<PhotoInfo | null>(null);
  /** Name of the file that is being opened, or empty. */
  opening = $state('');
  scale = $state<Scale>(2);
  /** What a run at the present scale would do, or why it is refused; null while that is worked out. */
  plan = $state.raw<Reply<PlanInfo> | null>(null);
  run = $state.raw<RunState | null>(null);
  result = $state.raw<Result | null>(null);
  /** 0..100: how much of the network's result is shown and saved. */
  strength = $state(100);
  /** Why the last file was not opened, or empty. */
  openFault = $state('');
  /** Why the last run failed, or empty. */
  runFault = $state('');
  /** What the live region says. */
  status = $state('');

  readonly #parts: WorkbenchParts;
  #file: File | null = null;
  /** Counts openings and runs; work that carries an older number is out of date. */
  #opened = 0;
  #runs = 0;

  /** @param parts What the workbench works with; shared with the page. */
  constructor(parts: WorkbenchParts) {
    this.#parts = parts;
    parts.enhancer.onDeath = () => this.#lose();
  }

  /**
   * Opens a file in place of the photo; a run that is going is cancelled. A file that cannot be opened
   * leaves the photo as it was.
   *
   * @param file Any file.
   */
  async open(file: File): Promise<void> {
    const ticket = ++this.#opened;
    this.openFault = '';
    this.opening = file.name;
    this.status = t('open.opening', { name: file.name });
    const reply = await this.#parts.enhancer.open(file);
    if (ticket !== this.#opened) {
      if (reply.ok) reply.value.preview.close();
      return;
    }
    this.opening = '';
    if (!reply.ok) {
      this.status = this.result?.sentence ?? '';
      if (reply.code !== 'cancelled') this.openFault = reply.message;
      return;
    }
    this.#show(file, reply.value);
    await this.replan();
  }

  /**
   * Opens the first of some files that arrived together.
   *
   * @param files What was picked, dropped or pasted.
   */
  async openFirst(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) {
      this.openFault = t('open.notFile');
      return;
    }
    await this.open(file);
    if (files.length > 1 && !this.openFault) this.openFault = t('open.several');
  }

  /**
   * Chooses by how much to enlarge.
   *
   * @param scale The new scale.
   */
  async setScale(scale: Scale): Promise<void> {
    this.scale = scale;
    this.runFault = '';
    if (this.#parts.enhancer.alive) await this.replan();
    else if (this.#file) await this.open(this.#file);
  }

  /** Works out again what a run would do. */
  async replan(): Promise<void> {
    const { scale } = this;
    const ticket = this.#opened;
    this.plan = null;
    const reply = await this.#parts.enhancer.plan({ v: 1, scale });
    if (scale === this.scale && ticket === this.#opened) this.plan = reply;
  }

  /** Whether pressing Enhance would do something. */
  get canEnhance(): boolean {
    return this.photo !== null && !this.run && !this.opening && this.plan?.ok === true;
  }

  /** Enlarges the photo, beginning where the person looks. Does nothing while that is not possible. */
  async enhance(): Promise<void> {
    if (!this.canEnhance || !(await this.#revive())) return;
    const { enhancer, view, layers, details } = this.#parts;
    const { scale } = this;
    const number = ++this.#runs;
    const title = this.plan?.ok ? this.plan.value.model : null;
    let quarters = 0;
    this.runFault = '';
    this.status = t('run.started', { scale });
    this.run = { stage: 'download', fraction: 0, etaSeconds: null, cancelling: false };
    layers.beginRun(scale);
    const { x, y } = view.viewport;
    const reply = await enhancer.enhance({ v: 1, scale }, { x, y }, (progress) => {
      if (number !== this.#runs) return progress.patch?.bitmap.close();
      this.#advance(progress);
      const quarter = progress.stage === 'run' ? Math.floor(progress.fraction * 4) : 0;
      if (this.run && quarter > quarters && quarter < 4)
        this.status = t('run.quarter', { percent: (quarters = quarter) * 25 });
    });
    if (number !== this.#runs) return;
    this.run = null;
    layers.endRun(reply.ok);
    if (reply.ok) this.#finish(scale, reply.value, title);
    else {
      this.#runs++;
      this.status = reply.code === 'cancelled' ? t('run.cancelled') : t('run.failed');
      if (reply.code !== 'cancelled') this.runFault = reply.message;
    }
    details.reset();
    if (enhancer.alive) await this.replan();
  }

  /** Stops the run at the end of its tile. */
  async cancel(): Promise<void> {
    if (!this.run || this.run.cancelling) return;
    this.run = { ...this.run, cancelling: true };
    await this.#parts.enhancer.cancel();
  }

  #show(file: File, photo: PhotoInfo): void {
    const { layers, view, details } = this.#parts;
    this.#runs++;
    this.#file = file;
    this.run = null;
    this.runFault = '';
    this.result = null;
    this.photo = photo;
    layers.show(photo.preview, photo, photo.hasAlpha);
    view.show(photo);
    details.reset();
    const { name, width, height } = photo;
    this.status = t('open.opened', { name, width, height });
  }

  #advance({ stage, fraction, etaSeconds, patch }: Progress): void {
    const { layers, details, reducedMotion } = this.#parts;
    if (patch) {
      layers.addPatch(patch.rect, patch.bitmap, !reducedMotion());
      details.refresh();
    }
    if (this.run) this.run = { ...this.run, stage, fraction, etaSeconds };
  }

  #finish(scale: Scale, report: RunReport, planned: PlanInfo['model'] | null): void {
    const title = planned?.id === report.model ? planned.title : report.model;
    const sentence = describeRun(scale, report, title);
    this.result = { scale, report, sentence };
    this.#parts.view.native = scale;
    this.status = sentence;
  }

  /** The worker has died: what it held is gone, what the page holds stays. */
  #lose(): void {
    const { layers, view, details } = this.#parts;
    if (!this.photo) return;
    this.result = null;
    view.native = 1;
    layers.dropResult();
    details.reset();
    this.runFault = t('fault.died');
  }

  /** After the worker has died: opens the same file in a new one. */
  async #revive(): Promise<boolean> {
    const { enhancer } = this.#parts;
    if (enhancer.alive) return true;
    const { scale } = this;
    if (this.#file) await this.open(this.#file);
    return enhancer.alive && scale === this.scale && this.canEnhance;
  }
}
