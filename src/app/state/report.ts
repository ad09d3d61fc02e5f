import type { Scale } from '../../core/recipe';
import type { RunReport } from '../../worker/protocol';
import { formatSeconds } from '../i18n/quantity';
import { t } from '../i18n/translate';

/**
 * Says what really ran.
 *
 * @param scale By how much the photo was enlarged.
 * @param report What the worker reported.
 * @param title The model's name for people.
 * @returns One sentence with sizes, model, backend and seconds; it claims a GPU only where one was used.
 */
export function describeRun(scale: Scale, report: RunReport, title: string): string {
  const { width, height } = report.output;
  const gpu = report.software ? t('run.onSoftware') : t('run.onGpu');
  const where = report.backend === 'webgpu' ? gpu : t('run.onCpu');
  const seconds = formatSeconds(report.seconds);
  return t('run.done', { scale, width, height, model: title, where, seconds });
}

/**
 * The name to suggest for a result.
 *
 * @param source The original file's name.
 * @param scale By how much it was enlarged.
 * @param format How it will be written.
 * @returns For example `beach-2x.jpg` for `beach.HEIC`.
 */
export function suggestName(source: string, scale: Scale, format: 'png' | 'jpeg' | 'webp'): string {
  const stem = source.replace(/\.[^.]{1,5}$/, '') || 'photo';
  return `${stem}-${scale}x.${format === 'jpeg' ? 'jpg' : format}`;
}
