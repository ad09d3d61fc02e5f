import type { Analysis } from '../core/findings/analyse';
import type { Suggestion } from '../core/findings/suggest';
import type { Finish, Mask } from '../core/recipe/finish';
import type { FilterName, Scale } from '../core/recipe/kinds';
import type { PresetName } from '../core/recipe/presets';
import type { Recipe, RecipeV1 } from '../core/recipe/recipe';
import type { TargetSize } from '../core/recipe/target-size';
import type { StepTask, TaskControls } from '../core/recipe/tasks';

/** How an `Enhancer` is made. */
export type EnhancerOptions = {
  /**
   * Address of a `catalog.json`, with the files of its models beside it; a relative one is resolved
   * against the page. Default: the models of the package, networks of 0.1 to 1 MB each.
   * Another origin must allow the page to read its files (CORS).
   *
   * A list is something else: networks of the page's own beside the package's models, as files or addresses of files (`.onnx`,
   * `.safetensors`, `.pth`, 150 MB each at most). They are fetched, read and tried out when one is first asked for by
   * {@link PlanOptions.model}, or at `models()`, and kept in this browser, for this origin, for the next visit.
   */
  readonly models?: string | URL | readonly (File | string | URL)[];
  /**
   * `auto` (default) takes the GPU where there is a usable one, and else the CPU; `webgpu` fails with
   * `no-gpu` where there is none; `wasm` takes the CPU. What really ran is told by `Report.backend`.
   */
  readonly backend?: 'auto' | 'webgpu' | 'wasm';
};

/** How a photo is opened. */
export type OpenOptions = {
  /** The enlargement that a recipe is suggested for; 2. */
  readonly scale?: Scale;
  /** Gives up; the call then rejects with the signal's reason, an `AbortError` unless set otherwise. */
  readonly signal?: AbortSignal;
};

/** A recipe as it may be given: of version 1, or of version 2 without what is as usual. */
export type RecipeWish =
  | RecipeV1
  | {
      readonly v: 2;
      /** In the order of work, each task once at most. */
      readonly steps: readonly StepWish[];
      readonly finish?: Partial<Finish>;
      readonly size?: TargetSize;
      /** What `heal` heals of this photo: above 128 it is damaged. */
      readonly damage?: Mask;
    };

/** A step of a {@link RecipeWish}; the controls that are left out have their usual values. */
export type StepWish = {
  readonly [Task in StepTask]: { readonly task: Task } & Partial<TaskControls[Task]>;
}[StepTask];

/** A network of the page's own, as it was found to be. */
export type BroughtModel = {
  /** Of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** As its file is called, without the ending, unless a person has called it otherwise. */
  readonly title: string;
  /** As its file says it; empty where it does not. */
  readonly licence: string;
  /** As its file says it; empty where it does not. */
  readonly author: string;
  /** What kind of network it is: `Compact`, `SPAN`, `ESRGAN` or `ONNX`. */
  readonly architecture: string;
  /** By how much it enlarges; 1 keeps the size. */
  readonly scale: 1 | 2 | 3 | 4 | 8;
  /** How far a pixel's work reaches, in pixels of the photo. */
  readonly halo: number;
  /** Whether it looks at more of the photo than a tile shows it, so that edges of tiles may be seen. */
  readonly isWide: boolean;
  /** Of its file. */
  readonly bytes: number;
};

