import type { ClipContainer } from '../../core/film/clip';
import { framedSize } from '../../core/frame/geometry';
import type { Raster8 } from '../../core/picture/raster';
import { isSameFrame, type Frame } from '../../core/recipe/frame';
import { ClipReader } from '../../formats/clip/read';
import type { ShownResult } from './preview';

/** A clip that was made of another. */
export type MadeClip = {
  readonly file: Blob;
  readonly container: ClipContainer;
  /** Where it begins and ends, in seconds of the other's own time. */
  readonly from: number;
  readonly until: number;
  /** Seconds of the other's time that are its 0. */
  readonly origin: number;
  /** What of each picture it shows; left out for all of it. */
  readonly frame?: Frame | undefined;
};

/** One picture of a clip, and of what was made of it the one of the same time. */
export type ClipMoment = {
  /** Upright, and all of it. */
  readonly raster: Raster8;
  /** Of the frame that was asked for; null where nothing was made for that time in that frame. */
  readonly made: ShownResult | null;
};

type Opened = MadeClip & {
  /** Opened with the first picture that is wanted of it; null where it cannot be. */
  reader: Promise<ClipReader | null> | null;
};

/** What was made of one clip, to be looked at picture by picture beside it: all of it, and two seconds that were looked at. */
export class ClipPictures {
  readonly #made: Record<'whole' | 'look', Opened | null> = { whole: null, look: null };

  /**
   * Takes what was made from now on, in place of the one before.
   *
   * @param which All of it, or what was only looked at.
   * @param made It; its file stays its owner's.
   */
  put(which: 'whole' | 'look', made: MadeClip): void {
    this.drop(which);
    this.#made[which] = { ...made, reader: null };
  }

  /**
   * Lets go of what was made.
   *
   * @param which All of it, or what was only looked at.
   */
  drop(which: 'whole' | 'look'): void {
    const made = this.#made[which];
    this.#made[which] = null;
    void made?.reader?.then((reader) => reader?.close());
  }

  /**
   * Reads the pictures of a time.
   *
   * @param clip What it was made of.
   * @param seconds Of that clip's own time.
   * @param frame What is looked at of each; left out for all of it.
   * @returns The pictures, owned by the receiver; null where the clip has none for it.
   * @throws {unknown} Where the clip's own file cannot be read any more.
   */
  async at(
    clip: ClipReader,
    seconds: number,
    frame: Frame | undefined,
  ): Promise<ClipMoment | null> {
    const raster = await clip.pictureAt(seconds);
    const fitting = [this.#made.whole, this.#made.look].find(
      (made) =>
        made && seconds >= made.from && seconds < made.until && isSameFrame(made.frame, frame),
    );
    // Its file goes when another is made: then there is nothing to be seen of it.
    const made = fitting ? await readMade(fitting, seconds).catch(() => null) : null;
    if (!raster) return null;
    const { width } = framedSize(frame, raster);
    return { raster, made: made && { picture: made, scale: made.width / width, growth: null } };
  }

  /** Lets go of all of it. */
  close(): void {
    this.drop('whole');
    this.drop('look');
  }
}

async function readMade(made: Opened, seconds: number): Promise<Raster8 | null> {
  made.reader ??= ClipReader.open(made.file, made.container).catch(() => null);
  const reader = await made.reader;
  return reader && reader.pictureAt(seconds - made.origin);
}
