import {
  codeOf,
  type ClipLack,
  type Expected,
  type OwnModelLack,
  type Problem,
  type Problems,
  type UnfitReason,
} from '../core/errors';
import type { Measure, Note, Notes } from '../core/notes';

/** Words for each, given its facts: the compiler names what has none. */
type Wording<Facts> = { readonly [Name in keyof Facts]: (facts: Facts[Name]) => string };

const kept = 'The photo is unchanged';

/** Stands apart from the page's own words: these are for any site, and for the people who build it. */
const problems: Wording<Problems> = {
  'file-unreadable': () =>
    'The file could not be read: it may have been moved, changed or be too large for memory. Choose it again.',
  'file-empty': () =>
    'The file is empty: it may not have been copied or downloaded completely. Try another copy.',
  'file-foreign': ({ kind }) =>
    `The file is ${foreign[kind]}, which does not open here: export it as JPEG or PNG, then open that.`,
  'file-unknown': () =>
    'The file is not a picture that opens here, whatever its name says: JPEG, PNG, WebP, TIFF, AVIF, HEIC, JPEG XL, GIF and BMP do.',
  'file-damaged': ({ format }) =>
    `The ${format} file is damaged or cut off and cannot be opened: try another copy of it.`,
  'clip-unsupported': ({ lack, codec }) =>
    `The clip does not open here: ${clipLacks[lack](codec)}.`,
  'file-cut-off': ({ format }) =>
    `The ${format} file is cut off and nothing of it can be shown: try another copy of it.`,
  'large-file-undecodable': ({ format, width, height }) =>
    `The ${format} file (${width} × ${height}) is damaged or too large for this browser's memory: close other tabs, or try a smaller copy.`,
  'jpeg-kind-unsupported': () =>
    'The file is a rare kind of JPEG (lossless or 12 bit) that browsers cannot open: export it as a standard JPEG or PNG.',
  'tiff-kind-unsupported': ({ field, value }) =>
    `The file is a kind of TIFF that is not read here (${field} ${value}): export it as one of 8 or 16 bits in gray or RGB, or as PNG.`,
  'photo-too-large': ({ width, height, mostMegapixels }) =>
    `The picture is ${width} × ${height}, and at most ${mostMegapixels} megapixels open here: crop it or make it smaller first.`,
  'no-memory-to-open': ({ width, height }) =>
    `There was not enough memory to open ${width} × ${height} pixels: close other tabs, or open a smaller picture.`,
  'result-too-large': ({ scale, width, height, fits }) => {
    const advice = fits === null ? 'Crop or reduce the photo first.' : `${fits}× fits.`;
    return `${scale}× would make ${width} × ${height} pixels, more than this browser can hold. ${kept}. ${advice}`;
  },
  'result-over-limit': ({ width, height, mostPixels }) =>
    `The result would have ${width} × ${height} pixels, and at most ${mostPixels} in all are allowed. ${kept}: choose a smaller size.`,
  'side-too-long': ({ format, mostSide, width, height, others }) =>
    `${format} holds at most ${mostSide} pixels a side, and the result would be ${width} × ${height}. ${kept}: take ${choices(others)}.`,
  'area-too-large': ({ format, mostMegapixels, width, height, others }) =>
    `No more than ${mostMegapixels} megapixels are written as ${format}, and the result would be ${width} × ${height}. ${kept}: take ${choices(others)}.`,
  'no-memory-to-save': ({ format, width, height }) =>
    `There was not enough memory to write ${width} × ${height} pixels as ${format}. ${kept}: close other tabs, or take another format.`,
  'codec-missing': ({ format }) =>
    `What reads ${format} photos could not be fetched, and this browser does not read them by itself. Connect to the internet and open the photo again.`,
  'encoder-missing': ({ format }) =>
    `The ${format} encoder could not be loaded and this browser has none. ${kept}: take PNG, or connect to the internet and try again.`,
  'catalog-unreadable': () =>
    `The list of models is no JSON. ${kept}: check the address in options.models, and whether this network asks to sign in first.`,
  'catalog-wrong': ({ path, expected }) =>
    `The list of models is damaged: ${path} must be ${asWords(expected)}. ${kept}: serve the catalogue as it was made.`,
  'model-not-offered': ({ task, scale, variant }) =>
    `There is no model for ${task} at ${scale}× (${variant}) in the catalogue. ${kept}: choose another recipe.`,
  'model-not-runnable': ({ title }) =>
    `The model "${title}" has no file that this device can run. ${kept}: choose another recipe.`,
  'download-failed': ({ url }) =>
    `The connection failed before ${url} had arrived. ${kept}: check the connection and try again.`,
  'catalog-too-long': ({ mostBytes }) =>
    `The list of models is longer than ${mostBytes} bytes and was not read. ${kept}: check the address in options.models.`,
  'download-stalled': ({ url, seconds }) =>
    `The download of ${url} stopped: nothing arrived for ${seconds} seconds. ${kept}: check the connection and try again.`,
  'models-not-served': ({ url, status }) =>
    `There is no file at ${url} (${status === null ? 'a web page came instead' : `HTTP ${status}`}). ${kept}: check that the models are served beside their catalogue.`,
  'model-altered': ({ url }) =>
    `${url} arrived incomplete or altered and was not used. ${kept}: try again; if it happens again, a proxy or filter may be changing downloads.`,
  'file-altered': ({ url, status }) =>
    `${url} is not the file that was built (HTTP ${status}) and was not used. ${kept}: serve the files as they were made, and check whether a proxy or filter changes them.`,
  'other-origin': ({ url, origin }) =>
    `${url} is not at ${origin} and was not fetched. ${kept}: serve the engine and the models from one origin.`,
  'model-refused': () =>
    `The model could not be loaded. ${kept}: try again, or choose another recipe.`,
  'own-model-damaged': ({ detail }) =>
    `The model's file is damaged or cut off (${detail}) and was not added: try another copy of it.`,
  'own-model-unsafe': ({ asks }) =>
    `The model's file asks for a program to be run (${asks}), which is never done, and was not added: take it as .safetensors or .onnx.`,
  'own-model-too-large': ({ mostMegabytes }) =>
    `The model's file is larger than ${mostMegabytes} MB and was not added: take a smaller model.`,
  'own-model-unsupported': ({ lack, name }) =>
    `The model was not added: ${lacks[lack]}${name ? ` (${name})` : ''}.`,
  'model-without-output': ({ output }) =>
    `The model has no output named "${output}". ${kept}: choose another recipe.`,
  'golden-damaged': () =>
    `The test picture of a model is damaged, so the model was not used. ${kept}: serve the files as they were made.`,
  'own-model-unfit': ({ reason }) => `The model was not added: ${unfit[reason]}.`,
  'own-model-missing': ({ title, sha256 }) =>
    `The recipe names the model "${title}" (SHA-256 ${sha256}), which is not here. ${kept}: choose another recipe.`,
  'page-insecure': () =>
    `Models cannot be checked on an insecure page. ${kept}: serve the page over https.`,
  'storage-full': () =>
    'The browser has no room for it. What was kept before stays: free some space, then try again.',
  'gpu-missing': () =>
    `This browser offers no WebGPU. ${kept}: leave options.backend at "auto", so that the CPU is used.`,
  'gpu-lost': () =>
    `The graphics driver stopped. ${kept}: try again, or restart the browser first.`,
  'gpu-memory': () =>
    `The GPU has too little free memory. ${kept}: close other tabs and programs, or choose a smaller size.`,
  'gpu-refused': () =>
    `The GPU refused the work. ${kept}: try again, or update the graphics driver.`,
  'gpu-picture-damaged': () =>
    `The GPU returned a damaged picture, which was not used. ${kept}: try again, or update the graphics driver.`,
  'network-size-wrong': ({ values, wanted }) =>
    `The network returned ${values} values instead of ${wanted}, which were not used. ${kept}: choose another recipe.`,
  'network-not-a-number': () =>
    `The network returned values that are not numbers, which were not used. ${kept}: choose another recipe.`,
  'trial-failed': () =>
    `This machine computes a wrong picture, which was not used. ${kept}: update the graphics driver, or try another browser.`,
  'engine-stopped': () => `The engine stopped. ${kept}: try again.`,
  'worker-died': () => workerDied,
  'photo-missing': () => workerDied,
  'result-missing': () => 'There is no result yet: enhance the photo first.',
  'mask-of-other-photo': ({ width, height }) =>
    `The mask was painted for a photo of ${width} × ${height} pixels, which this is not.`,
  'crop-outside-photo': ({ width, height }) =>
    `recipe.frame reaches beyond the photo, which has ${width} × ${height} pixels.`,
  'damage-everywhere': () =>
    'All of the photo is marked as damaged: recipe.damage leaves nothing to heal it from.',
  'option-wrong': ({ path, expected }) => `${path} must be ${asWords(expected)}.`,
  cancelled: () => `Cancelled. ${kept}.`,
  'no-memory': () =>
    `The browser has too little memory for this. ${kept}: close other tabs, or choose a smaller size.`,
  unexpected: ({ cause }) =>
    `Something went wrong that should not have (${cause}). ${kept}: try again, or reload the page.`,
};

