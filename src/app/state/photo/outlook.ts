import type { Reply } from '../../../core/errors';
import { isSamePlan, type Recipe } from '../../../core/recipe/recipe';
import type { OwnerCalls } from '../../../worker/client';
import type { OpenedPhoto, PlanInfo } from '../../../worker/protocol';

/** What of the workbench an outlook reads and changes. */
export type OutlookBench = {
  readonly photo: OpenedPhoto | null;
  readonly opening: string;
  readonly recipe: Recipe;
  readonly run: object | null;
  plan: Reply<PlanInfo> | null;
};

/** Works out what a run would do, before anybody wants it. */
export class Outlook {
  readonly #enhancer: Pick<OwnerCalls, 'plan' | 'rehearse'>;
  readonly #bench: OutlookBench;
  readonly #mayPrepare: () => boolean;

  /**
   * @param enhancer Plans.
   * @param bench Where photo and recipe are, and the plan goes.
   * @param mayPrepare Whether models may be loaded before they are asked for.
   */
  constructor(
    enhancer: Pick<OwnerCalls, 'plan' | 'rehearse'>,
    bench: OutlookBench,
    mayPrepare: () => boolean,
  ) {
    this.#enhancer = enhancer;
    this.#bench = bench;
    this.#mayPrepare = mayPrepare;
  }

  /** Plans the present recipe; where its time is not known yet, the models are tried out behind it. */
  async renew(): Promise<void> {
    const bench = this.#bench;
    bench.plan = null;
    const { recipe } = bench;
    const reply = await this.#ask(recipe, 'plan');
    if (!reply) return;
    bench.plan = reply;
    const isTimed = !reply.ok || reply.value.seconds !== null;
    if (!isTimed && this.#mayPrepare()) void this.#rehearse(recipe);
  }

  async #rehearse(recipe: Recipe): Promise<void> {
    const reply = await this.#ask(recipe, 'rehearse');
    if (reply?.ok && !this.#bench.run) this.#bench.plan = reply;
  }

  /** What a run of a recipe would do; null where something else is opened or asked for by then. */
  async #ask(recipe: Recipe, how: 'plan' | 'rehearse'): Promise<Reply<PlanInfo> | null> {
    const bench = this.#bench;
    const { photo } = bench;
    if (!photo) return null;
    const reply = await this.#enhancer[how](photo.id, recipe);
    const isThere = bench.photo?.id === photo.id && bench.opening === '';
    return isThere && isSamePlan(recipe, bench.recipe) ? reply : null;
  }
}
