import {
  failed,
  type ClipLack,
  type Expected,
  type OwnModelLack,
  type Problems,
  type Told,
  type Trouble,
  type UnfitReason,
} from '../../../src/core/errors';
import type { Measure, Note } from '../../../src/core/notes';

const sides = { width: 20_000, height: 15_000 };
const cause = { cause: 'Odd' };
const url = 'https://example.com/models/a.onnx';

/** Facts of every problem; the compiler misses one that is new. */
const facts: Problems = {
  'file-unreadable': { ...cause, bytes: 5 },
  'file-empty': {},
  'file-foreign': { kind: 'raw' },
  'file-unknown': { firstBytes: [1, 2, 3] },
  'file-damaged': { format: 'PNG', damage: 'IHDR' },
  'clip-unsupported': { lack: 'codec', codec: 'HEVC' },
  'file-cut-off': { ...cause, format: 'JPEG' },
  'large-file-undecodable': { ...cause, ...sides, format: 'WebP' },
  'jpeg-kind-unsupported': { marker: 0xc3, precision: 8 },
  'tiff-kind-unsupported': { field: 'compression', value: 7 },
  'photo-too-large': { ...sides, mostMegapixels: 200 },
  'no-memory-to-open': sides,
  'result-too-large': { ...sides, scale: 4, fits: 2 },
  'result-over-limit': { ...sides, mostPixels: 12_000_000 },
  'area-too-large': { ...sides, format: 'JPEG', mostMegapixels: 268, others: ['PNG'] },
  'side-too-long': { ...sides, format: 'WebP', mostSide: 16_383, others: ['PNG', 'JPEG'] },
  'no-memory-to-save': { ...cause, ...sides, format: 'PNG' },
  'codec-missing': { format: 'HEIC', cause: 'planted' },
  'encoder-missing': { format: 'WebP' },
  'catalog-unreadable': {},
  'catalog-wrong': { path: 'catalog.version', expected: { oneOf: [1] } },
  'model-not-offered': { task: 'clean', scale: 1, variant: 'faithful' },
  'model-not-runnable': { title: 'Faithful', precision: 'fp16' },
  'download-failed': { ...cause, url },
  'catalog-too-long': { mostBytes: 4194304 },
  'download-stalled': { url, seconds: 15 },
  'models-not-served': { url, status: 404 },
  'model-altered': { url, bytes: 5, wanted: 6, sha256: null },
  'file-altered': { url, status: 200 },
  'other-origin': { url, origin: 'https://enlarger.example' },
  'model-refused': cause,
  'own-model-damaged': { detail: 'tensor body.0.weight' },
  'own-model-unsafe': { asks: 'os.system' },
  'own-model-too-large': { mostMegabytes: 150 },
  'own-model-unsupported': { lack: 'network', name: 'DAT' },
  'model-without-output': { output: 'enhanced' },
  'golden-damaged': { bytes: 5 },
  'own-model-unfit': { ...cause, reason: 'black' },
  'own-model-missing': { title: 'Sharp', sha256: 'ab'.repeat(32) },
  'page-insecure': {},
  'storage-full': {},
  'gpu-missing': {},
  'gpu-lost': { ...cause, reason: 'unknown' },
  'gpu-memory': cause,
  'gpu-refused': cause,
  'gpu-picture-damaged': { ...sides, x: 0, y: 64 },
  'network-size-wrong': { values: 5, wanted: 6 },
  'network-not-a-number': {},
  'trial-failed': { off: 9 },
  'engine-stopped': { reason: 'hung' },
  'worker-died': {},
  'photo-missing': {},
  'result-missing': {},
  'mask-of-other-photo': sides,
  'crop-outside-photo': sides,
  'damage-everywhere': {},
  'option-wrong': { path: 'options.scale', expected: { oneOf: [1, 2, 4] } },
  cancelled: {},
  'no-memory': cause,
  unexpected: cause,
};

