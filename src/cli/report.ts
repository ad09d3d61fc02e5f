import type { Fault } from './faults';
import type { ReportStep } from '../sdk/types';

/** What has become of a photo, as `--json` prints it. */
export type Line = {
  /** As it was given, or below the folder that was. */
  readonly file: string;
} & (
  | {
      readonly status: 'done';
      readonly output: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
      /** Of the work, without reading and writing the files. */
      readonly seconds: number;
      readonly backend: string;
      readonly device: string;
      readonly steps: readonly ReportStep[];
      readonly recipe: unknown;
      readonly notes: readonly string[];
    }
  | { readonly status: 'skipped'; readonly output: string }
  | ({ readonly status: 'failed' } & Fault)
);

/** Where lines and progress go; the process's own streams, but in tests. */
export type Streams = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a line on standard error can be written anew. */
  readonly isTerminal: boolean;
};

/** Tells of a run, a line for each photo, and of how far it is. */
export class Reporter {
  readonly #counts = { done: 0, failed: 0, skipped: 0 };
  readonly #streams: Streams;
  readonly #isJson: boolean;
  readonly #isQuiet: boolean;
  readonly #total: number;
  #shown = '';

  /**
   * @param streams Where to.
   * @param how Whether as JSON, whether without progress, and of how many photos.
   */
  constructor(streams: Streams, how: { json: boolean; quiet: boolean; total: number }) {
    this.#streams = streams;
    this.#isJson = how.json;
    this.#isQuiet = how.quiet;
    this.#total = how.total;
  }

  /** Whether a photo has been told of. */
  get isBegun(): boolean {
    return this.#told > 0;
  }

  /** Whether all photos have been told of, and none has failed. */
  get isAllWell(): boolean {
    return this.#counts.failed === 0 && this.#told === this.#total;
  }

  get #told(): number {
    const { done, failed, skipped } = this.#counts;
    return done + failed + skipped;
  }

  /**
   * Tells what has become of a photo.
   *
   * @param line That.
   */
  tell(line: Line): void {
    this.#counts[line.status]++;
    this.#show('');
    const { out, err } = this.#streams;
    if (this.#isJson) out(`${JSON.stringify(line)}\n`);
    else if (line.status === 'failed') err(toLine(`failed   ${line.file}: ${line.message}`));
    else if (line.status === 'skipped')
      out(toLine(`skipped  ${line.file}: ${line.output} is there`));
    else out(describe(line).map(toLine).join(''));
  }

  /**
   * Says how far a photo is, over what was said before.
   *
   * @param file The photo's name.
   * @param stage What is done to it.
   * @param fraction How much of that, 0..1.
   * @param etaSeconds How long that will still take; null while nobody knows.
   */
  progress(file: string, stage: string, fraction: number, etaSeconds: number | null): void {
    if (!this.#streams.isTerminal) return;
    const place = Math.min(this.#total, this.#told + 1);
    const share = stage === 'run' || stage === 'download' ? ` ${Math.floor(fraction * 100)} %` : '';
    const left = etaSeconds === null || etaSeconds < 1 ? '' : `, ${Math.ceil(etaSeconds)} s left`;
    this.#show(asShown(`${place}/${this.#total}  ${file}  ${stage}${share}${left}`));
  }

  /** Says how it went. */
  end(): void {
    this.#show('');
    if (this.#isQuiet) return;
    const { done, failed, skipped } = this.#counts;
    const passed = skipped > 0 ? `, ${skipped} skipped` : '';
    this.#streams.err(`${done} of ${this.#total} done, ${failed} failed${passed}\n`);
  }

  #show(text: string): void {
    if (this.#isQuiet || !this.#streams.isTerminal || text === this.#shown) return;
    // To the beginning of the line, and all of it away.
    this.#streams.err(`\r\u001b[K${text}`);
    this.#shown = text;
  }
}

/** What a terminal obeys in place of showing it, and what turns the order of a line: file names may have both. */
const obeyed = /[\p{Cc}\u{061c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;

/**
 * A text with file names in it as it may be written to a terminal.
 *
 * @param text One line.
 * @returns The same; what a terminal would obey is written out, as JSON does.
 */
export function asShown(text: string): string {
  return text.replace(obeyed, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const toLine = (text: string): string => `${asShown(text)}\n`;

function describe(line: Extract<Line, { status: 'done' }>): string[] {
  const { file, output, width, height, seconds, backend, notes } = line;
  const what = `${file} -> ${output}  ${width} x ${height}, ${seconds.toFixed(1)} s on ${backend}`;
  return [`done     ${what}`, ...notes.map((note) => `         ${note}`)];
}
