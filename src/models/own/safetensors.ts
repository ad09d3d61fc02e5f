import { damaged, unsupported } from './refusals';
import { bytesOf, countOf, type NumberType, type WeightTable, type WeightTensor } from './weights';

/** Most tensors of a file; the largest networks that run here have some 2,000. */
export const mostTensors = 20_000;
/** Longest header, as the format's own library takes. */
const mostHeaderBytes = 25e6;

const types: Readonly<Record<string, NumberType>> = {
  ...{ F64: 'f64', F32: 'f32', F16: 'f16', BF16: 'bf16' },
  ...{ I64: 'i64', I32: 'i32', I16: 'i16', I8: 'i8', U8: 'u8', BOOL: 'bool' },
};

/**
 * Whether a file begins as a `.safetensors` does: the length of its header, and an object of JSON.
 *
 * @param bytes The file.
 * @returns Whether it may be one.
 */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 9 && bytes[6] === 0 && bytes[7] === 0 && bytes[8] === 0x7b;
}

/**
 * Reads the tensors of a `.safetensors` file. Source: its format's description (huggingface/safetensors, README).
 *
 * @param bytes The file.
 * @returns Its tensors; their data are views of `bytes`.
 * @throws {EnhanceError} `own-model-damaged` where sizes do not fit, or tensors share bytes.
 */
export function readSafetensors(bytes: Uint8Array): WeightTable {
  const { header, body } = split(bytes);
  delete header['__metadata__'];
  const entries = Object.entries(header);
  if (entries.length > mostTensors) throw damaged('tensors');
  const placed = entries.map(([name, entry]) => place(name, entry, body));
  placed.sort((a, b) => a.start - b.start);
  let end = 0;
  for (const { name, tensor, start } of placed) {
    if (start < end) throw damaged(name);
    end = start + tensor.data.length;
  }
  return new Map(placed.map(({ name, tensor }) => [name, tensor]));
}

/**
 * Reads what a `.safetensors` file says of itself.
 *
 * @param bytes The file.
 * @returns Its metadata: anything.
 * @throws {EnhanceError} `own-model-damaged` where it has no header.
 */
export function readMetadata(bytes: Uint8Array): unknown {
  return split(bytes).header['__metadata__'];
}

function split(bytes: Uint8Array): {
  readonly header: Record<string, unknown>;
  readonly body: Uint8Array;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > mostHeaderBytes || 8 + length > bytes.length) throw damaged('header');
  return { header: parseHeader(bytes.subarray(8, 8 + length)), body: bytes.subarray(8 + length) };
}

function parseHeader(json: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return { ...header };
  } catch {
    // Told below, as what is not an object.
  }
  throw damaged('header');
}

function place(name: string, entry: unknown, body: Uint8Array): Placed {
  if (typeof entry !== 'object' || entry === null) throw damaged(name);
  const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
  if (!isWholeList(shape) || !isWholeList(offsets) || typeof dtype !== 'string')
    throw damaged(name);
  const type = Object.hasOwn(types, dtype) ? types[dtype] : undefined;
  if (!type) throw unsupported('unknown-network', `${name}: ${dtype}`);
  const [start = -1, end = -1] = offsets;
  const isRight = end <= body.length && end - start === countOf(shape) * bytesOf[type];
  if (!isRight || start < 0) throw damaged(name);
  return { name, start, tensor: { type, dims: shape, data: body.subarray(start, end) } };
}

type Placed = { readonly name: string; readonly start: number; readonly tensor: WeightTensor };

const isWholeList = (value: unknown): value is readonly number[] =>
  Array.isArray(value) &&
  value.length <= 8 &&
  value.every((each) => Number.isSafeInteger(each) && each >= 0);
