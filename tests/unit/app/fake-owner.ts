import type { Analysis } from '../../../src/core/findings/analyse';
import type { ClipFindings } from '../../../src/core/findings/clip-findings';
import { failed, type Reply } from '../../../src/core/errors';
import { framedSize } from '../../../src/core/frame/geometry';
import type { Basis } from '../../../src/core/recipe/basis';
import type { FaceBox } from '../../../src/core/findings/faces';
import type { Mask } from '../../../src/core/recipe/finish';
import type { Offers } from '../../../src/core/recipe/offers';
import { listSteps, scaleOf, type Recipe } from '../../../src/core/recipe/recipe';
import type { Note } from '../../../src/core/notes';
import type { OwnerCalls } from '../../../src/worker/client';
import type {
  LaidPhoto,
  OpenedPhoto,
  PhotoId,
  PlanInfo,
  ViewPart,
} from '../../../src/worker/protocol';
import type { JobProgress, RunReport, SavedFile } from '../../../src/worker/reports';

type Calls = Omit<OwnerCalls, 'close' | 'cancel'>;
type CallName = keyof Calls;

/** A photo that is a little noisy, so that something is suggested for it. */
export const noisy: Analysis = {
  ...{ noise: 14, jpegQuality: 100, jpegEvidence: 'none', blur: 0 },
  ...{ effectiveResolution: 1, shake: 0, printed: false, faded: false, drawn: false },
};

/** A photo that nothing is suggested for. */
export const clean: Analysis = { ...noisy, noise: 0 };

/** A photo that may be shaken. */
export const soft: Analysis = { ...clean, blur: 1 };

/** All that the shipped models can do. */
export const allOffers: Offers = [
  { task: 'find-damage', scale: 1, variant: 'faithful' },
  { task: 'find-faces', scale: 1, variant: 'faithful' },
  { task: 'clean', scale: 1, variant: 'faithful' },
  { task: 'deblur', scale: 1, variant: 'faithful' },
  { task: 'upscale', scale: 2, variant: 'faithful' },
  { task: 'upscale', scale: 2, variant: 'crisp' },
  { task: 'upscale', scale: 4, variant: 'faithful' },
];

/** What a run reports by default. */
export const report: RunReport = {
  ...{ output: { width: 8, height: 6 }, steps: [], backend: 'wasm', software: false },
  ...{ device: '', seconds: 1, notes: [] },
};

/** What strokes are spread to. */
export const fakeMap = { width: 1, height: 1, values: new Float32Array([0.1, 0.1, 1, 0.5]) };

/** A picture that says whether it was closed. */
export class FakeBitmap {
  isClosed = false;
  width = 4;
  height = 3;
  close(): void {
    this.isClosed = true;
  }
  /** Itself, as what it stands for. */
  get asBitmap(): ImageBitmap {
    return this;
  }
}

/**
 * A worker's owner that writes down what it is asked and answers at once, or, what is held, when the test
 * says so.
 */
export class FakeOwner implements OwnerCalls {
  /** Where faces are found. */
  faces: readonly FaceBox[] = [];
  /** What saved files lack. */
  lacks: readonly Note[] = [];
  /** What was asked, in order. */
  readonly log: string[] = [];
  /** Whose work was called off; undefined where it was everybody's. */
  readonly cancelled: (PhotoId | undefined)[] = [];
  /** Calls that wait for {@link FakeOwner.answer}. */
  readonly held = new Set<CallName>(['enhance']);
  onDeath: () => void = () => undefined;
  alive = false;
  /** What is measured in the photos that are opened. */
  analysis: Analysis = noisy;
  /** What the pictures of clips agree on. */
  findings: ClipFindings = { analysis: clean, flicker: 0, isBanded: false };
  /** Whether what may be asked for comes with the photo. */
  isPrompt = true;
  /** Expected time of a run. */
  seconds: number | null = 3;
  /** Reports how far the latest run is. */
  tell: (progress: JobProgress) => void = () => undefined;
  /** Tells how much has come of a codec that the latest file takes. */
  fetch: (loaded: number, total: number) => void = () => undefined;
  /** Gives the latest strip a picture of a place. */
  thumb: (place: number) => FakeBitmap = () => new FakeBitmap();
  /** The recipe of the latest run. */
  asked: Recipe | null = null;
  /** Previews of the photos that were opened. */
  readonly previews: FakeBitmap[] = [];
  readonly #waiting: { readonly name: CallName; readonly settle: (reply: unknown) => void }[] = [];
  #last = 0;