const expectations: Expected[] = [
  ...(['object', 'list', 'filled-list', 'text', 'number', 'sha256', 'unique'] as const),
  ...(['boolean', 'path-below', 'url', 'file', 'function', 'abort-signal'] as const),
  ...[{ names: ['scale', 'format'] }, { least: 0, most: 100 }, { wholeFrom: 1 }, { bytes: 64 }],
  { least: 1, most: 32, isWhole: true },
  { equalTo: 'options.recipe.scale', value: 2 },
];

const lacks: Record<OwnModelLack, null> = {
  ...{ file: null, network: null, 'unknown-network': null },
  ...{ operator: null, elsewhere: null, shape: null },
};

const clipLacks: Record<ClipLack, null> = {
  ...{ codec: null, browser: null, pictures: null, protected: null, hdr: null },
};

const unfit: Record<UnfitReason, null> = {
  ...{ run: null, planes: null, scale: null, multiple: null },
  ...{ 'not-a-number': null, black: null, constant: null, unsteady: null },
};

const more: Told[] = [
  ...(Object.keys(lacks) as OwnModelLack[]).map((lack): Told => {
    return ['own-model-unsupported', { lack, name: 'LSTM' }];
  }),
  ...(Object.keys(clipLacks) as ClipLack[]).map((lack): Told => {
    return ['clip-unsupported', { lack, codec: 'HEVC' }];
  }),
  ...(Object.keys(unfit) as UnfitReason[]).map((reason): Told => {
    return ['own-model-unfit', { ...cause, reason }];
  }),
  ['result-too-large', { ...sides, scale: 2, fits: null }],
  ['models-not-served', { url, status: null }],
  ...expectations.map((expected): Told => ['option-wrong', { path: 'here', expected }]),
];

const measures: Record<Measure, null> = {
  ...{
    tile: null,
    device: null,
    worker: null,
    precision: null,
    runtime: null,
    cpu: null,
    'cpu-anew': null,
  },
};

/** Every problem at least once, as a worker replies it. */
export const troubles: readonly Trouble[] = [...(Object.entries(facts) as Told[]), ...more].map(
  (told) => failed(...told),
);

/** Every note at least once, as a worker tells it; those after a recovery with every problem and measure. */
export const notes: readonly Note[] = [
  { note: 'first-frame', facts: {} },
  { note: 'cut-off', facts: {} },
  { note: 'depth-lost', facts: {} },
  { note: 'metadata-broken', facts: { parts: ['EXIF', 'XMP'] } },
  { note: 'gain-map-kept', facts: {} },
  { note: 'gain-map-dropped', facts: {} },
  { note: 'gain-map-lost', facts: {} },
  { note: 'model-not-kept', facts: {} },
  { note: 'pattern-missing', facts: {} },
  { note: 'speech-as-it-was', facts: { lack: 'decoder', codec: 'AC-3' } },
  { note: 'speech-as-it-was', facts: { lack: 'encoder', codec: 'AAC' } },
  { note: 'sound-converted', facts: { codec: 'AAC', to: 'Opus' } },
  { note: 'sound-left-out', facts: { lack: 'decoder', codec: 'AC-3' } },
  { note: 'sound-left-out', facts: { lack: 'encoder', codec: 'AAC' } },
  { note: 'text-left-out', facts: { kind: 'subtitles' } },
  { note: 'text-left-out', facts: { kind: 'chapters' } },
  { note: 'shake-taken-back', facts: { pixels: 17 } },
  ...troubles.map(({ problem }): Note => ({
    note: 'recovered',
    facts: { problem, measure: 'cpu' },
  })),
  ...(Object.keys(measures) as Measure[]).map((measure): Note => {
    return { note: 'recovered', facts: { problem: 'gpu-lost', measure } };
  }),
];

/** A sentence, or some: no hole is left in it, and nothing that a person cannot read. */
export const plainWords = /^[^{}[\]]*[^{}[\]\s.]\.$/;

/** What a fact that was forgotten or put in as it is looks like. */
export const notWords = /undefined|null|NaN|Infinity|\$/;
