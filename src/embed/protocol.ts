/**
 * Version 1 of what a host page and the frame say to each other, as docs/embed/protocol.md writes it
 * down. Both sides check every message by hand: what does not fit is not answered.
 */

/** The version that both sides must speak. */
export const protocolVersion = 1;

/** What may go wrong, for programs. Three lines come from the engine, the others from the embedding. */
export type EmbedCode =
  | ('unsupported-format' | 'corrupt-file' | 'too-large' | 'no-gpu' | 'device-lost')
  | ('out-of-memory' | 'model-missing' | 'model-corrupt' | 'wrong-result' | 'offline')
  | ('storage-full' | 'cancelled' | 'internal' | 'bad-option')
  | ('bad-attribute' | 'bad-recipe' | 'no-photo' | 'no-result' | 'nothing-to-do' | 'busy')
  | ('src-cors' | 'src-network' | 'src-status' | 'src-html' | 'src-size' | 'frame-blocked')
  | ('frame-timeout' | 'frame-refused' | 'frame-lost' | 'removed');

/** A failure of the embedding: a code for programs, a sentence for people. */
export class EmbedError extends Error {
  override readonly name = 'EmbedError';

  /**
   * @param code Which failure.
   * @param message One sentence: what happened and what to do next.
   */
  constructor(
    readonly code: EmbedCode,
    message: string,
  ) {
    super(message);
  }
}

const backends = ['auto', 'webgpu', 'wasm'] as const;
const reveals = ['interaction', 'auto'] as const;
const themes = ['auto', 'light', 'dark'] as const;
const formats = ['auto', 'png', 'jpeg', 'webp'] as const;
const scales = [1, 2, 4] as const;

/** The words and numbers that settings accept; the first is the default. */
export const choices = { backends, reveals, themes, formats, scales };

/** A recipe, or some of its fields; the frame checks what is in it. */
export type RecipeFields = Readonly<Record<string, unknown>>;

/** How the widget behaves and looks; sent whole whenever something of it changes. */
export type Settings = {
  readonly backend: (typeof backends)[number];
  /** By how much to enlarge; null leaves it to the frame (2). */
  readonly scale: (typeof scales)[number] | null;
  /** Laid over what the frame suggests for a photo. */
  readonly recipe: RecipeFields | null;
  /** Most pixels that a result may have; 0 for no limit but the machine's. */
  readonly maxPixels: number;
  /** `auto`: the host may start a run without the person's gesture in the frame. */
  readonly reveal: (typeof reveals)[number];
  readonly theme: (typeof themes)[number];
  /** A BCP 47 tag, or empty for the browser's. */
  readonly lang: string;
  /** `auto` writes the photo's own format. */
  readonly format: (typeof formats)[number];
  /** 1..100, for JPEG and WebP. */
  readonly quality: number;
  /** Whether the person may open files of their own. */
  readonly picker: boolean;
  readonly disabled: boolean;
  /** A CSS colour, or empty for the frame's own. */
  readonly accent: string;
  /** A CSS length, or empty for the frame's own. */
  readonly radius: string;
};

/** How to write a result; what is left out is as in {@link Settings}. */
export type BlobOptions = {
  readonly format?: Settings['format'];
  readonly quality?: number;
  /** 0 = a plain enlargement, 1 = the network's result; as the person has set it where left out. */
  readonly strength?: number;
};

/** A request of a host that the frame cannot meet as it stands: answered with `failed`. */
export type UnfitRequest = { readonly type: 'unfit'; readonly id: number } & Fault;

/** What a host says, after `configure` in any order. */
export type HostMessage =
  | { readonly type: 'configure'; readonly settings: Settings }
  | { readonly type: 'open'; readonly id: number; readonly file: Blob; readonly name: string }
  | { readonly type: 'enhance'; readonly id: number; readonly recipe: RecipeFields | null }
  | { readonly type: 'save'; readonly id: number; readonly options: BlobOptions }
  | { readonly type: 'close' | 'cancel' | 'go' | 'ping' };

/** The open photo. */
export type PhotoFacts = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
};

