import { on } from 'svelte/events';
import type { Attachment } from 'svelte/attachments';
import { backEvent, backMark } from '../state/page/shortcuts';

/**
 * Lets a control go back to what it began with, by a key.
 *
 * @param goBack What is done then; null where there is nothing to go back to.
 * @returns For the element that holds the control.
 */
export function goesBack(goBack: (() => void) | null): Attachment<HTMLElement> {
  return (node) => {
    if (!goBack) return;
    node.setAttribute(backMark, '');
    const off = on(node, backEvent, goBack);
    return () => {
      node.removeAttribute(backMark);
      off();
    };
  };
}
