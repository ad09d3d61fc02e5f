import type { Attachment } from 'svelte/attachments';

/** Follows one drag: is told how far the pointer is from where it began, in CSS pixels. */
export type Drag = (dx: number, dy: number) => void;

/**
 * What is dragged by a mouse, a pen or one finger. What begins on something of its own inside is left to that.
 *
 * @param begin Called as a drag begins.
 * @returns An attachment for the element that is dragged; it should not scroll or zoom by touch.
 */
export function dragging(begin: () => Drag): Attachment<HTMLElement> {
  return (element) => {
    const listening = new AbortController();
    const { signal } = listening;
    let drag: { readonly id: number; readonly x: number; readonly y: number; tell: Drag } | null =
      null;
    const grab = (event: PointerEvent): void => {
      if (drag || event.button !== 0) return;
      event.stopPropagation();
      element.setPointerCapture(event.pointerId);
      drag = { id: event.pointerId, x: event.clientX, y: event.clientY, tell: begin() };
    };
    const move = (event: PointerEvent): void => {
      if (drag?.id === event.pointerId) drag.tell(event.clientX - drag.x, event.clientY - drag.y);
    };
    const drop = (event: PointerEvent): void => {
      if (drag?.id === event.pointerId) drag = null;
    };
    element.addEventListener('pointerdown', grab, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', drop, { signal });
    element.addEventListener('pointercancel', drop, { signal });
    return () => listening.abort();
  };
}
