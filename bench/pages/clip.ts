import { createDeband } from '../../src/core/film/deband';
import { createDeflicker } from '../../src/core/film/deflicker';
import { filmOnArrays, type FilmWork } from '../../src/core/film/film-work';
import { createSteadyDetail } from '../../src/core/film/steady-detail';
import type { FilmFrame, FilmStep } from '../../src/core/film/step';
import { stepped } from '../../src/core/film/stream';
import { gatherPicture } from '../../src/core/picture/picture';
import type { Raster8 } from '../../src/core/picture/raster';
import { neutralFinish } from '../../src/core/recipe/finish';
import { parseRecipe } from '../../src/core/recipe/parsing';
import { ClipReader } from '../../src/formats/clip/read';
import { ClipWriter } from '../../src/formats/clip/write';
import { noMetadata } from '../../src/formats/metadata/metadata';
import { createBrowserKeep } from '../../src/models/keep';
import { OwnShelf } from '../../src/models/own/own-shelf';
import { ModelStore } from '../../src/models/store';
import { openFastFilm } from '../../src/worker/engine/fast-film';
import { EngineHost } from '../../src/worker/engine/host';
import { runClip } from '../../src/worker/owner/clip-run';
import { EngineTurns } from '../../src/worker/owner/engine-turns';
import { FilmDesk } from '../../src/worker/owner/film-desk';
import { OpenPhoto } from '../../src/worker/owner/photos';
import { Planner } from '../../src/worker/owner/planner';
import { RunSeries } from '../../src/worker/owner/run-series';
import { Runs, type RunWish } from '../../src/worker/owner/runs';
import { SiteModels } from '../../src/worker/owner/site-models';
import { Trials } from '../../src/worker/owner/trials';
import type { ClipProgress } from '../../src/worker/reports';
import { standIn } from './stand-in';

/** What runs the network: a tier, or a stand-in that takes so many milliseconds a picture and no processor. */
export type ClipTier = 'wasm' | 'webgpu' | number;

/** Milliseconds a picture of each part by itself, and of the whole clip. */
export type ClipPace = {
  readonly frames: number;
  readonly size: string;
  readonly decode: number;
  readonly network: number;
  readonly steps: number;
  readonly encode: number;
  /** One picture after the other, each through all parts; as it is done, all parts at once. */
  readonly inTurn: number;
  readonly whole: number;
  /** Where the network ran. */
  readonly device: string;
};

declare global {
  /** Enlarges the clip at an address of this page twice, its parts one by one and then all together. */
  var paceClip: (address: string, tier: ClipTier, withSteps: boolean) => Promise<ClipPace>;
}

/** Says how far it is, to whoever waits on the console: a software GPU takes half a minute a picture. */
const tell = (how: string) => console.info(`clip: ${how}`);

/** Pictures of which the network's own pace is taken. */
const fewFrames = 12;

const recipe = parseRecipe({ v: 1, scale: 2, variant: 'faithful' });

