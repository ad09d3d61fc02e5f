/** A face of a photo, and how gently it is treated. Nothing is known of it but where it lies. */
export type Face = {
  /** Upper left corner and sides of its box, in parts of the framed photo's sides: 0..1 is in the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0..1: what strength and sharpening are multiplied with in it. */
  readonly amount: number;
  /** Whether that is done. */
  readonly isGentle: boolean;
};

/** How a face is treated that has just been found. */
export const usualFace = { amount: 0.6, isGentle: true } as const;

/** Most faces that a finish has. */
export const mostFaces = 100;

/** Farthest that a face lies outside of a frame that was drawn later, in parts of its sides. */
export const farthestFace = 1000;

/**
 * Whether any face is treated otherwise than the rest of the picture.
 *
 * @param faces The faces.
 * @returns False where they change nothing.
 */
export function isAnyGentle(faces: readonly Face[]): boolean {
  return faces.some(({ isGentle, amount }) => isGentle && amount < 1);
}

/**
 * Whether a face's middle is to be seen.
 *
 * @param face The face.
 * @returns False for one that a frame has cut off.
 */
export function isInPicture({ x, y, width, height }: Face): boolean {
  const isInside = (middle: number) => middle >= 0 && middle <= 1;
  return isInside(x + width / 2) && isInside(y + height / 2);
}
