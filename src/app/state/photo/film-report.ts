import type { ClipReport } from '../../../worker/reports';
import { filmWord } from '../../i18n/en-film';
import { describeProblem } from '../../i18n/problem';
import { formatBytes, formatDuration } from '../../i18n/quantity';

/**
 * What became of a run, in words.
 *
 * @param report What was made.
 * @param name Of the person's own file that it lies in; empty where it is kept in the browser.
 * @returns A sentence or two.
 */
export function tellClip(report: ClipReport, name: string): string {
  const { codec, width, height, file, fault } = report;
  const length = formatDuration(report.length);
  if (!fault) {
    const size = formatBytes(file.size);
    const done = filmWord('done', { width, height, length, codec, size });
    return name ? filmWord('intoDone', { done, name }) : done;
  }
  if (fault.problem === 'cancelled')
    return name ? filmWord('intoStopped', { length, name }) : filmWord('stopped', { length });
  const broken = { reason: describeProblem(fault), length };
  return name ? filmWord('intoBroken', { ...broken, name }) : filmWord('broken', broken);
}
