import { formats } from '../../../core/format';
import { findReason, type Reason } from '../../../core/recipe/reasons';
import type { OpenedPhoto, PlanInfo } from '../../../worker/protocol';
import type { RunReport } from '../../../worker/reports';
import { formatBytes, formatSeconds } from '../../i18n/quantity';
import { joinWords, listWords } from '../../i18n/sentence';
import { formatNumber } from '../../i18n/speak';
import { t } from '../../i18n/translate';

const techniques: Readonly<Record<RunReport['backend'], readonly string[]>> = {
  ...{ webgpu: ['WebGPU'], wasm: ['WebAssembly'], mixed: ['WebGPU', 'WebAssembly'] },
};

/** A technical fact, and what it is of. */
export type Detail = { readonly name: string; readonly value: string };

/** What there is to tell of. */
export type DetailSources = {
  readonly photo: OpenedPhoto;
  /** Why the present recipe is suggested. */
  readonly reasons: readonly Reason[];
  /** What a run would cost, where that is known. */
  readonly plan: PlanInfo | null;
  /** What the last run did; null before it. */
  readonly report: RunReport | null;
};

/**
 * The technique behind a photo, its plan and its result.
 *
 * @param sources What there is to tell of.
 * @returns In the order of reading.
 */
export function listDetails({ photo, reasons, plan, report }: DetailSources): readonly Detail[] {
  const row = (name: string, value: string) => (value ? [{ name, value }] : []);
  const file = joinWords([formats[photo.format].title, formatBytes(photo.bytes)]);
  return [
    ...row(t('details.file'), file),
    ...row(t('details.measured'), listWords(measured(reasons))),
    ...(report ? listRun(report) : []),
    ...row(t('details.memory'), plan ? formatBytes(plan.peakBytes) : ''),
  ];
}

function listRun(report: RunReport): readonly Detail[] {
  const networks = report.steps.filter((step) => step.kind === 'network');
  const precisions = [...new Set(networks.map(({ precision }) => precision))];
  const tiles = networks.reduce((sum, step) => sum + step.tiles, 0);
  const rows = [
    { name: t('details.where'), value: joinWords(techniques[report.backend]) },
    { name: t('details.device'), value: report.device },
    { name: t('details.precision'), value: listWords(precisions) },
    { name: t('details.tiles'), value: formatNumber(tiles) },
    { name: t('details.seconds'), value: formatSeconds(report.seconds) },
  ];
  return rows.filter(({ value }) => value);
}

function measured(reasons: readonly Reason[]): readonly string[] {
  const noise = findReason(reasons, 'noise');
  const jpeg = findReason(reasons, 'jpeg');
  const blur = findReason(reasons, 'blur');
  const soft = findReason(reasons, 'soft');
  return [
    ...(noise ? [t('details.noise', { sigma: formatNumber(noise.sigma, 1) })] : []),
    ...(jpeg ? [t('details.jpeg', { quality: Math.round(jpeg.quality) })] : []),
    ...(blur ? [t('details.blur', { sigma: formatNumber(blur.sigma, 1) })] : []),
    ...(soft ? [t('details.soft', { percent: Math.round(soft.resolution * 100) })] : []),
  ];
}
