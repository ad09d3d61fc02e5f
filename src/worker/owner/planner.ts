import { depthOf } from '../../core/picture/raster';
import { wholeRect, type Rect } from '../../core/picture/rect';
import { makePlan, type Plan } from '../../core/plan/plan';
import { networksOf, type StepPlan } from '../../core/plan/step-plan';
import type { Ability } from '../../core/recipe/offers';
import type { Recipe } from '../../core/recipe/recipe';
import { chooseCard, type Card } from '../../models/catalog';
import { capabilitiesOf } from '../engine/machine';
import type { EnginePort } from '../engine/port';
import type { Machine } from '../engine/protocol';
import type { OwnerOptions, PlanInfo, StepInfo } from '../protocol';
import type { OpenPhoto } from './photos';
import { chooseFor, type SiteModels } from './site-models';
import type { Trials } from './trials';

/** A plan and what it was made for. */
export type Prepared = {
  readonly plan: Plan<Card>;
  readonly machine: Machine;
  /** The networks of its steps, each once. */
  readonly cards: readonly Card[];
};

/** What a planner asks. */
export type PlannerParts = {
  readonly options: Pick<OwnerOptions, 'backend' | 'tile'>;
  readonly host: EnginePort;
  readonly trials: Trials;
  readonly models: SiteModels;
};

/** Works out what a recipe would do on this machine with this site's models. */
export class Planner {
  readonly #parts: PlannerParts;

  /** @param parts What it asks. */
  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /**
   * Plans a recipe.
   *
   * @param recipe A checked recipe.
   * @param photo What it is for: its depth, and its shake as far as that is known.
   * @param part What it is for, in pixels of the photo; all of it by default.
   * @returns The plan.
   * @throws {EnhanceError} `result-too-large`, `model-not-offered`, `download-failed`, `gpu-missing`.
   */
  async prepare(
    recipe: Recipe,
    { raster, shake: { found: shake } }: OpenPhoto,
    part: Rect = wholeRect(raster),
  ): Promise<Prepared> {
    const { options, host, trials, models } = this.#parts;
    const { backend, tile } = options;
    const [found, catalog] = await Promise.all([host.identify(backend), models.catalog()]);
    const depth = depthOf(raster);
    // Half precision has too few bits for 16: its files are neither fetched nor reckoned with.
    const machine = { ...found, hasF16: found.hasF16 && depth === 8 };
    const choose = (wanted: Ability) => chooseCard(catalog, wanted, 'fast');
    const make = (paces: ReadonlyMap<Card, number | null>) =>
      makePlan(recipe, part, capabilitiesOf(machine), {
        ...{ choose, tile, shake, depth, corner: part },
        paceOf: (model) => paces.get(model) ?? null,
      });
    const paces = new Map<Card, number | null>();
    for (const { model } of networksOf(make(paces).steps)) {
      const { sha256: key } = chooseFor(machine, model);
      const trial = await trials.recall(machine, { key, runtime: machine.runtimes[0] });
      paces.set(model, trial?.isRight ? trial.pace : null);
    }
    return { plan: make(paces), machine, cards: [...paces.keys()] };
  }

  /**
   * A plan as the page is told of it.
   *
   * @param prepared The plan.
   * @returns What it would do and cost.
   */
  async describe({ plan, machine, cards }: Prepared): Promise<PlanInfo> {
    const { output, peakBytes, seconds } = plan;
    return {
      ...{ output, peakBytes, seconds },
      steps: plan.steps.flatMap(describeStep),
      downloadBytes: await this.#parts.models.missingBytes(cards, machine),
    };
  }
}

/** A step as the page is told of it; of a region, those inside. */
function describeStep(plan: StepPlan<Card>): StepInfo[] {
  if (plan.kind === 'region') return plan.steps.flatMap(describeStep);
  const { rasterBytes, workBytes, seconds, step } = plan;
  const costs = { task: step.task, bytes: rasterBytes + workBytes, seconds };
  if (plan.kind === 'network') return [{ ...costs, kind: plan.kind, model: plan.model.title }];
  const { filter, isSure } = plan.step;
  return [{ ...costs, kind: plan.kind, filter, isSure }];
}
