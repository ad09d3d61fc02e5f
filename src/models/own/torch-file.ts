import { readPickle, StoredTensor, type PickleValue, type Storage } from './pickle';
import { damaged, unsupported } from './refusals';
import { mostTensors } from './safetensors';
import { bytesOf, countOf, type WeightTable, type WeightTensor } from './weights';
import { looksLikeZip, readZip } from './zip-entries';

/** What a file written before PyTorch 1.6 begins with: a pickle of a number that it is known by. */
const legacyStart = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/**
 * Whether a file begins as PyTorch's do.
 *
 * @param bytes The file.
 * @returns Whether it may be one of either kind.
 */
export function looksLikeTorch(bytes: Uint8Array): boolean {
  return looksLikeZip(bytes) || isLegacy(bytes);
}

const isLegacy = (bytes: Uint8Array) => legacyStart.every((byte, at) => bytes[at] === byte);

/**
 * Reads the tensors of what `torch.save` wrote: a ZIP with a pickle and a file for each stretch of numbers, or before version 1.6 some
 * pickles and the numbers behind. Sources: PyTorch's `torch/serialization.py`.
 *
 * @param bytes The file.
 * @returns Its tensors.
 * @throws {EnhanceError} `own-model-damaged`, `own-model-unsafe` or `own-model-unsupported`.
 */
export async function readTorchFile(bytes: Uint8Array): Promise<WeightTable> {
  const { value, storages } = isLegacy(bytes) ? readLegacy(bytes) : await readZipped(bytes);
  const tensors = findTensors(value);
  if (tensors.length > mostTensors) throw damaged('tensors');
  const found = await storages(new Set(tensors.map(([, { storage }]) => storage)));
  return new Map(tensors.map(([name, tensor]) => [name, lay(name, tensor, found)]));
}

type Found = ReadonlyMap<string, Uint8Array>;

type Opened = {
  readonly value: PickleValue;
  /** Bytes of the storages that are wanted, by their keys. */
  readonly storages: (wanted: ReadonlySet<Storage>) => Promise<Found>;
};

async function readZipped(bytes: Uint8Array): Promise<Opened> {
  const zip = await readZip(bytes);
  const pickles = [...zip.names].filter((name) => /(^|\/)data\.pkl$/.test(name));
  const [path] = pickles;
  if (!path || pickles.length > 1) throw unsupported('file', 'zip');
  const folder = path.slice(0, -'data.pkl'.length);
  if ([...zip.names].some((name) => name.startsWith(`${folder}code/`)))
    throw unsupported('network', 'TorchScript');
  const order = zip.names.has(`${folder}byteorder`) && (await zip.read(`${folder}byteorder`, 16));
  if (order && new TextDecoder().decode(order) !== 'little') throw damaged('byteorder');
  const { value } = readPickle(await zip.read(path, mostPickleBytes));
  return {
    value,
    async storages(wanted) {
      const found = new Map<string, Uint8Array>();
      for (const { key, type, count } of wanted) {
        if (found.has(key)) continue;
        found.set(key, await zip.read(`${folder}data/${key}`, count * bytesOf[type]));
      }
      return found;
    },
  };
}

const mostPickleBytes = 16e6;

function readLegacy(bytes: Uint8Array): Opened {
  // Magic number, version, facts of the machine that wrote it.
  let at = 0;
  for (let pickle = 0; pickle < 3; pickle++) at = readPickle(bytes, at).end;
  const main = readPickle(bytes, at);
  const list = readPickle(bytes, main.end);
  return {
    value: main.value,
    storages() {
      const found = new Map<string, Uint8Array>();
      if (!Array.isArray(list.value)) throw damaged('storages');
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let place = list.end;
      for (const key of list.value) {
        const storage = typeof key === 'string' ? main.storages.get(key) : undefined;
        // Without its type nobody knows where the next one begins.
        if (!storage) throw damaged('storages');
        if (place + 8 > bytes.length) throw damaged(`storage ${storage.key}`);
        const length = Number(view.getBigUint64(place, true)) * bytesOf[storage.type];
        if (!(place + 8 + length <= bytes.length)) throw damaged(`storage ${storage.key}`);
        found.set(storage.key, bytes.subarray(place + 8, place + 8 + length));
        place += 8 + length;
      }
      return Promise.resolve(found);
    },
  };
}

/** Where training programs put the weights, the averaged ones first. */
const folders = [
  'params_ema',
  'params',
  'state_dict',
  'model_state_dict',
  'model',
  'net',
  'generator',
];

function findTensors(value: PickleValue): [string, StoredTensor][] {
  for (let depth = 0; value instanceof Map && depth < 4; depth++) {
    const dict: ReadonlyMap<unknown, PickleValue> = value;
    const inner = folders.find((name) => dict.get(name) instanceof Map);
    const own = [...dict].filter(
      (entry): entry is [string, StoredTensor] =>
        typeof entry[0] === 'string' && entry[1] instanceof StoredTensor,
    );
    if (own.length > 0 && !inner) return own;
    value = (inner && dict.get(inner)) ?? null;
  }
  throw unsupported('unknown-network');
}

/** The tensor's own values in order. */
function lay(name: string, tensor: StoredTensor, found: Found): WeightTensor {
  const { storage, offset, dims, strides } = tensor;
  const bytes = found.get(storage.key);
  const size = bytesOf[storage.type];
  const count = countOf(dims);
  const last = dims.reduce((at, side, axis) => at + (side - 1) * strides[axis]!, offset);
  const isInside = bytes && count > 0 && (last + 1) * size <= bytes.length;
  // One number that stands for many, as no weights do, could be spread over any amount of memory.
  if (!isInside || count * size > bytes.length) throw damaged(name);
  const isPlain = dims.every(
    (side, axis) => side === 1 || strides[axis] === countOf(dims.slice(axis + 1)),
  );
  const data = isPlain
    ? bytes.subarray(offset * size, (offset + count) * size)
    : gather(bytes, tensor, count, size);
  return { type: storage.type, dims, data };
}

/** Copies a tensor whose numbers do not lie one after the other. */
function gather(
  bytes: Uint8Array,
  { offset, dims, strides }: StoredTensor,
  count: number,
  size: number,
): Uint8Array {
  const data = new Uint8Array(count * size);
  for (let index = 0; index < count; index++) {
    let [rest, from] = [index, offset];
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      from += (rest % dims[axis]!) * strides[axis]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    data.set(bytes.subarray(from * size, (from + 1) * size), index * size);
  }
  return data;
}
