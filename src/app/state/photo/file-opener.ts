import type { Reply, Trouble } from '../../../core/errors';
import type { Offers } from '../../../core/recipe/offers';
import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto, PlanInfo } from '../../../worker/protocol';
import { describeProblem } from '../../i18n/problem';
import { formatBytes } from '../../i18n/quantity';
import { joinSentences } from '../../i18n/sentence';
import { t } from '../../i18n/translate';
import type { LaunchedFile } from '../../platform/launches';
import { isWorthRetry } from './retry';

/** A file that was not opened only because something that it takes did not arrive. */
export type Unopened = {
  readonly file: File;
  readonly original: LaunchedFile | null;
  /** What was said. */
  readonly fault: string;
};

/** Keeps what would be lost with a photo whose place another takes. */
export type Leaver = {
  /** Whether the photo must stay open for that until {@link Leaver.leave} has closed it. */
  readonly mustStay: boolean;
  /**
   * The photo's place is about to be taken.
   *
   * @param isOpen Whether it has stayed open, and is to be closed here.
   */
  leave(isOpen: boolean): void;
};

/** What of the workbench an opening reads and changes. */
export type OpeningBench = {
  photo: OpenedPhoto | null;
  /** The file that the photo came from. */
  file: File | null;
  original: LaunchedFile | null;
  opening: string;
  offers: Offers;
  plan: Reply<PlanInfo> | null;
  openFault: string;
  unopened: Unopened | null;
  status: string;
  readonly result: { readonly sentence: string } | null;
  readonly leaver: Leaver | null;
};

/**
 * How an opening ended: the file is the photo now; it could not be opened, and the photo is the one before;
 * or another opening has begun meanwhile.
 */
export type OpeningEnd = 'shown' | 'kept' | 'overtaken';

/** Opens files, the latest in place of all before. */
export class FileOpener {
  readonly #enhancer: Pick<OwnerCalls, 'open' | 'close' | 'offers'>;
  readonly #bench: OpeningBench;
  readonly #takesClips: boolean;
  readonly #show: (photo: OpenedPhoto) => void;
  /** Counts openings; one that carries an older number is out of date. */
  #opened = 0;

  /**
   * @param enhancer Opens them.
   * @param bench Where they lie then.
   * @param show Called as soon as a photo has taken its place there; owns the preview from then on.
   * @param takesClips Whether clips open, too.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'open' | 'close' | 'offers'>,
    bench: OpeningBench,
    show: (photo: OpenedPhoto) => void,
    takesClips = false,
  ) {
    this.#takesClips = takesClips;
    this.#enhancer = enhancer;
    this.#bench = bench;
    this.#show = show;
  }

  /**
   * Opens a file; what is asked for stays as it is.
   *
   * @param file Any file.
   * @param original The same with access to it on the disk, where there is such.
   * @returns How it ended, once what the site's models can do is known, too; where that cannot be had, the
   *   plan says why.
   */
  async open(file: File, original: LaunchedFile | null): Promise<OpeningEnd> {
    const bench = this.#bench;
    const number = ++this.#opened;
    bench.openFault = '';
    bench.unopened = null;
    bench.opening = file.name;
    bench.status = t('open.opening', { name: file.name });
    const isBeside = bench.leaver?.mustStay ?? false;
    const tell = (loaded: number, total: number) => {
      if (number !== this.#opened || bench.opening === '') return;
      const [arrived, all] = [loaded, total].map(formatBytes);
      bench.status = t('open.fetching', { name: file.name, loaded: arrived!, total: all! });
    };
    const reply = await this.#enhancer.open(
      file,
      { beside: isBeside, takesClips: this.#takesClips },
      tell,
    );
    if (number !== this.#opened) {
      if (reply.ok) reply.value.preview.close();
      if (reply.ok && isBeside) void this.#enhancer.close(reply.value.id);
      return 'overtaken';
    }
    bench.opening = '';
    if (!reply.ok) {
      bench.status = bench.result?.sentence ?? '';
      const fault = reply.code === 'cancelled' ? '' : this.#whyNot(reply);
      bench.openFault = fault;
      if (isWorthRetry(reply.problem)) bench.unopened = { file, original, fault };
      return 'kept';
    }
    bench.leaver?.leave(isBeside);
    bench.file = file;
    bench.photo = reply.value;
    bench.original = original;
    this.#show(reply.value);
    const { offers } = reply.value;
    const known: Reply<Offers> = offers
      ? { ok: true, value: offers }
      : await this.#enhancer.offers();
    if (known.ok) bench.offers = known.value;
    if (number !== this.#opened) return 'overtaken';
    // To plan would be to ask for the same list again, and to wait as long.
    if (!known.ok && bench.offers.length === 0) bench.plan = known;
    return 'shown';
  }

  /** What is being opened is not wanted any more: it is not shown. */
  outdate(): void {
    this.#opened++;
    this.#bench.opening = '';
  }

  /**
   * Keeps the photo's file in memory, since the disk's is about to be replaced.
   *
   * @returns False where it has gone.
   */
  async hold(): Promise<boolean> {
    const bench = this.#bench;
    const { file } = bench;
    const bytes = await file?.arrayBuffer().catch(() => null);
    if (!file || !bytes) return false;
    if (bench.file === file) bench.file = new File([bytes], file.name, { type: file.type });
    return true;
  }

  #whyNot(trouble: Trouble): string {
    const { photo } = this.#bench;
    const kept = photo ? [t('open.kept', { name: photo.name })] : [];
    return joinSentences([describeProblem(trouble), ...kept]);
  }
}
