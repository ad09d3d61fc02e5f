/**
 * Why an operation could not be done, for programs. Stable: the npm package and the embed protocol
 * promise these.
 */
export type EnhanceCode =
  | 'unsupported-format'
  | 'corrupt-file'
  | 'too-large'
  | 'no-gpu'
  | 'device-lost'
  | 'out-of-memory'
  | 'model-missing'
  | 'model-corrupt'
  | 'wrong-result'
  | 'offline'
  | 'storage-full'
  | 'cancelled'
  | 'bad-option'
  | 'internal';

/** The facts of what its name alone tells. */
export type NoFacts = Readonly<Record<string, never>>;

/** What the browser or a library said, in its own words: for a bug report. */
type Cause = { readonly cause: string };

/** Pixels. */
type Sides = { readonly width: number; readonly height: number };

/** What a value from outside must be, for the sentence that names its path. */
export type Expected =
  | 'object'
  | 'list'
  | 'filled-list'
  | 'text'
  | 'number'
  | 'boolean'
  | 'sha256'
  /** Of its list. */
  | 'unique'
  /** Steps that do not enlarge. */
  | 'keeping-size'
  | 'colour'
  | 'pairs'
  /** An address below the catalogue's. */
  | 'path-below'
  /** Of http or https, without a password. */
  | 'url'
  | 'file'
  | 'function'
  | 'abort-signal'
  /** A stream that nobody has locked. */
  | 'writable'
  | { readonly oneOf: readonly (string | number)[] }
  /** The names that an object may have. */
  | { readonly names: readonly string[] }
  | { readonly least: number; readonly most: number; readonly isWhole?: true }
  /** That many, in memory that is not shared. */
  | { readonly bytes: number }
  | { readonly wholeFrom: number }
  /** A list, no longer than that. */
  | { readonly mostItems: number }
  /** Placed before what is named. */
  | { readonly before: string }
  /** Left out, or equal to another field. */
  | { readonly equalTo: string; readonly value: number };

/** Files that people bring and that do not open, as far as their first bytes tell. */
export type ForeignKind =
  | 'bigtiff'
  | 'icon'
  | 'jpeg-2000'
  | 'pdf'
  | 'photoshop'
  | 'raw'
  | 'svg'
  | 'video'
  | 'video-or-unknown'
  | 'zip';

/** Why a model that somebody brings does not run, however sound its file is. */
export type OwnModelLack =
  /** No file of a model. */
  | 'file'
  /** Of a known kind, by its name, that does not run here. */
  | 'network'
  | 'unknown-network'
  | 'operator'
  /** Weights in a file beside it. */
  | 'elsewhere'
  /** Inputs or outputs that are no picture. */
  | 'shape';

/** Why a clip does not open here, however sound its file is. */
export type ClipLack =
  /** The browser does not decode its codec. */
  | 'codec'
  /** The browser decodes no clips at all. */
  | 'browser'
  /** It has sound alone. */
  | 'pictures'
  /** It is encrypted. */
  | 'protected'
  /** Its lights go beyond white. */
  | 'hdr';

/** Why a network that somebody brings is not used, though it runs. */
export type UnfitReason =
  /** It does not run on a small picture. */
  | 'run'
  /** It wants or gives something else than a picture of three planes. */
  | 'planes'
  /** It enlarges by no factor that there is. */
  | 'scale'
  /** It takes only sides that no picture can be cut into. */
  | 'multiple'
  | 'not-a-number'
  | 'black'
  /** Whatever it is shown. */
  | 'constant'
  /** The same pixels come out otherwise elsewhere. */
  | 'unsteady';

/**
 * Everything that can go wrong, with its facts: plain values that survive `postMessage`, and never a
 * sentence. Each is one sentence of `app/i18n` and of `sdk/words`, where the compiler misses it.
 */
