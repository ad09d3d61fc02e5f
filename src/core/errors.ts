/**
 * Why an operation could not be done. Stable: shown to people through a message table, and part of
 * the embed protocol.
 */
export type EnhanceCode =
  | 'unsupported-format'
  | 'corrupt-file'
  | 'too-large'
  | 'no-gpu'
  | 'device-lost'
  | 'out-of-memory'
  | 'model-missing'
  | 'model-corrupt'
  | 'wrong-result'
  | 'offline'
  | 'storage-full'
  | 'cancelled'
  | 'bad-option'
  | 'internal';

/** An expected failure: a code for programs, a sentence for people. */
export class EnhanceError extends Error {
  override readonly name = 'EnhanceError';

  /**
   * @param code Which failure.
   * @param message One sentence, for the person: what happened and what to do next.
   * @param detail Serialisable facts for a bug report.
   */
  constructor(
    readonly code: EnhanceCode,
    message: string,
    readonly detail?: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** What crosses the thread boundary instead of an exception: comlink drops an error's own fields. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: EnhanceCode;
      readonly message: string;
      readonly detail?: Record<string, unknown>;
    };

/**
 * Runs `work` and turns its outcome into a {@link Reply}; never rejects.
 *
 * @param work The operation.
 * @returns The value, or the code and message of what was thrown (`cancelled` for an AbortError,
 *   `out-of-memory` for a failed allocation, `internal` for anything unexpected).
 */
export async function settle<T>(work: () => Promise<T> | T): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof EnhanceError) {
      const { code, message, detail } = error;
      return { ok: false, code, message, ...(detail && { detail }) };
    }
    if (error instanceof Error && error.name === 'AbortError')
      return { ok: false, code: 'cancelled', message: 'Cancelled.' };
    if (error instanceof RangeError)
      return {
        ok: false,
        code: 'out-of-memory',
        message:
          'The browser has too little memory for this. Close other tabs or choose a smaller size.',
        detail: { message: error.message },
      };
    return { ok: false, code: 'internal', message: String(error) };
  }
}

/**
 * The value of a reply, or its failure thrown as an {@link EnhanceError}.
 *
 * @param reply An outcome received from the worker.
 * @returns The value.
 * @throws {EnhanceError} The failure, with its code.
 */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new EnhanceError(reply.code, reply.message, reply.detail);
}
