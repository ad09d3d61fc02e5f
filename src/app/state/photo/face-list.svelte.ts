import type { Rect, Size } from '../../../core/picture/rect';
import { isInPicture, mostFaces, usualFace, type Face } from '../../../core/recipe/faces';
import type { OwnerCalls } from '../../../worker/client';
import { faceWord } from '../../i18n/en-faces';
import { describeProblem } from '../../i18n/problem';
import { squareIn } from './review-list.svelte';
import type { Workbench } from './workbench.svelte';

/** A face of the finish that is to be seen. */
export type ListedFace = {
  readonly face: Face;
  /** Its place among those of the finish. */
  readonly index: number;
  /** From 1, among those that are listed. */
  readonly number: number;
  /** Tells its place in the photo from others. */
  readonly key: string;
};

/** Looks for faces when a person asks for it; what is found is a part of the finish. */
export class FaceList {
  /** Whether they are being looked for. */
  isLooking = $state(false);
  /** What the last search came to, where there is nothing to list: that there are none, or why it failed. */
  outcome = $state.raw<{ readonly photo: number; readonly text: string } | null>(null);

  readonly #enhancer: Pick<OwnerCalls, 'findFaces' | 'view'>;
  readonly #workbench: Workbench;

  /**
   * @param enhancer Looks.
   * @param workbench Has the photo and its finish.
   */
  constructor(enhancer: Pick<OwnerCalls, 'findFaces' | 'view'>, workbench: Workbench) {
    this.#enhancer = enhancer;
    this.#workbench = workbench;
  }

  /** Whether there is a network here that looks for faces. */
  get isOffered(): boolean {
    return this.#workbench.offers.some(({ task }) => task === 'find-faces');
  }

  /** Those that are to be seen, the likeliest first. */
  readonly listed: readonly ListedFace[] = $derived.by(() =>
    this.#workbench.finish.faces
      .map((face, index) => ({ face, index, key: keyOf(face) }))
      .filter(({ face }) => isInPicture(face))
      .map((each, i) => ({ ...each, number: i + 1 })),
  );

  /** Looks for faces in the open photo, and has them treated gently. */
  async find(): Promise<void> {
    const { photo } = this.#workbench;
    if (!photo || this.isLooking) return;
    const size = { width: photo.width, height: photo.height };
    this.isLooking = true;
    this.outcome = null;
    this.#workbench.status = faceWord('looking');
    const reply = await this.#enhancer.findFaces(photo.id);
    this.isLooking = false;
    const now = this.#workbench.photo;
    // In another frame they would lie elsewhere.
    if (now?.id !== photo.id || now.width !== size.width || now.height !== size.height) return;
    if (!reply.ok) this.#say(photo.id, faceWord('failed', { reason: describeProblem(reply) }));
    else if (reply.value.length === 0) this.#say(photo.id, faceWord('none'));
    else {
      const faces = reply.value
        .slice(0, mostFaces)
        .map(({ x, y, width, height }): Face => ({ x, y, width, height, ...usualFace }));
      this.#workbench.finish = { ...this.#workbench.finish, faces };
      this.#workbench.status = faceWord('found', { count: faces.length });
    }
  }

  /**
   * Treats a face otherwise.
   *
   * @param index Which.
   * @param changes How.
   */
  set(index: number, changes: Partial<Pick<Face, 'amount' | 'isGentle'>>): void {
    const { finish } = this.#workbench;
    const faces = finish.faces.map((face, i) => (i === index ? { ...face, ...changes } : face));
    this.#workbench.finish = { ...finish, faces };
  }

  /**
   * A face as the photo has it.
   *
   * @param face Which.
   * @param side Device pixels along the picture.
   * @returns A bitmap, owned by the caller; null where there is none.
   */
  async draw(face: Face, side: number): Promise<ImageBitmap | null> {
    const { photo } = this.#workbench;
    if (!photo) return null;
    const rect = squareIn(rectOf(face, photo), photo);
    const size = { width: side, height: side };
    const reply = await this.#enhancer.view(photo.id, { side: 'before', rect, size });
    return reply.ok ? reply.value.bitmap : null;
  }

  #say(photo: number, text: string): void {
    this.outcome = { photo, text };
    this.#workbench.status = text;
  }
}

function rectOf({ x, y, width, height }: Face, photo: Size): Rect {
  return {
    ...{ x: x * photo.width, y: y * photo.height },
    ...{ width: width * photo.width, height: height * photo.height },
  };
}

function keyOf({ x, y, width, height }: Face): string {
  return [x, y, width, height].join(' ');
}
