import { EnhanceError } from '../../core/errors';
import type { PhotoId } from '../protocol';
import { PhotoFrames, type FrameParts } from './frames';
import type { OpenPhoto } from './photos';

/** The photos that are open. An id is never given twice. */
export class Photos {
  readonly #open = new Map<PhotoId, PhotoFrames>();
  #last = 0;

  /** A name for a photo that is going to be opened. */
  nextId(): PhotoId {
    return ++this.#last;
  }

  /** All open photos' names, in the order they were opened. */
  get ids(): readonly PhotoId[] {
    return [...this.#open.keys()];
  }

  /**
   * Holds a photo from now on.
   *
   * @param photo Which.
   * @param parts What its frames and tones are made with.
   */
  add(photo: OpenPhoto, parts: FrameParts): void {
    this.#open.set(photo.id, new PhotoFrames(photo, parts));
  }

  /**
   * Lays another picture in the place of an open photo's: the next one of a clip. Who has the one before keeps it until it is done.
   *
   * @param photo Of the same name; it has what was measured in the one before.
   * @param parts What its frames and tones are made with.
   * @returns The picture in its frames.
   * @throws {EnhanceError} `photo-missing` where it is not open.
   */
  replace(photo: OpenPhoto, parts: FrameParts): PhotoFrames {
    photo.analysis = this.frames(photo.id).whole.analysis;
    const frames = new PhotoFrames(photo, parts);
    this.#open.set(photo.id, frames);
    return frames;
  }

  /**
   * An open photo, in the frame that is looked at.
   *
   * @param id Its name.
   * @returns The photo.
   * @throws {EnhanceError} `photo-missing` where it is not open.
   */
  get(id: PhotoId): OpenPhoto {
    return this.frames(id).now;
  }

  /**
   * An open photo in its frames.
   *
   * @param id Its name.
   * @returns The frames.
   * @throws {EnhanceError} `photo-missing` where it is not open.
   */
  frames(id: PhotoId): PhotoFrames {
    const frames = this.#open.get(id);
    if (!frames) throw new EnhanceError('photo-missing');
    return frames;
  }

  /**
   * Lets go of a photo: its pixels are free as soon as its jobs have ended.
   *
   * @param id Which; one that is not open is no failure.
   */
  remove(id: PhotoId): void {
    this.#open.get(id)?.end();
    this.#open.delete(id);
  }
}
