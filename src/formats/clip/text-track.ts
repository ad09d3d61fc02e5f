import { SubtitleSource, type Output } from 'mediabunny';
import { element, elementsOf, makeElement } from './elements';
import type { MatroskaText, TextCoding } from './matroska-beside';
import type { TextCue } from './matroska-cues';

/**
 * What mediabunny 1.61.0's writer of Matroska takes lines by. Its own source of them takes WebVTT alone, as text that it splits and trims; and pictures wait for a source that has no line yet, so
 * that those of minutes would lie in memory. What lies behind that source is asked instead.
 */
type Muxer = {
  getSubtitleTrackData(track: object, meta: { readonly config: { description: string } }): void;
  addSubtitleCue(track: object, cue: WrittenCue): Promise<void>;
};

/** A line as that takes it: times in seconds; those within the text are the film's, not the line's. */
type WrittenCue = {
  readonly timestamp: number;
  readonly duration: number;
  readonly text: string;
  readonly settings: string;
  readonly identifier: string;
  readonly notes: string;
};

/** What codings are called; the library calls all of them {@link writtenName}. */
const names: Readonly<Record<TextCoding, string>> = {
  webvtt: 'S_TEXT/WEBVTT',
  'old-webvtt': 'D_WEBVTT/SUBTITLES',
  srt: 'S_TEXT/UTF8',
  ass: 'S_TEXT/ASS',
  ssa: 'S_TEXT/SSA',
};

const writtenName = 'S_TEXT/WEBVTT';

/** Is written behind what is said before the first line, so that a longer name has room. */
const room = '\0'.repeat(20);

/** Times within a line of WebVTT; those of Matroska begin where the line does. */
const innerTime = /<(?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3})>/g;

/** A track of text that is written into a Matroska or WebM file. */
export class TextTrack extends SubtitleSource {
  /** What it is copied from. */
  readonly text: MatroskaText;
  #muxer!: Muxer;
  #track!: object;

  /**
   * @param text What is copied.
   */
  constructor(text: MatroskaText) {
    super('webvtt');
    this.text = text;
  }

  /**
   * Announces it, before anything is written.
   *
   * @param output What is written.
   */
  addTo(output: Output): void {
    const { language, name, isDefault, isForced } = this.text;
    const disposition = { default: isDefault, forced: isForced };
    const languageCode = /^[a-z]{3}$/.test(language) ? language : 'und';
    output.addSubtitleTrack(this, { languageCode, ...(name && { name }), disposition });
    this.#muxer = (output as unknown as { readonly _muxer: Muxer })._muxer;
    this.#track = (this as unknown as { readonly _connectedTrack: object })._connectedTrack;
  }

  /** Lets pictures go on without waiting for its lines, once writing has begun. */
  begin(): void {
    const config = { description: this.text.head + room };
    this.#muxer.getSubtitleTrackData(this.#track, { config });
    this.close();
  }

  /**
   * Writes a line, before the pictures that are shown from then on.
   *
   * @param cue The line; not before the one that was written last.
   * @param begins When it began, before its beginning was cut off; in seconds of what is written.
   */
  async put({ at, duration, text, aside }: TextCue, begins: number): Promise<void> {
    const [settings = '', identifier = '', ...notes] = aside.split('\n');
    const inFilm = text.replace(innerTime, (_, hours: string | undefined, ...rest: string[]) => {
      const [minutes, seconds, thousandths] = rest.map(Number);
      const own = ((Number(hours ?? 0) * 60 + minutes!) * 60 + seconds!) * 1000 + thousandths!;
      return timeOf(Math.max(Math.round(at * 1000), Math.round(begins * 1000) + own));
    });
    await this.#muxer.addSubtitleCue(this.#track, {
      ...{ timestamp: at, duration, text: inFilm },
      ...{ settings, identifier, notes: notes.join('\n') },
    });
  }
}

function timeOf(milliseconds: number): string {
  const padded = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, '0');
  const seconds = milliseconds / 1000;
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => padded(part));
  return `<${parts.join(':')}.${padded(milliseconds % 1000, 3)}>`;
}

/**
 * Names the tracks of a file that has been begun as what they are, and takes back the room that this takes.
 *
 * @param bytes The file's beginning, up to its first cluster or more; changed in place.
 * @param texts What its tracks of text are copied from, in their order.
 */
export function nameTexts(bytes: Uint8Array, texts: readonly MatroskaText[]): void {
  let next = 0;
  for (const [id, segment] of elementsOf(bytes)) {
    if (id !== element.segment) continue;
    for (const [own, tracks] of elementsOf(segment)) {
      if (own === element.cluster) return;
      if (own !== element.tracks) continue;
      for (const [, track] of elementsOf(tracks))
        if (isText(track)) describe(track, texts[next++]!);
    }
  }
}

const isText = (track: Uint8Array): boolean =>
  [...elementsOf(track)].some(([id, name]) => {
    return id === element.codec && new TextDecoder().decode(name) === writtenName;
  });

/** Writes its name and what is said before its first line in the place of those that lie there, and an element of nothing behind them. */
function describe(track: Uint8Array, { coding, head }: MatroskaText): void {
  const parts = new Map(elementsOf(track));
  const [name, before] = [parts.get(element.codec)!, parts.get(element.head)!];
  const from = name.byteOffset - 2;
  const place = new Uint8Array(track.buffer, from, before.byteOffset + before.length - from);
  const encoder = new TextEncoder();
  const codec = makeElement(element.codec, encoder.encode(names[coding]));
  const own = head === '' ? new Uint8Array() : makeElement(element.head, encoder.encode(head));
  const left = place.length - codec.length - own.length;
  const nothing = makeElement(element.nothing);
  place.set(codec);
  place.set(own, codec.length);
  place.set(
    makeElement(element.nothing, new Uint8Array(left - nothing.length)),
    codec.length + own.length,
  );
}
