import type { FixedPhrase } from '../../i18n/translate';
import type { Page } from './page.svelte';

/** A key, what it does, and what the help says about it: one row for both. */
export type Shortcut = {
  /** `KeyboardEvent.key` values, any of which trigger it; letters in lower case. */
  readonly keys: readonly string[];
  /** What the help shows; default: the first key. */
  readonly label?: FixedPhrase;
  readonly help: FixedPhrase;
  /** Needs Ctrl or Cmd. */
  readonly control?: true;
  /** Needs Shift besides. */
  readonly shift?: true;
  /** Says whether it works now; default: it does. */
  readonly applies?: (page: Page, target: Element, key: string) => boolean;
  /** Works only while the stage has the focus. */
  readonly onStage?: true;
  /** Keeps working where single-key shortcuts are turned off. */
  readonly always?: true;
  /** Called on the key's press, again while it repeats. */
  readonly press: (page: Page, key: string, target: Element) => void;
  /** Called when the key is let go. */
  readonly release?: (page: Page) => void;
};

const zoomStep = 1.25;

/** Percent of the strength. */
const strengthStep = 5;

/** Tells a control that it is to go back to what it began with. */
export const backEvent = 'enlarger-back';

/** What such a control has as an attribute. */
export const backMark = 'data-goes-back';

/** Every shortcut of the page, in the order of the help. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['o'], help: 'help.open', press: (page) => page.pick() },
  {
    keys: ['Enter'],
    label: 'key.enter',
    help: 'help.enhance',
    always: true,
    press: ({ desk }) => (desk?.cropping ? desk.endCrop() : desk?.enhance()),
  },
  {
    keys: ['Escape'],
    label: 'key.escape',
    help: 'help.cancel',
    always: true,
    // Else it closes what is open, as the browser does it.
    applies: ({ desk }) =>
      Boolean(
        desk &&
        (desk.workbench.run ||
          desk.film?.run ||
          desk.workbench.isWaiting ||
          desk.cropping ||
          desk.picker),
      ),
    press: ({ desk }) => desk?.stop(),
  },
  { keys: ['s'], help: 'help.save', control: true, press: ({ desk }) => desk?.save() },
  {
    ...{ keys: ['z'], help: 'history.undo', control: true },
    applies: isNotTyped,
    press: ({ desk }) => desk?.history.undo(),
  },
  {
    ...{ keys: ['z'], help: 'history.redo', control: true, shift: true },
    applies: isNotTyped,
    press: ({ desk }) => desk?.history.redo(),
  },
  {
    keys: [' '],
    label: 'key.space',
    help: 'help.peek',
    always: true,
    press: (page) => peek(page, true),
    release: (page) => peek(page, false),
  },
  { keys: ['+', '='], help: 'help.zoomIn', press: ({ desk }) => desk?.view.zoomBy(zoomStep) },
  { keys: ['−', '-'], help: 'help.zoomOut', press: ({ desk }) => desk?.view.zoomBy(1 / zoomStep) },
  { keys: ['0'], help: 'help.fit', press: ({ desk }) => desk?.view.fit() },
  {
    keys: ['1', '2', '3'],
    label: 'key.digits',
    help: 'help.choose',
    // With a result, or on the photo itself, 1 is its size.
    applies: ({ desk, photo }, target, key) =>
      photo !== null && (key !== '1' || !(desk?.workbench.result || isStage(target))),
    press: ({ desk }, key) => desk?.choose(Number(key) - 1),
  },
  { keys: ['1'], help: 'help.full', press: ({ desk }) => desk?.view.showFull() },
  {
    keys: ['z'],
    help: 'help.toggleFull',
    applies: ({ photo }) => photo !== null,
    press: ({ desk }) => desk?.view.toggleFull(),
  },
  {
    keys: ['c'],
    help: 'help.compare',
    press: ({ desk }) => desk && (desk.view.comparing = !desk.view.comparing),
  },
  {
    keys: ['x'],
    help: 'help.crop',
    applies: ({ photo }) => photo !== null,
    press: ({ desk }) => (desk?.cropping ? desk.endCrop() : desk?.startCrop()),
  },
  {
    keys: ['l'],
    help: 'help.loupe',
    applies: ({ photo, desk }) => photo !== null && !desk?.cropping,
    press: ({ desk }) => desk && (desk.louping = !desk.louping),
  },
  {
    keys: ['b'],
    help: 'help.brush',
    applies: ({ desk }) => hasResult(desk),
    press: ({ desk }) => desk && (desk.brushing = !desk.brushing),
  },
  {
    keys: ['t'],
    help: 'help.tint',
    applies: ({ desk }) => hasResult(desk),
    press: ({ desk }) => desk && (desk.tinting = !desk.tinting),
  },
  {
    keys: ['[', ']'],
    label: 'key.brackets',
    help: 'help.brushSize',
    applies: ({ desk }) => Boolean(desk?.tool),
    press: ({ desk }, key) => desk?.tool?.resize(key === '[' ? -1 : 1),
  },
  {
    keys: [',', '.'],
    label: 'key.points',
    help: 'help.strength',
    applies: ({ desk }) => hasResult(desk),
    press: ({ desk }, key) => desk && strengthen(desk, key === ',' ? -strengthStep : strengthStep),
  },
  {
    keys: ['r'],
    help: 'help.review',
    applies: ({ desk }) => hasResult(desk),
    press: ({ desk }) => desk && (desk.reviewing = !desk.reviewing),
  },
  {
    keys: ['n'],
    help: 'help.nextPlace',
    applies: ({ desk }) => Boolean(desk?.review),
    press: ({ desk }) => desk?.review?.next(),
  },
  {
    keys: ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'],
    label: 'key.arrows',
    help: 'help.pan',
    onStage: true,
    always: true,
    press: pan,
  },
  {
    keys: ['PageUp', 'PageDown'],
    label: 'key.pages',
    help: 'help.photo',
    always: true,
    applies: ({ queue }) => Boolean(queue?.isMany),
    press: (page, key) => void page.showNext(key === 'PageUp' ? -1 : 1),
  },
  {
    keys: ['Delete', 'Backspace'],
    label: 'key.delete',
    help: 'help.back',
    always: true,
    applies: (_, target) => target.closest(`[${backMark}]`) !== null,
    press: (_, __, target) => target.dispatchEvent(new CustomEvent(backEvent, { bubbles: true })),
  },
  {
    keys: ['F1'],
    help: 'help.about',
    always: true,
    applies: (_, target) => topicOf(target) !== '',
    press: (page, _, target) => page.explain(topicOf(target)),
  },
  { keys: ['?'], help: 'help.help', press: (page) => (page.helping = true) },
];

/** What the guide has to tell of a control; empty for nothing. */
function topicOf(target: Element): string {
  return target.closest<HTMLElement>('[data-about]')?.dataset['about'] ?? '';
}

