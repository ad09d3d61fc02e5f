import type { Suggestion } from '../../core/findings/suggest';
import { listSteps } from '../../core/recipe/recipe';
import type { Reason } from '../../core/recipe/reasons';
import { capitalise, listWords } from './sentence';
import { nameAdvice } from './task-words';
import { t } from './translate';

/**
 * Says what was found in a photo and what that suggests.
 *
 * @param suggestion The reasons, and a recipe without the steps that no model can do.
 * @returns One sentence.
 */
export function describeSuggestion({ recipe, reasons }: Suggestion): string {
  if (reasons.length === 0)
    return t(listSteps(recipe).length > 0 ? 'suggest.none' : 'suggest.nothing');
  const found = capitalise(reasons.map(describeReason).join(t('suggest.separator')));
  const steps = nameAdvice(recipe);
  return steps.length > 0
    ? t('suggest.advice', { reasons: found, steps: listWords(steps) })
    : t('suggest.reasons', { reasons: found });
}

function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'noise':
      return t('suggest.noise');
    case 'jpeg':
      return t('suggest.jpeg');
    case 'blur':
      return t('suggest.blur');
    case 'shake':
      return t('suggest.shake', { pixels: reason.pixels });
    case 'faded':
      return t('suggest.faded');
    case 'pattern':
      return t('suggest.pattern');
    case 'drawn':
      return t('suggest.drawn');
    case 'soft':
      return t('suggest.soft');
  }
}
