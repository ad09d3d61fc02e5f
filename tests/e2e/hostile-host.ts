/** A host's page that says to the frame what it likes, without the element. */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { FrameMessage, HostMessage, Settings } from '../../src/embed/protocol';
import type { HostSite } from './host-server';
import { usualSettings } from '../embed-settings.ts';

/** What such a page says first, unless it says something else. */
const usual: Settings = { ...usualSettings, reveal: 'auto', theme: 'light' };

/** What the page's script leaves in its window. */
type HostileWindow = Window & {
  readonly port: MessagePort;
  readonly heard: FrameMessage[];
};

const markup = (app: string): string => `<!doctype html><title>Hostile</title>
<style>body { margin: 0 } iframe { display: block; border: 0; width: 400px; height: 480px }</style>
<iframe src="${app}embed.html" allow="cross-origin-isolated"
  sandbox="allow-scripts allow-same-origin allow-downloads"></iframe>
<script>
  window.heard = [];
  const frame = document.querySelector('iframe');
  frame.onload = () => {
    const { port1, port2 } = new MessageChannel();
    window.port = port1;
    port1.onmessage = ({ data }) => window.heard.push(data);
    frame.contentWindow.postMessage({ pe: 'connect', v: 1 }, '${new URL(app).origin}', [port2]);
  };
</script>`;

/** The page, from outside. */
export class HostileHost {
  #last = 0;

  constructor(readonly page: Page) {}

  /**
   * Opens the page and waits for the frame.
   *
   * @param site Where it lies.
   * @param app Address of the app.
   * @param settings What it says first.
   */
  async visit(site: HostSite, app: string, settings: Partial<Settings> = {}): Promise<void> {
    site.answers.set('/', { body: markup(app) });
    await this.page.goto(site.url());
    await this.until('ready');
    await this.configure(settings);
  }

  /** What is in the frame. */
  get inside(): FrameLocator {
    return this.page.frameLocator('iframe');
  }

  /** The button that the visitor agrees with. */
  get button(): Locator {
    return this.inside.getByRole('button', { name: 'Enhance', exact: true });
  }

  /** Says settings. */
  async configure(settings: Partial<Settings>): Promise<void> {
    await this.say({ type: 'configure', settings: { ...usual, ...settings } });
  }

  /** Says something that can be sent to a browser as JSON. */
  async say(message: HostMessage): Promise<void> {
    await this.page.evaluate((data) => {
      (window as unknown as HostileWindow).port.postMessage(data);
    }, message);
  }

  /** Asks for something, and waits for the answer: `done`, or a code. */
  async ask(request: {
    readonly type: 'enhance' | 'save';
    readonly recipe?: object | null;
    readonly options?: object;
  }): Promise<string> {
    const id = ++this.#last;
    await this.say({ ...request, id } as HostMessage);
    return this.answerTo(id);
  }

  /** Asks without waiting; the number of the request. */
  async begin(recipe: object | null): Promise<number> {
    const id = ++this.#last;
    await this.say({ type: 'enhance', id, recipe: recipe as Record<string, unknown> | null });
    return id;
  }

  /** How a request was answered. */
  async answerTo(id: number): Promise<string> {
    const answer = await this.page.waitForFunction((id) => {
      const { heard } = window as unknown as HostileWindow;
      const found = heard.find(
        (each) => (each.type === 'done' || each.type === 'failed') && each.id === id,
      );
      return found && (found.type === 'failed' ? found.code : 'done');
    }, id);
    return (await answer.jsonValue()) as string;
  }

  /** Waits until the frame has said something. */
  async until(type: FrameMessage['type']): Promise<void> {
    await this.page.waitForFunction(
      (type) => (window as unknown as HostileWindow).heard.some((each) => each.type === type),
      type,
    );
  }

  /**
   * Says something again and again.
   *
   * @param kind A type of message, known or not; settings, recipes and photos are others each time.
   * @param times How often.
   */
  async flood(kind: string, times: number): Promise<void> {
    await this.page.evaluate(
      ({ kind, times, usual }) => {
        const { port } = window as unknown as HostileWindow;
        const file = new Blob(['no picture']);
        const fields: Record<string, (i: number) => object> = {
          configure: (i) => ({
            settings: { ...usual, accent: `#0000${(i % 90) + 10}`, scale: i % 2 ? 2 : 4 },
          }),
          open: (i) => ({ file, name: `${i}.png` }),
          enhance: (i) => ({ recipe: { scale: i % 2 ? 2 : 4 } }),
          save: () => ({ options: {} }),
          models: (i) => ({
            models: [{ address: `${location.origin}/${i}.onnx`, bytes: i + 1, version: null }],
          }),
          model: () => ({ part: new Uint8Array(1000) }),
        };
        const fieldsOf = fields[kind] ?? (() => ({}));
        for (let i = 0; i < times; i++)
          port.postMessage({ type: kind, id: 1_000_000 + i, ...fieldsOf(i) });
      },
      { kind, times, usual },
    );
  }

  /**
   * Waits until the frame has answered to a ping, behind all that was said before.
   *
   * @returns How much had been heard from it by then, in messages.
   */
  async answers(): Promise<number> {
    return this.page.evaluate(
      () =>
        new Promise<number>((done) => {
          const { port, heard } = window as unknown as HostileWindow;
          const listen = ({ data }: MessageEvent<FrameMessage>): void => {
            if (data.type !== 'pong') return;
            port.removeEventListener('message', listen);
            done(heard.length);
          };
          port.addEventListener('message', listen);
          port.postMessage({ type: 'ping' });
        }),
    );
  }

  /** How many answers have come to requests, and to how many of them. */
  async countAnswers(): Promise<{ answers: number; requests: number }> {
    return this.page.evaluate(() => {
      const { heard } = window as unknown as HostileWindow;
      const ids = heard.flatMap((each) =>
        each.type === 'failed' || each.type === 'done' ? [each.id] : [],
      );
      return { answers: ids.length, requests: new Set(ids).size };
    });
  }

  /** The state that was told last. */
  async state(): Promise<string> {
    return this.page.evaluate(() => {
      const { heard } = window as unknown as HostileWindow;
      return heard.findLast((each) => each.type === 'change')?.change.state ?? '';
    });
  }

  /** All that was heard, as JSON; files by their size. */
  async heard(): Promise<string> {
    return this.page.evaluate(() =>
      JSON.stringify((window as unknown as HostileWindow).heard, (_, value: unknown) =>
        value instanceof Blob ? { bytes: value.size, kind: value.type } : value,
      ),
    );
  }

  /** Of one type. */
  async all<Type extends FrameMessage['type']>(
    type: Type,
  ): Promise<Extract<FrameMessage, { type: Type }>[]> {
    const heard = JSON.parse(await this.heard()) as FrameMessage[];
    return heard.filter((each) => each.type === type) as Extract<FrameMessage, { type: Type }>[];
  }

  /**
   * Decodes the latest file that came with an answer or a result.
   *
   * @returns Its pixels, RGBA, as one number each.
   */
  async pixels(): Promise<number[]> {
    return this.page.evaluate(async () => {
      const { heard } = window as unknown as HostileWindow;
      const blobs = heard.flatMap((each) =>
        each.type === 'done' && each.blob
          ? each.blob
          : each.type === 'result'
            ? each.result.blob
            : [],
      );
      const bitmap = await createImageBitmap(blobs.at(-1)!);
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(0, 0, bitmap.width, bitmap.height).data];
    });
  }
}