  open(...[file, , onDownload]: Parameters<Calls['open']>): Promise<Reply<OpenedPhoto>> {
    this.log.push(`open ${file.name}`);
    this.fetch = onDownload ?? this.fetch;
    this.alive = true;
    return this.#reply('open', () => ({ ok: true, value: this.photo(file) }));
  }

  /** What opening a file gives. */
  photo(file: File): OpenedPhoto {
    const preview = new FakeBitmap();
    this.previews.push(preview);
    return {
      ...{
        id: ++this.#last,
        width: 4,
        height: 3,
        name: file.name,
        format: 'png',
        bytes: file.size,
      },
      ...{
        hasAlpha: false,
        depth: 8,
        isLossless: false,
        isWide: false,
        notes: [],
        analysis: this.analysis,
        preview: preview.asBitmap,
      },
      offers: this.isPrompt ? allOffers : null,
    };
  }

  async close(photo: number): Promise<void> {
    this.log.push(`close ${photo}`);
  }

  lay(photo: number, { frame, tone }: Basis): Promise<Reply<LaidPhoto>> {
    const { width, height } = framedSize(frame, { width: 4, height: 3 });
    this.log.push(`lay ${photo} ${width}x${height}${tone ? ` ${JSON.stringify(tone)}` : ''}`);
    const preview = new FakeBitmap();
    this.previews.push(preview);
    return this.#reply('lay', () => ({
      ok: true,
      value: { width, height, preview: preview.asBitmap, analysis: this.analysis },
    }));
  }

  uncropped(photo: number): Promise<Reply<ImageBitmap>> {
    this.log.push(`uncropped ${photo}`);
    return this.#reply('uncropped', () => ({ ok: true, value: new FakeBitmap().asBitmap }));
  }

  findShake(photo: number): Promise<Reply<number>> {
    this.log.push(`findShake ${photo}`);
    return this.#reply('findShake', () => ({ ok: true, value: 0 }));
  }

  findDamage(...[photo, sensitivity, tell]: Parameters<Calls['findDamage']>): Promise<Reply<Mask>> {
    this.log.push(`findDamage ${photo} ${sensitivity}`);
    tell?.(0.5);
    return this.#reply('findDamage', () => ({ ok: true, value: this.damage(sensitivity) }));
  }

  findFaces(photo: number): Promise<Reply<readonly FaceBox[]>> {
    this.log.push(`findFaces ${photo}`);
    return this.#reply('findFaces', () => ({ ok: true, value: this.faces }));
  }

  /** What is found at a sensitivity: as many pixels of the 12 as tens of percent. */
  damage(sensitivity: number): Mask {
    const values = Uint8Array.from({ length: 12 }, (_, i) => (i < sensitivity / 10 ? 254 : 128));
    return { width: 4, height: 3, values, photo: { width: 4, height: 3 } };
  }

  offers(): Promise<Reply<Offers>> {
    this.log.push('offers');
    return this.#reply('offers', () => ({ ok: true, value: allOffers }));
  }

  async stopAdding(): Promise<void> {
    this.log.push('stopAdding');
  }

  addModel({ name }: File): ReturnType<Calls['addModel']> {
    this.log.push(`addModel ${name}`);
    return this.#reply('addModel', () => failed('own-model-unfit', { reason: 'black', cause: '' }));
  }

  plan(photo: number, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#plan('plan', photo, recipe);
  }

  rehearse(photo: number, recipe: Recipe): Promise<Reply<PlanInfo>> {
    return this.#plan('rehearse', photo, recipe);
  }

  enhance(...[photo, recipe, , tell]: Parameters<Calls['enhance']>): Promise<Reply<RunReport>> {
    this.log.push(`enhance ${photo} ${scaleOf(recipe)}x`);
    this.tell = tell;
    this.asked = recipe;
    return this.#reply('enhance', () => ({ ok: true, value: report }));
  }

  enhanceClip(...[photo]: Parameters<Calls['enhanceClip']>): ReturnType<Calls['enhanceClip']> {
    this.log.push(`enhanceClip ${photo}`);
    return this.#reply('enhanceClip', () => failed('photo-missing'));
  }

  clipPicture(...[photo, at]: Parameters<Calls['clipPicture']>): ReturnType<Calls['clipPicture']> {
    this.log.push(`clipPicture ${photo} ${at}`);
    const made = { preview: new FakeBitmap().asBitmap, scale: 2 };
    const value = { width: 4, height: 3, preview: new FakeBitmap().asBitmap, made };
    return this.#reply('clipPicture', () => ({ ok: true, value }));
  }

  clipFindings(
    ...[photo, { from, to }]: Parameters<Calls['clipFindings']>
  ): ReturnType<Calls['clipFindings']> {
    this.log.push(`clipFindings ${photo} ${from}-${to}`);
    return this.#reply('clipFindings', () => ({ ok: true, value: this.findings }));
  }

  clipStrip(...[photo, { count }, give]: Parameters<Calls['clipStrip']>) {
    this.log.push(`clipStrip ${photo} ${count}`);
    this.thumb = (place) => {
      const bitmap = new FakeBitmap();
      give({ places: [place], bitmap: bitmap.asBitmap });
      return bitmap;
    };
    return this.#reply('clipStrip', () => ({ ok: true as const, value: undefined }));
  }

  loupe(): ReturnType<Calls['loupe']> {
    return this.#reply('loupe', () => failed('photo-missing'));
  }

  async cancel(photo?: PhotoId): Promise<void> {
    this.log.push('cancel');
    this.cancelled.push(photo);
  }

  view(): Promise<Reply<ViewPart>> {
    return this.#reply('view', () => failed('photo-missing'));
  }

  review(): ReturnType<Calls['review']> {
    return this.#reply('review', () => failed('photo-missing'));
  }

  drift(): ReturnType<Calls['drift']> {
    return this.#reply('drift', () => failed('photo-missing'));
  }

  tint(): ReturnType<Calls['tint']> {
    this.log.push('tint');
    return this.#reply('tint', () => ({ ok: true, value: fakeMap }));
  }

  save(...[photo, { format, finish }]: Parameters<Calls['save']>): Promise<Reply<SavedFile>> {
    this.log.push(`save ${photo} ${format} ${finish?.strength}`);
    const blob = new Blob([`${finish?.strength}`], { type: `image/${format}` });
    return this.#reply('save', () => ({ ok: true, value: { blob, notes: this.lacks } }));
  }

  estimate(...[photo, { format, quality }]: Parameters<Calls['estimate']>) {
    this.log.push(`estimate ${photo} ${format} ${quality}`);
    return this.#reply('estimate', () => ({ ok: true, value: quality * 1e5 }));
  }

  /** The worker dies: what waits fails. */
  terminate(): void {
    if (!this.alive) return;
    this.log.push('terminate');
    this.alive = false;
    this.onDeath();
    for (const { settle } of this.#waiting.splice(0)) settle(failed('worker-died'));
  }

  /** Answers the oldest call of a name that waits; without a reply, the usual one. */
  answer<Name extends CallName>(name: Name, reply?: Awaited<ReturnType<Calls[Name]>>): void {
    const at = this.#waiting.findIndex((each) => each.name === name);
    const [waiting] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (!waiting) throw new Error(`Nobody waits for ${name}.`);
    waiting.settle(reply);
  }

  #plan(how: 'plan' | 'rehearse', photo: number, recipe: Recipe): Promise<Reply<PlanInfo>> {
    const steps = listSteps(recipe);
    this.log.push(`${how} ${photo} ${steps.map(({ task }) => task).join('+') || 'nothing'}`);
    const scale = scaleOf(recipe);
    const value: PlanInfo = {
      ...{ output: { width: 4 * scale, height: 3 * scale }, downloadBytes: 0, peakBytes: 1 },
      seconds: how === 'rehearse' ? 5 : this.seconds,
      tierSeconds: null,
      steps: steps.map(({ task }) => ({
        ...{ task, kind: 'network', model: task, bytes: 1, seconds: this.seconds },
      })),
    };
    return this.#reply(how, () => ({ ok: true, value }));
  }

  async #reply<T>(name: CallName, usual: () => Reply<T>): Promise<Reply<T>> {
    if (!this.held.has(name)) return usual();
    const given = await new Promise((settle) => this.#waiting.push({ name, settle }));
    return (given as Reply<T> | undefined) ?? usual();
  }
}

/** Lets everything happen that waits for nothing. */
export const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
