/** The public surface of the package `enlarger`: what is not named here is nobody's to import. */
export type { EnhanceCode } from '../core/errors';
export type { Analysis } from '../core/findings/analyse';
export type { Recipe, Scale, StepTask, Variant } from '../core/recipe/recipe';
export type { Reason, Suggestion } from '../core/findings/suggest';
export { Enhancer } from './enhancer';
export { PublicError as EnhanceError } from './public-error';
export type {
  EnhanceOptions,
  EnhancerOptions,
  OpenOptions,
  Photo,
  Plan,
  PlanOptions,
  Progress,
  Report,
  Result,
} from './types';
