import {
  EmbedError,
  protocolVersion,
  readFrameMessage,
  type EmbedCode,
  type FrameMessage,
  type HostMessage,
} from './protocol';

/** What a host page does with what it hears. */
export type LineHandlers = {
  /** The frame has accepted: it can be configured. */
  readonly onReady: () => void;
  /** A checked message that answers no request. */
  readonly onMessage: (message: FrameMessage) => void;
  /** The line is dead, and every request on it has failed. */
  readonly onLost: (error: EmbedError) => void;
};

/** A message that is answered, without its number. */
export type Request =
  | Omit<Extract<HostMessage, { type: 'open' }>, 'id'>
  | Omit<Extract<HostMessage, { type: 'enhance' }>, 'id'>
  | Omit<Extract<HostMessage, { type: 'save' }>, 'id'>;

/** How long the frame may take to load, and then to answer, in milliseconds. */
const patience = { loadMs: 30_000, answerMs: 10_000 };

/** How often the frame is asked whether it lives, in milliseconds, and how often it may not answer. */
const heartbeat = { everyMs: 4_000, misses: 3 };

type Pending = { resolve: (blob: Blob | null) => void; reject: (error: EmbedError) => void };

/**
 * A host page's end of the protocol: hands the frame one port, once, and only to the frame's own
 * origin; from then on nothing but that port is listened to.
 */
export class HostLine {
  readonly #handlers: LineHandlers;
  readonly #pending = new Map<number, Pending>();
  readonly #stop = new AbortController();
  #port: MessagePort | undefined;
  #timer: ReturnType<typeof setTimeout>;
  #beat: ReturnType<typeof setInterval> | undefined;
  #missed = 0;
  #last = 0;

  /**
   * @param frame The frame, before it is in the page.
   * @param handlers Called from the handshake on.
   */
  constructor(frame: HTMLIFrameElement, handlers: LineHandlers) {
    this.#handlers = handlers;
    this.#timer = this.#expect('frame-timeout', patience.loadMs);
    const { signal } = this.#stop;
    frame.addEventListener('load', () => this.#connect(frame), { signal });
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI }) => {
        const isFrame = /^(frame|child|default)-src$/.test(effectiveDirective);
        const { origin } = new URL(frame.src);
        if (isFrame && !this.#port && blockedURI.startsWith(origin)) this.#lose('frame-blocked');
      },
      { signal },
    );
  }

  /**
   * Says something that needs no answer.
   *
   * @param message What.
   */
  send(message: HostMessage): void {
    this.#port?.postMessage(message);
  }

  /**
   * Asks for something.
   *
   * @param message What.
   * @returns The answer: a file where one was asked for, else null.
   * @throws {EmbedError} What the frame says went wrong, or why it can no longer answer.
   */
  request(message: Request): Promise<Blob | null> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.send({ ...message, id });
    });
  }

  /**
   * Hangs up.
   *
   * @param error What every request that is still open fails with.
   */
  close(error: EmbedError): void {
    this.#stop.abort();
    this.#port?.close();
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #expect(code: EmbedCode, ms: number): ReturnType<typeof setTimeout> {
    clearTimeout(this.#timer);
    return setTimeout(() => this.#lose(code), ms);
  }

  #connect(frame: HTMLIFrameElement): void {
    // A frame that loads twice is not the one that was spoken to.
    if (this.#port) return this.#lose('frame-lost');
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#hear(readFrameMessage(data));
    this.#timer = this.#expect('frame-blocked', patience.answerMs);
    const hello = { pe: 'connect', v: protocolVersion };
    frame.contentWindow?.postMessage(hello, new URL(frame.src).origin, [port2]);
  }

  #hear(message: FrameMessage | null): void {
    if (!message) return;
    this.#missed = 0;
    if (message.type === 'ready') {
      clearTimeout(this.#timer);
      this.#beat ??= setInterval(() => this.#ping(), heartbeat.everyMs);
      this.#handlers.onReady();
    } else if (message.type === 'refused') this.#lose('frame-refused', message.message);
    else if (message.type === 'done' || message.type === 'failed') this.#settle(message);
    else this.#handlers.onMessage(message);
  }

  #settle(message: Extract<FrameMessage, { type: 'done' | 'failed' }>): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'done') pending?.resolve(message.blob);
    else pending?.reject(new EmbedError(message.code, message.message));
  }

  #ping(): void {
    // A page that nobody sees may be frozen together with its frames, or one before the other.
    if (document.hidden) this.#missed = 0;
    else if (this.#missed++ >= heartbeat.misses) this.#lose('frame-lost');
    else this.send({ type: 'ping' });
  }

  #lose(code: EmbedCode, message = reasons[code] ?? code): void {
    const error = new EmbedError(code, message);
    this.close(error);
    this.#handlers.onLost(error);
  }
}

const reasons: Partial<Record<EmbedCode, string>> = {
  'frame-timeout': 'The enhancer did not load. Check the connection, then try again.',
  'frame-blocked':
    "The enhancer's frame was blocked. The page's policy must allow its origin in frame-src.",
  'frame-lost': 'The enhancer stopped, perhaps out of memory. The photo is kept: try again.',
};
