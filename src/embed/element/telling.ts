import { EmbedError, type Fault } from '../protocol';
import type { PhotoEnhancerEvents } from './events';

/** Failures that an `error` event has told. */
const told = new WeakSet<Fault>();

/**
 * Fires an event.
 *
 * @param element Of which element.
 * @param type Its name.
 * @param detail What it says.
 */
export function emit<Type extends keyof PhotoEnhancerEvents>(
  element: HTMLElement,
  type: Type,
  detail: PhotoEnhancerEvents[Type]['detail'],
): void {
  element.dispatchEvent(new CustomEvent(type, { detail }));
}

/**
 * Fires `error`.
 *
 * @param element Of which element.
 * @param fault What failed; {@link tell} does not tell it again.
 */
export function emitFault(element: HTMLElement, fault: Fault): void {
  told.add(fault);
  const { code, message } = fault;
  emit(element, 'error', { code, message });
}

/**
 * Does what a page asks for.
 *
 * @param element Of which element.
 * @param work What is done.
 * @returns What it gives.
 * @throws {EmbedError} Why not; also told by `error`, but for having been cancelled or taken off the page, which is no failure.
 */
export async function tell<T>(element: HTMLElement, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    const error =
      reason instanceof EmbedError ? reason : new EmbedError('internal', String(reason));
    if (!told.has(error) && !/^(cancelled|removed)$/.test(error.code)) emitFault(element, error);
    throw error;
  }
}

/**
 * Does what the element does by itself: that has nobody to reject to, and fails by `error` alone.
 *
 * @param element Of which element.
 * @param work What is being done.
 */
export function follow(element: HTMLElement, work: Promise<unknown>): void {
  tell(element, () => work).catch(() => undefined);
}