globalThis.paceClip = async (address, tier, withSteps) => {
  const file = await (await fetch(address)).blob();
  const clip = await ClipReader.open(file, 'mp4');
  const { from, to, width, height } = clip.facts;
  const stretch = { from, to };
  const before = ({ applyGains: apply }: FilmWork) =>
    withSteps ? [createDeflicker({ strength: 1, apply })] : [];
  const after = (_: number | null, { blendSteady: blend, deband }: FilmWork) =>
    withSteps
      ? [createSteadyDetail({ strength: 1, blend }), createDeband({ strength: 1, deband })]
      : [];
  const desk = tier === 'webgpu' ? new FilmDesk(() => openFastFilm(tier)) : null;
  const film = desk ?? filmOnArrays;
  const runs = typeof tier === 'number' ? standIn(tier, clip.facts) : await realRuns(tier);

  const few: FilmFrame[] = [];
  tell('opened');
  // The first picture tries the GPU.
  for await (const frame of clip.frames(stretch, undefined, film.rasterOfYuv)) {
    await push(before(film), [frame]);
    await push(after(null, film), [frame, frame]);
    break;
  }
  let start = performance.now();
  let frames = 0;
  for await (const frame of clip.frames(stretch, undefined, film.rasterOfYuv))
    if (frames++ < fewFrames) few.push(frame);
  const decode = (performance.now() - start) / frames;

  tell(`decoded: ${decode.toFixed(1)} ms a picture`);
  // The first compiles, and proves the network.
  const series = new RunSeries();
  const [first] = few;
  const { report } = await enlarge(runs, first!.raster as Raster8, series);
  tell('the network is ready');
  start = performance.now();
  const made: FilmFrame[] = [];
  for (const frame of few) {
    made.push({ ...frame, raster: (await enlarge(runs, frame.raster as Raster8, series)).raster });
    tell(`enlarged ${made.length} of ${few.length}`);
  }
  const network = (performance.now() - start) / few.length;

  start = performance.now();
  await push(before(film), few);
  await push(after(null, film), made);
  const steps = (performance.now() - start) / few.length;

  tell(`stepped: ${steps.toFixed(1)} ms a picture`);
  const size = { width: 2 * width, height: 2 * height };
  const writer = await ClipWriter.begin(
    { container: 'mp4', size, origin: 0, turn: film.yuvOfRaster },
    clip,
    null,
  );
  start = performance.now();
  const duration = ((to - from) * 1e6) / frames;
  for (let i = 0; i < frames; i++)
    await writer.add({ raster: made[i % made.length]!.raster, at: i * duration, duration });
  await writer.close(Infinity);
  const encode = (performance.now() - start) / frames;

  tell(`encoded: ${encode.toFixed(1)} ms a picture`);
  const job = { id: 1, clip, recipe, finish: neutralFinish, stretch, before, after } as const;
  const run = async (ahead?: number) => {
    const begin = performance.now();
    const { signal } = new AbortController();
    const hooks = {
      signal,
      tell: ({ frames: done }: ClipProgress) =>
        tell(`${ahead === 0 ? 'in turn' : 'at once'}: ${done} of ${frames}`),
      sink: null,
      log: null,
      film,
      ...(ahead === 0 && { ahead }),
    };
    const { fault, frames: written } = await runClip(
      { ...job, container: 'mp4', quality: 'same', speech: 0 },
      runs,
      hooks,
    );
    if (fault || written !== frames) throw new Error(`${written} of ${frames}: ${fault?.code}`);
    return (performance.now() - begin) / frames;
  };
  const inTurn = await run(0);
  const whole = await run();
  clip.close();
  desk?.close();
  const device = typeof tier === 'number' ? 'none' : report.device || report.backend;
  const at = `${width} x ${height} to ${size.width} x ${size.height}`;
  return { frames, size: at, decode, network, steps, encode, inTurn, whole, device };
};

/** The rooms that runs are made of, as the owner of photos has them. */
async function realRuns(backend: 'wasm' | 'webgpu'): Promise<Runs> {
  const keep = createBrowserKeep();
  const options = {
    backend,
    tile: 0,
    catalogUrl: new URL('/models/catalog.json', location.href).href,
  };
  const models = new SiteModels(new ModelStore({ keep }), options.catalogUrl, undefined, {
    shelf: new OwnShelf(keep),
  });
  const shared = { options, host: new EngineHost(), trials: new Trials(keep), models };
  return new Runs({ ...shared, planner: new Planner(shared), turns: new EngineTurns() });
}

async function enlarge(runs: Pick<Runs, 'enhance'>, picture: Raster8, series: RunSeries) {
  const photo = new OpenPhoto(1, picture, noMetadata);
  const wish: RunWish = {
    ...{ recipe, centre: { x: 0, y: 0 }, since: performance.now(), series },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  };
  const report = await runs.enhance(photo, wish);
  return { report, raster: await gatherPicture(photo.withResult().result) };
}

async function push(steps: readonly FilmStep[], frames: readonly FilmFrame[]): Promise<void> {
  const source = (async function* () {
    for (const frame of frames) yield await Promise.resolve(frame);
  })();
  for await (const made of stepped(source, steps)) void made;
}

Object.assign(globalThis, { isScriptReady: true });
