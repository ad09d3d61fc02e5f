import { isFree, type FormLoss } from '../../core/run/form-loss';
import { digest } from '../../integrity/digest';
import type { ModelFile } from '../../models/catalog';
import { writeBytes, writeHalves } from '../../models/own/graph-forms';
import type { OwnModel, OwnShelf } from '../../models/own/own-shelf';
import type { EngineHost } from '../engine/host';

/** Levels of 255 that the arithmetic of 16 bits may add to what its weights do; our own networks' add up to 10. */
const halfLevels = 6;

/** A form whose result may be further off than this is not kept: its golden tile would prove little. */
const mostLevels = 16;

/**
 * Makes the form of a person's own model that GPUs with `shader-f16` run, and keeps it beside the full one where nobody would
 * see the difference.
 *
 * @param model The model, on the shelf.
 * @param parts What it is made with.
 * @param parts.shelf Where it is.
 * @param parts.host An engine of its own; killed at the end.
 * @returns The model with that form; null where it is not kept.
 * @throws {EnhanceError} `own-model-missing`; what the engine fails with.
 */
export async function makeHalves(
  model: OwnModel,
  {
    shelf,
    host,
  }: { readonly shelf: OwnShelf; readonly host: Pick<EngineHost, 'open' | 'compare' | 'kill'> },
): Promise<OwnModel | null> {
  const [full] = model.card.files;
  if (full?.precision !== 'fp32') return null;
  try {
    const onnx = await shelf.load(full);
    const bytes = writeHalves(onnx);
    if (!bytes) return null;
    await host.open('wasm');
    const loss = await host.compare(onnx, bytes, model.card);
    const form = isFree(loss) && (await describeForm(full, 'fp16', bytes, loss));
    return form ? await shelf.addForm(model, form, bytes) : null;
  } finally {
    host.kill();
  }
}

/**
 * Makes a model with weights of 8 bits in place of the full ones, for a browser that has no room for these.
 *
 * @param model The model with its full weights, which are not on the shelf.
 * @param onnx These.
 * @param host An engine that is open on the CPU.
 * @returns The model and its bytes; null where the difference would be seen, or there is nothing to make smaller.
 * @throws {EnhanceError} What the engine fails with.
 */
export async function makeSmall(
  model: OwnModel,
  onnx: Uint8Array,
  host: Pick<EngineHost, 'compare'>,
): Promise<{ readonly model: OwnModel; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
  const [full] = model.card.files;
  const bytes = writeBytes(onnx);
  const loss = bytes && (await host.compare(onnx, bytes, model.card));
  const form = full && bytes && isFree(loss) && (await describeForm(full, 'int8', bytes, loss));
  return form ? { model: { ...model, card: { ...model.card, files: [form] } }, bytes } : null;
}

/** Its golden tile is that of the full weights, from which it may be as far as it was seen to be, and half as much again. */
async function describeForm(
  full: ModelFile,
  precision: 'fp16' | 'int8',
  bytes: Uint8Array<ArrayBuffer>,
  { psnrLoss, levels }: FormLoss,
): Promise<ModelFile | null> {
  const added = precision === 'fp16' ? halfLevels : 0;
  const tolerance = full.golden.tolerance + added + Math.ceil(1.5 * levels);
  if (tolerance > mostLevels) return null;
  return {
    ...{ url: full.url, bytes: bytes.length, sha256: await digest(bytes), precision },
    psnrLoss: Math.max(0, psnrLoss),
    golden: { ...full.golden, tolerance },
  };
}