function hasResult(desk: Page['desk']): boolean {
  return Boolean(desk?.workbench.result && !desk.workbench.run && !desk.cropping);
}

function strengthen({ workbench }: NonNullable<Page['desk']>, percent: number): void {
  workbench.strength = Math.min(100, Math.max(0, workbench.strength + percent));
}

function peek({ desk }: Page, peeking: boolean): void {
  if (desk) desk.view.peeking = peeking;
}

function pan({ desk }: Page, key: string): void {
  if (!desk) return;
  const { view } = desk;
  const { width, height } = view.viewport.stage;
  const step = Math.min(width, height) / 8;
  const dx = key === 'ArrowLeft' ? step : key === 'ArrowRight' ? -step : 0;
  const dy = key === 'ArrowUp' ? step : key === 'ArrowDown' ? -step : 0;
  view.panBy(dx, dy);
}

/** Elements that use a key themselves: typing, or Enter and Space to press. */
const typing =
  'input:not([type=range], [type=radio], [type=checkbox], [type=file]), select, textarea';
const pressing = 'button, a[href], summary, [type=checkbox], [type=radio]';

function isStage(target: Element): boolean {
  return target.closest('[data-stage]') === target;
}

/** What is typed has its own way back. */
function isNotTyped(_: Page, target: Element): boolean {
  return target.closest(typing) === null;
}

function isTaken(target: Element, key: string): boolean {
  if (target.closest(typing)) return true;
  if (key === 'Enter') return target.closest('button, a[href], summary') !== null;
  return key === ' ' && target.closest(pressing) !== null;
}

/**
 * Runs the shortcut that a key event means, if any.
 *
 * @param page What shortcuts act on.
 * @param event A keydown or keyup on the window; its default is prevented where a shortcut ran.
 */
export function handleKey(page: Page, event: KeyboardEvent): void {
  if (event.type === 'keyup') {
    shortcuts.find((row) => row.release && row.keys.includes(event.key))?.release?.(page);
    return;
  }
  const { target } = event;
  if (event.defaultPrevented || event.altKey || page.inDialog || !(target instanceof Element))
    return;
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shortcut = shortcuts.find(
    (row) =>
      row.keys.includes(key) &&
      control === (row.control ?? false) &&
      (!control || event.shiftKey === (row.shift ?? false)) &&
      (!row.onStage || isStage(target)) &&
      (row.applies?.(page, target, key) ?? true),
  );
  if (!shortcut) return;
  if (!control && (isTaken(target, key) || !(shortcut.always || page.singleKeys))) return;
  event.preventDefault();
  shortcut.press(page, key, target);
}
