import type { Attachment } from 'svelte/attachments';
import type { StageView } from '../state/photo/stage-view.svelte';

type Point = { readonly x: number; readonly y: number };

/** What paints on the stage; places in its device pixels, pressure 0..1. */
export type Strokes = {
  readonly begin: (at: Point, pressure: number) => void;
  readonly move: (at: Point, pressure: number) => void;
  readonly end: () => void;
  /** Takes back what was begun: a second finger says that it was the beginning of something else. */
  readonly cancel: () => void;
};

/** How long a pointer must rest on the photo until that shows the original, in milliseconds. */
const holdMs = 250;

/** How far it may stray meanwhile, and while the original is shown, in CSS pixels: no finger is still. */
const stray = 8;

const wheelStep = 0.0016;
const pinchWheelStep = 0.01;
const lineHeight = 16;

function wheelFactor(event: WheelEvent): number {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : lineHeight;
  // A trackpad's pinch arrives as a wheel with Ctrl held, in much smaller steps.
  const step = event.ctrlKey ? pinchWheelStep : wheelStep;
  return Math.exp(-Math.max(-400, Math.min(400, event.deltaY * unit)) * step);
}

/** What does not feel pressure says nothing, or the middle. */
function pressureOf({ pointerType, pressure }: PointerEvent): number {
  return pointerType === 'mouse' || pressure === 0 || pressure === 0.5 ? 1 : pressure;
}

function middle(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread([a, b]: readonly Point[]): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 1;
}

/** A press on the photo, which shows the original as long as it rests. */
class Hold {
  readonly #view: StageView;
  #from: Point | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param view Shows the original. */
  constructor(view: StageView) {
    this.#view = view;
  }

  /** Nothing comes of it where something else shows the original, and goes on with that. */
  begin(at: Point): void {
    if (this.#view.peeking) return;
    this.#from = at;
    this.#timer = setTimeout(() => (this.#view.peeking = true), holdMs);
  }

  /** Follows the press, which ends where it has strayed; true while the original is shown for it. */
  follow(at: Point, most: number): boolean {
    if (!this.#from) return false;
    if (Math.hypot(at.x - this.#from.x, at.y - this.#from.y) > most) this.end();
    return this.#view.peeking;
  }

  end(): void {
    clearTimeout(this.#timer);
    if (this.#from) this.#view.peeking = false;
    this.#from = null;
  }
}

/**
 * Wheel, pinch, drag and double click on the stage, turned into zoom and position; a press that rests shows the original until it ends, as
 * the space bar does. What begins on a control that lies over the stage is left to that control.
 *
 * @param view What is moved.
 * @param isSplit Whether original and result are side by side: a finger on a fitted photo then moves the line between them.
 * @param strokes What paints, while something does: it has the left button and the only finger; two fingers move.
 * @returns An attachment for the stage's element.
 */
export function gestures(
  view: StageView,
  isSplit: () => boolean = () => false,
  strokes: () => Strokes | null = () => null,
): Attachment<HTMLElement> {
  return (stage) => {
    const listening = new AbortController();
    const { signal } = listening;
    const fingers = new Map<number, Point>();
    let painting: Strokes | null = null;
    const hold = new Hold(view);

    const locate = (event: MouseEvent): Point => {
      const box = stage.getBoundingClientRect();
      const ratio = view.viewport.stage.width / box.width;
      return { x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio };
    };

    const grab = (event: PointerEvent): void => {
      if (event.target instanceof HTMLInputElement || event.button > 1) return;
      fingers.set(event.pointerId, locate(event));
      stage.setPointerCapture(event.pointerId);
      painting?.cancel();
      painting = fingers.size === 1 && event.button === 0 ? strokes() : null;
      hold.end();
      if (painting) painting.begin(locate(event), pressureOf(event));
      else stage.dataset['grabbed'] = '';
      if (!painting && fingers.size === 1 && event.button === 0) hold.begin(locate(event));
    };

    const drag = (event: PointerEvent): void => {
      if (!fingers.has(event.pointerId)) return;
      if (painting) {
        const all = event.getCoalescedEvents?.() ?? [];
        for (const each of all.length > 0 ? all : [event])
          painting.move(locate(each), pressureOf(each));
        return;
      }
      if (hold.follow(locate(event), stray * devicePixelRatio)) return;
      const before = [...fingers.values()];
      fingers.set(event.pointerId, locate(event));
      const after = [...fingers.values()];
      const [from, to] = [middle(before), middle(after)];
      const isAlone = after.length === 1 && event.pointerType === 'touch';
      if (isAlone && view.fitted && isSplit()) {
        const moved = ((to.x - from.x) / view.viewport.stage.width) * 100;
        view.split = Math.min(100, Math.max(0, view.split + moved));
        return;
      }
      view.panBy(to.x - from.x, to.y - from.y);
      if (after.length > 1) view.zoomBy(spread(after) / Math.max(1, spread(before)), to);
    };

    const drop = (event: PointerEvent): void => {
      if (!fingers.delete(event.pointerId)) return;
      if (event.type === 'pointercancel') painting?.cancel();
      else painting?.end();
      painting = null;
      hold.end();
      if (fingers.size === 0) delete stage.dataset['grabbed'];
    };

    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      view.zoomBy(wheelFactor(event), locate(event));
    };

    const toggle = (event: MouseEvent): void => {
      if (event.target instanceof HTMLInputElement || strokes()) return;
      view.toggleFull(locate(event));
    };

    const point = (event: PointerEvent): void => {
      view.pointer = locate(event);
    };
    const leave = (): void => {
      view.pointer = null;
    };

    stage.addEventListener('pointerdown', grab, { signal });
    stage.addEventListener('pointermove', drag, { signal });
    stage.addEventListener('pointerup', drop, { signal });
    stage.addEventListener('pointercancel', drop, { signal });
    stage.addEventListener('dblclick', toggle, { signal });
    stage.addEventListener('pointermove', point, { signal });
    stage.addEventListener('pointerleave', leave, { signal });
    stage.addEventListener('wheel', wheel, { signal, passive: false });
    return () => {
      hold.end();
      listening.abort();
    };
  };
}
