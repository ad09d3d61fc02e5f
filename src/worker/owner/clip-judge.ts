import { EnhanceError } from '../../core/errors';
import type { ClipStretch } from '../../core/film/clip';
import { createFlickerMeter } from '../../core/film/flicker';
import { analyse } from '../../core/findings/analyse';
import { measureBands } from '../../core/findings/banding';
import {
  agreeOnClip,
  type ClipFindings,
  type FrameReading,
} from '../../core/findings/clip-findings';
import type { Raster } from '../../core/picture/raster';
import { optionValidator as check } from '../../core/validator';
import type { ClipReader } from '../../formats/clip/read';
import type { PhotoId } from '../protocol';
import type { StripParts } from './clip-strip';
import { breathe } from './shake-search';

/** What is read of a clip. */
export type JudgedClip = Pick<ClipReader, 'facts' | 'pictureAt' | 'frames'>;

/** Pictures that are looked at. */
const pictureCount = 11;

/** Which of them are followed by their neighbours, whose light tells of flicker; how long, in seconds, and by how many. */
const runsFrom: readonly number[] = [1, 5, 9];
const run = { seconds: 1, frames: 26, leastGap: 1 / 32 } as const;

/**
 * Looks at pictures from all over a stretch of a clip, one at a time: what a person waits for goes first.
 *
 * @param parts Where clips are, and what else is going on.
 * @param id Of which clip.
 * @param stretch Which part of it.
 * @param signal Ends it.
 * @returns What the pictures agree on.
 * @throws {EnhanceError} `photo-missing`, `option-wrong`; `file-cut-off` where no picture can be decoded.
 * @throws {DOMException} The signal's reason.
 */
export async function judgeClip(
  { clips, jobs }: StripParts,
  id: PhotoId,
  stretch: ClipStretch,
  signal: AbortSignal,
): Promise<ClipFindings> {
  const { from: begin, to: end } = check.object(stretch, 'stretch');
  const from = check.between(begin, [-1e9, 1e9], 'stretch.from');
  const to = check.between(end, [from, 1e9], 'stretch.to');
  if (!clips) throw new EnhanceError('photo-missing');
  const pause = async () => {
    const urgent = [...jobs.of('loupe'), ...jobs.of('save'), ...jobs.of('run')];
    await Promise.all(urgent.map(({ ended }) => ended));
    await breathe(signal);
  };
  return judgePictures(clips.reader(id), { from, to }, pause);
}

/**
 * Looks at eleven pictures of a stretch of a clip, and at the neighbours of three.
 *
 * @param clip The clip.
 * @param stretch Which part of it.
 * @param pause Is waited for before each picture; what it throws ends the looking.
 * @returns What the pictures agree on.
 * @throws {EnhanceError} `file-cut-off` where no picture can be decoded.
 */
export async function judgePictures(
  clip: JudgedClip,
  { from, to }: ClipStretch,
  pause: () => Promise<unknown>,
): Promise<ClipFindings> {
  const readings: FrameReading[] = [];
  const swings: (number | null)[] = [];
  for (let i = 0; i < pictureCount; i++) {
    await pause();
    const at = from + ((i + 0.5) * (to - from)) / pictureCount;
    if (runsFrom.includes(i)) {
      const { first, swing } = await followLight(clip, { from: at, to }, pause);
      if (first) readings.push(read(first));
      swings.push(swing);
    } else {
      const picture = await clip.pictureAt(at);
      if (picture) readings.push(read(picture));
    }
  }
  if (readings.length > 0) return agreeOnClip(readings, swings);
  throw new EnhanceError('file-cut-off', { format: clip.facts.codec, cause: 'no picture' });
}

function read(raster: Raster): FrameReading {
  return { analysis: analyse(raster, null), bands: measureBands(raster) };
}

/** The picture that is shown when a stretch begins, and how its light and that of those after it swings. */
async function followLight(
  clip: JudgedClip,
  { from, to }: ClipStretch,
  pause: () => Promise<unknown>,
): Promise<{ readonly first: Raster | null; readonly swing: number | null }> {
  const meter = createFlickerMeter();
  // Of a short clip what is before tells as much.
  const start = Math.max(clip.facts.from, Math.min(from, to - run.seconds));
  let [count, last]: [number, number] = [0, -Infinity];
  let first: Raster | null = null;
  for await (const { raster, at } of clip.frames({ from: start, to: start + run.seconds })) {
    if (at / 1e6 - last < run.leastGap - 1e-4) continue;
    await pause();
    first ??= raster;
    meter.push(raster, at);
    last = at / 1e6;
    if (++count === run.frames) break;
  }
  return { first, swing: meter.measure() };
}
