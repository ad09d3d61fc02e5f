import { codeOf, type Expected, type Problem, type Problems } from '../../core/errors';
import type { Note, Notes } from '../../core/notes';
import { listChoices, listWords } from './sentence';
import { nameStep } from './task-words';
import { t } from './translate';

/** Words for each, given its facts: the compiler names what has none. */
type Wording<Facts> = { readonly [Name in keyof Facts]: (facts: Facts[Name]) => string };

const problems: Wording<Problems> = {
  'file-unreadable': () => t('problem.file-unreadable'),
  'file-empty': () => t('problem.file-empty'),
  'file-foreign': ({ kind }) => t('problem.file-foreign', { kind: t(`foreign.${kind}`) }),
  'file-unknown': () => t('problem.file-unknown'),
  'file-damaged': (facts) => t('problem.file-damaged', facts),
  'clip-unsupported': ({ lack, codec }) =>
    lack === 'codec' ? t('problem.clip.codec', { codec }) : t(`problem.clip.${lack}`),
  'file-cut-off': (facts) => t('problem.file-cut-off', facts),
  'large-file-undecodable': (facts) => t('problem.large-file-undecodable', facts),
  'jpeg-kind-unsupported': () => t('problem.jpeg-kind-unsupported'),
  'tiff-kind-unsupported': () => t('problem.tiff-kind-unsupported'),
  'photo-too-large': (facts) => {
    const megapixels = Math.ceil((facts.width * facts.height) / 1e6);
    return t('problem.photo-too-large', { ...facts, megapixels });
  },
  'no-memory-to-open': (facts) => t('problem.no-memory-to-open', facts),
  'result-too-large': ({ scale, width, height, fits }) => {
    const megapixels = Math.round((width * height) / 1e6);
    if (fits === null) return t('problem.result-too-large.crop', { scale, megapixels });
    return t('problem.result-too-large', { scale, megapixels, fits });
  },
  'result-over-limit': ({ mostPixels }) =>
    t('problem.result-over-limit', { megapixels: Number((mostPixels / 1e6).toPrecision(2)) }),
  'side-too-long': (facts) =>
    t('problem.side-too-long', { ...facts, others: listChoices(facts.others) }),
  'area-too-large': (facts) =>
    t('problem.area-too-large', { ...facts, others: listChoices(facts.others) }),
  'no-memory-to-save': (facts) => t('problem.no-memory-to-save', facts),
  'codec-missing': (facts) => t('problem.codec-missing', facts),
  'encoder-missing': (facts) => t('problem.encoder-missing', facts),
  'catalog-unreadable': () => t('problem.catalog-unreadable'),
  'catalog-wrong': ({ path, expected }) =>
    t('problem.catalog-wrong', { path, expected: describeExpected(expected) }),
  'model-not-offered': ({ task, scale }) =>
    t('problem.model-not-offered', { task: nameStep({ task }), scale }),
  'model-not-runnable': (facts) => t('problem.model-not-runnable', facts),
  'download-failed': () => t('problem.download-failed'),
  'catalog-too-long': () => t('problem.catalog-too-long'),
  'download-stalled': (facts) => t('problem.download-stalled', facts),
  'models-not-served': () => t('problem.models-not-served'),
  'model-altered': () => t('problem.model-altered'),
  'file-altered': ({ url }) => t('problem.file-altered', { name: url.split('/').at(-1) ?? url }),
  'other-origin': ({ url }) => t('problem.other-origin', { host: new URL(url).host }),
  'model-refused': () => t('problem.model-refused'),
  'own-model-damaged': (facts) => t('problem.own-model-damaged', facts),
  'own-model-unsafe': (facts) => t('problem.own-model-unsafe', facts),
  'own-model-too-large': (facts) => t('problem.own-model-too-large', facts),
  'own-model-unsupported': ({ lack, name }) =>
    lack === 'file' ? t('problem.own-model.file') : t(`problem.own-model.${lack}`, { name }),
  'model-without-output': () => t('problem.model-without-output'),
  'golden-damaged': () => t('problem.golden-damaged'),
  'own-model-unfit': ({ reason }) => t(`problem.own-unfit.${reason}`),
  'own-model-missing': (facts) => t('problem.own-model-missing', facts),
  'page-insecure': () => t('problem.page-insecure'),
  'storage-full': () => t('problem.storage-full'),
  'gpu-missing': () => t('problem.gpu-missing'),
  'gpu-lost': () => t('problem.gpu-lost'),
  'gpu-memory': () => t('problem.gpu-memory'),
  'gpu-refused': () => t('problem.gpu-refused'),
  'gpu-picture-damaged': () => t('problem.gpu-picture-damaged'),
  'network-size-wrong': () => t('problem.network-size-wrong'),
  'network-not-a-number': () => t('problem.network-not-a-number'),
  'trial-failed': () => t('problem.trial-failed'),
  'engine-stopped': () => t('problem.engine-stopped'),
  'worker-died': () => t('problem.worker-died'),
  'photo-missing': () => t('problem.photo-missing'),
  'result-missing': () => t('problem.result-missing'),
  'mask-of-other-photo': (facts) => t('problem.mask-of-other-photo', facts),
  'crop-outside-photo': (facts) => t('problem.crop-outside-photo', facts),
  'damage-everywhere': () => t('problem.damage-everywhere'),
  'option-wrong': ({ path, expected }) =>
    t('problem.option-wrong', { path, expected: describeExpected(expected) }),
  cancelled: () => t('run.cancelled'),
  'no-memory': () => t('problem.no-memory'),
  unexpected: (facts) => t('problem.unexpected', facts),
};

