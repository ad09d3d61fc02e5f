import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import type { Tensor } from './plain-layers';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

const encoder = new TextEncoder();

/** The bytes of numbers. */
export const bytesIn = (values: Float32Array | Float64Array | BigUint64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Puts pieces together. */
export function joinBytes(...pieces: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** A `.safetensors` file; its header may say what is not so. */
export function writeSafetensors(tensors: Tensors, lies: Record<string, unknown> = {}): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let place = 0;
  for (const [name, { dims, values }] of Object.entries(tensors)) {
    const end = place + values.byteLength;
    header[name] = { dtype: 'F32', shape: dims, data_offsets: [place, end] };
    place = end;
  }
  const json = encoder.encode(JSON.stringify({ ...header, ...lies }));
  const length = BigUint64Array.of(BigInt(json.length));
  const numbers = Object.values(tensors).map(({ values }) => bytesIn(values));
  return joinBytes(bytesIn(length), json, ...numbers);
}

/** A pickle's opcodes for what state dictionaries are made of. */
export const pickle = {
  text: (text: string) => {
    const bytes = encoder.encode(text);
    return [0x58, ...uint32(bytes.length), ...bytes];
  },
  whole: (value: number) => [0x4a, ...uint32(value)],
  name: (room: string, name: string) => [...encoder.encode(`c${room}\n${name}\n`)],
  tuple: (...parts: readonly (readonly number[])[]) => [0x28, ...parts.flat(), 0x74],
  /** A dictionary of texts. */
  dict: (entries: readonly (readonly [string, readonly number[]])[]) => [
    ...[0x7d, 0x28],
    ...entries.flatMap(([key, value]) => [...pickle.text(key), ...value]),
    0x75,
  ],
  ordered: (entries: readonly (readonly [string, readonly number[]])[]) => [
    ...pickle.name('collections', 'OrderedDict'),
    ...[0x29, 0x52, 0x28],
    ...entries.flatMap(([key, value]) => [...pickle.text(key), ...value]),
    0x75,
  ],
  wholes: (values: readonly number[]) => pickle.tuple(...values.map(pickle.whole)),
  end: (value: readonly number[]) => [0x80, 2, ...value, 0x2e],
};

function uint32(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];
}

/** Numbers from one to the next along each side, where they lie in a row. */
export const stridesOf = (dims: readonly number[]): number[] =>
  dims.map((_, axis) => dims.slice(axis + 1).reduce((all, side) => all * side, 1));

/** How a tensor lies in its storage. */
export type Lying = {
  readonly strides?: readonly number[];
  /** Whether its storage says what it is a view of, as it did before 1.6: nothing. */
  readonly hasView?: boolean;
};

/** The pickle of a tensor that is all of a storage. */
export function pickleTensor(
  key: string,
  { dims, values }: Tensor,
  { strides = stridesOf(dims), hasView = false }: Lying = {},
): number[] {
  const storage = pickle.tuple(
    pickle.text('storage'),
    pickle.name('torch', 'FloatStorage'),
    pickle.text(key),
    pickle.text('cpu'),
    pickle.whole(values.length),
    ...(hasView ? [[0x4e]] : []),
  );
  const given = [
    ...[...storage, 0x51],
    ...[...pickle.whole(0), ...pickle.wholes(dims), ...pickle.wholes(strides), 0x89],
    ...pickle.ordered([]),
  ];
  return [...pickle.name('torch._utils', '_rebuild_tensor_v2'), 0x28, ...given, 0x74, 0x52];
}

/** Pickles of tensors by their names, each in a storage by its number. */
export const pickleTensors = (tensors: Tensors): [string, number[]][] =>
  Object.entries(tensors).map(([name, tensor], index) => [name, pickleTensor(`${index}`, tensor)]);

/** A ZIP of files, not packed unless asked for. */
export async function writeZip(
  files: Readonly<Record<string, Uint8Array>>,
  level = 0,
): Promise<Uint8Array> {
  configure({ useWebWorkers: false, useCompressionStream: true });
  const zip = new ZipWriter(new Uint8ArrayWriter(), { level });
  for (const [name, bytes] of Object.entries(files))
    await zip.add(name, new Uint8ArrayReader(bytes));
  return zip.close();
}

/** What `torch.save` writes, with a pickle of one's own. */
export function zipTorch(
  main: readonly number[],
  tensors: Tensors,
  level = 0,
): Promise<Uint8Array> {
  const numbers = Object.values(tensors).map(({ values }, index) => [
    `archive/data/${index}`,
    bytesIn(values),
  ]);
  return writeZip(
    {
      'archive/data.pkl': Uint8Array.from(main),
      'archive/byteorder': encoder.encode('little'),
      ...(Object.fromEntries(numbers) as Record<string, Uint8Array>),
      'archive/version': encoder.encode('3\n'),
    },
    level,
  );
}

/** What `torch.save({ params: state })` writes. */
export function writeTorch(tensors: Tensors, folder = 'params'): Promise<Uint8Array> {
  const state = pickle.ordered(pickleTensors(tensors));
  return zipTorch(pickle.end(pickle.dict([[folder, state]])), tensors);
}

/** What PyTorch before 1.6 wrote, an ordered dictionary at the top. */
export function writeLegacyTorch(tensors: Tensors): Uint8Array {
  const magic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const entries = Object.entries(tensors).map(
    ([name, tensor], index) => [name, pickleTensor(`${index}`, tensor, { hasView: true })] as const,
  );
  const keys = Object.keys(tensors).flatMap((_, index) => pickle.text(`${index}`));
  return joinBytes(
    pickle.end(magic),
    pickle.end(pickle.whole(1001)),
    pickle.end(pickle.dict([['protocol_version', pickle.whole(1001)]])),
    pickle.end(pickle.ordered(entries)),
    pickle.end([0x5d, 0x28, ...keys, 0x65]),
    ...Object.values(tensors).flatMap(({ values }) => [
      bytesIn(BigUint64Array.of(BigInt(values.length))),
      bytesIn(values),
    ]),
  );
}
