/** The public surface of the package `enlarger`: what is not named here is nobody's to import. */
export type { EnhanceCode } from '../core/errors';
export type { Analysis } from '../core/findings/analyse';
export type { Suggestion } from '../core/findings/suggest';
export type { Finish } from '../core/recipe/finish';
export type { Scale, Variant } from '../core/recipe/kinds';
export type { PresetName } from '../core/recipe/presets';
export type { Reason } from '../core/recipe/reasons';
export type { Recipe, RecipeStep, RecipeV1 } from '../core/recipe/recipe';
export type { StepTask } from '../core/recipe/tasks';
export type { ClipOptions, ClipProgress, ClipResult, FilmSteps } from './clip-types';
export { Enhancer } from './enhancer';
export { PublicError as EnhanceError } from './public-error';
export type {
  BroughtModel,
  EnhanceManyOptions,
  EnhanceOptions,
  EnhancerOptions,
  OpenOptions,
  Outcome,
  Photo,
  Plan,
  PlanOptions,
  PlanStep,
  Progress,
  Report,
  RecipeWish,
  ReportStep,
  Result,
  StepWish,
} from './types';
