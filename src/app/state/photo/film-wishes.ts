import type { FilmRate } from '../../../core/film/frame-rate';
import type { ClipRequest } from '../../../worker/clip-request';
import type { FilmWishes } from '../../platform/film-store';

/** How a clip is coded: by a name, or in as many bits as the person says. */
export type QualityChoice = 'same' | 'smaller' | 'custom';

/** What the tab Film has fields for, the stretch apart. */
export type FilmFields = {
  readonly rate: FilmRate | null;
  readonly deflicker: boolean;
  readonly steadyDetail: boolean;
  readonly deband: boolean;
  readonly debandStrength: number;
  readonly cleanSpeech: boolean;
  readonly speechStrength: number;
  readonly quality: QualityChoice;
  readonly bitRate: number;
};

/** What is done to the pictures in their order, and to the sounds, and how they are coded, beside the recipe. */
export type FilmSteps = Pick<
  ClipRequest,
  'rate' | 'deflicker' | 'steadyDetail' | 'deband' | 'cleanSpeech' | 'quality'
>;

/**
 * What the fields ask for.
 *
 * @param fields The fields.
 * @returns For a run.
 */
export function stepsOf(fields: FilmFields): FilmSteps {
  const { rate, deflicker, steadyDetail, deband, cleanSpeech, quality } = fields;
  return {
    ...(rate && { rate }),
    ...{ deflicker, steadyDetail },
    quality: quality === 'custom' ? fields.bitRate : quality,
    ...(deband && { deband: fields.debandStrength }),
    ...(cleanSpeech && { cleanSpeech: fields.speechStrength }),
  };
}

/**
 * The fields that ask for something.
 *
 * @param film What is asked for.
 * @returns The fields; strengths and a bit rate that count for nothing are left out.
 */
export function fieldsOf(film: Partial<FilmWishes>): Partial<FilmFields> {
  const { rate = null, deflicker = false, steadyDetail = false } = film;
  const { deband = 0, cleanSpeech = 0, quality = 'same' } = film;
  return {
    ...{ rate, deflicker, steadyDetail, deband: deband > 0, cleanSpeech: cleanSpeech > 0 },
    ...(deband > 0 && { debandStrength: deband }),
    ...(cleanSpeech > 0 && { speechStrength: cleanSpeech }),
    ...(typeof quality === 'number' ? { quality: 'custom', bitRate: quality } : { quality }),
  };
}