/** What a photo is planned for. */
export type PlanOptions = {
  /** Exactly what to do. Default: what the photo suggests at `scale`. */
  readonly recipe?: RecipeWish;
  /**
   * What the photo is of, where no `recipe` is given: `photo` does what it calls for, the others change that as the page's presets of
   * these names do. Left out, the result is shown whole; the presets mix it as the page does. With a `recipe`, it must be left out.
   */
  readonly preset?: PresetName;
  /**
   * Title or hash of one of the `models` that the enhancer was given as a list: it enlarges in place of the package's own, and the
   * result is resampled where its scale is another; one that keeps the size works before that. With a `recipe`, it must be left out:
   * there, `own` of the step `upscale` names it.
   */
  readonly model?: string;
  /** Whether the `model`, which must be one that keeps the size, works on the enlarged picture, not before; `false`. In a recipe: `after` of `own`. */
  readonly modelAfter?: boolean;
  /** By how much to enlarge where no `recipe` is given; 2. With one, it must be left out or equal. */
  readonly scale?: Scale;
  /**
   * How large the file is to be, whatever `scale` says: `{ by: 'factor', factor: 1.5 }`, `{ by: 'longer', pixels:
   * 3000 }` (or `shorter`, `width`, `height`), `{ by: 'megapixels', megapixels: 24 }`, `{ by: 'print', width: 30, unit:
   * 'cm', dpi: 300 }`. It is reached by the nearest enlargement, and resampled in linear light from there.
   */
  readonly size?: TargetSize;
  /** Gives up; the call then rejects with the signal's reason, an `AbortError` unless set otherwise. */
  readonly signal?: AbortSignal;
};

/** How a photo is enhanced. */
export type EnhanceOptions = PlanOptions & {
  /**
   * What the result is written as. `auto` (default) keeps the photo's format; a GIF or BMP becomes a PNG, a HEIC or JPEG XL
   * a JPEG, or a WebP where it is transparent.
   */
  readonly format?: 'auto' | 'png' | 'jpeg' | 'webp' | 'avif' | 'tiff';
  /** Bits a sample, where the format has a choice, as PNG has; by default the photo's own. */
  readonly depth?: 8 | 16;
  /** 1 to 100, for JPEG, WebP and AVIF; 90. A WebP without loss comes back as one where it is left out. */
  readonly quality?: number;
  /**
   * What the file says of the photo: `keep` (default) what the photo's said, EXIF, XMP, IPTC, texts and
   * resolution, with the new size, upright and without a thumbnail; `anonymous` the same without place, owner
   * and serial numbers; `none` nothing at all.
   */
  readonly metadata?: 'keep' | 'anonymous' | 'none';
  /**
   * Whether the file says in XMP that the picture was enhanced by a program, where it says anything; true.
   */
  readonly mark?: boolean;
  /**
   * 0 to 1: how much of the networks' result is mixed into a plain enlargement of the photo; that of the
   * recipe's `finish` or the preset's, and else 1. Less takes invented detail back.
   */
  readonly strength?: number;
  /**
   * Called at each stage, while models arrive and after each tile; before `save` it says once that all of
   * the work is done. What it throws is reported to the
   * page (`reportError`) and does not stop the work.
   */
  readonly onProgress?: (progress: Progress) => void;
};

/** How many photos are enhanced: all alike, each by what it calls for where no `recipe` is given. */
export type EnhanceManyOptions = Omit<EnhanceOptions, 'onProgress'> & {
  /**
   * As for one photo, with its place in the order of the files, from 0. Files overlap: the next begins while a result waits to be
   * taken.
   */
  readonly onProgress?: (progress: Progress, index: number) => void;
};

/** What has become of one of many files. */
export type Outcome = {
  /** The file as it was given. */
  readonly file: Blob;
  /** Its place in the order of the files, from 0. */
  readonly index: number;
} & (
  | { readonly ok: true; readonly result: Result }
  /** Why not; an `EnhanceError`. */
  | { readonly ok: false; readonly error: unknown }
);

/** An opened photo. */
export type Photo = {
  /** Name of the file; `photo` for a Blob without one. */
  readonly name: string;
  /** In pixels, after the EXIF orientation. */
  readonly width: number;
  /** In pixels, after the EXIF orientation. */
  readonly height: number;
  /** What the bytes are, whatever the name says: `JPEG`, `PNG`, `WebP`, `TIFF`, `AVIF`, `HEIC`, `JPEG XL`, `GIF` or `BMP`. */
  readonly format: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Whether any pixel is not opaque. */
  readonly hasAlpha: boolean;
  /** Sentences worth telling a person ("It holds more than one frame or picture: only the first was opened."). */
  readonly notes: readonly string[];
  /** What was measured. */
  readonly analysis: Analysis;
  /** What `enhance` does where no recipe is given, and why. */
  readonly suggestion: Suggestion;
};

