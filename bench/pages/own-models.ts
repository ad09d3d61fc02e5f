import { unwrap } from '../../src/core/errors';
import { fromHalf, toHalf } from '../../src/core/half';
import type { Raster } from '../../src/core/picture/raster';
import { withOwn } from '../../src/core/recipe/own';
import { recommend } from '../../src/core/recipe/recommendation';
import { openGpu } from '../../src/engine/device';
import { exclusively } from '../../src/engine/onnx/runtime';
import { openSession } from '../../src/engine/onnx/session';
import { decode } from '../../src/formats/decode';
import { digest } from '../../src/integrity/digest';
import { writeHalves } from '../../src/models/own/graph-forms';
import { writeOnnx } from '../../src/models/own/onnx-writing';
import { nameOwn, OwnShelf, type OwnModel } from '../../src/models/own/own-shelf';
import { readOwnModel } from '../../src/models/own/read-own-model';
import { PhotoOwner } from '../../src/worker/owner/photo-owner';
import { unpaddedGraph } from '../../tests/unit/models/own/sample-graphs';
import { offBy, readHalves, type Off } from '../expected';

/** One way of running a model, and how far its result is from the expected one. */
export type OwnRun = {
  readonly form: 'float32' | 'float16';
  /** `network`: alone, its values as they are; `page`: as a photo is enhanced, in 8 bits. */
  readonly what: 'network' | 'page';
  readonly ranOn: 'CPU' | 'GPU';
  readonly off: Off;
  /** What the page said of the run. */
  readonly said: string;
};

declare global {
  /**
   * Runs a model's network on the CPU and on the GPU.
   *
   * @param model Its file's name in the folder that is served as `brought/`.
   * @param expected Name of the result's file; without, it is held against the CPU's.
   */
  var runOwn: (model: string, expected?: string) => Promise<readonly OwnRun[]>;
  /** Enhances with it as the page does, on the GPU where that gives its golden tile; see `runOwn`. */
  var enhanceOwn: (model: string, expected?: string) => Promise<OwnRun>;
  /** Enhances with a model that the GPU is known to compute wrongly: on what, how far from the CPU's, and what was said. */
  var runWrong: () => Promise<readonly OwnRun[]>;
  /** Whether this GPU computes in 16 bits. */
  var hasHalves: () => Promise<boolean>;
}

const read = async (name: string) =>
  new Uint8Array(await (await fetch(`/brought/${name}`)).arrayBuffer());

/** Says how far it is, to whoever waits on the console. */
const tell = (how: string) => console.info(`${new Date().toTimeString().slice(0, 8)} ${how}`);

/** The picture that everything is run on. */
const readPhoto = async () => new File([await read('input.png')], 'input.png');

const gpu = (await openGpu(true))!;

globalThis.hasHalves = async () => gpu.hasF16;

globalThis.runOwn = async (name, expected) => {
  const { onnx, raster, cpu, wanted, scale } = await readWanted(name, expected);
  const runOn = async (
    ranOn: OwnRun['ranOn'],
    form: OwnRun['form'],
    bytes = onnx,
  ): Promise<OwnRun> => {
    const isKnown = ranOn === 'CPU' && form === 'float32';
    const device = ranOn === 'CPU' ? null : gpu.device;
    const { values, dims } = isKnown ? cpu : await runNetwork(bytes, raster, device);
    return { form, what: 'network', ranOn, off: offBy(values, wanted, dims, scale), said: '' };
  };
  const runs = [await runOn('CPU', 'float32'), await runOn('GPU', 'float32')];
  const halves = writeHalves(onnx);
  if (halves) runs.push(await runOn('CPU', 'float16', halves));
  if (halves && gpu.hasF16) runs.push(await runOn('GPU', 'float16', halves));
  return runs;
};

globalThis.enhanceOwn = async (name, expected) => {
  const { bytes, wanted } = await readWanted(name, expected);
  const owner = await startOwner();
  const model = unwrap(await owner.addModel(new File([bytes], name)));
  // What the page shows is clamped, and the network's range is as its graph has it: brought to 1 where white is 255.
  const white = wanted.some((value) => value > 16) ? 255 : 1;
  return enhance(
    owner,
    model,
    wanted.map((value) => clamp(value / white)),
  );
};

