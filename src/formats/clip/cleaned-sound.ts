import {
  AudioSampleSink,
  getFirstEncodableAudioCodec,
  Quality,
  type AudioCodec,
  type AudioSample,
  type InputAudioTrack,
  type Output,
} from 'mediabunny';
import { SpeechCleaner, speechRate } from '../../core/film/clean-speech';
import type { ClipContainer } from '../../core/film/clip';
import { SoundRate } from '../../core/film/sound-rate';
import type { Note } from '../../core/notes';
import { aboutSound, type ClipSound } from './clip-sound';
import { outputFormat, soundTitle } from './codecs';
import { loadRnnoise, rnnoiseDelay } from './rnnoise';
import { bitsForChannel, opusSilence, SoundEncoder } from './sound-encoder';

/** Codecs of new sounds in the order in which they are tried: Opus says how late it is, AAC does not. */
const preferred: readonly AudioCodec[] = ['opus', 'aac'];

/** Seconds by which the times of packets may be off before silence is put between, or samples are left out. */
const slack = 0.005;

/** How a sound is encoded anew, and cleaned. */
export type CleaningWish = {
  /** Where it comes from. */
  readonly source: ClipContainer;
  /** Where it goes. */
  readonly container: ClipContainer;
  /** Seconds of the clip's own time that become 0. */
  readonly origin: number;
  /** How much its speech is cleaned: 0, not at all, to 1. */
  readonly strength: number;
};

/** What the browser lacks to encode a sound anew. */
export type SoundLack = 'decoder' | 'encoder';

/** One channel: brought to the rate of the cleaning, and cleaned. */
type Channel = {
  readonly rate: SoundRate;
  readonly cleaner: Pick<SpeechCleaner, 'push' | 'flush'>;
};

/** Takes nothing out. */
const plain: Channel['cleaner'] = {
  push: (samples: Float32Array<ArrayBuffer>) => samples,
  flush: () => new Float32Array(0),
};

/** A sound that is decoded, cleaned where that is wanted, and encoded again; of it a second or so is in memory. */
export class CleanedSound implements ClipSound {
  readonly note: Note | null;
  readonly #track: InputAudioTrack;
  readonly #origin: number;
  readonly #encoder: SoundEncoder;
  readonly #channels: readonly Channel[];
  readonly #rate: number;
  /** Seconds that the decoder leaves out at its beginning without a change of times. */
  readonly #silence: number;
  readonly #samples: AsyncGenerator<AudioSample, void, unknown>;
  #next: AudioSample | null = null;
  /** When its first sample is heard, in seconds of what is written; null before that. */
  #start: number | null = null;
  #taken = 0;
  #given = 0;

  private constructor(
    track: InputAudioTrack,
    origin: number,
    encoder: SoundEncoder,
    channels: readonly Channel[],
    { rate, silence, note }: Pick<CleanedSound, 'note'> & Record<'rate' | 'silence', number>,
  ) {
    this.note = note;
    this.#track = track;
    this.#origin = origin;
    this.#encoder = encoder;
    this.#channels = channels;
    this.#rate = rate;
    this.#silence = silence;
    this.#samples = new AudioSampleSink(track).samples(origin > 0 ? origin : -Infinity);
  }

  /**
   * Makes ready to clean a sound.
   *
   * @param track The sound.
   * @param wish How.
   * @returns The sound, which says so where it is not cleaned; else what this browser lacks: what decodes it, or what encodes one for the container.
   * @throws {Error} Where what cleans cannot be downloaded or started.
   */
  static async begin(
    track: InputAudioTrack,
    wish: CleaningWish,
  ): Promise<CleanedSound | SoundLack> {
    const { container, origin, strength } = wish;
    const [numberOfChannels, rate] = await Promise.all([
      track.getNumberOfChannels(),
      track.getSampleRate(),
    ]);
    if (!(await track.canDecode())) return 'decoder';
    const held = outputFormat(container).getSupportedAudioCodecs();
    const codec = await getFirstEncodableAudioCodec(
      preferred.filter((each) => held.includes(each)),
      {
        ...{ numberOfChannels, sampleRate: speechRate },
        quality: new Quality({ bitrate: bitsForChannel * numberOfChannels }),
      },
    );
    if (!codec) return 'encoder';
    const rnnoise = strength > 0 ? await loadRnnoise() : null;
    const channels = Array.from({ length: numberOfChannels }, () => ({
      rate: new SoundRate(rate, speechRate),
      cleaner: rnnoise
        ? new SpeechCleaner({ clean: rnnoise.channel(), delay: rnnoiseDelay, strength })
        : plain,
    }));
    const asked = { codec, container, sampleRate: speechRate, numberOfChannels };
    const facts = { codec: soundTitle(await track.getCodec()), to: soundTitle(codec) };
    const note = rnnoise ? null : ({ note: 'sound-converted', facts } as const);
    const source = { rate, silence: await silenceOf(track, wish.source), note };
    return new CleanedSound(track, origin, new SoundEncoder(asked), channels, source);
  }

