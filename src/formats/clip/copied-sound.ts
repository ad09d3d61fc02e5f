import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  type EncodedPacket,
  type InputAudioTrack,
  type Output,
} from 'mediabunny';
import type { Note } from '../../core/notes';
import { aboutSound, type ClipSound } from './clip-sound';

/** A sound whose packets are copied as they are. */
export class CopiedSound implements ClipSound {
  readonly #track: InputAudioTrack;
  readonly #origin: number;
  #source!: EncodedAudioPacketSource;
  #packets!: AsyncGenerator<EncodedPacket, void, unknown>;
  #next: EncodedPacket | null = null;
  #meta: EncodedAudioChunkMetadata | undefined;

  /**
   * @param track The sound.
   * @param origin Seconds of the clip's own time that become 0.
   * @param note Why it is not cleaned, where that was asked.
   */
  constructor(
    track: InputAudioTrack,
    origin: number,
    readonly note: Note | null = null,
  ) {
    this.#track = track;
    this.#origin = origin;
  }

  /** See {@link ClipSound.addTo}. */
  async addTo(output: Output): Promise<void> {
    const codec = await this.#track.getCodec();
    const decoderConfig = await this.#track.getDecoderConfig();
    if (!codec || !decoderConfig) return;
    this.#meta = { decoderConfig };
    this.#source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(this.#source, await aboutSound(this.#track));
    const sink = new EncodedPacketSink(this.#track);
    const first = this.#origin > 0 ? await sink.getPacket(this.#origin) : null;
    this.#packets = sink.packets(first ?? undefined);
    do await this.#step();
    while (first && this.#next && this.#next.timestamp < this.#origin);
  }

  /** See {@link ClipSound.copyUntil}. */
  async copyUntil(seconds: number): Promise<void> {
    while (this.#next && this.#next.timestamp < seconds) {
      const packet = this.#next;
      const timestamp = packet.timestamp - this.#origin;
      await this.#source.add(packet.clone({ timestamp }), this.#meta);
      await this.#step();
    }
  }

  /** See {@link ClipSound.end}. */
  async end(seconds: number): Promise<void> {
    await this.copyUntil(seconds);
    if (seconds === Infinity) this.#source?.close();
  }

  /** See {@link ClipSound.cancel}. */
  async cancel(): Promise<void> {
    await this.#packets?.return();
  }

  async #step(): Promise<void> {
    // Where the file is cut off, so is the sound.
    const step = await this.#packets.next().catch(() => null);
    this.#next = step && !step.done ? step.value : null;
  }
}