/** What a run would do and cost. */
export type Plan = {
  /** Of the result, in pixels. */
  readonly width: number;
  /** Of the result, in pixels. */
  readonly height: number;
  /** What would be done, exactly. */
  readonly recipe: Recipe;
  /** In the order of work; none where the recipe changes nothing. */
  readonly steps: readonly PlanStep[];
  /** Of the models that must still be fetched; the engine (4 to 7 MB on the wire) is not counted. */
  readonly downloadBytes: number;
  /** Most memory that pixels and one tile take at once. */
  readonly peakBytes: number;
  /** Expected time, from earlier runs on this machine; null before the first. */
  readonly seconds: number | null;
};

/** A step of a plan: a network, with the title of its model, or arithmetic of the package's own. */
export type PlanStep = {
  readonly task: StepTask;
  /** Memory for pixels while it runs. */
  readonly bytes: number;
  /** Expected time; null before the first run. */
  readonly seconds: number | null;
} & (
  | { readonly kind: 'network'; readonly model: string }
  | {
      readonly kind: 'filter';
      /** `heal` heals damage, `pattern` takes a pattern out, `colours` brings faded ones back, `shake` takes a camera's shake back, `mix` blends. */
      readonly filter: FilterName;
      /** False where the run will look whether there is a shake; `seconds` is then the time of that. */
      readonly isSure: boolean;
    }
);

/** A step of a run. */
export type ReportStep =
  | {
      readonly kind: 'network';
      readonly task: StepTask;
      /** Title of the model. */
      readonly model: string;
      /** Tiles that were run. */
      readonly tiles: number;
      /** How many of them on the CPU. */
      readonly cpuTiles: number;
      /** Weights that were used; `fp16` computes in half precision. Only models that a person has brought have `fp32`. */
      readonly precision: 'int8' | 'fp16' | 'fp32';
    }
  | {
      readonly kind: 'filter';
      readonly task: StepTask;
      /** `heal` heals damage, `pattern` takes a pattern out, `colours` brings faded ones back, `shake` takes a camera's shake back, `mix` blends. */
      readonly filter: FilterName;
      readonly seconds: number;
    };

/** How far a call to `enhance` is. */
export type Progress = {
  /**
   * `open`: the photo is read, unless it is open already; `download`: models are fetched; `compile`: a
   * network is made ready; `run`: tiles are done; `save`: the result is written.
   */
  readonly stage: 'open' | 'download' | 'compile' | 'run' | 'save';
  /** The task that is at work; null before the first and after the last. */
  readonly task: StepTask | null;
  /** Which filter of the task is at work; left out while it is a network. */
  readonly filter?: FilterName;
  /** 0 to 1: of all downloads, or of the work of all steps. */
  readonly fraction: number;
  /** Seconds left; null while nobody knows. */
  readonly etaSeconds: number | null;
};

/** What really ran. */
export type Report = {
  /** Where: `mixed` where the CPU took over from the GPU. */
  readonly backend: 'webgpu' | 'wasm' | 'mixed';
  /** True where the GPU is a software adapter, that is, the CPU. */
  readonly software: boolean;
  /** The GPU's name; empty on the CPU and where the browser hides it. */
  readonly device: string;
  /** Of the run, downloads included, without opening and writing the files. */
  readonly seconds: number;
  /** In the order of work; none where the recipe changes nothing. */
  readonly steps: readonly ReportStep[];
  /** Sentences worth telling a person: what `Photo.notes` says of the photo, what the run met with, and what the file lacks. */
  readonly notes: readonly string[];
};

/** A finished picture. */
export type Result = {
  /** The file; its type is that of the format. */
  readonly blob: Blob;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** What was done, exactly. */
  readonly recipe: Recipe;
  /** What really ran. */
  readonly report: Report;
};
