import { mostDepth, type SavedFormat } from '../../../core/format';
import type { Depth } from '../../../core/picture/raster';
import type { Size } from '../../../core/picture/rect';
import type { MetadataWish, Recipe, SaveOptions } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { SavedFile } from '../../../worker/reports';
import { formatBytes } from '../../i18n/quantity';
import { describeNotes, describeProblem } from '../../i18n/problem';
import { joinSentences } from '../../i18n/sentence';
import { t } from '../../i18n/translate';
import { download } from '../../platform/download';
import { allowWriting, overwrite, type WriteFault } from '../../platform/file-writing';
import type { LaunchedFile } from '../../platform/launches';
import { suggestName } from './report';
import type { RunResult } from './runner';
import { formatOf } from './save-choice';
import type { Workbench } from './workbench.svelte';

/** Quality that a lossy format is written with, unless another is chosen: 1..100. */
export const usualQuality = 90;

/** A result, and the size that it is saved at, where one is asked for. */
type SavedResult = { readonly result: RunResult; readonly size: Recipe['size'] };

/** What every format holds. */
const noSize: Size = { width: 0, height: 0 };

/** How the result is written, and writing it. */
export class Saver {
  /** The format the person chose, or null for the source's own. */
  chosen = $state<SavedFormat | null>(null);
  /** The bits a sample that the person chose, or null for the photo's own. */
  chosenDepth = $state<Depth | null>(null);
  /** Whether the person chose WebP without loss or with it, or null for as the photo was. */
  chosenLossless = $state<boolean | null>(null);
  /** 1..100, where the format is lossy. */
  quality = $state(usualQuality);
  /** What the result's file says of the photo. */
  metadata = $state.raw<MetadataWish>({ keep: true, isAnonymous: false, mark: true });
  busy = $state(false);
  /** About how long the file of the result would be, in bytes, as long as somebody has it measured; else null. */
  estimated = $state<number | null>(null);
  /** Why the last save failed, or empty. */
  fault = $state('');

  /** What was saved last. */
  #saved = $state.raw<SavedResult | null>(null);
  #askedAbout = $state.raw<LaunchedFile | null>(null);
  readonly #enhancer: OwnerCalls;
  readonly #workbench: Workbench;

