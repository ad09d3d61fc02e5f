import { EnhanceError } from '../../core/errors';
import type { Picture } from '../../core/picture/picture';
import { wholeRect } from '../../core/picture/rect';
import { parseBasis, type Basis } from '../../core/recipe/basis';
import { optionValidator as check } from '../../core/validator';
import type { ClipPicture, PhotoId } from '../protocol';
import type { Clips } from './clips';
import type { FrameParts } from './frames';
import type { Photos } from './open-photos';
import { OpenPhoto } from './photos';
import { drawPart, previewSize } from './preview';

/** Where clips and the pictures that lie there of them are. */
export type MomentParts = {
  /** Null where no clip was ever open. */
  readonly clips: Clips | null;
  readonly photos: Photos;
  /** What frames and tones are made with. */
  readonly parts: FrameParts;
};

/**
 * Lays another picture of a clip down, beside what was made of it.
 *
 * @param where Where it is laid.
 * @param id Of which clip.
 * @param seconds Of its own time.
 * @param basis The frame and the tone that are looked at.
 * @returns Both, for the screen.
 * @throws {EnhanceError} `photo-missing`, `option-wrong`; `file-cut-off` where there is no picture.
 * @throws {unknown} Where the clip's file cannot be read any more.
 */
export async function showMoment(
  { clips, photos, parts }: MomentParts,
  id: PhotoId,
  seconds: number,
  basis: Basis,
): Promise<ClipPicture> {
  const asked = parseBasis(basis, 'basis');
  const at = check.between(seconds, [-1e9, 1e9], 'seconds');
  if (!clips) throw new EnhanceError('photo-missing');
  const moment = await clips.picturesAt(id, at, asked.frame);
  const { metadata, colours, screen } = photos.frames(id).whole;
  const photo = new OpenPhoto(id, moment.raster, metadata, colours, screen);
  const shown = await photos.replace(photo, parts).look(asked);
  shown.result = moment.made;
  const draw = (picture: Picture) =>
    drawPart(picture, wholeRect(picture), previewSize(picture), screen);
  const { width, height } = shown.raster;
  const preview = await draw(shown.raster);
  const { made } = moment;
  return {
    ...{ width, height, preview },
    made: made && { preview: await draw(made.picture), scale: made.scale },
  };
}
