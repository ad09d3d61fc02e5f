import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  getFirstEncodableVideoCodec,
  Output,
  Quality,
  StreamTarget,
  type StreamTargetChunk,
  type VideoCodec,
} from 'mediabunny';
import { EnhanceError } from '../../core/errors';
import {
  clipContainers,
  usualMetadata,
  type ClipContainer,
  type ClipMetadataWish,
} from '../../core/film/clip';
import { codingRate, type ClipQuality } from '../../core/film/clip-quality';
import type { FilmWork } from '../../core/film/film-work';
import type { FilmFrame } from '../../core/film/step';
import type { Size } from '../../core/picture/rect';
import type { Note } from '../../core/notes';
import { beginBeside } from './begin-beside';
import { beginSounds, type BegunSounds } from './begin-sounds';
import { BesideCopy, type FilePart } from './beside-copy';
import type { ClipSound } from './clip-sound';
import { outputFormat, videoTitle } from './codecs';
import { mendOpusDelay } from './opus-delay';
import type { ClipReader } from './read';
import { isSameCoding, type ClipSegment } from './segment';
import { SegmentEncoder, type Coding } from './segment-encoder';

/** Codecs of pictures in the order in which they are tried: what opens everywhere, then what is smaller. */
const preferred: Readonly<Record<ClipContainer, readonly VideoCodec[]>> = {
  mp4: ['avc', 'hevc', 'av1', 'vp9'],
  mov: ['avc', 'hevc', 'av1', 'vp9'],
  webm: ['vp9', 'av1', 'vp8'],
  mkv: ['avc', 'vp9', 'hevc', 'av1', 'vp8'],
};

/** Codecs whose encoders are told how many bits to take, for hardly any of them can be told what to keep. */
const byBitRate: readonly VideoCodec[] = ['avc', 'hevc'];

/** Microseconds from one picture that needs no other to the next. */
const segmentMicroseconds = 2e6;

/** Bytes that are written at once: of the first of them the head of a file is part, with what describes its tracks. */
const chunkSize = 2 ** 20;

/** Where a clip is written to, as it comes. */
export type ClipSink = {
  /**
   * Writes a part of the file, perhaps over another; asked for the next when it has.
   *
   * @param data The part.
   * @param position Where it begins.
   */
  write(data: Uint8Array<ArrayBuffer>, position: number): void | Promise<void>;
  /** Whether each part must begin where the one before has ended; false by default. */
  readonly isAppended?: boolean;
};

/** What is written. */
export type ClipWish = {
  readonly container: ClipContainer;
  /** Of its pictures. */
  readonly size: Size;
  /** How its pictures are coded; so that they look as before by default. */
  readonly quality?: ClipQuality;
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
  /** Where it ends at the latest, in seconds of the clip's own time; Infinity by default. */
  readonly until?: number;
  /** What it says of the clip; all that there is by default. */
  readonly metadata?: ClipMetadataWish | undefined;
  /** Whether it is only looked at: then there is nothing in it beside pictures and sounds. */
  readonly isLook?: boolean;
  /** Is given each segment that was coded, before it is written; waited for. */
  readonly keep?: (segment: ClipSegment) => void | Promise<void>;
  /** How much speech in its sounds is cleaned, 0..1; at 0, the default, they are copied. */
  readonly speech?: number;
  /** Makes luma and colour differences of its pictures; on arrays by default. */
  readonly turn?: FilmWork['yuvOfRaster'];
};

/** What pictures were coded in before has to be told to players otherwise than what they are coded in now. */
export class CodingChangedError extends Error {
  override readonly name = 'CodingChangedError';
}

