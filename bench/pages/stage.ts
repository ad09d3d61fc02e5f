/** What a method tells of itself. */
export type Facts = {
  /** Where it really ran. */
  readonly backend: string;
  /** Number of weights, or null where it is another method's. */
  readonly params: number | null;
  /** Multiply-accumulates per input pixel. */
  readonly macsPerPixel: number | null;
  /** Seconds inside the network; null where the method does not let it be seen. */
  readonly networkSeconds: number | null;
  /** In place of the measured seconds. */
  readonly seconds?: number;
};

/** One run, as the one who looks at the screen sees it. */
export type Run = Facts & {
  readonly seconds: number;
  /** Until the first pixels of the result could be seen. */
  readonly firstTileSeconds: number;
};

/**
 * Enlarges a picture to 2x, loading what it needs the first time.
 *
 * @param photo The decoded picture.
 * @param screen Where the result goes, twice as large.
 * @param onTile To be called when pixels have been drawn.
 */
export type Enlarge = (
  photo: HTMLCanvasElement,
  screen: HTMLCanvasElement,
  onTile: () => void,
) => Promise<Facts>;

/** What `bench/methods.ts` calls in the page. */
export type Stage = {
  /** Decodes a PNG, given as a data URL. */
  open(png: string): Promise<void>;
  run(): Promise<Run>;
  /** The screen as PNG, base64. */
  result(): Promise<string>;
};

/**
 * Makes a method measurable from outside.
 *
 * @param enlarge The method.
 */
export function setStage(enlarge: Enlarge): void {
  const photo = document.createElement('canvas');
  const screen = document.body.appendChild(document.createElement('canvas'));
  const stage: Stage = {
    async open(png) {
      const bitmap = await createImageBitmap(await (await fetch(png)).blob());
      for (const [canvas, scale] of [[photo, 1] as const, [screen, 2] as const])
        Object.assign(canvas, { width: bitmap.width * scale, height: bitmap.height * scale });
      photo.getContext('2d')?.drawImage(bitmap, 0, 0);
    },
    async run() {
      const start = performance.now();
      const elapsed = () => (performance.now() - start) / 1000;
      let first: Promise<number> | undefined;
      const facts = await enlarge(photo, screen, () => {
        first ??= nextFrame().then(elapsed);
      });
      await nextFrame();
      return { seconds: elapsed(), ...facts, firstTileSeconds: (await first) ?? elapsed() };
    },
    async result() {
      const url = screen.toDataURL();
      return url.slice(url.indexOf(',') + 1);
    },
  };
  Object.assign(globalThis, { stage });
}

function nextFrame(): Promise<unknown> {
  return new Promise((done) => void requestAnimationFrame(done));
}
