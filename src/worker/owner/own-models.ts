import { EnhanceError } from '../../core/errors';
import {
  isAsWritten,
  roundingLevels,
  type Known,
  type Probed,
  type Proof,
} from '../../core/run/probe';
import { digest } from '../../integrity/digest';
import type { Card, Golden } from '../../models/catalog';
import {
  isMade,
  ownAddress,
  presentMaking,
  unmadeGolden,
  type OwnModel,
  type OwnShelf,
  type OwnWords,
} from '../../models/own/own-shelf';
import { mergeWords, readAbout } from '../../models/own/model-words';
import { readOwnWords } from '../../models/own/own-words';
import { mostOwnModelBytes, readOwnModel, type OwnNet } from '../../models/own/read-own-model';
import { fitContract } from '../../models/own/contract-fit';
import { weigh } from '../../models/own/graph-weight';
import type { EngineHost } from '../engine/host';
import type { Machine } from '../engine/protocol';
import { breathe } from './shake-search';
import { makeSmall } from './own-forms';
import type { Trials } from './trials';

/** What a model is added with. */
export type AddingParts = {
  readonly shelf: OwnShelf;
  readonly trials: Trials;
  /** An engine of its own, so that what a strange network does to it is done to nothing else; killed at the end. */
  readonly host: Pick<EngineHost, 'open' | 'warm' | 'probe' | 'prove' | 'compare' | 'kill'>;
};

/** What a person brings. */
export type Brought = {
  /** The model's file. */
  readonly file: File;
  /** What lay beside it and says of what it is, JSON or text; what is believed first, first. */
  readonly about?: readonly File[] | undefined;
};

/**
 * Adds a model that a person has brought to the shelf: reads it, finds out on the CPU what it is, and unless its reach is known exactly has the CPU make
 * its golden tile, which every other machine must agree with; else that is made by `own-proofs`.
 *
 * @param brought The file, and what says of it.
 * @param parts What it is added with.
 * @param signal Ends it: what is under way is killed, and nothing of it is kept.
 * @returns What is kept.
 * @throws {EnhanceError} What `readOwnModel` refuses it for; `own-model-unfit`, `model-refused`; `file-unreadable`;
 *   `storage-full`.
 * @throws {DOMException} The signal's reason.
 */
export async function addOwnModel(
  { file, about = [] }: Brought,
  { shelf, trials, host }: AddingParts,
  signal: AbortSignal,
): Promise<OwnModel> {
  if (file.size > mostOwnModelBytes)
    throw new EnhanceError('own-model-too-large', { mostMegabytes: mostOwnModelBytes / 1e6 });
  const end = () => host.kill();
  signal.addEventListener('abort', end);
  try {
    const opening = openWarm(host);
    // Told of below, or not at all where the file is refused.
    opening.catch(() => undefined);
    const source = await readBytes(file);
    const sha256 = await digest(source);
    const known = await findKept(shelf, sha256);
    if (known) return await addWords(shelf, known, await readAbout(about));
    await breathe(signal);
    const net = await readOwnModel(source, file.name);
    if (net.outputs !== null && net.outputs !== net.inputs) throw refusePlanes();
    await breathe(signal);
    const beside = await readAbout(about);
    const said = mergeWords(beside, readOwnWords(source));
    const machine = await opening;
    const given = fitPlanes(net, 1);
    const examined = await host.probe(given, knownOf(net)).catch((error: unknown) => {
      throw isOfPlanes(net, error) ? refusePlanes() : error;
    });
    const { found } = examined;
    const { white } = found;
    const onnx = isAsWritten(found) ? given : fitContract(fitPlanes(net, white.input), found);
    // Where all is known exactly it is held against nothing here, and made once a GPU is to be held against it.
    const proof = examined.proof ?? (found.isExact ? null : await host.prove(onnx, found));
    const key = await digest(onnx);
    const own = { url: ownAddress(sha256), bytes: onnx.length, sha256: key };
    const golden = await describeGolden(own.url, proof);
    const files = [{ ...own, precision: 'fp32', psnrLoss: 0, golden }] as const;
    // Named as its file is, so that who chose that finds it, unless somebody has given it a name beside.
    const title = beside.title || file.name.replace(/\.[^.]+$/, '');
    const card = { ...describe(net, found, onnx), id: own.url, title, files };
    const words = { ...said, title };
    signal.throwIfAborted();
    const model: OwnModel = {
      ...{ v: 1, made: presentMaking, sha256, ...words, fileName: file.name, fileBytes: file.size },
      ...{ architecture: net.architecture, planes: net.inputs, isWide: found.isWide, card },
    };
    const kept = await keepFull(model, { onnx, proof }, shelf).catch(async (error: unknown) => {
      const isFull = error instanceof EnhanceError && error.problem === 'storage-full';
      const small = isFull ? await makeSmall(model, onnx, host) : null;
      if (!small) throw error;
      // The full weights, which the tile is of, are gone afterwards.
      return keepSmall(small, proof ?? (await host.prove(onnx, found)), shelf);
    });
    // It was the CPU that ran it, and what a GPU is held against is the CPU's result: what its own work takes is known as well.
    const pace = (proof ?? examined).msPerPixel / card.macsPerPixel;
    const subject = { key: kept.card.files[0]!.sha256, runtime: machine.runtimes[0] };
    trials.remember(machine, subject, { isRight: true, pace }, false);
    return kept;
  } catch (error) {
    // What it was killed by is what is told, not what that has broken.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    host.kill();
  }
}

