import {
  BlobSource,
  EncodedPacketSink,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  QTFF,
  VideoSampleSink,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
  type MetadataTags,
  type VideoSample,
} from 'mediabunny';
import { EnhanceError, type ClipLack } from '../../core/errors';
import {
  clipContainers,
  type ClipContainer,
  type ClipFacts,
  type ClipStretch,
  type ThumbnailWish,
} from '../../core/film/clip';
import type { FilmFrame } from '../../core/film/step';
import type { Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import {
  coloursOfClip,
  readSample,
  tagsOfClip,
  type ClipColours,
  type TurnYuv,
} from './frame-pixels';
import { holdsSound, soundTitle, videoTitle } from './codecs';
import { readCut } from './cut';
import { isEncrypted } from './encrypted';
import { readBeside, type Beside } from './beside';
import { thumbnailsOf, type Thumbnail } from './thumbnails';

// What is wrong is told by what is thrown.
Logging.level = LogLevel.Silent;

const readers = { mp4: MP4, mov: QTFF, webm: WEBM, mkv: MATROSKA } as const;

/** A clip that is open for reading: its file is read as it goes, and held by nobody. */
export class ClipReader {
  /** Sounds that can be copied, in the file's order. */
  readonly sounds: readonly InputAudioTrack[];
  readonly #input: Input;
  readonly #track: InputVideoTrack;

  private constructor(
    input: Input,
    track: InputVideoTrack,
    sounds: readonly InputAudioTrack[],
    readonly facts: ClipFacts,
    /** What the numbers of its pictures mean. */
    readonly colours: ClipColours,
    /** What a file says of these. */
    readonly tags: VideoColorSpaceInit,
    /** The first picture, upright; owned by the receiver. */
    readonly poster: Raster8,
    /** Whether its pictures have more than 8 bits a sample, of which 8 are read. */
    readonly isDeep: boolean,
    /** Whether its file is cut off: it is as long as what is there of it. */
    readonly isCut: boolean,
    /** What lies beside its pictures and sounds. */
    readonly beside: Beside,
    /** The file itself, as far as it is read. */
    readonly file: Blob,
  ) {
    this.#input = input;
    this.#track = track;
    this.sounds = sounds;
  }

  /**
   * Opens a clip and decodes its first picture.
   *
   * @param whole The file; its name and MIME type play no part.
   * @param container Which container it is.
   * @returns The clip; closed by its owner.
   * @throws {EnhanceError} `clip-unsupported`; `file-cut-off` where nothing of it can be shown.
   */
  static async open(whole: Blob, container: ClipContainer): Promise<ClipReader> {
    if (typeof VideoDecoder === 'undefined') throw unsupported('browser');
    // What cannot be read says so where it is.
    const untouched = { isCut: false, file: whole };
    const { isCut, file } = await readCut(whole, container).catch(() => untouched);
    let isProtected = false;
    const input = new Input({
      source: new BlobSource(file),
      formats: [readers[container]],
      formatOptions: {
        isobmff: {
          resolveKeyId: () => {
            isProtected = true;
            throw unsupported('protected');
          },
        },
      },
    });
    try {
      const beside = await readBeside(file, container);
      const make = (...parts: ReaderParts) => new ClipReader(...parts, isCut, beside, file);
      return await readClip(input, { container, lost: beside.lost, isCut }, make);
    } catch (error) {
      input.dispose();
      if (isProtected || (await isEncrypted(file))) throw unsupported('protected');
      if (error instanceof EnhanceError) throw error;
      const { title: format } = clipContainers[container];
      throw new EnhanceError('file-cut-off', { format, cause: String(error) });
    }
  }

  /**
   * The pictures of a stretch, in the order in which they are shown, upright and of one size.
   *
   * @param stretch Which; the picture that is shown when it begins is shown from then on.
   * @param onEnd Is told where the file ends before the stretch does, for it is cut off or damaged there.
   * @param turn Turns their colours; on arrays by default.
   * @returns The pictures, each owned by the receiver; some are decoded ahead.
   */
  async *frames(
    { from, to }: ClipStretch,
    onEnd: (cause: string) => void = () => undefined,
    turn?: TurnYuv,
  ): AsyncGenerator<FilmFrame, void, undefined> {
    const samples = new VideoSampleSink(this.#track).samples(from, to);
    const { width, height } = this.facts;
    const as = { colours: this.colours, size: { width, height }, turn };
    try {
      for await (const sample of samples) yield await readFrame(sample, as, from);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      onEnd(String(error));
    }
  }

  /**
   * The picture that is shown at some time, upright.
   *
   * @param seconds Of the clip's own time; before its first picture that is meant, and behind the last the last.
   * @returns The picture, owned by the receiver; null where it cannot be decoded.
   * @throws {unknown} Where the file cannot be read any more, or the clip is closed.
   */
  async pictureAt(seconds: number): Promise<Raster8 | null> {
    const { from, width, height } = this.facts;
    // A time that was a picture's own may come back a trace too early.
    const at = Math.max(from, seconds + 1e-4);
    const sample = await new VideoSampleSink(this.#track).getSample(at);
    if (!sample) return null;
    try {
      return await readSample(sample, this.colours, { width, height });
    } finally {
      sample.close();
    }
  }

  /**
   * Small pictures from all over it.
   *
   * @param wish How many, and how large.
   * @returns See {@link thumbnailsOf}.
   */
  thumbnails(wish: ThumbnailWish): AsyncGenerator<Thumbnail, void, undefined> {
    return thumbnailsOf(this.#track, this.facts, wish);
  }

  /**
   * What its file says of it, as the library reads it.
   *
   * @returns Title, author and all else; nothing where that is damaged.
   */
  async saysOfItself(): Promise<MetadataTags> {
    return this.#input.getMetadataTags().catch(() => ({}));
  }

  /** Frees what reading takes. */
  close(): void {
    this.#input.dispose();
  }
}

/** How frames are read. */
type ReadAs = {
  readonly colours: ClipColours;
  readonly size: Size;
  readonly turn: TurnYuv | undefined;
};

async function readFrame(
  sample: VideoSample,
  { colours, size, turn }: ReadAs,
  from: number,
): Promise<FilmFrame> {
  try {
    const raster = await readSample(sample, colours, size, turn);
    const at = Math.max(sample.microsecondTimestamp, Math.round(from * 1e6));
    const end = sample.microsecondTimestamp + sample.microsecondDuration;
    return { raster, at, duration: Math.max(0, end - at) };
  } finally {
    sample.close();
  }
}

type ReaderParts = [
  input: Input,
  track: InputVideoTrack,
  sounds: readonly InputAudioTrack[],
  facts: ClipFacts,
  colours: ClipColours,
  tags: VideoColorSpaceInit,
  poster: Raster8,
  isDeep: boolean,
];

/** What is known of a clip's file before its tracks are read. */
type FileFacts = Pick<ClipReader, 'isCut'> & Required<Pick<ClipFacts, 'container' | 'lost'>>;

/** By its curve alone: primaries as wide as a phone's screen shows them, or a television's, say nothing of the range. */
function isHighRange({ transfer }: VideoColorSpaceInit): boolean {
  // TypeScript's list is of the first edition of WebCodecs.
  const curve: string | null | undefined = transfer;
  return curve === 'pq' || curve === 'hlg';
}

async function readClip<T>(
  input: Input,
  { container, lost, isCut }: FileFacts,
  make: (...parts: ReaderParts) => T,
): Promise<T> {
  const track = await input.getPrimaryVideoTrack();
  // What is cut off before its description says nothing of any.
  if (!track && (await input.getTracks()).length === 0) throw new Error('no track');
  if (!track) throw unsupported('pictures');
  // Of what is encrypted the first packet asks for the key.
  const first = await new EncodedPacketSink(track).getFirstPacket();
  if (!first) throw new Error('no packet');
  const codec = videoTitle(await track.getCodec(), await track.getInternalCodecId());
  if (isHighRange(await track.getColorSpace())) throw unsupported('hdr', codec);
  if (!(await track.canDecode())) throw unsupported('codec', codec);
  const { poster, colours, tags, isDeep } = await readPoster(track);
  const all = await input.getAudioTracks();
  const held = await Promise.all(all.map((sound) => holdsSound(container, sound)));
  const sounds = all.filter((_, i) => held[i]);
  const { averageFrameRate, frameRateIsConstant } = await track.computeFrameRateMetrics();
  const told = await track.computeDuration();
  const facts: ClipFacts = {
    ...{ container, codec, width: poster.width, height: poster.height },
    ...{ from: await track.getFirstTimestamp(), to: isCut ? await endOf(track, told) : told },
    ...{ frameRate: averageFrameRate, isEven: frameRateIsConstant },
    sounds: await Promise.all(sounds.map(async (sound) => soundTitle(await sound.getCodec()))),
    lostSounds: all.length - sounds.length,
    ...(lost.length > 0 && { lost }),
  };
  return make(input, track, sounds, facts, colours, tags, poster, isDeep);
}

/** Times that the end of what is there is looked for at, halving what is left of a clip's length: to a millisecond of an hour. */
const mostLooks = 22;

/** When the last picture ends that is there, whatever a table at the file's beginning says. */
async function endOf(track: InputVideoTrack, told: number): Promise<number> {
  const packets = new EncodedPacketSink(track);
  const at = (seconds: number) => packets.getPacket(seconds).catch(() => null);
  let [last, good, bad] = [await at(told), await track.getFirstTimestamp(), told];
  for (let look = 0; !last && look < mostLooks; look++) {
    const middle = (good + bad) / 2;
    const found = await at(middle);
    if (found) good = Math.max(middle, found.timestamp);
    else bad = middle;
  }
  last ??= await at(good);
  return last ? last.timestamp + last.duration : told;
}

async function readPoster(track: InputVideoTrack) {
  const said = await track.getColorSpace();
  for await (const sample of new VideoSampleSink(track).samples())
    try {
      const { codedHeight, format } = sample;
      const colours = coloursOfClip(said, codedHeight);
      const poster = await readSample(sample, colours);
      const isDeep = /P1[02]$/.test(format ?? '');
      return { poster, colours, tags: tagsOfClip(said, codedHeight), isDeep };
    } finally {
      sample.close();
    }
  throw new Error('no picture');
}

function unsupported(lack: ClipLack, codec = ''): EnhanceError {
  return new EnhanceError('clip-unsupported', { lack, codec });
}