export type Problems = {
  /** The disk or the memory did not give its bytes. */
  'file-unreadable': Cause & { readonly bytes: number };
  'file-empty': NoFacts;
  'file-foreign': { readonly kind: ForeignKind };
  'file-unknown': { readonly firstBytes: readonly number[] };
  /** `format` is its title; `damage` is what makes no sense, in its reader's or decoder's words. */
  'file-damaged': { readonly format: string; readonly damage: string };
  /** `codec` is the title of what its pictures are coded in; empty where that is not known. */
  'clip-unsupported': { readonly lack: ClipLack; readonly codec: string };
  /** What reads the format could not be fetched. */
  'codec-missing': Cause & { readonly format: string };
  /** Nothing of what is there can be shown. */
  'file-cut-off': Cause & { readonly format: string };
  /** Damaged, or more than the browser's decoder holds: it does not say which. */
  'large-file-undecodable': Cause & Sides & { readonly format: string };
  /** Lossless, arithmetic or 12 bit. */
  'jpeg-kind-unsupported': { readonly marker: number; readonly precision: number };
  /** The field that says so, and what it says. */
  'tiff-kind-unsupported': { readonly field: string; readonly value: number };
  'photo-too-large': Sides & { readonly mostMegapixels: number };
  'no-memory-to-open': Sides;
  /** The sides are the result's; `fits` is the largest scale that does, or null. */
  'result-too-large': Sides & { readonly scale: number; readonly fits: number | null };
  /** Larger than the host page allows. */
  'result-over-limit': Sides & { readonly mostPixels: number };
  /** `others` are the titles of formats that hold such a picture. */
  'side-too-long': Sides & {
    readonly format: string;
    readonly mostSide: number;
    readonly others: readonly string[];
  };
  /** As `side-too-long`, of a picture with more pixels than is written in the format. */
  'area-too-large': Sides & {
    readonly format: string;
    readonly mostMegapixels: number;
    readonly others: readonly string[];
  };
  'no-memory-to-save': Cause & Sides & { readonly format: string };
  'encoder-missing': { readonly format: string };
  'catalog-unreadable': NoFacts;
  'catalog-wrong': { readonly path: string; readonly expected: Expected };
  'model-not-offered': { readonly task: string; readonly scale: number; readonly variant: string };
  'model-not-runnable': { readonly title: string; readonly precision: string };
  /** Longer than any list of models. */
  'catalog-too-long': { readonly mostBytes: number };
  'download-failed': Cause & { readonly url: string };
  /** Nothing came for that long. */
  'download-stalled': { readonly url: string; readonly seconds: number };
  /** `status` is HTTP's; null where a page came instead. */
  'models-not-served': { readonly url: string; readonly status: number | null };
  /** `bytes` is how many came before it was given up; the hash is null unless it was that which was wrong. */
  'model-altered': {
    readonly url: string;
    readonly bytes: number;
    readonly wanted: number;
    readonly sha256: string | null;
  };
  /** A file of the build, not a model; `status` is HTTP's of the second answer, 200 where it was another file. */
  'file-altered': { readonly url: string; readonly status: number };
  /** Something was to be fetched from elsewhere than `origin`, and was not. */
  'other-origin': { readonly url: string; readonly origin: string };
  /** The runtime does not take the file. */
  'model-refused': Cause;
  /** A file that somebody brings; `detail` is where it makes no sense, in its reader's words. */
  'own-model-damaged': { readonly detail: string };
  /** `asks` is what its pickle names to be called or made, "os.system". */
  'own-model-unsafe': { readonly asks: string };
  'own-model-too-large': { readonly mostMegabytes: number };
  /** `name` is of what it lacks: of the kind of network, operators, a file, an input. */
  'own-model-unsupported': { readonly lack: OwnModelLack; readonly name: string };
  'model-without-output': { readonly output: string };
  'golden-damaged': { readonly bytes: number };
  'own-model-unfit': Cause & { readonly reason: UnfitReason };
  /** A recipe names it, and it is not on this device. */
  'own-model-missing': { readonly title: string; readonly sha256: string };
  /** Nothing can be hashed outside a secure context. */
  'page-insecure': NoFacts;
  'storage-full': NoFacts;
  'gpu-missing': NoFacts;
  'gpu-lost': Cause & { readonly reason: string };
  'gpu-memory': Cause;
  'gpu-refused': Cause;
  /** NaN or nothing, in the tile of this place in source pixels. */
  'gpu-picture-damaged': Sides & { readonly x: number; readonly y: number };
  /** Values that the network returned, and that it should have. */
  'network-size-wrong': { readonly values: number; readonly wanted: number };
  'network-not-a-number': NoFacts;
  /** `off` is in levels of 255; null where an earlier trial found it. */
  'trial-failed': { readonly off: number | null };
  'engine-stopped': { readonly reason: string };
  /** With it the photo and the result that it held are gone. */
  'worker-died': NoFacts;
  'photo-missing': NoFacts;
  'result-missing': NoFacts;
  /** The sides of the photo that it was painted for. */
  'mask-of-other-photo': Sides;
  /** The sides of the photo that does not fill it. */
  'crop-outside-photo': Sides;
  /** All of the photo is marked. */
  'damage-everywhere': NoFacts;
  'option-wrong': { readonly path: string; readonly expected: Expected };
  cancelled: NoFacts;
  'no-memory': Cause;
  /** A fault of ours. */
  unexpected: Cause;
};

/** The name of what went wrong; see {@link Problems}. */
export type Problem = keyof Problems;

