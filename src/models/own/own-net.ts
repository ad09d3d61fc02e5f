/** Most bytes of a file that is read. */
export const mostOwnModelBytes = 150e6;

/** What was done to a file's network so that it runs here, or what could not be known of it. */
export type OwnNote =
  /** Weights or values of 16 bits, computed with as 32: exact. */
  | 'half-to-float'
  /** Sides that were fixed in the file are free. */
  | 'sides-freed'
  /** A batch of any length has become one of a single picture. */
  | 'batch-fixed'
  /** Input or output had other names. */
  | 'renamed'
  /** PReLU written with ReLU. */
  | 'prelu-rewritten'
  /** Planes of zeros were added where WebGPU computes wrongly without. */
  | 'planes-padded'
  /** Another operation is written in a form that the GPU runs. */
  | 'operators-rewritten';

/** Planes of a picture: gray, RGB, or RGB and alpha, which is 1 where the picture is opaque. */
export type PicturePlanes = 1 | 3 | 4;

/**
 * Whether a picture may have so many planes.
 *
 * @param planes How many; anything.
 * @returns True of those that networks are read with.
 */
export function arePicture(planes: unknown): planes is PicturePlanes {
  return planes === 1 || planes === 3 || planes === 4;
}

/** A network read from a file that somebody brought, as ONNX that keeps the model contract's names. */
export type OwnNet = {
  /**
   * A whole ONNX file: opset 13 or later, float32, one input `image` `[1, inputs, h, w]` with `h` and `w` free, one output
   * `enhanced` `[1, outputs, scale * h, scale * w]`, not clamped. Nothing in it refers to another file. Owned by the caller.
   */
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** Name of its kind for people, "Compact", "SPAN", "ESRGAN"; "ONNX" where the file brought its own graph. */
  readonly architecture: string;
  /** Output pixels per input pixel and side; null where only a run tells. */
  readonly scale: number | null;
  /** Planes of its input: gray, RGB, or RGB and what is opaque. */
  readonly inputs: PicturePlanes;
  /** Planes of its output; null where only a run tells. */
  readonly outputs: PicturePlanes | null;
  /** What width and height must divide by; null where only a trial tells. */
  readonly multiple: number | null;
  /** Radius of the receptive field in input pixels, exact; null where only a trial tells. */
  readonly halo: number | null;
  /** Whether a pixel depends on a mean, a norm or the largest value of all of the picture, so that no trial of a part tells how far. */
  readonly isGlobal: boolean;
  /** Multiply-accumulates per input pixel; null where only a run tells. */
  readonly macsPerPixel: number | null;
  /** Number of weights, those of the file. */
  readonly params: number;
  /** None twice. */
  readonly notes: readonly OwnNote[];
};