/** Another picture comes out than goes in: a mask, say, or colours for gray. */
const refusePlanes = () => new EnhanceError('own-model-unfit', { reason: 'planes', cause: '' });

/** Whether a network of four planes did not run since fewer come out, which nothing has told before. */
function isOfPlanes({ inputs, outputs }: OwnNet, error: unknown): boolean {
  if (inputs !== 4 || outputs !== null || !(error instanceof EnhanceError)) return false;
  const { problem } = error;
  return problem === 'own-model-unfit' || problem === 'model-refused';
}

/** A network as one of three planes; `white` is what it calls so in its input. */
function fitPlanes({ inputs, onnx }: OwnNet, white: Probed['white']['input']): OwnNet['onnx'] {
  if (inputs === 1) return fitContract(onnx, 'each-plane');
  return inputs === 4 ? fitContract(onnx, { opaque: white }) : onnx;
}

/** What a card says of a tile that is there, or is not yet. */
async function describeGolden(url: string, proof: Proof | null): Promise<Golden> {
  if (!proof) return unmadeGolden(url, roundingLevels);
  const { golden, tolerance } = proof;
  return { url, bytes: golden.length, sha256: await digest(golden), tolerance };
}

function keepFull(
  model: OwnModel,
  { onnx, proof }: { readonly onnx: Uint8Array<ArrayBuffer>; readonly proof: Proof | null },
  shelf: OwnShelf,
): Promise<OwnModel> {
  return shelf.add(model, { onnx, golden: proof?.golden ?? null });
}

/** With weights of 8 bits, and the tile of the full ones. */
async function keepSmall(
  { model, bytes }: { readonly model: OwnModel; readonly bytes: Uint8Array<ArrayBuffer> },
  proof: Proof,
  shelf: OwnShelf,
): Promise<OwnModel> {
  const [form] = model.card.files;
  const { tolerance } = form!.golden;
  const golden = { ...(await describeGolden(form!.url, proof)), tolerance };
  const card = { ...model.card, files: [{ ...form!, golden }] };
  return shelf.add({ ...model, card }, { onnx: bytes, golden: proof.golden });
}

/** The same file, made by this version and whole: nothing else would come of it. */
async function findKept(shelf: OwnShelf, sha256: string): Promise<OwnModel | null> {
  const model = await shelf.find(sha256);
  const [file] = model?.card.files ?? [];
  if (model?.made !== presentMaking || !file) return null;
  const { golden } = file;
  const loading = [shelf.load(file), ...(isMade(golden) ? [shelf.load(golden)] : [])];
  return Promise.all(loading).then(
    () => model,
    () => null,
  );
}

/** What nobody has said of a model so far. */
async function addWords(shelf: OwnShelf, model: OwnModel, words: OwnWords): Promise<OwnModel> {
  const { title, licence, author } = mergeWords(model, words);
  const isNew = licence !== model.licence || author !== model.author;
  return isNew ? shelf.describe(model, { title, licence, author }) : model;
}

/** An engine on the CPU that has what runs networks: loading that takes as long as reading a file. */
async function openWarm(host: AddingParts['host']): Promise<Machine> {
  const machine = await host.open('wasm');
  await host.warm();
  return machine;
}

async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new EnhanceError('file-unreadable', { cause: String(error), bytes: file.size });
  }
}

function knownOf({ halo, multiple, isGlobal }: OwnNet): Known {
  return { isGlobal, ...(halo !== null && { halo }), ...(multiple !== null && { multiple }) };
}

function describe(
  net: OwnNet,
  { scale, halo, multiple }: Probed,
  onnx: Uint8Array,
): Omit<Card, 'id' | 'title' | 'files'> {
  const { macsPerPixel, widestBytes } = weigh(onnx);
  return {
    ...{ task: 'upscale', tier: 'quality', variant: 'faithful', scale, outputs: 3 },
    ...{
      halo,
      multiple,
      controls: [],
      params: net.params,
      licence: '',
      trainedOn: '',
      metrics: {},
    },
    macsPerPixel: net.macsPerPixel ?? macsPerPixel,
    widestBytes: Math.max(widestBytes, 4 * 3 * scale ** 2),
  };
}
