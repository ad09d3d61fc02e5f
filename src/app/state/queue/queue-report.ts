import { t } from '../../i18n/queue-words';
import type { Entry } from './entry.svelte';

/**
 * What was done to each photo, as a table.
 *
 * @param entries The photos.
 * @returns The heading, and a row for each.
 */
export function listReport(entries: readonly Entry[]): (string | number)[][] {
  const heading = [
    ...[t('csv.file'), t('csv.state'), t('csv.result'), t('csv.width'), t('csv.height')],
    ...[t('csv.bytes'), t('csv.seconds'), t('csv.where'), t('csv.did'), t('csv.notes')],
    t('csv.fault'),
  ];
  return [heading, ...entries.map(rowOf)];
}

function rowOf({ source, state, output, work, notes, fault }: Entry): (string | number)[] {
  const { width = '', height = '', where = '', did = '' } = (output && work) ?? {};
  return [
    ...[source.path, t(`state.${state}`), output?.path ?? '', width, height, output?.bytes ?? ''],
    ...[output && work ? Math.round(10 * work.seconds) / 10 : '', where, did],
    ...[notes.join(' '), fault],
  ];
}
