import type { ClipContainer } from '../../src/core/film/clip';
import { filmOnArrays } from '../../src/core/film/film-work';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { ClipReader } from '../../src/formats/clip/read';
import { openFastFilm } from '../../src/worker/engine/fast-film';
import { openClipLog } from '../../src/worker/owner/clip-file';
import { placeClip } from '../../src/worker/owner/clip-place';
import { runClip, type ClipJob } from '../../src/worker/owner/clip-run';
import { FilmDesk } from '../../src/worker/owner/film-desk';
import { standIn } from './stand-in';

/** A clip, and how it is made. */
export type ClipTask = {
  readonly address: string;
  readonly container: ClipContainer;
  /** Whether a GPU, which may be a software adapter, turns the colours. */
  readonly onGpu: boolean;
};

/** How far a clip is. */
export type ClipTold = {
  /** Pictures that are written. */
  readonly frames: number;
  /** What came of it, once it is over: why it is no whole clip, and how long its file is. */
  readonly end: { readonly fault: string | null; readonly bytes: number } | null;
};

/** As the owner's thread does it: into a file of the origin's private file system, with a log beside it. */
async function make({ address, container, onGpu }: ClipTask): Promise<void> {
  const file = await (await fetch(address)).blob();
  const clip = await ClipReader.open(file, container);
  const { from, to } = clip.facts;
  const desk = onGpu ? new FilmDesk(() => openFastFilm('webgpu')) : null;
  const log = await openClipLog(null, 'memory');
  const job: ClipJob = {
    ...{ id: 1, clip, recipe: parseRecipe({ v: 1, scale: 2, variant: 'faithful' }) },
    ...{ finish: neutralFinish, stretch: { from, to }, container, quality: 'same', speech: 0 },
    before: () => [],
    after: () => [],
  };
  const hooks = {
    signal: new AbortController().signal,
    log: log?.segments ?? null,
    film: desk ?? filmOnArrays,
    tell: ({ frames }: { readonly frames: number }) => tell({ frames, end: null }),
  };
  const placed = await placeClip(container, null, {
    make: (sink) => runClip(job, standIn(0, clip.facts), { ...hooks, sink }),
    onLost: (fault) => console.error(fault),
    makeRoom: () => Promise.resolve(),
  });
  desk?.close();
  const { made, place, lost } = placed;
  const isKept = place !== null && lost === null && log !== null;
  const fault = made.fault?.code ?? (isKept ? null : 'held in memory');
  tell({ frames: made.frames, end: { fault, bytes: placed.file.size } });
}

const tell = (told: ClipTold) => self.postMessage(told);

self.onmessage = ({ data }: MessageEvent<ClipTask>) => {
  make(data).catch((error: unknown) =>
    tell({ frames: 0, end: { fault: String(error), bytes: 0 } }),
  );
};
