import { EncodedAudioPacketSource, EncodedPacket, type AudioCodec } from 'mediabunny';
import type { ClipContainer } from '../../core/film/clip';

/** What encoders are called by, of those that sounds are encoded with. */
const codecNames: Partial<Record<AudioCodec, string>> = { opus: 'opus', aac: 'mp4a.40.2' };

/** Bits a second for a channel, with which Opus and AAC sound as before. */
export const bitsForChannel = 96_000;

/** Pieces that may wait for the encoder. */
const mostWaiting = 16;

/** What an encoder is told. */
export type EncoderWish = {
  readonly codec: AudioCodec;
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  readonly container: ClipContainer;
};

/**
 * Encodes one sound by the browser. A codec's silence before its first sample is told to players so that they leave it out: in MP4 and MOV the packets
 * begin that much before the sound, and an edit list leaves out what is before 0; in WebM and MKV the head says so.
 * Source: "Encapsulation of Opus in ISO Base Media File Format", 4.3.6.
 */
export class SoundEncoder {
  /** Where the packets go. */
  readonly source: EncodedAudioPacketSource;
  readonly #encoder: AudioEncoder;
  readonly #wish: EncoderWish;
  #ready: [EncodedPacket, EncodedAudioChunkMetadata | undefined][] = [];
  #fault: Error | null = null;
  /** In seconds, once the encoder has told. */
  #silence = 0;

  /**
   * @param wish What the browser said it encodes.
   */
  constructor(wish: EncoderWish) {
    const { codec, sampleRate, numberOfChannels } = wish;
    this.#wish = wish;
    this.source = new EncodedAudioPacketSource(codec);
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => this.#take(chunk, meta),
      error: (fault) => (this.#fault = fault),
    });
    this.#encoder.configure({
      ...{ codec: codecNames[codec]!, sampleRate, numberOfChannels },
      bitrate: bitsForChannel * numberOfChannels,
    });
  }

  /**
   * Encodes the next piece, and writes what is ready.
   *
   * @param channels Samples of each, equally many.
   * @param at When the first is heard, in seconds from 0.
   * @throws {Error} Where the encoder fails.
   */
  async add(channels: readonly Float32Array[], at: number): Promise<void> {
    const { sampleRate, numberOfChannels } = this.#wish;
    const numberOfFrames = channels[0]!.length;
    if (numberOfFrames === 0) return;
    const data = new Float32Array(numberOfFrames * numberOfChannels);
    channels.forEach((channel, c) => data.set(channel, c * numberOfFrames));
    const timestamp = Math.round(at * 1e6);
    const piece = new AudioData({
      ...{ data, format: 'f32-planar', timestamp },
      ...{ numberOfChannels, numberOfFrames, sampleRate },
    });
    this.#encoder.encode(piece);
    piece.close();
    while (this.#encoder.encodeQueueSize > mostWaiting && !this.#fault)
      await new Promise((resolve) =>
        this.#encoder.addEventListener('dequeue', resolve, { once: true }),
      );
    await this.#write();
  }

  /**
   * Ends the sound.
   *
   * @throws {Error} Where the encoder fails.
   */
  async end(): Promise<void> {
    await this.#encoder.flush();
    await this.#write();
    this.#encoder.close();
    this.source.close();
  }

  /** Lets go of it. */
  cancel(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  async #write(): Promise<void> {
    if (this.#fault) throw this.#fault;
    const ready = this.#ready;
    this.#ready = [];
    for (const [packet, meta] of ready) await this.source.add(packet, meta);
  }

  #take(chunk: EncodedAudioChunk, meta: EncodedAudioChunkMetadata | undefined): void {
    const head = meta?.decoderConfig?.description;
    const { codec, container } = this.#wish;
    const isTimed = container === 'mp4' || container === 'mov';
    if (head && codec === 'opus' && isTimed) this.#silence = opusSilence(head);
    const packet = EncodedPacket.fromEncodedChunk(chunk);
    const timestamp = packet.timestamp - this.#silence;
    this.#ready.push([packet.clone({ timestamp }), meta]);
  }
}

/**
 * How long an Opus sound's silence is before its first sample. Source: RFC 7845, 5.1.
 *
 * @param head The codec's description of itself: "OpusHead".
 * @returns Seconds.
 */
export function opusSilence(head: AllowSharedBufferSource): number {
  const bytes = ArrayBuffer.isView(head)
    ? new DataView(head.buffer, head.byteOffset, head.byteLength)
    : new DataView(head);
  return bytes.byteLength < 12 ? 0 : bytes.getUint16(10, true) / 48000;
}
