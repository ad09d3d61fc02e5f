import type { Size } from '../../core/picture/rect';
import { makePlan, type Plan } from '../../core/plan/plan';
import { listSteps, type Recipe } from '../../core/recipe/recipe';
import { chooseCard, type Ability, type Card } from '../../models/catalog';
import { capabilitiesOf } from '../engine/machine';
import type { EnginePort } from '../engine/port';
import type { Machine } from '../engine/protocol';
import type { OwnerOptions, PlanInfo } from '../protocol';
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
   * @param size The photo's size.
   * @returns The plan.
   * @throws {EnhanceError} `too-large`, `model-missing`, `offline`, `no-gpu`.
   */
  async prepare(recipe: Recipe, size: Size): Promise<Prepared> {
    const { options, host, trials, models } = this.#parts;
    const [machine, catalog] = await Promise.all([
      host.identify(options.backend),
      models.catalog(),
    ]);
    const choose = (wanted: Ability) => chooseCard(catalog, wanted, 'fast');
    const paces = new Map<Card, number | null>();
    for (const model of listSteps(recipe).map(choose)) {
      const { sha256: key } = chooseFor(machine, model);
      const trial = await trials.recall(machine, { key, runtime: machine.runtimes[0] });
      paces.set(model, trial?.isRight ? trial.pace : null);
    }
    const plan = makePlan(recipe, size, capabilitiesOf(machine), {
      choose,
      paceOf: (model) => paces.get(model) ?? null,
      tile: options.tile,
    });
    return { plan, machine, cards: [...paces.keys()] };
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
      steps: plan.steps.map(({ step, model }) => ({ task: step.task, model: model.title })),
      downloadBytes: await this.#parts.models.missingBytes(cards, machine),
    };
  }
}
