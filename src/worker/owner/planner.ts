import { depthOf } from '../../core/picture/raster';
import { wholeRect, type Rect } from '../../core/picture/rect';
import { makePlan, type Plan } from '../../core/plan/plan';
import { isTimely } from '../../core/plan/tier';
import { networksOf, type StepPlan } from '../../core/plan/step-plan';
import { EnhanceError } from '../../core/errors';
import { tiers, type OwnName, type Tier } from '../../core/recipe/kinds';
import type { Ability } from '../../core/recipe/offers';
import type { Recipe } from '../../core/recipe/recipe';
import { chooseCard, type Card, type Catalog } from '../../models/catalog';
import type { OwnModel } from '../../models/own/own-shelf';
import { capabilitiesOf } from '../engine/machine';
import type { EnginePort } from '../engine/port';
import type { Machine } from '../engine/protocol';
import type { OwnerOptions, PlanInfo, StepInfo } from '../protocol';
import { checkMask, type OpenPhoto } from './photos';
import type { ResultPlaces } from './picture-file';
import { chooseFor, type SiteModels } from './site-models';
import type { Trials } from './trials';

/** A plan and what it was made for. */
export type Prepared = {
  readonly plan: Plan<Card>;
  readonly machine: Machine;
  /** The networks of its steps, each once. */
  readonly cards: readonly Card[];
  /** What is held beside the photo that the plan is for. */
  readonly besideBytes: number;
  /** See {@link PlanInfo}. */
  readonly tierSeconds: PlanInfo['tierSeconds'];
};

/** What a planner asks. */
export type PlannerParts = {
  readonly options: Pick<OwnerOptions, 'backend' | 'tile'>;
  readonly host: EnginePort;
  readonly trials: Trials;
  readonly models: SiteModels;
  /** Where results lie that are too large for memory; all are held there by default. */
  readonly results?: Pick<ResultPlaces, 'room'>;
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
   * @param kept Networks that made what came before, by their ids: the machine's pace takes no other in their place.
   * @returns The plan.
   * @throws {EnhanceError} `result-too-large`, `model-not-offered`, `download-failed`, `gpu-missing`,
   *   `mask-of-other-photo`, `damage-everywhere`.
   */
  async prepare(
    recipe: Recipe,
    { raster, besideBytes, shake: { found: shake } }: OpenPhoto,
    part: Rect = wholeRect(raster),
    kept: readonly string[] = [],
  ): Promise<Prepared> {
    checkMask(recipe.damage, raster);
    const { options, host, trials, models, results } = this.#parts;
    const { backend, tile } = options;
    const [found, catalog, own, room] = await Promise.all([
      ...([host.identify(backend), models.catalog(), models.own()] as const),
      results?.room() ?? 0,
    ]);
    const depth = depthOf(raster);
    // Half precision has too few bits for 16: its files are neither fetched nor reckoned with.
    const machine = { ...found, hasF16: found.hasF16 && depth === 8 };
    const paces = new Map<Card, number>();
    const wrong = new Set<Card>();
    const make = (all?: Tier) =>
      makePlan(recipe, part, capabilitiesOf(machine), {
        choose: ({ tier, own: name, ...wanted }: Ability & { readonly own?: OwnName }) =>
          name
            ? findOwn(own, name)
            : chooseCard(
                catalog,
                wanted,
                all ?? tier ?? fittingTier(catalog, wanted, { paces, wrong, kept }),
              ),
        paceOf: (model) => paces.get(model) ?? null,
        ...{ tile, shake, depth, room, corner: part },
      });
    for (const { model } of tiers.flatMap((tier) => networksOf(make(tier).steps))) {
      const { sha256: key } = chooseFor(machine, model);
      const trial = await trials.recall(machine, { key, runtime: machine.runtimes[0] });
      if (trial && !trial.isRight) wrong.add(model);
      else if (trial && trial.pace !== null) paces.set(model, trial.pace);
    }
    const plan = make();
    const cards = modelsOf(plan);
    const ofTiers = tiers.map((tier) => [tier, make(tier)] as const);
    return { plan, machine, cards, besideBytes, tierSeconds: compare(ofTiers) };
  }

  /**
   * A plan as the page is told of it.
   *
   * @param prepared The plan.
   * @returns What it would do and cost.
   */
  async describe({ plan, machine, cards, besideBytes, tierSeconds }: Prepared): Promise<PlanInfo> {
    const { saved: output, seconds } = plan;
    const peakBytes = plan.peakBytes + besideBytes;
    return {
      ...{ output, peakBytes, seconds, tierSeconds },
      steps: plan.steps
        .flatMap(describeStep)
        .map((step) => ({ ...step, bytes: step.bytes + besideBytes })),
      downloadBytes: await this.#parts.models.missingBytes(cards, machine),
    };
  }
}

/** The model that a recipe names. */
function findOwn(own: ReadonlyMap<string, OwnModel>, { sha256, title }: OwnName): Card {
  const model = own.get(sha256);
  if (!model) throw new EnhanceError('own-model-missing', { title, sha256 });
  return model.card;
}

/** What trials on this machine have shown. */
type Trialled = {
  /** Milliseconds per multiply-accumulate, where it was measured. */
  readonly paces: ReadonlyMap<Card, number>;
  /** Networks that it computes wrongly. */
  readonly wrong: ReadonlySet<Card>;
  /** Networks that are used as long as they are right, whatever their pace; by their ids. */
  readonly kept: readonly string[];
};

/** A step as the page is told of it; of a region, those inside. */
function describeStep(plan: StepPlan<Card>): StepInfo[] {
  if (plan.kind === 'region') return plan.steps.flatMap(describeStep);
  const { rasterBytes, workBytes, seconds, step } = plan;
  const costs = { task: step.task, bytes: rasterBytes + workBytes, seconds };
  if (plan.kind === 'network') return [{ ...costs, kind: plan.kind, model: plan.model.title }];
  const { filter, isSure } = plan.step;
  return [{ ...costs, kind: plan.kind, filter, isSure }];
}

/**
 * The tier that this machine computes rightly, and has the pace for, or had when what came before was made. As long as the network of quality was never
 * measured here, the pace of the fast one, which a GPU is less busy with, stands for its own.
 */
function fittingTier(catalog: Catalog, wanted: Ability, { paces, wrong, kept }: Trialled): Tier {
  const [fast, quality] = tiers.map((tier) => chooseCard(catalog, wanted, tier));
  if (quality && wrong.has(quality)) return 'fast';
  if (quality && kept.includes(quality.id)) return 'quality';
  if (fast && kept.includes(fast.id)) return 'fast';
  const pace = (quality && paces.get(quality)) ?? (fast && paces.get(fast));
  return quality && pace !== undefined && isTimely(quality, pace) ? 'quality' : 'fast';
}

/** What plans of each tier would take; null where they are the same. */
function compare(plans: readonly (readonly [Tier, Plan<Card>])[]): PlanInfo['tierSeconds'] {
  const [first, ...others] = plans.map(([, plan]) =>
    modelsOf(plan)
      .map(({ id }) => id)
      .join(),
  );
  if (others.every((models) => models === first)) return null;
  return Object.fromEntries(plans.map(([tier, { seconds }]) => [tier, seconds])) as Record<
    Tier,
    number | null
  >;
}

function modelsOf({ steps }: Plan<Card>): readonly Card[] {
  return [...new Set(networksOf(steps).map(({ model }) => model))];
}
