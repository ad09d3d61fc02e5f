import {
  EmbedError,
  protocolVersion,
  type EmbedCode,
  type FrameMessage,
  type HostMessage,
} from '../protocol';
import { readFrameMessage } from './frame-message';
import { leaveTurn, wantTurn } from './queue';

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

/**
 * How long no frame is begun after one that hung, in milliseconds: Chromium keeps its process for two
 * seconds, and a new frame of the same site would hang in it too.
 */
const processMs = 3_000;

/** Until when no frame is begun, by `performance.now()`. */
let quarantine = 0;

type Pending = { meet: (blob: Blob | null) => void; fail: (error: EmbedError) => void };

/**
 * A host page's end of the protocol: hands the frame one port, once, and only to the frame's own
 * origin; from then on nothing but that port is listened to.
 */
export class HostLine {
  /** The frame, to be put into the page; owned by the line. */
  readonly frame = document.createElement('iframe');
  /** Settles when the frame can be spoken to. */
  readonly whenReady: Promise<void>;
  isReady = false;
  /** What the frame has asked for last of the page's models. */
  supplied: FrameMessage | undefined;
  #settle: (error?: EmbedError) => void = () => undefined;
  readonly #handlers: LineHandlers;
  readonly #pending = new Map<number, Pending>();
  readonly #stop = new AbortController();
  #port: MessagePort | undefined;
  #timer: ReturnType<typeof setTimeout>;
  #beat: ReturnType<typeof setInterval> | undefined;
  #missed = 0;
  #last = 0;

  /**
   * @param url Address of the page in the frame.
   * @param handlers Called from the handshake on.
   */
  constructor(url: string, handlers: LineHandlers) {
    const { frame } = this;
    // Scripts, on their own origin (for its workers and its storage), and files for the visitor: no
    // windows, no forms, no dialogs, and no way to lead the page elsewhere.
    frame.sandbox = 'allow-scripts allow-same-origin allow-downloads';
    // Threads, where the page itself is isolated.
    frame.allow = 'cross-origin-isolated';
    const begin = () => (frame.src = url);
    const wait = quarantine - performance.now();
    if (wait > 0) setTimeout(begin, wait);
    else begin();
    this.whenReady = new Promise((resolve, reject) => {
      this.#settle = (error) => (error ? reject(error) : resolve());
    });
    // Who waits for it hears of a failure; nobody need wait.
    this.whenReady.catch(() => undefined);
    this.#handlers = handlers;
    this.#timer = this.#expect('frame-timeout', patience.loadMs);
    const { signal } = this.#stop;
    frame.onload = () => this.#connect();
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI }) => {
        const isFrame = /^(frame|child|default)-src$/.test(effectiveDirective);
        const isOurs = () => frame.src && blockedURI.startsWith(new URL(frame.src).origin);
        if (isFrame && !this.#port && isOurs()) this.#lose('frame-blocked');
      },
      { signal },
    );
  }

  /**
   * Says something that needs no answer; nobody hears it before the line is ready.
   *
   * @param message What.
   */
  send(message: HostMessage): void {
    if (this.isReady) this.#port?.postMessage(message);
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
    return new Promise((meet, fail) => {
      this.#pending.set(id, { meet, fail });
      this.send({ ...message, id });
    });
  }

  /**
   * Hangs up and takes the frame away.
   *
   * @param error What every request that is still open fails with.
   */
  close(error: EmbedError): void {
    this.#stop.abort();
    this.#port?.close();
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    leaveTurn(this);
    this.isReady = false;
    this.supplied = undefined;
    this.#settle(error);
    this.frame.remove();
    for (const { fail } of this.#pending.values()) fail(error);
    this.#pending.clear();
  }

  #expect(code: EmbedCode, ms: number): ReturnType<typeof setTimeout> {
    clearTimeout(this.#timer);
    return setTimeout(() => this.#lose(code), ms);
  }

  #connect(): void {
    const { frame } = this;
    // It is loaded once as an empty page where its address is still to come.
    if (!frame.src) return;
    // A frame that loads twice is not the one that was spoken to.
    if (this.#port) return this.#lose('frame-lost');
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#hear(readFrameMessage(data));
    // Where browsers tell it, a crash is known before the heartbeat misses.
    port1.addEventListener('close', () => this.#lose('frame-lost'));
    this.#timer = this.#expect('frame-blocked', patience.answerMs);
    const hello = { pe: 'connect', v: protocolVersion };
    frame.contentWindow?.postMessage(hello, new URL(frame.src).origin, [port2]);
  }

  #hear(message: FrameMessage | null): void {
    if (!message) return;
    this.#missed = 0;
    if (message.type === 'ready') {
      if (this.isReady) return;
      this.isReady = true;
      clearTimeout(this.#timer);
      this.#beat = setInterval(() => this.#ping(), heartbeat.everyMs);
      this.#handlers.onReady();
      this.#settle();
    } else if (message.type === 'refused') this.#lose('frame-refused', message.message);
    else if (message.type === 'want') wantTurn(this, () => this.send({ type: 'go' }));
    else if (message.type === 'over') leaveTurn(this);
    else if (message.type === 'done' || message.type === 'failed') this.#answer(message);
    else this.#handlers.onMessage(message);
  }

  #answer(message: Extract<FrameMessage, { type: 'done' | 'failed' }>): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'done') pending?.meet(message.blob);
    else pending?.fail(new EmbedError(message.code, message.message));
  }

  #ping(): void {
    // A page that nobody sees may be frozen together with its frames, or one before the other.
    if (document.hidden) this.#missed = 0;
    else if (this.#missed++ >= heartbeat.misses) {
      quarantine = performance.now() + processMs;
      this.#lose('frame-lost');
    } else this.send({ type: 'ping' });
  }

  #lose(code: EmbedCode, message = reasons[code] ?? code): void {
    const error = new EmbedError(code, message);
    this.close(error);
    this.#handlers.onLost(error);
  }
}

const reasons: Partial<Record<EmbedCode, string>> = {
  'frame-timeout': 'The enhancer did not load. Check the connection, then try again.',
  'frame-blocked': "The frame was blocked: the page's policy must allow its origin in frame-src.",
  'frame-lost': 'The enhancer stopped, perhaps out of memory. The photo is kept: try again.',
};
