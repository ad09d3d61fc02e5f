import type { Analysis } from '../core/findings/analyse';
import { looksShaken } from '../core/findings/suggest';
import type { Reply } from '../core/errors';
import type { Offers } from '../core/recipe/offers';
import type { OpenedPhoto, Owner } from './protocol';

/**
 * What may be asked for, once a photo is open.
 *
 * @param owner Asked where the reply to `open` did not say.
 * @param photo What `open` replied.
 * @returns The offers; null where the catalogue is not there.
 */
export async function offersOf(
  owner: Pick<Owner, 'offers'>,
  photo: Pick<OpenedPhoto, 'offers'>,
): Promise<Offers | null> {
  if (photo.offers) return photo.offers;
  const reply = await owner.offers();
  return reply.ok ? reply.value : null;
}

/**
 * Looks closer at an open photo, for some seconds where it is soft.
 *
 * @param owner Looks for a shake.
 * @param photo What `open` replied.
 * @returns What is known of it then.
 */
export async function lookCloser(
  owner: Pick<Owner, 'findShake'>,
  { id, analysis }: Pick<OpenedPhoto, 'id' | 'analysis'>,
): Promise<Reply<Analysis>> {
  if (!looksShaken(analysis)) return { ok: true, value: analysis };
  const reply = await owner.findShake(id);
  return reply.ok ? { ok: true, value: { ...analysis, shake: reply.value } } : reply;
}