  /**
   * @param enhancer Encodes the result.
   * @param workbench Holds what is to be saved.
   */
  constructor(enhancer: OwnerCalls, workbench: Workbench) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
  }

  /** The format that will be written: the chosen one, else the source's (PNG where it cannot be written). */
  get format(): SavedFormat {
    return this.formatFor(this.#workbench.saved ?? noSize);
  }

  /**
   * The format that a result of some size will be written in.
   *
   * @param sides Its size.
   * @returns The wanted one, or what holds the result where that does not.
   */
  formatFor(sides: Size): SavedFormat {
    return formatOf(this, this.#workbench.photo, sides);
  }

  /** The format that would be written if it held every result. */
  get wanted(): SavedFormat {
    return this.formatFor(noSize);
  }

  /** Bits a sample, where the format has a choice. */
  get depth(): Depth {
    return this.chosenDepth ?? this.#workbench.photo?.depth ?? 8;
  }

  /**
   * Whether a result of a photo of more than 8 bits is written in 8 that nobody chose.
   *
   * @param sides The result's size.
   * @returns True where its format has no more, or its codec no room for them.
   */
  losesDepth(sides: Size): boolean {
    return this.depth === 16 && mostDepth(this.formatFor(sides), sides) === 8;
  }

  /** Whether every pixel is kept by a format that could lose some: WebP alone. */
  get lossless(): boolean {
    const { photo } = this.#workbench;
    return this.format === 'webp' && (this.chosenLossless ?? photo?.isLossless ?? false);
  }

  /** Whether there is a result that was not saved yet at its present size, in whatever finish. */
  get isUnsaved(): boolean {
    const { result, savedRecipe } = this.#workbench;
    const isSaved = this.#saved?.result === result && this.#saved?.size === savedRecipe?.size;
    return result !== null && !isSaved;
  }

  /** How Save would write the result now. */
  get how(): SaveOptions & { readonly format: SavedFormat } {
    const { format, depth, quality, lossless, metadata } = this;
    const { savedRecipe, finish } = this.#workbench;
    const size = savedRecipe?.size;
    const shape = { format, depth, quality, ...(format === 'webp' && { lossless }) };
    return { ...shape, finish, metadata, ...(size && { size }) };
  }

  /** What the result's file is to be called; empty before the first. */
  get name(): string {
    const { photo, saved, savedRecipe } = this.#workbench;
    return photo && saved && savedRecipe
      ? suggestName(photo.name, savedRecipe, saved, this.format)
      : '';
  }

  /** Whether pressing Save would do something. */
  get ready(): boolean {
    return this.#workbench.result !== null && !this.#workbench.run && !this.busy;
  }

  /** Writes the result with its present finish to the browser's downloads. The original is not touched. */
  async save(): Promise<void> {
    const { photo, result, savedRecipe } = this.#workbench;
    if (!photo || !result || !this.ready) return;
    const { name } = this;
    const saved = { result, size: savedRecipe?.size };
    await this.#work(async () => {
      const file = await this.#encode();
      if (!file) return;
      download(file.blob, name);
      this.#report(saved, t('save.done', { name, size: formatBytes(file.blob.size) }), file);
    });
  }

  /** Whether the result could be written over the file that was opened: in that file's own format only. */
  get canReplace(): boolean {
    const { original, photo } = this.#workbench;
    return original !== null && photo?.format === this.format;
  }

  /** True while the person is asked whether the file that was opened may be replaced. */
  get asking(): boolean {
    return this.canReplace && this.#askedAbout === this.#workbench.original;
  }

  /**
   * Asks the person, or takes the question back.
   *
   * @param asking Whether the question is to be seen.
   */
  ask(asking: boolean): void {
    this.#askedAbout = asking ? this.#workbench.original : null;
  }

  /** Writes the result over the file that was opened. Call it only where the person has said yes. */
  async replace(): Promise<void> {
    const { original, result, savedRecipe } = this.#workbench;
    this.ask(false);
    if (!original || !result || !this.ready || !this.canReplace) return;
    const { name } = original.file;
    const saved = { result, size: savedRecipe?.size };
    const fail = (fault: WriteFault): void => void (this.fault = t(`replace.${fault}`, { name }));
    await this.#work(async () => {
      if (!(await allowWriting(original.handle))) return fail('refused');
      const file = await this.#encode();
      if (!file || this.#workbench.original !== original) return;
      if (!(await this.#workbench.holdFile())) return fail('changed');
      const written = await overwrite(original, file.blob);
      if (!(written instanceof File)) return fail(written);
      if (this.#workbench.original === original)
        this.#workbench.original = { file: written, handle: original.handle };
      this.#report(saved, t('replace.done', { name, size: formatBytes(file.blob.size) }), file);
    });
  }

  async #work(work: () => Promise<void>): Promise<void> {
    this.fault = '';
    this.busy = true;
    await work().finally(() => (this.busy = false));
  }

  /** The result's file, or null where that failed; the fault then says why. */
  async #encode(): Promise<SavedFile | null> {
    const { photo } = this.#workbench;
    if (!photo) return null;
    const reply = await this.#enhancer.save(photo.id, this.how);
    if (reply.ok) return reply.value;
    if (reply.code !== 'cancelled') this.fault = describeProblem(reply);
    return null;
  }

  #report(saved: SavedResult, said: string, { notes }: SavedFile): void {
    this.#saved = saved;
    const { result } = saved;
    if (this.#workbench.result !== result) return;
    const lacks = joinSentences([said, ...describeNotes(notes)]);
    this.#workbench.status = `${result.sentence} ${lacks}`;
  }
}
