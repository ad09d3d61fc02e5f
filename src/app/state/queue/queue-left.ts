import { t } from '../../i18n/queue-words';
import { joinSentences, listWords } from '../../i18n/sentence';
import type { Gathered } from '../../platform/photo-source';

/** Most names that are told; of more it is told how many they are. */
const mostNames = 3;

/**
 * What was left out where photos were looked for.
 *
 * @param left What was found besides them.
 * @returns Sentences; empty where nothing was.
 */
export function describeLeft({ others, locked, unread }: Omit<Gathered, 'sources'>): string {
  const isLong = unread.length > mostNames;
  return joinSentences([
    ...(others > 0 ? [t('queue.others', { count: others })] : []),
    ...(locked > 0 ? [t('queue.locked', { count: locked })] : []),
    ...(isLong ? [t('queue.unreadMany', { count: unread.length })] : []),
    ...(unread.length > 0 && !isLong ? [t('queue.unread', { names: listWords(unread) })] : []),
  ]);
}