  /** See {@link ClipSound.addTo}. */
  async addTo(output: Output): Promise<void> {
    output.addAudioTrack(this.#encoder.source, await aboutSound(this.#track));
    await this.#step();
  }

  /** See {@link ClipSound.copyUntil}. */
  async copyUntil(seconds: number): Promise<void> {
    while (this.#next && this.#next.timestamp < seconds) {
      const sample = this.#next;
      try {
        await this.#take(sample);
      } finally {
        sample.close();
      }
      await this.#step();
    }
  }

  /** See {@link ClipSound.end}. */
  async end(seconds: number): Promise<void> {
    await this.copyUntil(seconds);
    await this.#stop();
    const last = this.#channels.map(({ rate, cleaner }) => {
      const rest = cleaner.push(rate.flush());
      const held = cleaner.flush();
      return [rest, held] as const;
    });
    for (const i of [0, 1] as const) await this.#give(last.map((parts) => parts[i]));
    await this.#encoder.end();
  }

  /** See {@link ClipSound.cancel}. */
  async cancel(): Promise<void> {
    await this.#stop();
    this.#encoder.cancel();
  }

  async #stop(): Promise<void> {
    this.#next?.close();
    this.#next = null;
    await this.#samples.return();
  }

  async #take(sample: AudioSample): Promise<void> {
    const at = sample.timestamp - this.#origin + this.#silence;
    // What is before 0 is heard by nobody.
    this.#start ??= Math.max(0, at);
    const off = at - (this.#start + this.#taken / this.#rate);
    const isOff = Math.abs(off) > slack || this.#taken === 0;
    const missing = isOff ? Math.round(off * this.#rate) : 0;
    for (let left = missing; left > 0; left -= this.#rate) {
      const silence = new Float32Array(Math.min(left, this.#rate));
      await this.#clean(this.#channels.map(() => silence));
    }
    const skipped = Math.max(0, -missing);
    if (skipped >= sample.numberOfFrames) return;
    await this.#clean(
      this.#channels.map((_, planeIndex) => {
        const options = { planeIndex, format: 'f32-planar', frameOffset: skipped } as const;
        const samples = new Float32Array(sample.numberOfFrames - skipped);
        sample.copyTo(samples, options);
        return samples;
      }),
    );
  }

  async #clean(pieces: readonly Float32Array[]): Promise<void> {
    this.#taken += pieces[0]!.length;
    await this.#give(
      this.#channels.map(({ rate, cleaner }, c) => cleaner.push(rate.push(pieces[c]!))),
    );
  }

  async #give(pieces: readonly Float32Array[]): Promise<void> {
    const at = (this.#start ?? 0) + this.#given / speechRate;
    this.#given += pieces[0]!.length;
    await this.#encoder.add(pieces, at);
  }

  async #step(): Promise<void> {
    // Where the file is cut off, so is the sound.
    const step = await this.#samples.next().catch(() => null);
    this.#next = step && !step.done ? step.value : null;
  }
}

/**
 * In MP4 and MOV the first packet of Opus is that much early, and the decoder leaves its silence out; in WebM and MKV its time is that of
 * the first sound (RFC 9559, 5.1.4.1.25).
 */
async function silenceOf(track: InputAudioTrack, container: ClipContainer): Promise<number> {
  if (container !== 'mp4' && container !== 'mov') return 0;
  if ((await track.getCodec()) !== 'opus') return 0;
  const head = (await track.getDecoderConfig())?.description;
  return head ? opusSilence(head) : 0;
}
