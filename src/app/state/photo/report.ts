import { formats, type SavedFormat } from '../../../core/format';
import type { Size } from '../../../core/picture/rect';
import { scaleOf, type Recipe } from '../../../core/recipe/recipe';
import type { RunReport } from '../../../worker/reports';
import { formatSeconds } from '../../i18n/quantity';
import { listWords } from '../../i18n/sentence';
import { nameDone } from '../../i18n/task-words';
import { t } from '../../i18n/translate';

/**
 * Says what really ran.
 *
 * @param scale By how much the photo was enlarged, or made smaller.
 * @param report What the worker reported.
 * @returns One sentence with steps, size, models, backend and seconds; it claims a GPU only where one
 *   was used.
 */
export function describeRun(scale: number, report: RunReport): string {
  const { width, height } = report.output;
  if (report.steps.length === 0) return t('run.resized', { width, height });
  const models = report.steps.flatMap((step) => (step.kind === 'network' ? step.model : []));
  const did = nameDone(report.steps, scale, report.output);
  const seconds = formatSeconds(report.seconds);
  // Arithmetic of our own runs nowhere else.
  if (models.length === 0) return t('run.doneAlone', { did, seconds });
  return t('run.done', {
    did,
    models: listWords(models),
    where: whereItRan(report),
    seconds,
  });
}

function whereItRan({ backend, software }: RunReport): string {
  if (backend === 'wasm') return t('run.onCpu');
  if (backend === 'mixed') return t('run.onBoth');
  return software ? t('run.onSoftware') : t('run.onGpu');
}

/**
 * The name to suggest for a result.
 *
 * @param source The original file's name.
 * @param recipe What was done.
 * @param saved The size that it is saved at.
 * @param format How it will be written.
 * @returns For example `beach-2x.jpg` for `beach.HEIC`, `beach-enhanced.jpg` at scale 1, `beach-3000x2000.jpg`
 *   for a size of one's own.
 */
export function suggestName(
  source: string,
  recipe: Recipe,
  { width, height }: Size,
  format: SavedFormat,
): string {
  const stem = source.replace(/\.[^.]{1,5}$/, '') || 'photo';
  const { size } = recipe;
  const scale = size?.by === 'factor' ? size.factor : scaleOf(recipe);
  const times = scale === 1 ? 'enhanced' : `${scale}x`;
  const suffix = size && size.by !== 'factor' ? `${width}x${height}` : times;
  return `${stem}-${suffix}.${formats[format].extensions[0]}`;
}
