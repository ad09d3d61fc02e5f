import type { Reply } from '../../../core/errors';
import type { OpenedPhoto } from '../../../worker/protocol';
import { t } from '../../i18n/queue-words';
import { planClip } from './clips/clip-job';
import type { Entry } from './entry.svelte';
import type { Job } from './job';
import { planPhotoJob } from './photo-job';
import { readFile, readRetouch, type QueueOwner } from './photo-work';
import type { QueueSettings } from './queue-parts';

/**
 * Works out what is to be done to a photo or a clip of a queue that is open.
 *
 * @param owner Looks, plans and works.
 * @param entry The photo; where what was done to it by hand is lost, that is said of it.
 * @param photo The same as it was opened.
 * @param settings What is asked for of all.
 * @returns What is to be done, or why nothing can be; null where it is not to be done so.
 */
export async function planJob(
  owner: QueueOwner,
  entry: Entry,
  photo: OpenedPhoto,
  { fit, choice }: QueueSettings,
): Promise<Reply<Job> | null> {
  const retouch = await readRetouch(entry);
  if (!retouch.ok) {
    entry.lose(t('queue.retouchLost'));
    return null;
  }
  const read = () => readFile(entry.source.read);
  const wish = { fit: entry.own ?? fit, retouch: retouch.value };
  const { clip } = photo;
  return clip && entry.clip
    ? planClip(owner, entry.clip, { ...photo, clip }, { ...wish, read, metadata: choice.metadata })
    : planPhotoJob(owner, photo, { ...wish, choice }, read);
}