/** The public code of each problem. */
export const codeOf: Readonly<Record<Problem, EnhanceCode>> = {
  'file-unreadable': 'corrupt-file',
  'file-empty': 'corrupt-file',
  'file-foreign': 'unsupported-format',
  'file-unknown': 'unsupported-format',
  'file-damaged': 'corrupt-file',
  'clip-unsupported': 'unsupported-format',
  'file-cut-off': 'corrupt-file',
  'large-file-undecodable': 'corrupt-file',
  'jpeg-kind-unsupported': 'unsupported-format',
  'tiff-kind-unsupported': 'unsupported-format',
  'photo-too-large': 'too-large',
  'no-memory-to-open': 'out-of-memory',
  'result-too-large': 'too-large',
  'result-over-limit': 'too-large',
  'side-too-long': 'too-large',
  'area-too-large': 'too-large',
  'no-memory-to-save': 'out-of-memory',
  'codec-missing': 'offline',
  'encoder-missing': 'unsupported-format',
  'catalog-unreadable': 'model-corrupt',
  'catalog-wrong': 'model-corrupt',
  'model-not-offered': 'model-missing',
  'model-not-runnable': 'model-missing',
  'catalog-too-long': 'model-corrupt',
  'download-failed': 'offline',
  'download-stalled': 'offline',
  'models-not-served': 'model-missing',
  'model-altered': 'model-corrupt',
  'file-altered': 'internal',
  'other-origin': 'internal',
  'model-refused': 'model-corrupt',
  'own-model-damaged': 'model-corrupt',
  'own-model-unsafe': 'model-corrupt',
  'own-model-too-large': 'too-large',
  'own-model-unsupported': 'unsupported-format',
  'model-without-output': 'model-corrupt',
  'golden-damaged': 'model-corrupt',
  'own-model-unfit': 'model-corrupt',
  'own-model-missing': 'model-missing',
  'page-insecure': 'internal',
  'storage-full': 'storage-full',
  'gpu-missing': 'no-gpu',
  'gpu-lost': 'device-lost',
  'gpu-memory': 'out-of-memory',
  'gpu-refused': 'internal',
  'gpu-picture-damaged': 'wrong-result',
  'network-size-wrong': 'wrong-result',
  'network-not-a-number': 'wrong-result',
  'trial-failed': 'wrong-result',
  'engine-stopped': 'internal',
  'worker-died': 'internal',
  'photo-missing': 'internal',
  'result-missing': 'internal',
  'mask-of-other-photo': 'bad-option',
  'crop-outside-photo': 'bad-option',
  'damage-everywhere': 'bad-option',
  'option-wrong': 'bad-option',
  cancelled: 'cancelled',
  'no-memory': 'out-of-memory',
  unexpected: 'internal',
};

/** A problem with its facts, as data. */
export type Trouble = {
  [P in Problem]: {
    readonly problem: P;
    readonly code: EnhanceCode;
    readonly facts: Problems[P];
  };
}[Problem];

/** A problem and its facts as arguments; facts only where there are any. */
export type Told = {
  [P in Problem]: NoFacts extends Problems[P]
    ? [problem: P, facts?: NoFacts]
    : [problem: P, facts: Problems[P]];
}[Problem];

/** An expected failure. Its message is for consoles; people are told in the words of `app` or `sdk`. */
export class EnhanceError extends Error {
  override readonly name = 'EnhanceError';
  /** What went wrong. */
  readonly problem: Problem;
  /** The same for programs outside: several problems share one. */
  readonly code: EnhanceCode;
  /** See {@link Problems}. */
  readonly facts: Problems[Problem];

  /** @param told The problem and its facts. */
  constructor(...told: Told) {
    const [problem, facts = {}] = told;
    super(`${problem} ${JSON.stringify(facts)}`);
    this.problem = problem;
    this.code = codeOf[problem];
    this.facts = facts;
  }
}

/** A reply that says no. */
export type Failed = { readonly ok: false } & Trouble;

/** What crosses the thread boundary instead of an exception: comlink drops an error's own fields. */
export type Reply<T> = { readonly ok: true; readonly value: T } | Failed;

/**
 * What was thrown, as data.
 *
 * @param error Anything.
 * @returns An {@link EnhanceError}'s own problem; `cancelled` for an AbortError, `no-memory` for a
 *   failed allocation, `unexpected` for anything else.
 */
export function troubleOf(error: unknown): Trouble {
  const { problem, facts } =
    error instanceof EnhanceError ? error : new EnhanceError(...name(error));
  // An error keeps both, but not that they belong together.
  return { problem, code: codeOf[problem], facts } as Trouble;
}

function name(error: unknown): Told {
  if (error instanceof Error && error.name === 'AbortError') return ['cancelled'];
  return [error instanceof RangeError ? 'no-memory' : 'unexpected', { cause: String(error) }];
}

/**
 * A reply that says no.
 *
 * @param told The problem and its facts.
 * @returns The reply.
 */
export function failed(...told: Told): Failed {
  return { ok: false, ...troubleOf(new EnhanceError(...told)) };
}

/**
 * Runs `work` and turns its outcome into a {@link Reply}; never rejects.
 *
 * @param work The operation.
 * @returns The value, or what was thrown as {@link troubleOf} says.
 */
export async function settle<T>(work: () => Promise<T> | T): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, ...troubleOf(error) };
  }
}

/**
 * The value of a reply, or its failure thrown as an {@link EnhanceError}.
 *
 * @param reply An outcome received from the worker.
 * @returns The value.
 * @throws {EnhanceError} The failure, with its problem and facts.
 */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new EnhanceError(...([reply.problem, reply.facts] as Told));
}