/** Whoever calls has no hand in the photo being open: where there is none, the worker was not there. */
const workerDied =
  'The engine stopped, perhaps out of memory, or could not be loaded: are the files of the package ' +
  'served beside its module, and does the Content-Security-Policy let workers run? The photo is ' +
  'unchanged; the next call starts the engine again.';

/** After `dispose`. */
export const disposed = 'The enhancer was disposed of.';

/**
 * Why the browser starts no worker.
 *
 * @param page Origin of the page.
 * @param module Origin of the package.
 * @returns Two sentences.
 */
export function sayWorkerRefused(page: string, module: string): string {
  return (
    'The worker was refused. Browsers start workers only from the origin of the page: serve the ' +
    `files of the package from ${page}, not from ${module}.`
  );
}

const notes: Wording<Notes> = {
  'first-frame': () => 'It holds more than one frame or picture: only the first was opened.',
  'cut-off': () => 'This file is cut off or damaged: what could be read is shown.',
  'depth-lost': () => 'It has more than 8 bits a sample, of which 8 could be read.',
  'colours-converted': () => 'Its colours were converted to sRGB.',
  'metadata-broken': ({ parts }) =>
    `Its ${parts.join(' and ')} data is damaged and will not be in the result. The picture itself is whole.`,
  'gain-map-kept': () =>
    'Its HDR gain map will be in a JPEG of it, enlarged, but in no other format, nor where light or colours are changed.',
  'gain-map-dropped': () =>
    'Its HDR gain map will not be in the result, which is the photo as ordinary screens show it.',
  'gain-map-lost': () => 'Its HDR gain map could not be carried over: the file is without it.',
  'model-not-kept': () =>
    'A model could not be kept for offline use: it will be downloaded again when it is next needed.',
  'pattern-missing': () => 'No pattern of paper or print was found: nothing was taken out.',
  'speech-as-it-was': ({ lack, codec }) =>
    lack === 'decoder'
      ? `Its sound in ${codec} is not decoded by this browser: it was copied, not cleaned.`
      : `This browser encodes no sound for this container: the one in ${codec} was copied, not cleaned.`,
  'sound-converted': ({ codec, to }) =>
    `The container does not hold its sound in ${codec}, which was encoded anew in ${to}.`,
  'sound-left-out': ({ lack, codec }) =>
    `The container does not hold its sound in ${codec}, which was left out: this browser ${lack === 'decoder' ? 'does not decode it' : 'encodes no sound for the container'}.`,
  'text-left-out': ({ kind }) =>
    kind === 'metadata'
      ? 'Some of its metadata was left out: the container does not hold it.'
      : `Its ${kind} were left out: they cannot be read here, or the container does not hold them as they are.`,
  'shake-taken-back': ({ pixels }) =>
    `The camera shook over about ${pixels} pixels: that was taken back.`,
  recovered: ({ problem, measure }) => `${causeOf(problem)} ${measures[measure]}`,
};

