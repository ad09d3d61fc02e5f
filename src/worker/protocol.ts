import type { Analysis } from '../core/findings/analyse';
import type { ClipFindings } from '../core/findings/clip-findings';
import type { Negative } from '../core/findings/negative';
import type { Reply } from '../core/errors';
import type { ClipFacts, ClipStretch, ThumbnailWish } from '../core/film/clip';
import type { PhotoFormat } from '../core/format';
import type { Note } from '../core/notes';
import type { Depth } from '../core/picture/raster';
import type { Rect, Size } from '../core/picture/rect';
import type { Frame } from '../core/recipe/frame';
import type { Basis } from '../core/recipe/basis';
import type { FilterName, Tier } from '../core/recipe/kinds';
import type { Mask } from '../core/recipe/finish';
import type { FaceBox } from '../core/findings/faces';
import type { Offers } from '../core/recipe/offers';
import type { Recipe, SaveOptions } from '../core/recipe/recipe';
import type { StepTask } from '../core/recipe/tasks';
import type { Tint } from '../core/recipe/tint';
import type { ColourDrift } from '../core/run/colour-drift';
import type { Review } from '../core/run/review';
import type { TintMap } from '../core/tint/tint-map';
import type { OwnModel } from '../models/own/own-shelf';
import type { ClipOutlet, ClipRequest } from './clip-request';
import type { BackendChoice, HostOptions } from './engine/protocol';
import type { Lane } from './lanes';
import type { ClipListener, ClipReport, ProgressListener, RunReport, SavedFile } from './reports';

/** How the page starts the worker's engine. */
export type OwnerOptions = {
  readonly backend: BackendChoice;
  /** Forced tile core size in source pixels (`?tile=`), or 0 to let the plan choose. */
  readonly tile: number;
  /** Absolute URL of `catalog.json`; model files lie beside it. */
  readonly catalogUrl: string;
  /** The catalogue itself, where the page brings it: then it is not fetched. */
  readonly given?: GivenModels;
  /** Whose models are used in place of those that the person has brought: the origin of a page around this one. */
  readonly modelsOf?: string;
  /** How the engine is treated; the page leaves it out, tests break things with it. */
  readonly host?: HostOptions;
};

/** Models that came with the page's own code, so that a bundler may have moved each file. */
export type GivenModels = {
  /** What `catalog.json` holds; checked like a fetched one. */
  readonly catalog: unknown;
  /** Absolute address of each file, by its `url` in the catalogue. */
  readonly addresses: Readonly<Record<string, string>>;
};

/** Names an open photo; never given twice by one worker. */
export type PhotoId = number;

/**
 * Is told how much has arrived of a heavy codec that a photo's format alone needs; a comlink proxy, whose calls are not awaited.
 *
 * @param loaded Bytes so far.
 * @param total All of its bytes.
 */
export type DownloadListener = (loaded: number, total: number) => void;

/** How a photo is opened. */
export type OpenOptions = {
  /**
   * False, the default: it takes the place of all photos that are open when it is asked for, and of an
   * earlier opening, which is ended. True: the others stay open.
   */
  readonly beside?: boolean;
  /** Whether a clip is opened, too, by its first picture; else it is no file of a photo. */
  readonly takesClips?: boolean;
};

/** An opened photo, as the page sees it. */
export type PhotoInfo = Size & {
  readonly name: string;
  /** What the bytes are, whatever the name says; of a clip's picture what it would be saved as. */
  readonly format: PhotoFormat;
  readonly bytes: number;
  readonly hasAlpha: boolean;
  /** Bits a sample. */
  readonly depth: Depth;
  /** Whether it is a WebP without loss, which its results are, too, unless that is not wanted. */
  readonly isLossless: boolean;
  /** Whether its bitmaps are of Display P3, and may show colours that sRGB lacks. */
  readonly isWide: boolean;
  /** What the person should know of the file. */
  readonly notes: readonly Note[];
  readonly analysis: Analysis;
  /** Of a scanned print that lies in a plain border: what cuts it out upright; left out where there is none to tell. */
  readonly scanFrame?: Frame;
  /** What it is as a negative; left out where it cannot be one. */
  readonly negative?: Negative;
  /** Whether it has no colours of its own: gray, or toned. */
  readonly isMonochrome?: boolean;
  /** What it is the first picture of; left out where it is a photo. */
  readonly clip?: ClipFacts;
  /** The whole photo, longest side at most {@link previewSide}; owned by the receiver. */
  readonly preview: ImageBitmap;
};

