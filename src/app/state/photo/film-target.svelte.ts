import { faultOfFile, type FileFault } from '../../../core/file-fault';
import type { ClipContainer } from '../../../core/film/clip';
import type { ClipReport } from '../../../worker/reports';
import { filmWord } from '../../i18n/en-film';
import { chooseClipFile } from '../../platform/clip-choice';
import { copyClip } from '../../platform/clip-copy';
import { allowWriting } from '../../platform/file-writing';

/** The file that the next clip is written into as it comes, where the person has chosen one; it is chosen for one clip, so that none is written over another. */
export class FilmTarget {
  /** The file; null where none was chosen, or the clip is done. */
  handle = $state.raw<FileSystemFileHandle | null>(null);
  /** Why the clip is not written into it, as a sentence; or empty. */
  fault = $state('');
  /** How much of what was made before is written into it, 0..1; null where nothing is being copied. */
  copied = $state<number | null>(null);

  /** Its name; empty where there is none. */
  get name(): string {
    return this.handle?.name ?? '';
  }

  /**
   * Asks for the file; within a press.
   *
   * @param name What it may be called.
   * @param container Of which container the clip is going to be.
   */
  async choose(name: string, container: ClipContainer): Promise<void> {
    const handle = await chooseClipFile(name, container);
    if (handle) this.take(handle);
  }

  /**
   * Takes a file, or none.
   *
   * @param handle The file; null so that the clip is kept in the browser until it is saved.
   */
  take(handle: FileSystemFileHandle | null): void {
    this.handle = handle;
    this.fault = '';
  }

  /** Asks for leave to write, where it may have ended; within a press. Without it the clip is kept in the browser. */
  async allow(): Promise<void> {
    this.fault = '';
    if (this.handle) await allowWriting(this.handle);
  }

  /**
   * Writes what was made before into it; it is done with it then.
   *
   * @param made What was made.
   * @returns The file's name; empty where there is none, or it does not take it.
   */
  async copy(made: Blob): Promise<string> {
    const { handle, name } = this;
    if (!handle || this.copied !== null) return '';
    this.copied = 0;
    try {
      await copyClip(made, handle, (share) => (this.copied = share));
      this.take(null);
      return name;
    } catch (error) {
      this.lose(faultOfFile(error));
      return '';
    } finally {
      this.copied = null;
    }
  }

  /**
   * The file takes no more, or, where none was chosen, the browser keeps none for this page.
   *
   * @param fault Why.
   */
  lose(fault: FileFault): void {
    const { name } = this;
    this.fault = name ? filmWord(`into.${fault}`, { name }) : filmWord('intoMemory');
  }

  /**
   * A clip was made. What lies whole in the file is done with it.
   *
   * @param report What was made.
   * @returns The name of the file that it lies in; empty where it is kept in the browser.
   */
  settle({ fault, lost }: Pick<ClipReport, 'fault' | 'lost'>): string {
    const { name } = this;
    if (lost) this.lose(lost);
    else if (!fault) this.take(null);
    return lost ? '' : name;
  }
}