const measures: Readonly<Record<Measure, string>> = {
  tile: 'Smaller tiles were used from there on.',
  device: 'The GPU was started again, and the work went on.',
  worker: 'The engine was started again, and the work went on.',
  precision: 'Full precision was used instead of half.',
  runtime: 'Another runtime was used in its place.',
  cpu: 'The CPU did the rest.',
  'cpu-anew': 'The CPU did the work.',
};

const lacks: Readonly<Record<OwnModelLack, string>> = {
  file: 'it is no .onnx, .safetensors or .pth file, and no .param with its .bin',
  network: 'networks of its kind do not run here',
  'unknown-network': 'the layout of its network is not known',
  operator: 'it has operators that do not run here',
  elsewhere: 'part of it is in another file',
  shape: 'it does not make a picture from a picture',
};

const unfit: Readonly<Record<UnfitReason, string>> = {
  run: 'it fails with a small picture',
  planes: 'it does not make a colour picture of a colour picture',
  scale: 'it enlarges by none of 1, 2, 3, 4 and 8',
  multiple: 'it takes only pictures of certain sizes',
  'not-a-number': 'it makes values that are no numbers',
  black: 'it makes a black picture of any other',
  constant: 'it makes the same flat picture of any other',
  unsteady: 'it makes something else of the same pixels in another place',
};

