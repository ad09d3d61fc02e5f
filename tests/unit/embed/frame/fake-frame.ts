import { vi } from 'vitest';
import type { Easel } from '../../../../src/app/state/photo/easel';
import { Workbench } from '../../../../src/app/state/photo/workbench.svelte';
import { failed, type Reply } from '../../../../src/core/errors';
import type { RunReport } from '../../../../src/worker/reports';
import type { FrameMessage, HostMessage, Settings } from '../../../../src/embed/protocol';
import { Guest } from '../../../../src/embed/frame/guest.svelte';
import { ModelDoor } from '../../../../src/embed/frame/model-door.svelte';
import { HostOrders } from '../../../../src/embed/frame/host-orders';
import { longMs } from '../../../../src/embed/frame/sight.svelte';
import { FakeOwner, settle } from '../../app/fake-owner';
import { usualSettings } from '../../../embed-settings';

type Message<Type extends FrameMessage['type']> = Extract<FrameMessage, { readonly type: Type }>;

/** What a host says by default. */
export const defaults: Settings = usualSettings;

/** A worker of a frame, which notes how openings and runs have ended. */
export class FakeClient extends FakeOwner {
  waiting = false;
  maxPixels = 0;
  takesClips = false;
  readonly opened = new WeakMap<File, Awaited<ReturnType<FakeOwner['open']>>>();
  ran: Reply<RunReport> | null = null;

  go(): void {
    this.log.push('go');
  }

  override async open(file: File): ReturnType<FakeOwner['open']> {
    const reply = await super.open(file);
    this.opened.set(file, reply);
    return reply;
  }

  override async enhance(
    ...given: Parameters<FakeOwner['enhance']>
  ): ReturnType<FakeOwner['enhance']> {
    const reply = await super.enhance(...given);
    this.ran = reply;
    return reply;
  }

  override async cancel(): Promise<void> {
    await super.cancel();
    try {
      this.answer('enhance', failed('cancelled'));
    } catch {
      // Nothing runs.
    }
  }
}

/** A frame without a page: a guest, its worker, and what the host has heard. */
export class FakeFrame {
  readonly client = new FakeClient();
  readonly heard: FrameMessage[] = [];
  readonly page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
  readonly guest: Guest;
  /** How much a run at the photo's own size has changed, in levels. */
  change = 5;
  readonly orders: HostOrders;
  readonly #soon: (() => void)[] = [];
  readonly #observers: ((entries: object[]) => void)[] = [];

  /** @param settings What the host says first, as far as it is not usual. */
  constructor(settings: Partial<Settings> = {}) {
    const nothing = () => undefined;
    const layers = { show: nothing, beginRun: nothing, endRun: nothing, dropResult: nothing };
    const details = { show: nothing, refresh: nothing, reset: nothing };
    const view = { viewport: { x: 0, y: 0 }, native: 1, show: nothing };
    const parts = { enhancer: this.client, layers, view, details };
    const asked = { reducedMotion: () => true, mayPrepare: () => false, keepsScale: true };
    const workbench = new Workbench({ ...parts, ...asked } as unknown as ConstructorParameters<
      typeof Workbench
    >[0]);
    const easel = { ...parts, workbench, backend: 'wasm' } as unknown as Easel;
    const send = (message: FrameMessage) => void this.heard.push(message);
    const { client, page } = this;
    const measure = async () => this.change;
    const models = new ModelDoor(() => Promise.reject(new Error('no models here')));
    this.guest = new Guest(
      { ...defaults, ...settings },
      { client, easel, page, measure, models, send },
    );
    this.orders = new HostOrders(this.guest, send, (work) => void this.#soon.push(work));
  }

  /** The button comes into full view, and stays there long enough. */
  async show(): Promise<void> {
    const observers = this.#observers;
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(hear: (entries: object[]) => void) {
          observers.push(hear);
        }
        observe = () => undefined;
        disconnect = () => undefined;
      },
    );
    this.guest.sight.watch({} as Element);
    this.see(true);
    await this.wait(longMs);
  }

  /** What the browser says of the button. */
  see(isVisible: boolean): void {
    this.#observers.at(-1)?.([{ intersectionRatio: 1, isVisible }]);
  }

  /** Time passes. */
  async wait(ms: number): Promise<void> {
    if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(ms);
    else await new Promise((done) => setTimeout(done, ms));
  }

  /** The person presses Enhance on a button that has long been there. */
  async press(event = { isTrusted: true }): Promise<void> {
    if (!this.guest.consent.isReady) await this.show();
    void this.guest.press(event);
    await settle();
    await settle();
  }

  get workbench(): Workbench {
    return this.guest.workbench;
  }

  /** What the host has heard of one type. */
  all<Type extends FrameMessage['type']>(type: Type): Message<Type>[] {
    return this.heard.filter((message): message is Message<Type> => message.type === type);
  }

  /** The states that the host was told of. */
  get states(): string[] {
    return this.all('change').map(({ change }) => change.state);
  }

  /** How a request was answered: `done`, or a code. */
  answerTo(id: number): string | undefined {
    const answers = this.heard.filter(
      (message) => (message.type === 'done' || message.type === 'failed') && message.id === id,
    );
    if (answers.length > 1) throw new Error(`${id} was answered ${answers.length} times.`);
    const [answer] = answers;
    return answer?.type === 'failed' ? answer.code : answer?.type;
  }

  /** The host says something, all of it before anything is done, and all happens that waits for nothing. */
  async say(...messages: HostMessage[]): Promise<void> {
    for (const message of messages)
      if (message.type === 'configure') this.orders.configure(message.settings);
      else void this.orders.obey(message);
    for (const work of this.#soon.splice(0)) work();
    await settle();
    await settle();
  }

  /** The host opens a photo. */
  async open(name = 'me.png', id = 1): Promise<void> {
    await this.say({ type: 'open', id, file: new Blob(['photo']), name });
  }

  /** The run that is going ends well. */
  async finish(): Promise<void> {
    this.client.answer('enhance');
    await settle();
    await settle();
  }
}
