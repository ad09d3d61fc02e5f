import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  getFirstEncodableVideoCodec,
  Output,
  Quality,
  StreamTarget,
  VideoSample,
  VideoSampleSource,
  type EncodedPacket,
  type InputAudioTrack,
  type StreamTargetChunk,
  type VideoCodec,
} from 'mediabunny';
import { EnhanceError } from '../../core/errors';
import { clipContainers, type ClipContainer } from '../../core/film/clip';
import type { FilmFrame } from '../../core/film/step';
import { yuvOfRaster } from '../../core/film/yuv';
import type { Raster8 } from '../../core/picture/raster';
import type { Size } from '../../core/picture/rect';
import { outputFormat, videoTitle } from './codecs';
import { mendOpusDelay } from './opus-delay';
import type { ClipReader } from './read';

/** Codecs of pictures in the order in which they are tried: what opens everywhere, then what is smaller. */
const preferred: Readonly<Record<ClipContainer, readonly VideoCodec[]>> = {
  mp4: ['avc', 'hevc', 'av1', 'vp9'],
  mov: ['avc', 'hevc', 'av1', 'vp9'],
  webm: ['vp9', 'av1', 'vp8'],
  mkv: ['avc', 'vp9', 'hevc', 'av1', 'vp8'],
};

/** Codecs whose encoders are told how many bits to take, for hardly any of them can be told what to keep. */
const byBitRate: readonly VideoCodec[] = ['avc', 'hevc'];

/** Bits for a pixel of Full HD with which H.264 from a browser's own encoder looks as before; smaller pictures take more. */
const bitsForPixel = 0.3;

/** It looks the same. */
function qualityFor(codec: VideoCodec, frameRate: number, { width, height }: Size): Quality {
  if (!byBitRate.includes(codec)) return new Quality('very-high');
  const bits = bitsForPixel * (2e6 / (width * height)) ** 0.25;
  return new Quality({ bitrate: Math.ceil(bits * width * height * Math.min(60, frameRate || 30)) });
}

/** Seconds from one picture that needs no other to the next. */
const keyFrameInterval = 2;

/** Where a clip is written to, as it comes. */
export type ClipSink = {
  /**
   * Writes a part of the file, perhaps over another; asked for the next when it has.
   *
   * @param data The part.
   * @param position Where it begins.
   */
  write(data: Uint8Array<ArrayBuffer>, position: number): void | Promise<void>;
};

/** What is written. */
export type ClipWish = {
  readonly container: ClipContainer;
  /** Of its pictures. */
  readonly size: Size;
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
};

/** A clip that is being written: pictures are encoded as they come, and sounds copied packet by packet. */
export class ClipWriter {
  /** What its pictures are coded in, by its proper name. */
  readonly codec: string;
  readonly #wish: ClipWish;
  readonly #clip: ClipReader;
  readonly #output: Output;
  readonly #pictures: VideoSampleSource;
  readonly #sounds: readonly CopiedSound[];
  readonly #memory: BufferTarget | null;
  readonly #isMatroska: boolean;

  private constructor(wish: ClipWish, codec: VideoCodec, clip: ClipReader, sink: ClipSink | null) {
    this.#wish = wish;
    this.#clip = clip;
    this.codec = videoTitle(codec);
    this.#memory = sink ? null : new BufferTarget();
    this.#isMatroska = wish.container === 'webm' || wish.container === 'mkv';
    const target = sink
      ? new StreamTarget(streamTo(sink, this.#isMatroska), { chunked: true })
      : this.#memory!;
    this.#output = new Output({ format: outputFormat(wish.container), target });
    this.#pictures = new VideoSampleSource({
      ...{ codec, quality: qualityFor(codec, clip.facts.frameRate, wish.size), keyFrameInterval },
    });
    this.#output.addVideoTrack(this.#pictures);
    this.#sounds = clip.sounds.map((track) => new CopiedSound(track, wish.origin));
  }

