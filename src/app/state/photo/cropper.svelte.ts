import { cutOf, framedSize } from '../../../core/frame/geometry';
import type { Rect, Size } from '../../../core/picture/rect';
import { isSameFrame, wholeFrame, type Frame } from '../../../core/recipe/frame';
import {
  cropOf,
  fitRound,
  flipCrop,
  frameOf,
  groundOf,
  towards,
  turnCrop,
  wholeBox,
  type Crop,
} from './crop-box';
import { reframe } from './reframing';
import type { Workbench } from './workbench.svelte';

/** Shapes that a crop can be held to. */
export const shapes = ['free', 'original', '1:1', '4:3', '3:2', '16:9'] as const;

/** See {@link shapes}. */
export type Shape = (typeof shapes)[number];

/** Which edges of a crop are moved: -1 the left or upper one, 1 the right or lower one, 0 neither. */
export type Edges = { readonly across: -1 | 0 | 1; readonly down: -1 | 0 | 1 };

/** Least side of a crop that is made by hand, in pixels of the photo. */
const leastSide = 16;

/** Crops, turns, mirrors and straightens the open photo: a draft on the picture that is asked for in one change. */
export class Cropper {
  /** How it is cropped, as it is seen. */
  crop = $state.raw<Crop>({ ...wholeFrame, box: { x: 0, y: 0, width: 1, height: 1 } });
  /** What shape it is held to. */
  shape = $state<Shape>('free');

  readonly #workbench: Pick<Workbench, 'whole' | 'recipe' | 'finish' | 'ask'>;
  readonly #before: Frame;
  /** What a person has drawn: straightening may leave room for less, and gives it back. */
  #wished: Size;

  /** @param workbench Has the photo, and is asked for the frame. */
  constructor(workbench: Pick<Workbench, 'whole' | 'recipe' | 'finish' | 'ask'>) {
    this.#workbench = workbench;
    const { frame = wholeFrame } = workbench.recipe;
    this.#before = frame;
    this.crop = cropOf(frame, cutOf(frame, workbench.whole), workbench.whole);
    this.#wished = this.crop.box;
  }

  /** The photo under the crop. */
  get ground() {
    return groundOf(this.crop, this.#workbench.whole);
  }

  /** What would be asked for. */
  get frame(): Frame {
    return frameOf(this.crop, this.#workbench.whole);
  }

  /** Pixels that would be left. */
  get size(): Size {
    return framedSize(this.frame, this.#workbench.whole);
  }

  /** Whether the photo would be left as it is. */
  get isWhole(): boolean {
    return isSameFrame(this.frame);
  }

  /** Degrees that it is straightened by, clockwise as it is seen. */
  get angle(): number {
    return this.ground.angle;
  }

  /**
   * Straightens it round the middle of the crop.
   *
   * @param angle Degrees, clockwise as it is seen.
   */
  straighten(angle: number): void {
    const { crop, ground } = this;
    const { x, y, width, height } = crop.box;
    const by = ((angle - ground.angle) * Math.PI) / 180;
    const [across, down] = [x + width / 2, y + height / 2];
    const middle = {
      x: Math.cos(by) * across - Math.sin(by) * down,
      y: Math.sin(by) * across + Math.cos(by) * down,
      ...{ width: 0, height: 0 },
    };
    const turned = { ...crop, angle: crop.flip ? -angle : angle };
    const under = groundOf(turned, this.#workbench.whole);
    this.crop = { ...turned, box: fitRound(middle, this.#wished, under) };
  }

  /**
   * Turns the photo by a quarter, and the crop with it.
   *
   * @param way 1 clockwise, -1 the other way.
   */
  turn(way: 1 | -1): void {
    this.crop = turnCrop(this.crop, way);
    const { width, height } = this.#wished;
    this.#wished = { width: height, height: width };
  }

  /** Exchanges left and right, of the crop too. */
  flip(): void {
    this.crop = flipCrop(this.crop);
  }

  /**
   * Holds the crop to a shape, as large as fits round its middle.
   *
   * @param shape Which; standing where the photo stands.
   */
  hold(shape: Shape): void {
    this.shape = shape;
    const { ratio, ground } = this;
    if (ratio === null) return;
    const height = Math.min(ground.height, ground.width / ratio);
    this.#put(fitRound(this.crop.box, { width: height * ratio, height }, ground));
  }

  /** Width by height of the shape; null for any. */
  get ratio(): number | null {
    const { width, height } = this.ground;
    if (this.shape === 'free') return null;
    if (this.shape === 'original') return width / height;
    const [long, short] = this.shape.split(':').map(Number);
    const ratio = long! / short!;
    return width < height ? 1 / ratio : ratio;
  }

  /**
   * Moves the crop over the photo, as far as that goes.
   *
   * @param across In pixels of the photo.
   * @param down In pixels of the photo.
   */
  move(across: number, down: number): void {
    const { ground } = this;
    const { box } = this.crop;
    const aside = towards(box, { ...box, x: box.x + across }, ground);
    this.#put(towards(aside, { ...aside, y: aside.y + down }, ground));
  }

  /**
   * Moves edges of a crop, as far as the photo goes; in its shape, where it is held to one.
   *
   * @param start The box before.
   * @param edges Which.
   * @param across How far from there, in pixels of the photo.
   * @param down Likewise.
   */
  stretch(start: Rect, { across: x, down: y }: Edges, across: number, down: number): void {
    const { ratio, ground } = this;
    const side = (length: number, by: number) => Math.max(leastSide, length + by);
    const width = side(start.width, x * across);
    const height = side(start.height, y * down);
    if (ratio !== null) {
      const wide = x === 0 ? height * ratio : y === 0 ? width : Math.max(width, height * ratio);
      this.#put(towards(start, anchor(start, { width: wide, height: wide / ratio }, x, y), ground));
      return;
    }
    const wider = towards(start, anchor(start, { ...start, width }, x, 0), ground);
    this.#put(towards(wider, anchor(wider, { ...wider, height }, 0, y), ground));
  }

  /**
   * Takes a frame that was found.
   *
   * @param frame One that the photo fills.
   */
  use(frame: Frame): void {
    const { whole } = this.#workbench;
    this.shape = 'free';
    this.crop = cropOf(frame, cutOf(frame, whole), whole);
    this.#wished = this.crop.box;
  }

  /** Leaves the photo as it is. */
  reset(): void {
    this.shape = 'free';
    const { whole } = this.#workbench;
    this.crop = { ...wholeFrame, box: wholeBox(whole) };
    this.#wished = whole;
  }

  /** Asks for it, in one change; what was painted stays where it is in the picture. */
  done(): void {
    const { frame } = this;
    if (isSameFrame(frame, this.#before)) return;
    const asked = reframe(this.#workbench, frame, this.#workbench.whole);
    void this.#workbench.ask(asked.recipe, asked.finish);
  }

  #put(box: Rect): void {
    this.crop = { ...this.crop, box };
    this.#wished = box;
  }
}

/** A box of another size, with the edges that are not moved where they were; what is moved on no side grows to both. */
function anchor(start: Rect, { width, height }: Size, x: number, y: number): Rect {
  const place = (at: number, before: number, now: number, edge: number) =>
    at + ((before - now) * (1 - edge)) / 2;
  return {
    ...{ width, height },
    x: place(start.x, start.width, width, x),
    y: place(start.y, start.height, height, y),
  };
}
