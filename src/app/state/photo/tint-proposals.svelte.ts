import type { Size } from '../../../core/picture/rect';
import { mostTintStrokes, type TintStroke } from '../../../core/recipe/tint';
import type { OwnerCalls } from '../../../worker/client';
import { describeProblem } from '../../i18n/problem';
import { proposalWord } from '../../i18n/en-proposals';
import { tintWords } from '../../i18n/en-tint';
import type { Workbench } from './workbench.svelte';

/** A stroke that is proposed, and nothing more until a person takes it. */
export type Proposal = { readonly key: number; readonly stroke: TintStroke };

/** What a search came to: of a photo in one frame; in another all would lie elsewhere. */
type Found = Size & {
  readonly photo: number;
  readonly list: readonly Proposal[];
  /** Where there are none: that, or why it failed. */
  readonly outcome: string | null;
};

/** What of the workbench it reads and changes. */
type Bench = Pick<Workbench, 'photo' | 'finish' | 'status' | 'offers'>;

/** Strokes that a network proposes for the open photo; only what a person takes is painted. */
export class TintProposals {
  /** Whether they are being looked for. */
  isLooking = $state(false);
  #found = $state.raw<Found | null>(null);
  readonly #enhancer: Pick<OwnerCalls, 'proposeTint'>;
  readonly #bench: Bench;

  /**
   * @param enhancer Looks.
   * @param bench Has the photo and the finish.
   */
  constructor(enhancer: Pick<OwnerCalls, 'proposeTint'>, bench: Bench) {
    this.#enhancer = enhancer;
    this.#bench = bench;
  }

  /** Whether there is a network here that proposes colours. */
  get isOffered(): boolean {
    return this.#bench.offers.some(({ task }) => task === 'propose-colours');
  }

  /** Those that are neither taken nor dropped, the surest first. */
  get list(): readonly Proposal[] {
    return this.#present?.list ?? [];
  }

  /** What the last search came to, where it proposes nothing. */
  get outcome(): string | null {
    return this.#present?.outcome ?? null;
  }

  /** Looks for colours in the open photo, and shows where it would paint which. */
  async find(): Promise<void> {
    const { photo } = this.#bench;
    if (!photo || this.isLooking) return;
    const { id, width, height } = photo;
    const of = { photo: id, width, height };
    this.isLooking = true;
    this.#found = null;
    this.#bench.status = proposalWord('looking');
    const reply = await this.#enhancer.proposeTint(id);
    this.isLooking = false;
    const list = reply.ok ? reply.value.map((stroke, key) => ({ key, stroke })) : [];
    let outcome: string | null = null;
    if (!reply.ok) outcome = proposalWord('failed', { reason: describeProblem(reply) });
    else if (list.length === 0) outcome = proposalWord('unsure');
    this.#found = { ...of, list, outcome };
    if (this.#present)
      this.#bench.status = outcome ?? proposalWord('found', { count: list.length });
  }

  /**
   * Gives a proposal another colour.
   *
   * @param key Which.
   * @param colour `#rrggbb`.
   */
  recolour(key: number, colour: string): void {
    this.#keep(
      this.list.map((each) =>
        each.key === key ? { key, stroke: { ...each.stroke, colour } } : each,
      ),
    );
  }

  /**
   * Paints some proposals, in one change of the finish.
   *
   * @param keys Which.
   */
  take(keys: readonly number[]): void {
    const { finish } = this.#bench;
    const taken = this.list.filter(({ key }) => keys.includes(key)).map(({ stroke }) => stroke);
    const strokes = [...(finish.tint?.strokes ?? []), ...taken];
    if (strokes.length > mostTintStrokes) this.#bench.status = tintWords.full;
    else {
      this.#bench.finish = { ...finish, tint: { v: 1, strokes } };
      this.#bench.status = proposalWord('taken', { count: taken.length });
      this.#leave(keys);
    }
  }

  /**
   * Forgets some proposals.
   *
   * @param keys Which.
   */
  drop(keys: readonly number[]): void {
    this.#bench.status = proposalWord('dropped', { count: keys.length });
    this.#leave(keys);
  }

  #leave(keys: readonly number[]): void {
    this.#keep(this.list.filter(({ key }) => !keys.includes(key)));
  }

  #keep(list: readonly Proposal[]): void {
    if (this.#found) this.#found = { ...this.#found, list };
  }

  /** What was found in the photo as it is shown now. */
  get #present(): Found | null {
    const [found, photo] = [this.#found, this.#bench.photo];
    const isSame =
      found?.photo === photo?.id &&
      found?.width === photo?.width &&
      found?.height === photo?.height;
    return isSame ? found : null;
  }
}