/** A clip that is being written: pictures are encoded as they come, segment by segment, and sounds copied packet by packet. */
export class ClipWriter {
  /** What its pictures are coded in, by its proper name. */
  readonly codec: string;
  readonly size: Size;
  readonly #wish: ClipWish;
  readonly #coding: Coding;
  readonly #clip: ClipReader;
  readonly #output: Output;
  readonly #pictures: EncodedVideoPacketSource;
  readonly #sounds: readonly ClipSound[];
  readonly #beside: BesideCopy;
  readonly #sink: ClipSink | null;
  /** Of sounds that are not written. */
  readonly #left: readonly Note[];
  readonly #memory: BufferTarget | null;
  readonly #isMatroska: boolean;
  /** What is written is told to nobody before it is whole. */
  #open: SegmentEncoder | null = null;
  /** Which segment that is, from the first picture on. */
  #index = 0;
  /** When the first picture is shown, and the last of the open segment ends, in microseconds. */
  #first: number | null = null;
  #end = 0;
  #config: VideoDecoderConfig | null = null;
  /** Bytes of what was written into the sink. */
  #length = 0;

  private constructor(
    wish: ClipWish,
    codec: VideoCodec,
    clip: ClipReader,
    { sounds, notes }: BegunSounds,
    beside: BesideCopy,
    sink: ClipSink | null,
  ) {
    const { container, size, origin, quality = 'same', turn } = wish;
    const { frameRate } = clip.facts;
    const isByBitRate = byBitRate.includes(codec);
    this.#wish = wish;
    this.#clip = clip;
    this.codec = videoTitle(codec);
    this.size = size;
    this.#coding = {
      ...{ container, codec, origin, turn },
      quality: new Quality(codingRate(quality, { ...size, frameRate, isByBitRate })),
    };
    this.#memory = sink ? null : new BufferTarget();
    this.#isMatroska = container === 'webm' || container === 'mkv';
    const { isAppended = false } = sink ?? {};
    this.#beside = beside;
    this.#sink = sink;
    const target = sink
      ? new StreamTarget(this.#streamTo(sink), { chunked: true, chunkSize })
      : this.#memory!;
    const format = outputFormat(container, isAppended, this.#beside.takeHead);
    this.#output = new Output({ format, target });
    this.#pictures = new EncodedVideoPacketSource(codec);
    this.#output.addVideoTrack(this.#pictures);
    this.#sounds = sounds;
    this.#left = notes;
  }

  /**
   * Begins to write.
   *
   * @param wish What is written.
   * @param clip Whose sounds and texts are copied, and whose pictures' numbers mean what those of the new ones do.
   * @param sink Where to; memory where it is null.
   * @returns The writer, which is closed or cancelled by its owner.
   * @throws {EnhanceError} `encoder-missing` where this browser encodes no pictures of this size for the container.
   */
  static async begin(wish: ClipWish, clip: ClipReader, sink: ClipSink | null): Promise<ClipWriter> {
    const { container, size, quality } = wish;
    const codec = await getFirstEncodableVideoCodec([...preferred[container]], {
      ...size,
      quality: new Quality(typeof quality === 'number' ? { bitrate: quality } : 'very-high'),
    });
    if (!codec)
      throw new EnhanceError('encoder-missing', { format: clipContainers[container].title });
    const { origin, speech: strength = 0 } = wish;
    const source = clip.facts.container;
    const sounds = await beginSounds(clip.sounds, { source, container, origin, strength });
    const beside = await copyBeside(wish, clip, sink);
    const writer = new ClipWriter(wish, codec, clip, sounds, beside, sink);
    await Promise.all(writer.#sounds.map((sound) => sound.addTo(writer.#output)));
    writer.#beside.addTo(writer.#output);
    await writer.#output.start();
    writer.#beside.begin();
    return writer;
  }

  /** What became of its sounds otherwise than was asked, and what is left out; known for certain once it is closed. */
  get notes(): readonly Note[] {
    const ofSounds = this.#sounds.flatMap(({ note }) => note ?? []);
    return [...this.#left, ...ofSounds, ...this.#beside.notes];
  }

  /**
   * Encodes a picture, once there is room for it. With the first one of a segment the one before is written, and the sounds as far as that.
   *
   * @param frame The picture, after those before it; 8 bits a sample.
   * @throws {CodingChangedError} Where it does not fit those that were put.
   */
  async add(frame: FilmFrame): Promise<void> {
    const { at, duration } = frame;
    this.#first ??= at;
    const index = Math.floor((at - this.#first) / segmentMicroseconds);
    if (this.#open && index > this.#index) await this.#finish(at);
    this.#index = index;
    this.#open ??= new SegmentEncoder(this.#coding, this.#clip, at);
    await this.#open.add(frame);
    this.#end = at + duration;
  }

  /** Lets go of the pictures of the segment that is not whole yet: they are added again. */
  async drop(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.cancel();
  }

  /**
   * Writes a segment that was coded before, and the sounds as far as that.
   *
   * @param segment After those before it.
   */
  async put(segment: ClipSegment): Promise<void> {
    const { packets, config, from, until } = segment;
    this.#config ??= config;
    this.#first ??= from;
    this.#end = until;
    for (const { data, isKey, timestamp, duration } of packets) {
      const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', timestamp, duration);
      // A line lies before the pictures that it is shown with.
      await this.#beside.copyUntil(timestamp + this.#wish.origin + duration);
      await this.#pictures.add(packet, { decoderConfig: this.#config });
      for (const sound of this.#sounds) await sound.copyUntil(timestamp + this.#wish.origin);
    }
    for (const sound of this.#sounds) await sound.copyUntil(until / 1e6);
  }

  /**
   * Ends the clip.
   *
   * @param until When the sounds and texts end that are copied, in seconds of the clip's own time.
   * @returns What was written where that is memory; else null.
   */
  async close(until: number): Promise<Blob | null> {
    if (this.#open) await this.#finish(this.#end);
    this.#pictures.close();
    for (const sound of this.#sounds) await sound.end(until);
    await this.#beside.copyUntil(until);
    await this.#output.finalize();
    const { mime: type } = clipContainers[this.#wish.container];
    const bytes = this.#memory && new Uint8Array(this.#memory.buffer!);
    const parts = await this.#beside.end(until, bytes?.length ?? this.#length);
    for (const { data, position } of parts) await this.#sink?.write(data, position);
    if (!bytes) return null;
    this.#mend(bytes);
    return new Blob([...writtenOver(bytes, parts)], { type });
  }

  /** Lets go of what was written: it is no clip. */
  async cancel(): Promise<void> {
    await this.drop();
    await this.#output.cancel();
    for (const sound of this.#sounds) await sound.cancel();
    await this.#beside.cancel();
  }

  async #finish(until: number): Promise<void> {
    const segment = await this.#open!.finish(until);
    this.#open = null;
    if (this.#config && !isSameCoding(this.#config, segment.config)) throw new CodingChangedError();
    await this.#wish.keep?.(segment);
    await this.put(segment);
  }

  #streamTo(sink: ClipSink): WritableStream<StreamTargetChunk> {
    return new WritableStream({
      write: ({ data, position }) => {
        if (position === 0) this.#mend(data);
        this.#length = Math.max(this.#length, position + data.length);
        return sink.write(data, position);
      },
    });
  }

  /** Changes what the library writes otherwise than it is meant in a file's beginning. */
  #mend(bytes: Uint8Array): void {
    if (!this.#isMatroska) return;
    mendOpusDelay(bytes);
    this.#beside.mend(bytes);
  }
}

/** What lies beside pictures and sounds, for what is not only looked at. */
async function copyBeside(
  { container, origin, until = Infinity, isLook, metadata = usualMetadata }: ClipWish,
  clip: ClipReader,
  sink: ClipSink | null,
): Promise<BesideCopy> {
  if (isLook) return new BesideCopy([]);
  const { file, beside } = clip;
  const { isAppended = false } = sink ?? {};
  const tags = await clip.saysOfItself();
  return beginBeside({ file, beside, tags, metadata, container, origin, until, isAppended });
}

/** Bytes with parts written over them, and behind them. */
function* writtenOver(
  bytes: Uint8Array<ArrayBuffer>,
  parts: readonly FilePart[],
): Generator<Uint8Array<ArrayBuffer>> {
  let at = 0;
  for (const { position, data } of parts) {
    yield bytes.subarray(at, position);
    yield data;
    at = position + data.length;
  }
  yield bytes.subarray(at);
}