/** A model, the picture, and what should come out. */
async function readWanted(name: string, expected?: string) {
  const bytes = await read(name);
  const { raster } = await decode(await readPhoto());
  const { onnx } = await readOwnModel(bytes, name);
  const cpu = await runNetwork(onnx, raster, null);
  const wanted = expected ? readHalves(await read(expected)) : cpu.values;
  return { bytes, onnx, raster, cpu, wanted, scale: cpu.dims[1]! / raster.height };
}

globalThis.runWrong = async () => {
  const graph = unpaddedGraph();
  const owner = await startOwner();
  const file = new File([writeOnnx(graph)], 'unpadded.onnx');
  const model = unwrap(await owner.addModel(file));
  const cpu = await runNetwork(writeOnnx(graph), (await decode(await readPhoto())).raster, null);
  const wanted = cpu.values.map(clamp);
  const right = await enhance(owner, model, wanted);
  // In the place of the rewritten one, whose golden tile it has.
  const onnx = writeOnnx(graph);
  const [full] = model.card.files;
  const sha256 = await digest(onnx);
  const files = [{ ...full!, sha256, bytes: onnx.length }];
  const [wrong, golden] = [{ ...model, card: { ...model.card, files } }, null];
  await new OwnShelf().add(wrong, { onnx, golden });
  return [right, await enhance(owner, wrong, wanted)];
};

const clamp = (value: number) => Math.min(1, Math.max(0, value));

type Result = { readonly values: Float32Array; readonly dims: readonly number[] };

/** Its values as they are, `dims` planes, height and width. */
async function runNetwork(
  onnx: Uint8Array,
  { data, width, height }: Raster,
  device: GPUDevice | null,
): Promise<Result> {
  tell(`a network on the ${device ? 'GPU' : 'CPU'}`);
  const { inner, ort, release } = await openSession(onnx, { width, height }, device);
  const plane = width * height;
  const values = Float32Array.from(
    { length: 3 * plane },
    (_, at) => data[4 * (at % plane) + Math.floor(at / plane)]! / 255,
  );
  const [port] = inner.inputMetadata;
  const isHalf = port?.isTensor === true && port.type === 'float16';
  const dims = [1, 3, height, width];
  const image = isHalf
    ? new ort.Tensor('float16', Uint16Array.from(values, toHalf), dims)
    : new ort.Tensor('float32', values, dims);
  try {
    const { enhanced } = await exclusively(() => inner.run({ image }));
    const made = await enhanced!.getData();
    const isBits = made instanceof Uint16Array;
    return {
      values: Float32Array.from(made as ArrayLike<number>, isBits ? fromHalf : Number),
      dims: enhanced!.dims.slice(1),
    };
  } finally {
    await release();
  }
}

async function startOwner(): Promise<PhotoOwner> {
  const owner = new PhotoOwner();
  const catalogUrl = new URL('/models/catalog.json', location.href).href;
  // As a page does, but that the software GPU is taken for one.
  await owner.init({ backend: 'auto', tile: 0, catalogUrl, host: { acceptSoftware: true } });
  return owner;
}

/** Enhances the photo as the page does. `wanted` is `[3, height, width]`, from 0 to 1. */
async function enhance(owner: PhotoOwner, model: OwnModel, wanted: Float32Array): Promise<OwnRun> {
  tell(`the page with ${model.title}`);
  const { scale } = model.card;
  const photo = unwrap(await owner.open(await readPhoto())).id;
  const recipe = withOwn(recommend([], scale === 2 ? 2 : 4), nameOwn(model));
  const report = unwrap(
    await owner.enhance(photo, recipe, { x: 0, y: 0 }, ({ stage, fraction }) =>
      tell(`${stage} ${fraction}`),
    ),
  );
  const png = { format: 'png', quality: 100, strength: 1 } as const;
  const { raster } = await decode(unwrap(await owner.save(photo, png)).blob);
  const { width, height, data } = raster;
  const plane = width * height;
  const values = Float32Array.from(
    { length: 3 * plane },
    (_, at) => data[4 * (at % plane) + Math.floor(at / plane)]! / 255,
  );
  const said = report.notes.map((note) =>
    note.note === 'recovered' ? `${note.facts.problem}: ${note.facts.measure}` : note.note,
  );
  return {
    form: report.steps.some((step) => step.kind === 'network' && step.precision === 'fp16')
      ? 'float16'
      : 'float32',
    ...{ what: 'page', ranOn: report.backend === 'webgpu' ? 'GPU' : 'CPU' },
    off: offBy(values, wanted, [3, height, width], scale),
    said: said.join(', '),
  };
}

Object.assign(globalThis, { isScriptReady: true });
