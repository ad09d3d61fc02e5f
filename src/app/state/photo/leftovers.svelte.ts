import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto } from '../../../worker/protocol';
import { describeNotes, describeProblem } from '../../i18n/problem';
import { joinSentences } from '../../i18n/sentence';
import { t } from '../../i18n/translate';
import { download } from '../../platform/download';
import type { Leaver } from './file-opener';
import type { Saver } from './saver.svelte';
import type { Workbench } from './workbench.svelte';

/** Something of a photo whose place another has taken. */
export type Leftover = {
  /** What is to be said of it. */
  readonly text: string;
  /** The result as a file, and its name; null where there is none, or it is being written. */
  readonly file: { readonly blob: Blob; readonly name: string } | null;
};

/**
 * Keeps results that were not saved when another photo took the place of theirs: as the files that Save would
 * have written, which are small beside the pixels.
 */
export class Leftovers implements Leaver {
  list = $state.raw<readonly Leftover[]>([]);
  /** How many results are being written. */
  #writing = $state(0);
  readonly #enhancer: Pick<OwnerCalls, 'cancel' | 'save' | 'close'>;
  readonly #workbench: Workbench;
  readonly #saver: Saver;
  readonly #hasOthers: () => boolean;

  /**
   * @param enhancer Writes results, and holds their photos until then.
   * @param workbench Where photos lie.
   * @param saver Says how results are written, and which have been.
   * @param hasOthers Whether the worker has other photos open, which must stay so.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'cancel' | 'save' | 'close'>,
    workbench: Workbench,
    saver: Saver,
    hasOthers: () => boolean = () => false,
  ) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
    this.#saver = saver;
    this.#hasOthers = hasOthers;
  }

  /** Whether leaving the page would lose something. */
  get isLosing(): boolean {
    const isKept = this.list.some(({ file }) => file !== null);
    return this.mustStay || this.#workbench.run !== null || isKept;
  }

  /** @inheritdoc */
  get mustStay(): boolean {
    return this.#writing > 0 || this.#saver.isUnsaved || this.#hasOthers();
  }

  /** @inheritdoc */
  leave(isOpen: boolean): void {
    const { photo, run } = this.#workbench;
    if (!photo) return;
    if (run) this.#add({ text: t('left.stopped', { name: photo.name }), file: null });
    if (isOpen) void this.#keep(photo);
  }

  /**
   * Gives a result to the browser's downloads, and forgets it.
   *
   * @param leftover One of the list.
   */
  save(leftover: Leftover): void {
    if (leftover.file) download(leftover.file.blob, leftover.file.name);
    this.drop(leftover);
  }

  /**
   * Forgets one.
   *
   * @param leftover One of the list.
   */
  drop(leftover: Leftover): void {
    this.list = this.list.filter((each) => each !== leftover);
  }

  async #keep({ id, name }: OpenedPhoto): Promise<void> {
    const { isUnsaved, how, name: fileName } = this.#saver;
    const { result } = this.#workbench;
    if (isUnsaved && result) {
      const writing = { text: t('left.keeping', { name }), file: null };
      this.#add(writing);
      this.#writing++;
      await this.#enhancer.cancel(id, ['run', 'look']);
      const reply = await this.#enhancer.save(id, how);
      this.#writing--;
      this.drop(writing);
      this.#add(
        reply.ok
          ? {
              text: joinSentences([t('left.kept', { name }), ...describeNotes(reply.value.notes)]),
              file: { blob: reply.value.blob, name: fileName },
            }
          : { text: t('left.failed', { name, reason: describeProblem(reply) }), file: null },
      );
    }
    await this.#enhancer.close(id);
  }

  #add(leftover: Leftover): void {
    this.list = [...this.list, leftover];
  }
}
