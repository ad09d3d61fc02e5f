import type { SaveOptions } from '../../core/recipe';
import type { EnhancerCalls } from '../platform/enhancer-client';
import { formatBytes } from '../i18n/quantity';
import { t } from '../i18n/translate';
import { download } from '../platform/download';
import { suggestName } from './report';
import type { Workbench } from './workbench.svelte';

type Format = SaveOptions['format'];

/** How the result is written, and writing it. */
export class Saver {
  /** The format the person chose, or null for the source's own. */
  chosen = $state<Format | null>(null);
  /** 1..100, for JPEG and WebP. */
  quality = $state(90);
  busy = $state(false);
  /** Why the last save failed, or empty. */
  fault = $state('');

  readonly #enhancer: EnhancerCalls;
  readonly #workbench: Workbench;

  /**
   * @param enhancer Encodes the result.
   * @param workbench Holds what is to be saved.
   */
  constructor(enhancer: EnhancerCalls, workbench: Workbench) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
  }

  /** The format that will be written: the chosen one, else the source's (PNG where it cannot be written). */
  get format(): Format {
    if (this.chosen) return this.chosen;
    const source = this.#workbench.photo?.format.toLowerCase();
    return source === 'jpeg' || source === 'webp' ? source : 'png';
  }

  /** Whether pressing Save would do something. */
  get ready(): boolean {
    return this.#workbench.result !== null && !this.#workbench.run && !this.busy;
  }

  /** Writes the result at the present strength to the browser's downloads. The original is not touched. */
  async save(): Promise<void> {
    const { photo, result, strength } = this.#workbench;
    if (!photo || !result || !this.ready) return;
    const { format, quality } = this;
    this.fault = '';
    this.busy = true;
    const reply = await this.#enhancer.save({ format, quality, strength: strength / 100 });
    this.busy = false;
    if (!reply.ok) {
      if (reply.code !== 'cancelled') this.fault = reply.message;
      return;
    }
    const name = suggestName(photo.name, result.recipe.scale, format);
    download(reply.value, name);
    const saved = t('save.done', { name, size: formatBytes(reply.value.size) });
    if (this.#workbench.result === result) this.#workbench.status = `${result.sentence} ${saved}`;
  }
}
