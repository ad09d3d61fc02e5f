import {
  attempt,
  blob,
  fields,
  flag,
  number,
  oneOf,
  optional,
  refuse,
  text,
  whole,
  word,
} from '../message-checks';
import type { FrameMessage } from '../protocol';

/** Checks a value, and gives a copy of what is known of it. */
type Check = (value: unknown) => unknown;

/** The known fields of an object, each with its check. */
const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    const from = fields(value);
    return Object.fromEntries(Object.keys(checks).map((key) => [key, checks[key]!(from[key])]));
  };

const upTo =
  (longest: number): Check =>
  (value) =>
    text(value, longest);

/** A number from 0 on. */
const within =
  (most: number): Check =>
  (value) =>
    number(value, 0, most);

const orNull =
  (check: Check): Check =>
  (value) =>
    optional(value, check);

const message = upTo(5000);
const photo = { name: upTo(300), width: whole, height: whole };
const fault = { code: word, message };

const steps: Check = (value) => (Array.isArray(value) ? value.map(upTo(300)) : refuse());

/** What the frame may say, by its type: docs/embed/protocol.md as checks. */
const messages: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  ready: {},
  want: {},
  over: {},
  pong: {},
  refused: { message },
  done: { id: whole, blob: orNull(blob) },
  failed: { id: whole, ...fault },
  error: fault,
  fetch: { id: whole },
  progress: {
    progress: shape({ stage: word, fraction: within(1), etaSeconds: orNull(within(Infinity)) }),
  },
  result: {
    result: shape({
      ...photo,
      blob,
      report: shape({
        backend: word,
        software: flag,
        seconds: within(Infinity),
        steps,
        summary: message,
      }),
    }),
  },
  change: { change: shape({ state: word, photo: orNull(shape(photo)), recipe: fields }) },
};

/**
 * Checks a message that should come from the frame.
 *
 * @param data Anything.
 * @returns A copy with the known fields alone, or null where one is missing or wrong.
 */
export const readFrameMessage = (data: unknown): FrameMessage | null =>
  attempt(() => {
    const type = oneOf(fields(data)['type'] as string, Object.keys(messages));
    return shape({ type: () => type, ...messages[type] })(data) as FrameMessage;
  });
