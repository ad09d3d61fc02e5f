import { clipContainers, type ClipContainer, type ClipMetadataWish } from '../core/film/clip';
import { bitRates, clipQualities, type ClipQuality } from '../core/film/clip-quality';
import { filmRates, type FilmRate } from '../core/film/frame-rate';
import { optionValidator as check } from '../core/validator';
import type { ClipRequest } from '../worker/clip-request';
import type { ClipOptions, ClipProgress, ClipResult } from './clip-types';
import { checkSignal, parseWish, readListener, readMetadata, type Wish } from './options';

/** What is wanted of a clip, after the door. */
export type ClipWish = Wish & {
  readonly from: number;
  readonly to: number;
  readonly film: Pick<
    ClipRequest,
    'deflicker' | 'steadyDetail' | 'deband' | 'rate' | 'cleanSpeech'
  > & { readonly rate?: FilmRate };
  readonly format: ClipContainer | 'auto';
  readonly quality: ClipQuality;
  readonly metadata: ClipMetadataWish;
  /** Undefined for the recipe's or the preset's own. */
  readonly strength?: number;
  readonly writable: WritableStream | undefined;
  readonly onProgress: (progress: ClipProgress) => void;
  readonly onPart: (part: ClipResult) => void;
};

const containers = ['auto', ...(Object.keys(clipContainers) as ClipContainer[])] as const;

/** Seconds that no clip lasts: a year. */
const mostSeconds = 31_536_000;

/**
 * Checks how a clip is to be enhanced.
 *
 * @param value Anything.
 * @returns What is asked for, with every default filled in.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseClipOptions(value: ClipOptions): ClipWish {
  const fields = check.object(value, 'options', [
    ...['recipe', 'preset', 'model', 'scale', 'size', 'from', 'to', 'film', 'format', 'quality'],
    ...['strength', 'metadata', 'writable', 'signal', 'onProgress', 'onPart'],
  ]);
  const { film = {}, format, quality, strength, writable, signal, onProgress, onPart } = fields;
  checkSignal(signal);
  const time = (name: 'from' | 'to', usual: number) =>
    fields[name] === undefined
      ? usual
      : check.between(fields[name], [-mostSeconds, mostSeconds], `options.${name}`);
  const [from, to] = [time('from', -Infinity), time('to', Infinity)];
  if (from >= to) throw check.wrong('options.from', { before: 'options.to' });
  const isOpen = writable instanceof WritableStream && !writable.locked;
  if (writable !== undefined && !isOpen) throw check.wrong('options.writable', 'writable');
  return {
    ...parseWish(fields),
    ...{ from, to, film: parseFilm(film) },
    format: check.oneOf(format ?? 'auto', containers, 'options.format'),
    quality: parseQuality(quality ?? 'same'),
    metadata: readMetadata(fields['metadata']),
    ...(strength !== undefined && {
      strength: check.between(strength, [0, 1], 'options.strength'),
    }),
    writable: isOpen ? writable : undefined,
    onProgress: readListener(onProgress, 'options.onProgress'),
    onPart: readListener(onPart, 'options.onPart'),
  };
}

function parseFilm(value: unknown): ClipWish['film'] {
  const { frameRate, ...film } = check.object(value, 'options.film', [
    ...['deflicker', 'steadyDetail', 'deband', 'frameRate', 'cleanSpeech'],
  ]);
  const flag = (name: string) => check.flag(film[name] ?? false, `options.film.${name}`);
  const share = (name: string) => check.between(film[name] ?? 0, [0, 1], `options.film.${name}`);
  return {
    ...{ deflicker: flag('deflicker'), steadyDetail: flag('steadyDetail') },
    ...{ deband: share('deband'), cleanSpeech: share('cleanSpeech') },
    ...(frameRate !== undefined && {
      rate: check.oneOf(frameRate, filmRates, 'options.film.frameRate'),
    }),
  };
}

function parseQuality(value: unknown): ClipQuality {
  return typeof value === 'number'
    ? Math.round(check.between(value, bitRates, 'options.quality'))
    : check.oneOf(value, clipQualities, 'options.quality');
}