/** What really ran. */
export type Report = {
  /** Where the work was done: `mixed` where the CPU took over from the GPU. */
  readonly backend: 'webgpu' | 'wasm' | 'mixed';
  /** True where the GPU is a software adapter, that is, the CPU. */
  readonly software: boolean;
  readonly seconds: number;
  /** The steps in the order of work, as `task: model`, or `task: filter` for arithmetic of its own. */
  readonly steps: readonly string[];
  /** One sentence for people, with what they should know behind it. */
  readonly summary: string;
};

/** A finished picture. */
export type FrameResult = PhotoFacts & { readonly blob: Blob; readonly report: Report };

/** How far a run has come. */
export type FrameProgress = {
  readonly stage: 'download' | 'compile' | 'run';
  /** 0..1: of all downloads, or of all work. */
  readonly fraction: number;
  /** Seconds left, or null while unknown. */
  readonly etaSeconds: number | null;
};

/** What the widget shows: `asking` for the person's consent, `waiting` for another widget's run. */
export type Change = {
  readonly state: 'empty' | 'opening' | 'open' | 'asking' | 'waiting' | 'running' | 'done';
  readonly photo: PhotoFacts | null;
  readonly recipe: RecipeFields;
};

/** A failure as data. */
export type Fault = { readonly code: EmbedCode; readonly message: string };

/** What the frame says. */
export type FrameMessage =
  | { readonly type: 'ready' | 'want' | 'over' | 'pong' }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'done'; readonly id: number; readonly blob: Blob | null }
  | ({ readonly type: 'failed'; readonly id: number } & Fault)
  | ({ readonly type: 'error' } & Fault)
  | { readonly type: 'progress'; readonly progress: FrameProgress }
  | { readonly type: 'result'; readonly result: FrameResult }
  | { readonly type: 'change'; readonly change: Change };

const plainTypes = ['close', 'cancel', 'go', 'ping'] as const;
const hostTypes = ['configure', 'open', 'enhance', 'save', ...plainTypes] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this file at the first field that does not fit, and never seen outside. */
const refusal = new Error('refused');

function refuse(): never {
  throw refusal;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function fields(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Fields) : refuse();
}

function oneOf<T>(value: unknown, all: readonly T[]): T {
  return all.includes(value as T) ? (value as T) : refuse();
}

function text(value: unknown, longest: number): string {
  return typeof value === 'string' && value.length <= longest ? value : refuse();
}

/** A name of the frame's: a newer one may know others, which are the page's to leave alone. */
function word<T extends string>(value: unknown): T {
  return /^[a-z-]+$/.test(text(value, 40)) ? (value as T) : refuse();
}

function number(value: unknown, least: number, most: number): number {
  return typeof value === 'number' && value >= least && value <= most ? value : refuse();
}

function whole(value: unknown): number {
  return Number.isSafeInteger(value) ? number(value, 0, Infinity) : refuse();
}

function flag(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse();
}

function blob(value: unknown): Blob {
  return value instanceof Blob ? value : refuse();
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

function readSettings(value: unknown): Settings {
  const from = fields(value);
  return {
    backend: oneOf(from['backend'], backends),
    scale: oneOf(from['scale'], [...scales, null]),
    recipe: optional(from['recipe'], fields),
    maxPixels: whole(from['maxPixels']),
    reveal: oneOf(from['reveal'], reveals),
    theme: oneOf(from['theme'], themes),
    lang: text(from['lang'], 35),
    format: oneOf(from['format'], formats),
    quality: number(from['quality'], 1, 100),
    picker: flag(from['picker']),
    disabled: flag(from['disabled']),
    accent: text(from['accent'], 100),
    radius: text(from['radius'], 100),
  };
}

/** What `read` makes of an option, which may not refuse it nor throw. */
function need<T>(path: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new EmbedError('bad-option', `${path} must be ${expected}.`);
  }
}

function readBlobOptions(value: unknown): BlobOptions {
  const { format, quality, strength } = readPlain('options', value);
  return {
    ...(format !== undefined && {
      format: need('options.format', formats.join(' or '), () => oneOf(format, formats)),
    }),
    ...(quality !== undefined && {
      quality: need('options.quality', 'a number from 1 to 100', () => number(quality, 1, 100)),
    }),
    ...(strength !== undefined && {
      strength: need('options.strength', 'a number from 0 to 1', () => number(strength, 0, 1)),
    }),
  };
}

/**
 * Checks that a value can be sent; what is in it, the frame alone knows.
 *
 * @param path What to call it.
 * @param value Anything.
 * @returns A copy that belongs to nobody else.
 * @throws {EmbedError} `bad-option` where it is no object, or holds what cannot be copied.
 */
