import type { FixedPhrase } from '../../i18n/translate';
import type { Desk } from './desk.svelte';

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
  readonly applies?: (desk: Desk, target: Element, key: string) => boolean;
  /** Works only while the stage has the focus. */
  readonly onStage?: true;
  /** Keeps working where single-key shortcuts are turned off. */
  readonly always?: true;
  /** Called on the key's press, again while it repeats. */
  readonly press: (desk: Desk, key: string) => void;
  /** Called when the key is let go. */
  readonly release?: (desk: Desk) => void;
};

const zoomStep = 1.25;

/** Every shortcut of the page, in the order of the help. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['o'], help: 'help.open', press: (desk) => desk.pick() },
  {
    keys: ['Enter'],
    label: 'key.enter',
    help: 'help.enhance',
    always: true,
    press: ({ workbench }) => void workbench.enhance(),
  },
  {
    keys: ['Escape'],
    label: 'key.escape',
    help: 'help.cancel',
    always: true,
    press: ({ workbench }) => void workbench.cancel(),
  },
  { keys: ['s'], help: 'help.save', control: true, press: ({ saver }) => void saver.save() },
  {
    ...{ keys: ['z'], help: 'history.undo', control: true },
    applies: isNotTyped,
    press: ({ history }) => history?.undo(),
  },
  {
    ...{ keys: ['z'], help: 'history.redo', control: true, shift: true },
    applies: isNotTyped,
    press: ({ history }) => history?.redo(),
  },
  {
    keys: [' '],
    label: 'key.space',
    help: 'help.peek',
    always: true,
    press: ({ view }) => (view.peeking = true),
    release: ({ view }) => (view.peeking = false),
  },
  { keys: ['+', '='], help: 'help.zoomIn', press: ({ view }) => view.zoomBy(zoomStep) },
  { keys: ['−', '-'], help: 'help.zoomOut', press: ({ view }) => view.zoomBy(1 / zoomStep) },
  { keys: ['0'], help: 'help.fit', press: ({ view }) => view.fit() },
  {
    keys: ['1', '2', '3'],
    label: 'key.digits',
    help: 'help.choose',
    // With a result, or on the photo itself, 1 is its size.
    applies: ({ workbench }, target, key) =>
      workbench.photo !== null && (key !== '1' || !(workbench.result || isStage(target))),
    press: (desk, key) => desk.choose(Number(key) - 1),
  },
  { keys: ['1'], help: 'help.full', press: ({ view }) => view.showFull() },
  {
    keys: ['c'],
    help: 'help.compare',
    press: ({ view }) => (view.comparing = !view.comparing),
  },
  {
    keys: ['l'],
    help: 'help.loupe',
    applies: ({ workbench }) => workbench.photo !== null,
    press: (desk) => (desk.louping = !desk.louping),
  },
  {
    keys: ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'],
    label: 'key.arrows',
    help: 'help.pan',
    onStage: true,
    always: true,
    press: pan,
  },
  { keys: ['?'], help: 'help.help', press: (desk) => (desk.helping = true) },
];

function pan({ view }: Desk, key: string): void {
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
function isNotTyped(_: Desk, target: Element): boolean {
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
 * @param desk What shortcuts act on.
 * @param event A keydown or keyup on the window; its default is prevented where a shortcut ran.
 */
export function handleKey(desk: Desk, event: KeyboardEvent): void {
  if (event.type === 'keyup') {
    shortcuts.find((row) => row.release && row.keys.includes(event.key))?.release?.(desk);
    return;
  }
  const { target } = event;
  if (event.defaultPrevented || event.altKey || desk.inDialog || !(target instanceof Element))
    return;
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shortcut = shortcuts.find(
    (row) =>
      row.keys.includes(key) &&
      control === (row.control ?? false) &&
      (!control || event.shiftKey === (row.shift ?? false)) &&
      (!row.onStage || isStage(target)) &&
      (row.applies?.(desk, target, key) ?? true),
  );
  if (!shortcut) return;
  if (!control && (isTaken(target, key) || !(shortcut.always || desk.singleKeys))) return;
  event.preventDefault();
  shortcut.press(desk, key);
}
