import {
  NullTarget,
  Output,
  VideoSample,
  VideoSampleSource,
  type EncodedPacket,
  type Quality,
  type VideoCodec,
} from 'mediabunny';
import type { ClipContainer } from '../../core/film/clip';
import type { FilmFrame } from '../../core/film/step';
import type { FilmWork } from '../../core/film/film-work';
import { yuvOfRaster } from '../../core/film/yuv';
import type { Raster8 } from '../../core/picture/raster';
import { outputFormat } from './codecs';
import type { ClipReader } from './read';
import type { ClipSegment } from './segment';

/** Longer than any segment: its first picture alone needs no other. */
const keyFrameInterval = 1e9;

/** How pictures are coded. */
export type Coding = {
  readonly container: ClipContainer;
  readonly codec: VideoCodec;
  readonly quality: Quality;
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
  /** Makes luma and colour differences; on arrays by default. */
  readonly turn?: FilmWork['yuvOfRaster'] | undefined;
};

/** What the numbers of pictures mean, and what a file says of it. */
type Numbers = Pick<ClipReader, 'colours' | 'tags'>;

/**
 * Codes the pictures of one segment with an encoder of its own: what comes out depends on nothing before, so that a clip that is gone on with
 * is the same as one that nothing has disturbed.
 */
export class SegmentEncoder {
  readonly #coding: Coding;
  readonly #clip: Numbers;
  /** Its file is thrown away as it is written. */
  readonly #output: Output;
  readonly #source: VideoSampleSource;
  readonly #packets: EncodedPacket[] = [];
  #config: VideoDecoderConfig | null = null;
  #starting: Promise<void> | null = null;
  /** Microseconds at which its first picture is shown. */
  readonly from: number;

  /**
   * @param coding How.
   * @param clip Whose pictures' numbers mean what those of the new ones do, as far as the codec can say it.
   * @param from When the first picture is shown, in microseconds.
   */
  constructor(coding: Coding, clip: Numbers, from: number) {
    const { codec, quality, container } = coding;
    this.#coding = coding;
    this.#clip = numbersFor(codec, clip);
    this.from = from;
    this.#output = new Output({ format: outputFormat(container), target: new NullTarget() });
    this.#source = new VideoSampleSource({
      ...{ codec, quality, keyFrameInterval },
      onEncodedPacket: (packet, meta) => {
        this.#packets.push(packet);
        this.#config ??= meta?.decoderConfig ?? null;
      },
    });
    this.#output.addVideoTrack(this.#source);
  }

  /**
   * Codes a picture, once there is room for it.
   *
   * @param frame The picture, after those before it; 8 bits a sample.
   */
  async add({ raster, at, duration }: FilmFrame): Promise<void> {
    await (this.#starting ??= this.#output.start());
    const { colours, tags } = this.#clip;
    const { turn = yuvOfRaster } = this.#coding;
    const { width, height, data } = await turn(raster as Raster8, colours);
    const sample = new VideoSample(data, {
      ...{ format: 'I420', codedWidth: width, codedHeight: height },
      ...{ timestamp: at / 1e6 - this.#coding.origin, duration: duration / 1e6 },
      colorSpace: tags,
    });
    try {
      await this.#source.add(sample);
    } finally {
      sample.close();
    }
  }

  /**
   * Ends it.
   *
   * @param until When what comes after it is shown, in microseconds.
   * @returns All its pictures.
   */
  async finish(until: number): Promise<ClipSegment> {
    this.#source.close();
    await this.#output.finalize();
    const packets = this.#packets.map(({ timestamp, duration, type, data }) => {
      return { timestamp, duration, isKey: type === 'key', data };
    });
    if (!this.#config) throw new Error('no configuration');
    return { packets, config: this.#config, from: this.from, until };
  }

  /** Lets go of them. */
  async cancel(): Promise<void> {
    await this.#output.cancel().catch(() => undefined);
  }
}

/** VP9 as browsers write it does not say that its numbers are BT.2020's, so that players take them for others: they become BT.709's. */
function numbersFor(codec: VideoCodec, clip: Numbers): Numbers {
  if (codec !== 'vp9' || clip.colours.matrix !== 'bt2020') return clip;
  const matrix = 'bt709';
  return { colours: { ...clip.colours, matrix }, tags: { ...clip.tags, matrix } };
}
