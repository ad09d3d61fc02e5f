import { attempt, fields, oneOf, whole, type Fields } from './message-checks';

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
  declare readonly code: EmbedCode;

  /**
   * @param code Which failure.
   * @param message One sentence: what happened and what to do next.
   */
  constructor(code: EmbedCode, message: string) {
    super(message);
    this.code = code;
  }
}

const backends = ['auto', 'webgpu', 'wasm'] as const;
const reveals = ['interaction', 'auto'] as const;
const themes = ['auto', 'light', 'dark'] as const;
const formats = ['auto', 'png', 'jpeg', 'webp', 'avif', 'tiff'] as const;
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
  /** `auto`: the host may start a run of a photo that it gave without the person's press in the frame. */
  readonly reveal: (typeof reveals)[number];
  readonly theme: (typeof themes)[number];
  /** A BCP 47 tag, or empty for the browser's. */
  readonly lang: string;
  /** `auto` writes the photo's own format. */
  readonly format: (typeof formats)[number];
  /** 1..100, for JPEG, WebP and AVIF. */
  readonly quality: number;
  /** Whether the person may open files of their own. */
  readonly picker: boolean;
  readonly disabled: boolean;
  /** Whether the person may bring several files at once, each of which gives a result. */
  readonly multiple: boolean;
  /** Whether clips are taken, too; each gives a clip. */
  readonly video: boolean;
  /** One opaque CSS colour, or empty for the frame's own. */
  readonly accent: string;
  /** A CSS length in px, rem or em, of 24 pixels at most, or empty for the frame's own. */
  readonly radius: string;
};

/** How to write a result; what is left out is as in {@link Settings}. */
export type BlobOptions = {
  readonly format?: Settings['format'];
  readonly quality?: number;
  /**
   * 0 = a plain enlargement, 1 = the network's result; as the person has set it where left out. Refused for a
   * photo of the person's own.
   */
  readonly strength?: number;
};

/** A model of the host's own that the person may ask for; its place in the list is its number. */
export type StatedModel = {
  /** Absolute. */
  readonly address: string;
  /** Of its file; anything else than a whole number from 1 on where the host cannot tell. */
  readonly bytes: number;
  /** Changes with the file, as its `ETag` does; null where that is not known. */
  readonly version: string | null;
};

/** What a host says, after `configure` in any order. */
export type HostMessage =
  | { readonly type: 'configure'; readonly settings: Settings }
  | { readonly type: 'open'; readonly id: number; readonly file: Blob; readonly name: string }
  | { readonly type: 'enhance'; readonly id: number; readonly recipe: RecipeFields | null }
  | { readonly type: 'save'; readonly id: number; readonly options: BlobOptions }
  | { readonly type: 'models'; readonly models: readonly StatedModel[] }
  | { readonly type: 'model'; readonly id: number; readonly part: Uint8Array | undefined }
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
  | { readonly type: 'fetch'; readonly id: number }
  | { readonly type: 'progress'; readonly progress: FrameProgress }
  | { readonly type: 'result'; readonly result: FrameResult }
  | { readonly type: 'change'; readonly change: Change };

/**
 * What `read` makes of an option.
 *
 * @param path What to call it.
 * @param expected What must be there, for the message.
 * @param read Checks it; may refuse, or throw.
 * @returns What it gives.
 * @throws {EmbedError} `bad-option`.
 */
export function need<T>(path: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new EmbedError('bad-option', `${path} must be ${expected}.`);
  }
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
  const copy = attempt(() => structuredClone(fields(value)));
  if (!copy) throw new EmbedError('bad-option', `${path} must be an object of plain data.`);
  return copy;
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
