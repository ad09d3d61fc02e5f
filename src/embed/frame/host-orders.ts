import { failed } from '../../core/errors';
import { t } from './words';
import type { Fault, FrameMessage, HostMessage, Settings, StatedModel } from '../protocol';
import { asFault } from './fault';
import type { Guest } from './guest.svelte';
import { NewestBox } from './newest-box';

/** What a host says to a guest that is there. */
export type Order = Exclude<HostMessage, { type: 'configure' }>;

type PhotoOrder = Extract<Order, { type: 'open' }> | { readonly type: 'close' };

/** What a host's orders are given to. */
export type Ordered = Pick<
  Guest,
  'configure' | 'open' | 'enhance' | 'cancel' | 'close' | 'write' | 'go' | 'models'
>;

/**
 * Does what the host says, and answers each request once. Of settings, and of photos to be opened and closed,
 * only the last that has been said by then counts; any number of pings is one.
 */
export class HostOrders {
  readonly #guest: Ordered;
  readonly #send: (message: FrameMessage) => void;
  readonly #settings: NewestBox<Settings>;
  readonly #photo: NewestBox<PhotoOrder>;
  readonly #models: NewestBox<readonly StatedModel[]>;
  readonly #pings: NewestBox<null>;
  readonly #soon: (work: () => void) => void;
  /** Worded once, for who is refused a hundred thousand times. */
  readonly #busy: Fault = { code: 'busy', message: t('embed.busy') };
  readonly #overtaken = asFault(failed('cancelled'));
  /** Whether a run is wished for already by what was said last, all at once. */
  #isWished = false;

  /**
   * @param guest Who does it.
   * @param send Says something to the host.
   * @param soon Calls something once all that has already been said is heard.
   */
  constructor(
    guest: Ordered,
    send: (message: FrameMessage) => void,
    soon: (work: () => void) => void,
  ) {
    this.#guest = guest;
    this.#send = send;
    this.#soon = soon;
    this.#settings = new NewestBox((settings) => guest.configure(settings), soon);
    this.#photo = new NewestBox(
      (order) => void this.#change(order),
      soon,
      (order) => order.type === 'open' && this.#answer(order.id, this.#overtaken),
    );
    this.#models = new NewestBox((models) => void guest.models.hear(models), soon);
    this.#pings = new NewestBox(() => send({ type: 'pong' }), soon);
  }

  /**
   * Takes over the host's wishes.
   *
   * @param settings All of them.
   */
  configure(settings: Settings): void {
    this.#settings.put(settings);
  }

  /**
   * Does what the host says.
   *
   * @param order What.
   */
  async obey(order: Order): Promise<void> {
    const guest = this.#guest;
    if (order.type !== 'enhance') this.#isWished = false;
    switch (order.type) {
      case 'ping':
        return this.#pings.put(null);
      case 'models':
        return this.#models.put(order.models);
      case 'model':
        return guest.models.take(order.id, order.part);
      case 'go':
        return guest.go();
      case 'cancel':
        return guest.cancel();
      case 'open':
        return this.#photo.put(order);
      case 'close':
        return this.#photo.put({ type: 'close' });
      case 'enhance': {
        const { id, recipe } = order;
        // Before any work.
        if (this.#isWished) return this.#answer(id, this.#busy);
        this.#isWished = true;
        this.#soon(() => (this.#isWished = false));
        const isThere = async (): Promise<void> => {
          await this.#photo.emptied();
          this.#settings.empty();
        };
        return this.#answer(id, await guest.enhance(recipe, isThere));
      }
      case 'save':
        this.#settings.empty();
        return this.#answer(order.id, await guest.write(order.options));
    }
  }

  async #change(order: PhotoOrder): Promise<void> {
    this.#settings.empty();
    if (order.type === 'close') return this.#guest.close();
    const { id, file, name } = order;
    const photo = new File([file], name, { type: file.type });
    this.#answer(id, await this.#guest.open(photo));
  }

  #answer(id: number, outcome: Blob | Fault | null): void {
    if (outcome === null || outcome instanceof Blob)
      this.#send({ type: 'done', id, blob: outcome });
    else this.#send({ type: 'failed', id, code: outcome.code, message: outcome.message });
  }
}