/** Longest side in pixels of a preview: of the photo, and of the result as it grows. */
export const previewSide = 2048;

/** A step of a plan: a network with its model's title, or arithmetic of our own. */
export type StepInfo = {
  readonly task: StepTask;
  /** All that is held while it runs, the photo included. */
  readonly bytes: number;
  /** Expected time; null where it was not measured yet. */
  readonly seconds: number | null;
} & (
  | { readonly kind: 'network'; readonly model: string }
  | {
      readonly kind: 'filter';
      readonly filter: FilterName;
      /** False where the run will look whether there is anything for it to do; `seconds` is then the search's. */
      readonly isSure: boolean;
    }
);

/** A photo in a frame and a tone, as the page sees it. */
export type LaidPhoto = Size & {
  /** What is wrong with what the frame cuts out, a shake left out; null where it was not measured. */
  readonly analysis: Analysis | null;
  /** All of it, longest side at most {@link previewSide}; owned by the receiver. */
  readonly preview: ImageBitmap;
};

/** A photo that has just been opened. */
export type OpenedPhoto = PhotoInfo & {
  /** For all further calls. */
  readonly id: PhotoId;
  /** What may be asked for; null where the catalogue has not come yet (see `offers`). */
  readonly offers: Offers | null;
};

/** What a run would cost, known before it starts. */
export type PlanInfo = {
  /** Of the picture that would be saved. */
  readonly output: Size;
  /** In the order of work; none where there is nothing to do. */
  readonly steps: readonly StepInfo[];
  /** Bytes of the models that must still be downloaded. */
  readonly downloadBytes: number;
  /** Worst-case memory of the rasters, and of one tile or filter, in bytes. */
  readonly peakBytes: number;
  /** Expected run time in seconds, from earlier tiles on this machine; null before the first (see `rehearse`). */
  readonly seconds: number | null;
  /** The same with the networks of each tier; null where the models give no choice. */
  readonly tierSeconds: Readonly<Record<Tier, number | null>> | null;
};

/** A picture of a clip, and what was made of it, in the frame and the tone that are looked at; the bitmaps are owned by the receiver. */
export type ClipPicture = Size & {
  /** The picture as the clip has it, like a photo's preview. */
  readonly preview: ImageBitmap;
  /** What was made of it, finished, and its pixels for each of the picture's; null where that is nothing, or of another frame. */
  readonly made: { readonly preview: ImageBitmap; readonly scale: number } | null;
};

/** Is given a small picture of a clip, and the places of a strip that it is for; a comlink proxy, whose calls are not awaited. */
export type StripListener = (thumbnail: {
  readonly places: readonly number[];
  readonly bitmap: ImageBitmap;
}) => void;

/** A part of the photo for the screen. */
export type ViewRequest = {
  /**
   * `before`: the original (after a run: its plain resample on the result's grid); `after`: the result at strength 1; `ground`: likewise
   * what the finish mixes that with, which is the original with its damage taken away where the recipe does that.
   */
  readonly side: 'before' | 'after' | 'ground';
  /** In source pixels; may be fractional, is clipped to the photo. */
  readonly rect: Rect;
  /** Size of the wanted bitmap in device pixels, covering exactly `rect`. */
  readonly size: Size;
};

/** A part of the photo at screen size; the bitmap covers `rect` and is owned by the receiver. */
export type ViewPart = { readonly rect: Rect; readonly bitmap: ImageBitmap };

/** Most small pictures of a strip, and pixels of their height: what it holds is bounded, however long the clip. */
export const mostThumbnails = { count: 64, height: 160 } as const;

/** Most source pixels along one side of a loupe: a second or two of work on a slow machine. */
export const mostLoupeSide = 1024;

