import type { Problem } from '../../../core/errors';

const ofDownloads: readonly Problem[] = [
  ...(['download-failed', 'download-stalled', 'models-not-served', 'model-altered'] as const),
  ...(['catalog-unreadable', 'catalog-wrong', 'catalog-too-long', 'codec-missing'] as const),
];

/**
 * Whether the same may go well the next time, without a change of anything: what went wrong was on the
 * way from the server.
 *
 * @param problem What went wrong.
 * @returns True where a Retry is offered.
 */
export function isWorthRetry(problem: Problem): boolean {
  return ofDownloads.includes(problem);
}