export function readPlain(path: string, value: unknown): Fields {
  return need(path, 'an object of plain data', () => structuredClone(fields(value)));
}

/**
 * Checks a window message that may begin a conversation.
 *
 * @param data The message's data.
 * @returns The version that the host speaks, or null for any other message.
 */
export function readConnect(data: unknown): number | null {
  return attempt(() => {
    const { pe, v } = fields(data);
    oneOf(pe, ['connect']);
    return whole(v);
  });
}

/**
 * Checks a message that should come from a host.
 *
 * @param data Anything.
 * @returns A copy with the known fields alone; the number of a request whose fields make no sense, and
 *   what is wrong with it; or null, where nobody waits for an answer.
 */
export function readHostMessage(data: unknown): HostMessage | UnfitRequest | null {
  return attempt(() => {
    const from = fields(data);
    const type = oneOf(from['type'], hostTypes);
    if (type === 'configure') return { type, settings: readSettings(from['settings']) };
    if (type !== 'open' && type !== 'save' && type !== 'enhance') return { type };
    const id = whole(from['id']);
    try {
      return { id, ...readRequest(type, from) };
    } catch (error) {
      if (!(error instanceof EmbedError)) throw error;
      return { type: 'unfit', id, code: error.code, message: error.message };
    }
  });
}

type RequestType = 'open' | 'save' | 'enhance';
type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

function readRequest(type: RequestType, from: Fields): WithoutId<HostMessage> {
  switch (type) {
    case 'open':
      return {
        type,
        file: need('file', 'a Blob', () => blob(from['file'])),
        name: need('name', 'text of at most 255 characters', () => text(from['name'], 255)),
      };
    case 'save':
      return { type, options: readBlobOptions(from['options']) };
    case 'enhance':
      return { type, recipe: optional(from['recipe'], (recipe) => readPlain('recipe', recipe)) };
  }
}

function readPhoto(value: unknown): PhotoFacts {
  const { name, width, height } = fields(value);
  return { name: text(name, 300), width: whole(width), height: whole(height) };
}

function readReport(value: unknown): Report {
  const { backend, software, seconds, steps, summary } = fields(value);
  if (!Array.isArray(steps)) refuse();
  return {
    backend: word<Report['backend']>(backend),
    software: flag(software),
    seconds: number(seconds, 0, Infinity),
    steps: steps.map((step) => text(step, 300)),
    summary: text(summary, 5000),
  };
}

function readFault(from: Fields): Fault {
  return { code: word<EmbedCode>(from['code']), message: text(from['message'], 5000) };
}

function readProgress(value: unknown): FrameProgress {
  const { stage, fraction, etaSeconds } = fields(value);
  return {
    stage: word<FrameProgress['stage']>(stage),
    fraction: number(fraction, 0, 1),
    etaSeconds: optional(etaSeconds, (seconds) => number(seconds, 0, Infinity)),
  };
}

/**
 * Checks a message that should come from the frame.
 *
 * @param data Anything.
 * @returns A copy with the known fields alone, or null where one is missing or wrong.
 */
export function readFrameMessage(data: unknown): FrameMessage | null {
  return attempt((): FrameMessage => {
    const from = fields(data);
    const { type } = from;
    switch (type) {
      case 'ready':
      case 'want':
      case 'over':
      case 'pong':
        return { type };
      case 'refused':
        return { type, message: text(from['message'], 5000) };
      case 'done':
        return { type, id: whole(from['id']), blob: optional(from['blob'], blob) };
      case 'failed':
        return { type, id: whole(from['id']), ...readFault(from) };
      case 'error':
        return { type, ...readFault(from) };
      case 'progress':
        return { type, progress: readProgress(from['progress']) };
      case 'result': {
        const result = fields(from['result']);
        const { blob: file, report } = result;
        return {
          type,
          result: { ...readPhoto(result), blob: blob(file), report: readReport(report) },
        };
      }
      case 'change': {
        const { state, photo, recipe } = fields(from['change']);
        return {
          type,
          change: {
            state: word<Change['state']>(state),
            photo: optional(photo, readPhoto),
            recipe: fields(recipe),
          },
        };
      }
      default:
        return refuse();
    }
  });
}