/** A look at what a recipe would make of a part of the photo. */
export type LoupeRequest = {
  readonly recipe: Recipe;
  /**
   * In source pixels, beginning in the photo, sides at most {@link mostLoupeSide}; may be fractional, is
   * widened to whole pixels and clipped to the photo.
   */
  readonly rect: Rect;
};

/** What a loupe shows; the bitmaps are of one size and owned by the receiver. */
export type LoupeView = ViewPart & {
  /** What the finish mixes the other with, enlarged plainly. */
  readonly plain: ImageBitmap;
};

/**
 * The worker's surface. Every call settles with a {@link Reply}. Photos are named by the id that `open`
 * returns; a call for one that is not open any more fails with `photo-missing`. What is done to a photo is
 * a job in a lane; another job of the same photo in the same lane takes its place.
 */
export interface Owner {
  /** Must be called once, first. */
  init(options: OwnerOptions): Promise<void>;
  /** Decodes and measures a file and holds it as a photo; one that cannot be opened changes nothing. */
  open(
    file: File,
    options?: OpenOptions,
    onDownload?: DownloadListener,
  ): Promise<Reply<OpenedPhoto>>;
  /** Ends all that is done to a photo and frees it and its result. */
  close(photo: PhotoId): Promise<void>;
  /**
   * Brings a photo into a frame and a tone: views, saves and all else that takes no recipe are of that from now on, until a run of a
   * recipe with others. What it had as a result in those before is there again with them, until a newer one.
   */
  lay(photo: PhotoId, basis: Basis): Promise<Reply<LaidPhoto>>;
  /** A preview of a photo as its file has it, whatever its frame; owned by the receiver. */
  uncropped(photo: PhotoId): Promise<Reply<ImageBitmap>>;
  /**
   * Looks for the shake of the camera in a photo, once, for some seconds; other calls are answered
   * meanwhile. Closing the photo ends it.
   *
   * @returns The width of its path in pixels; 0 where none is found.
   */
  findShake(photo: PhotoId): Promise<Reply<number>>;
  /**
   * Looks for damage in a photo: with a network and for some seconds the first time, from then on only for what counts
   * as damage at another sensitivity. A run, a save or a loupe goes first; closing the photo ends it.
   *
   * @param photo Which.
   * @param sensitivity 0..100
   * @param onShare Is told how much of a search is done, 0..1; a comlink proxy, whose calls are not awaited.
   * @returns Marks, to be merged with those that were painted (`withFound`); fails with `model-not-offered` where this
   *   site has no network for it.
   */
  findDamage(
    photo: PhotoId,
    sensitivity: number,
    onShare?: (share: number) => void,
  ): Promise<Reply<Mask>>;
  /**
   * Looks for faces in a photo, once, for a second or so. A run, a save or a loupe goes first; closing the photo ends it. A face is
   * neither recognised nor compared, and nothing of it is kept but its box, as long as the photo is open.
   *
   * @returns Their boxes, the likeliest first; fails with `model-not-offered` where this site has no network for it.
   */
  findFaces(photo: PhotoId): Promise<Reply<readonly FaceBox[]>>;
  /** What may be asked for, whatever photo is open: where the reply to `open` did not say. */
  offers(): Promise<Reply<Offers>>;
  /**
   * Reads a model that the person brings, finds out what it is and keeps it in this browser, all of which takes as long as
   * some runs of it on the CPU.
   *
   * @param source The model’s file, or its absolute address.
   * @param about What lay beside it and says of what it is, JSON or text; what is believed first, first.
   * @returns What is kept; fails with `own-model-…` or `model-refused` where it is not used, with the reason, and with `cancelled`.
   */
  addModel(source: File | string, about?: readonly File[]): Promise<Reply<OwnModel>>;
  /** Ends the adding of a model, at the end of what cannot be broken off; nothing of it is kept. */
  stopAdding(): Promise<void>;
  /** What `recipe` would do to a photo; refuses here, never half-way. */
  plan(photo: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>>;
  /**
   * Loads and proves the models of `recipe`, so that its time is known and `enhance` starts at once. Ends
   * with `cancelled` when something else is to be done; during a run it only plans.
   *
   * @returns The plan, with its time.
   */
  rehearse(photo: PhotoId, recipe: Recipe): Promise<Reply<PlanInfo>>;
  /**
   * Runs `recipe`. `centre` (source pixels) is where tiles start. `onProgress` is a comlink proxy;
   * its calls are not awaited. Runs of several photos wait for one another.
   */
  enhance(
    photo: PhotoId,
    recipe: Recipe,
    centre: { readonly x: number; readonly y: number },
    onProgress: ProgressListener,
  ): Promise<Reply<RunReport>>;
  /**
   * Makes a clip of an open clip, as `enhance` makes a picture of a photo. Cancelled or failed in the middle, it gives what is done.
   *
   * @param photo The clip.
   * @param request What is wanted.
   * @param onProgress Is told how far it is; a comlink proxy, whose calls are not awaited.
   * @param outlet Is given the file as it comes, which is then kept nowhere here; a comlink proxy.
   */
  enhanceClip(
    photo: PhotoId,
    request: ClipRequest,
    onProgress: ClipListener,
    outlet?: ClipOutlet,
  ): Promise<Reply<ClipReport>>;
  /**
   * Lays another picture of a clip down in place of the one that lies there, beside what was made of it: views and loupes are of these from
   * now on.
   *
   * @param photo The clip.
   * @param seconds When it is shown, of the clip's own time.
   * @param basis The frame and the tone that are looked at.
   * @returns The pictures; fails with `file-cut-off` where there is none.
   */
  clipPicture(photo: PhotoId, seconds: number, basis: Basis): Promise<Reply<ClipPicture>>;
  /** Looks at eleven pictures of a stretch, when nothing more urgent is to be done. Another stretch takes its place; `judge` is its lane. */
  clipFindings(photo: PhotoId, stretch: ClipStretch): Promise<Reply<ClipFindings>>;
  /**
   * Decodes small pictures from all over a clip, one after the other, when nothing more urgent is to be done. Another strip takes its place, and closing the
   * clip or {@link Owner.cancel} of its lane, `estimate`, ends it.
   *
   * @param photo The clip.
   * @param wish How many, at most {@link mostThumbnails}, and how large.
   * @param onPicture Is given each; owns it.
   */
  clipStrip(
    photo: PhotoId,
    wish: ThumbnailWish,
    onPicture: StripListener,
  ): Promise<Reply<undefined>>;
  /**
   * Runs a recipe over a part of a photo, at once: a run lets it in between two of its bands. The bitmap
   * has `scale` times the part's pixels. The photo's result stays as it is.
   */
  loupe(photo: PhotoId, request: LoupeRequest): Promise<Reply<LoupeView>>;
  /**
   * Ends jobs: a run or a loupe at the end of its current tile, the encoder at once. The photo and any
   * earlier result stay.
   *
   * @param photo Of which photo; of all by default.
   * @param which In which lanes; run and save by default.
   */
  cancel(photo?: PhotoId, which?: readonly Lane[]): Promise<void>;
  /** A part of a photo for the screen. */
  view(photo: PhotoId, request: ViewRequest): Promise<Reply<ViewPart>>;
  /** Where the result shows what the photo does not; `noise` is what was measured in the photo. */
  review(photo: PhotoId, noise: number): Promise<Reply<Review>>;
  /** How far the result's colours have drifted from the photo's: what colour lock works with. */
  drift(photo: PhotoId): Promise<Reply<ColourDrift>>;
  /** The colours that some strokes spread over a photo: what the finish lays on with them. A second of work at most. */
  tint(photo: PhotoId, tint: Tint): Promise<Reply<TintMap>>;
  /** Finishes a photo's result and encodes it. */
  save(photo: PhotoId, options: SaveOptions): Promise<Reply<SavedFile>>;
  /**
   * About how many bytes `save` would write: windows of the finished picture are encoded. A save ends it, with
   * `cancelled`.
   */
  estimate(photo: PhotoId, options: SaveOptions): Promise<Reply<number>>;
}