  /**
   * Begins to write.
   *
   * @param wish What is written.
   * @param clip Whose sounds are copied, and whose pictures' numbers mean what those of the new ones do.
   * @param sink Where to; memory where it is null.
   * @returns The writer, which is closed or cancelled by its owner.
   * @throws {EnhanceError} `encoder-missing` where this browser encodes no pictures of this size for the container.
   */
  static async begin(wish: ClipWish, clip: ClipReader, sink: ClipSink | null): Promise<ClipWriter> {
    const { container, size } = wish;
    const codec = await getFirstEncodableVideoCodec([...preferred[container]], {
      ...size,
      quality: new Quality('very-high'),
    });
    if (!codec)
      throw new EnhanceError('encoder-missing', { format: clipContainers[container].title });
    const writer = new ClipWriter(wish, codec, clip, sink);
    await Promise.all(writer.#sounds.map((sound) => sound.addTo(writer.#output)));
    await writer.#output.start();
    return writer;
  }

  /**
   * Encodes a picture, once there is room for it, and copies the sounds as far as that.
   *
   * @param frame The picture, after those before it; 8 bits a sample.
   */
  async add({ raster, at, duration }: FilmFrame): Promise<void> {
    const { origin } = this.#wish;
    const { colours, tags } = this.#clip;
    const { width, height, data } = yuvOfRaster(raster as Raster8, colours);
    const sample = new VideoSample(data, {
      ...{ format: 'I420', codedWidth: width, codedHeight: height },
      ...{ timestamp: at / 1e6 - origin, duration: duration / 1e6 },
      colorSpace: tags,
    });
    try {
      await this.#pictures.add(sample);
    } finally {
      sample.close();
    }
    for (const sound of this.#sounds) await sound.copyUntil((at + duration) / 1e6);
  }

  /**
   * Ends the clip.
   *
   * @param until When the sounds end that are copied, in seconds of the clip's own time.
   * @returns What was written where that is memory; else null.
   */
  async close(until: number): Promise<Blob | null> {
    this.#pictures.close();
    for (const sound of this.#sounds) await sound.copyUntil(until);
    await this.#output.finalize();
    const { mime: type } = clipContainers[this.#wish.container];
    if (!this.#memory) return null;
    const bytes = new Uint8Array(this.#memory.buffer!);
    if (this.#isMatroska) mendOpusDelay(bytes);
    return new Blob([bytes], { type });
  }

  /** Lets go of what was written: it is no clip. */
  async cancel(): Promise<void> {
    await this.#output.cancel();
  }
}

/** Of chunks of 16 MiB the first has what describes the tracks. */
function streamTo(sink: ClipSink, isMatroska: boolean): WritableStream<StreamTargetChunk> {
  return new WritableStream({
    write({ data, position }) {
      if (isMatroska && position === 0) mendOpusDelay(data);
      return sink.write(data, position);
    },
  });
}

/** A sound whose packets are copied as they are. */
class CopiedSound {
  readonly #track: InputAudioTrack;
  readonly #origin: number;
  #source!: EncodedAudioPacketSource;
  #packets!: AsyncGenerator<EncodedPacket, void, unknown>;
  #next: EncodedPacket | null = null;
  #meta: EncodedAudioChunkMetadata | undefined;

  constructor(track: InputAudioTrack, origin: number) {
    this.#track = track;
    this.#origin = origin;
  }

  async addTo(output: Output): Promise<void> {
    const codec = await this.#track.getCodec();
    const decoderConfig = await this.#track.getDecoderConfig();
    if (!codec || !decoderConfig) return;
    this.#meta = { decoderConfig };
    this.#source = new EncodedAudioPacketSource(codec);
    const [languageCode, name, disposition] = await Promise.all([
      ...([this.#track.getLanguageCode(), this.#track.getName()] as const),
      this.#track.getDisposition(),
    ]);
    output.addAudioTrack(this.#source, { languageCode, ...(name && { name }), disposition });
    const sink = new EncodedPacketSink(this.#track);
    const first = this.#origin > 0 ? await sink.getPacket(this.#origin) : null;
    this.#packets = sink.packets(first ?? undefined);
    do await this.#step();
    while (first && this.#next && this.#next.timestamp < this.#origin);
  }

  async copyUntil(seconds: number): Promise<void> {
    while (this.#next && this.#next.timestamp < seconds) {
      const packet = this.#next;
      const timestamp = packet.timestamp - this.#origin;
      await this.#source.add(packet.clone({ timestamp }), this.#meta);
      await this.#step();
    }
    if (seconds === Infinity) this.#source?.close();
  }

  async #step(): Promise<void> {
    // Where the file is cut off, so is the sound.
    const step = await this.#packets.next().catch(() => null);
    this.#next = step && !step.done ? step.value : null;
  }
}
