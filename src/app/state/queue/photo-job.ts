import type { Reply } from '../../../core/errors';
import type { OpenedPhoto } from '../../../worker/protocol';
import { describeNotes } from '../../i18n/problem';
import { describeRun } from '../photo/report';
import type { Job } from './job';
import { planPhoto, runPhoto, type PhotoWish, type QueueOwner } from './photo-work';

/**
 * Works out what is to be done to an open photo.
 *
 * @param owner Plans, runs and encodes.
 * @param photo The photo.
 * @param wish What is asked for of it.
 * @param read Reads the file itself, which is what is written where nothing is to be done.
 * @returns What is to be done, or why nothing can be.
 */
export async function planPhotoJob(
  owner: QueueOwner,
  photo: OpenedPhoto,
  wish: PhotoWish,
  read: () => Promise<Reply<File>>,
): Promise<Reply<Job>> {
  const planned = await planPhoto(owner, photo, wish);
  if (!planned.ok) return planned;
  const { recipe, plan, how, scale, extension, isCopy } = planned.value;
  const run: Job['run'] = async ({ tell }) => {
    const reply = await runPhoto(owner, photo, recipe, tell);
    if (!reply.ok) return reply;
    const { seconds, steps, backend, output, notes } = reply.value;
    const where = steps.some(({ kind }) => kind === 'network') ? backend : '';
    const work = { did: describeRun(scale, reply.value), seconds, where, ...output };
    return { ok: true, value: { work, notes: describeNotes(notes) } };
  };
  const save: Job['save'] = async () => {
    if (isCopy) {
      const file = await read();
      return file.ok ? { ok: true, value: { blob: file.value } } : file;
    }
    const reply = await owner.save(photo.id, how);
    if (!reply.ok) return reply;
    const { blob, notes } = reply.value;
    return { ok: true, value: { blob, notes: describeNotes(notes) } };
  };
  const discard: Job['discard'] = () => Promise.resolve();
  const { output, downloadBytes } = plan;
  const facts = { output, scale, extension, downloadBytes, isCopy };
  return { ok: true, value: { ...facts, run, save, discard } };
}