/** Of a file that is given to `enhanceClip`. */
export const noClip =
  'The file is no clip: enhanceClip() takes MP4, MOV, WebM and MKV; a photo is for enhance().';

/** There is no page that decodes clips: in Node, in an old browser, or where the page is insecure. */
export const clipsNeedBrowser =
  'Clips need WebCodecs, which this program does not have: a newer browser has it, on a page that is served over https; Node has not.';

const clipLacks: Readonly<Record<ClipLack, (codec: string) => string>> = {
  codec: (codec) => `the browser does not decode ${codec}`,
  browser: () => 'this program decodes no clips, as browsers with WebCodecs do',
  pictures: () => 'it has sound and no pictures',
  protected: () => 'it is encrypted',
  hdr: () => 'it is HDR',
};

const foreign: Readonly<Record<Problems['file-foreign']['kind'], string>> = {
  bigtiff: 'a BigTIFF file',
  icon: 'an icon file',
  'jpeg-2000': 'a JPEG 2000 picture',
  pdf: 'a PDF document',
  photoshop: 'a Photoshop file',
  raw: 'a camera RAW file',
  svg: 'an SVG drawing',
  video: 'a clip (enhanceClip() takes it, in a browser)',
  'video-or-unknown': 'a video or an unknown format',
  zip: 'a ZIP archive or a document',
};

const kinds: Readonly<Record<Extract<Expected, string>, string>> = {
  object: 'an object',
  list: 'a list',
  'filled-list': 'a list that is not empty',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  sha256: '64 lower-case hexadecimal digits',
  unique: 'unique',
  'keeping-size': 'steps that keep the size',
  colour: 'a colour such as "#8fb8e0", or null',
  pairs: 'x and y in turn',
  'path-below': 'a path below the catalogue',
  url: 'a URL of http or https, without a password',
  file: 'a File or a Blob',
  function: 'a function',
  'abort-signal': 'an AbortSignal',
  writable: 'a WritableStream that is not locked',
};

/**
 * Says what went wrong, what is kept and what to do next.
 *
 * @param trouble A failed reply, or an `EnhanceError` of `core`.
 * @returns One sentence, or some, in English.
 */
export function sayProblem<P extends Problem>(trouble: {
  readonly problem: P;
  readonly facts: Problems[P];
}): string {
  return problems[trouble.problem](trouble.facts);
}

/**
 * Says what is worth telling a person.
 *
 * @param all What the worker noted, of a photo or of a run.
 * @returns An English sentence for each, none twice.
 */
export function sayNotes(all: readonly Note[]): readonly string[] {
  return [...new Set(all.map(sayNote))];
}

function sayNote<Name extends keyof Notes>(note: {
  readonly note: Name;
  readonly facts: Notes[Name];
}): string {
  return notes[note.note](note.facts);
}

/** Why something else had to be done: shorter than the problem's own words, as it is over. */
function causeOf(problem: Problem): string {
  if (problem === 'gpu-refused') return 'The GPU refused the work.';
  switch (codeOf[problem]) {
    case 'out-of-memory':
      return 'There was too little memory.';
    case 'device-lost':
      return 'The graphics driver stopped.';
    case 'wrong-result':
      return 'This machine computed a wrong picture.';
    case 'model-corrupt':
      return 'The model could not be loaded.';
    default:
      return 'The engine stopped.';
  }
}

function asWords(expected: Expected): string {
  if (typeof expected === 'string') return kinds[expected];
  if ('oneOf' in expected) return choices(expected.oneOf);
  if ('names' in expected) return `one of ${expected.names.join(', ')}`;
  if ('bytes' in expected) return `a Uint8Array of ${expected.bytes} values`;
  if ('least' in expected) {
    const { least, most, isWhole } = expected;
    return `a ${isWhole ? 'whole number' : 'number'} from ${least} to ${most}`;
  }
  if ('wholeFrom' in expected) return `a whole number of at least ${expected.wholeFrom}`;
  if ('mostItems' in expected) return `a list of at most ${expected.mostItems}`;
  if ('before' in expected) return `before "${expected.before}"`;
  return `left out, or equal to ${expected.equalTo} (${expected.value})`;
}

function choices(all: readonly (string | number)[]): string {
  return all.join(' or ');
}