const notes: Wording<Notes> = {
  'first-frame': () => t('note.first-frame'),
  'cut-off': () => t('note.cut-off'),
  'depth-lost': () => t('note.depth-lost'),
  'colours-converted': () => t('note.colours-converted'),
  'metadata-broken': ({ parts }) => t('note.metadata-broken', { parts: listWords(parts) }),
  'gain-map-kept': () => t('note.gain-map-kept'),
  'gain-map-dropped': () => t('note.gain-map-dropped'),
  'gain-map-lost': () => t('note.gain-map-lost'),
  'model-not-kept': () => t('note.model-not-kept'),
  'pattern-missing': () => t('note.pattern-missing'),
  'speech-as-it-was': ({ lack, codec }) => t(`note.speech.${lack}`, { codec }),
  'sound-converted': (facts) => t('note.sound-converted', facts),
  'sound-left-out': ({ lack, codec }) => t(`note.left-out.${lack}`, { codec }),
  'text-left-out': ({ kind }) => t(`note.text-left-out.${kind}`),
  'shake-taken-back': (facts) => t('note.shake-taken-back', facts),
  recovered: ({ problem, measure }) =>
    t('note.recovered', { cause: describeCause(problem), measure: t(`measure.${measure}`) }),
};

/**
 * Says what went wrong, what is kept and what to do next.
 *
 * @param trouble A failed reply, or an `EnhanceError`.
 * @returns One sentence, or some.
 */
export function describeProblem<P extends Problem>(trouble: {
  readonly problem: P;
  readonly facts: Problems[P];
}): string {
  return problems[trouble.problem](trouble.facts);
}

/**
 * Says what a person should know.
 *
 * @param all What the worker noted, of a photo or of a run.
 * @returns A sentence for each, none twice.
 */
export function describeNotes(all: readonly Note[]): string[] {
  return [...new Set(all.map(describeNote))];
}

function describeNote<Name extends keyof Notes>(note: {
  readonly note: Name;
  readonly facts: Notes[Name];
}): string {
  return notes[note.note](note.facts);
}

/** Why something else had to be done: shorter than the problem's own words, as it is over. */
function describeCause(problem: Problem): string {
  if (problem === 'gpu-refused') return t('cause.work');
  switch (codeOf[problem]) {
    case 'out-of-memory':
      return t('cause.memory');
    case 'device-lost':
      return t('cause.device');
    case 'wrong-result':
      return t('cause.picture');
    case 'model-corrupt':
      return t('cause.model');
    default:
      return t('cause.engine');
  }
}

function describeExpected(expected: Expected): string {
  if (typeof expected === 'string') return t(`expected.${expected}`);
  if ('oneOf' in expected)
    return t('expected.oneOf', { choices: listChoices(expected.oneOf.map(String)) });
  if ('names' in expected) return t('expected.names', { names: expected.names.join(', ') });
  if ('bytes' in expected) return t('expected.bytes', expected);
  if ('least' in expected)
    return t(expected.isWhole ? 'expected.wholeRange' : 'expected.range', expected);
  if ('wholeFrom' in expected) return t('expected.wholeFrom', { least: expected.wholeFrom });
  if ('mostItems' in expected) return t('expected.mostItems', { most: expected.mostItems });
  if ('before' in expected) return t('expected.before', { other: expected.before });
  return t('expected.equalTo', { other: expected.equalTo, value: expected.value });
}
