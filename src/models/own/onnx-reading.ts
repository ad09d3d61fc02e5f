import protobuf, { type Reader } from 'protobufjs/minimal';
import { EnhanceError } from '../../core/errors';
import {
  onnxBytes,
  onnxTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxPort,
  type OnnxTensor,
} from './onnx-model';
import { damaged, unsupported } from './refusals';
import { countOf } from './weights';

/** Most steps, and most constants, of a graph that is read; the largest that run here have some 3,000. */
const mostNodes = 20_000;
/** Most numbers of a constant that are not stored as they are in memory; networks have some hundreds. */
const mostPacked = 1_000_000;
/** Most names of a step's inputs and outputs, and most attributes. */
const mostPorts = 200;
/** The oldest operators that onnxruntime has. */
const oldestOpset = 7;
const newestOpset = 23;

/**
 * Whether a file begins as ONNX's do: with the number of the format's version, in one byte.
 *
 * @param bytes The file.
 * @returns Whether it may be one.
 */
export function looksLikeOnnx(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[0] === 8 && bytes[1]! > 0 && bytes[1]! < 32;
}

/**
 * Reads the graph of an ONNX file. Source of the fields' numbers: `onnx.proto`. Control flow, functions, sparse tensors and numbers in
 * other files are refused.
 *
 * @param bytes The file.
 * @returns Its graph; the constants are views of `bytes` wherever they lie in it as they are in memory.
 * @throws {EnhanceError} `own-model-damaged` or `own-model-unsupported`.
 */
export function readOnnx(bytes: Uint8Array): OnnxGraph {
  try {
    // Not what protobufjs makes of it under Node: a view is one there, too.
    return readModel(new protobuf.Reader(bytes));
  } catch (error) {
    if (error instanceof EnhanceError) throw error;
    throw damaged('protobuf');
  }
}

/**
 * Reads what an ONNX file says of itself beside its graph: `metadata_props`.
 *
 * @param bytes The file.
 * @returns Texts by their names; the first {@link mostPorts} of them, none where the file is damaged.
 */
export function readOnnxMetadata(bytes: Uint8Array): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const reader = new protobuf.Reader(bytes);
  try {
    eachField(reader, reader.len, {
      14: (kind) => {
        const [name, text] = readEntry(reader, kind);
        if (said.size < mostPorts && !said.has(name)) said.set(name, text);
      },
    });
  } catch {
    return new Map();
  }
  return said;
}

/** A pair of texts. */
function readEntry(reader: Reader, kind: number): [name: string, text: string] {
  let [name, text] = ['', ''];
  eachField(reader, endOf(reader, kind), {
    1: () => (name = reader.string()),
    2: () => (text = reader.string()),
  });
  return [name, text];
}

/** Goes through a message's fields; those that nobody wants are passed. */
function eachField(
  reader: Reader,
  end: number,
  fields: Readonly<Record<number, (kind: number) => void>>,
): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    const [field, kind] = [tag >>> 3, tag & 7];
    // Groups have not been written for twenty years, and may lie in one another to any depth.
    if (field === 0 || kind === 3 || kind === 4) throw damaged('protobuf');
    const read = fields[field];
    if (read) read(kind);
    else reader.skipType(kind);
  }
  if (reader.pos !== end) throw damaged('protobuf');
}

/** The end of the message that begins here. */
function endOf(reader: Reader, kind: number): number {
  if (kind !== 2) throw damaged('protobuf');
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw damaged('protobuf');
  return end;
}

function add<T>(list: T[], value: T, most: number, what: string): void {
  if (list.length >= most) throw damaged(`${what}: ${most}`);
  list.push(value);
}

/** A whole number of 64 bits. */
function long(reader: Reader): number {
  return Number(reader.int64());
}

/** Whole numbers, in one piece or each by itself. */
function longs(reader: Reader, kind: number, list: number[], most: number): void {
  const end = kind === 2 ? endOf(reader, kind) : reader.pos + 1;
  do add(list, long(reader), most, 'numbers');
  while (kind === 2 && reader.pos < end);
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function readModel(reader: Reader): OnnxGraph {
  let graph: Omit<OnnxGraph, 'opset'> | undefined;
  let opset = 1;
  eachField(reader, reader.len, {
    7: (kind) => (graph = readGraph(reader, endOf(reader, kind))),
    8: (kind) => {
      let [domain, version] = ['', 0];
      eachField(reader, endOf(reader, kind), {
        1: () => (domain = reader.string()),
        2: () => (version = long(reader)),
      });
      if (isOwn(domain)) opset = version;
    },
    25: () => {
      throw unsupported('operator', 'FunctionProto');
    },
  });
  if (!graph) throw damaged('graph');
  if (opset < oldestOpset || opset > newestOpset) throw unsupported('operator', `opset ${opset}`);
  return { ...graph, opset };
}

const isOwn = (domain: string) => domain === '' || domain === 'ai.onnx';

function readGraph(reader: Reader, end: number): Omit<OnnxGraph, 'opset'> {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, OnnxTensor>();
  const inputs: OnnxPort[] = [];
  const outputs: OnnxPort[] = [];
  eachField(reader, end, {
    1: (kind) => add(nodes, readNode(reader, endOf(reader, kind)), mostNodes, 'nodes'),
    5: (kind) => {
      const [name, tensor] = readTensor(reader, endOf(reader, kind));
      if (constants.has(name) || constants.size >= mostNodes) throw damaged(`constant ${name}`);
      constants.set(name, tensor);
    },
    11: (kind) => add(inputs, readPort(reader, endOf(reader, kind)), mostNodes, 'inputs'),
    12: (kind) => add(outputs, readPort(reader, endOf(reader, kind)), mostNodes, 'outputs'),
    15: () => {
      throw unsupported('operator', 'sparse');
    },
  });
  return { nodes, constants, inputs: inputs.filter(({ name }) => !constants.has(name)), outputs };
}

function readNode(reader: Reader, end: number): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let [op, domain] = ['', ''];
  eachField(reader, end, {
    1: () => add(inputs, reader.string(), mostPorts, 'inputs'),
    2: () => add(outputs, reader.string(), mostPorts, 'outputs'),
    4: () => (op = reader.string()),
    5: (kind) => {
      const [name, attribute] = readAttribute(reader, endOf(reader, kind));
      if (attributes.size >= mostPorts) throw damaged('attributes');
      attributes.set(name, attribute);
    },
    7: () => (domain = reader.string()),
  });
  return { op, domain: isOwn(domain) ? '' : domain, inputs, outputs, attributes };
}

function readAttribute(reader: Reader, end: number): [string, OnnxAttribute] {
  let name = '';
  let [type, float, int] = [0, 0, 0];
  let text: Uint8Array = new Uint8Array();
  let tensor: OnnxTensor | undefined;
  const [floats, ints, texts]: [number[], number[], Uint8Array[]] = [[], [], []];
  const refuse = () => {
    throw unsupported('operator', `${name}: If, Loop`);
  };
  eachField(reader, end, {
    1: () => (name = reader.string()),
    2: () => (float = reader.float()),
    3: () => (int = long(reader)),
    4: () => (text = reader.bytes()),
    5: (kind) => (tensor = readTensor(reader, endOf(reader, kind))[1]),
    ...{ 6: refuse, 10: refuse, 11: refuse, 14: refuse, 15: refuse, 21: refuse },
    ...{ 22: refuse, 23: refuse },
    7: (kind) => {
      const last = kind === 2 ? endOf(reader, kind) : reader.pos + 1;
      while (reader.pos < last) add(floats, reader.float(), mostPacked, 'numbers');
    },
    8: (kind) => longs(reader, kind, ints, mostPacked),
    9: () => add(texts, reader.bytes(), mostPorts, 'texts'),
    20: () => (type = reader.int32()),
  });
  if (type === 4 && !tensor) throw damaged(`attribute ${name}`);
  const all: Readonly<Record<number, OnnxAttribute>> = {
    1: { kind: 'float', value: float },
    2: { kind: 'int', value: int },
    3: { kind: 'text', value: text },
    ...(tensor && { 4: { kind: 'tensor', value: tensor } }),
    6: { kind: 'floats', value: floats },
    7: { kind: 'ints', value: ints },
    8: { kind: 'texts', value: texts },
  };
  const attribute = all[type];
  if (!attribute) throw damaged(`attribute ${name}`);
  return [name, attribute];
}

function readTensor(reader: Reader, end: number): [string, OnnxTensor] {
  let name = '';
  let [type, file] = [0, ''];
  let [isElsewhere, isSegment] = [false, false];
  let raw: Uint8Array | undefined;
  const dims: number[] = [];
  const wholes: number[] = [];
  /** Fields of numbers that lie as they do in memory. */
  const pieces: Uint8Array[] = [];
  const plain = (kind: number, size: number) => {
    if (kind === 2) pieces.push(reader.bytes());
    else if (pieces.length >= mostPacked) throw damaged('numbers');
    else {
      pieces.push(reader.buf.subarray(reader.pos, reader.pos + size));
      reader.skip(size);
    }
  };
  eachField(reader, end, {
    1: (kind) => longs(reader, kind, dims, 16),
    2: () => (type = reader.int32()),
    3: () => (isSegment = reader.skipType(2) !== null),
    4: (kind) => plain(kind, 4),
    5: (kind) => longs(reader, kind, wholes, mostPacked),
    7: (kind) => longs(reader, kind, wholes, mostPacked),
    8: () => (name = reader.string()),
    9: () => (raw = reader.bytes()),
    10: (kind) => plain(kind, 8),
    11: (kind) => longs(reader, kind, wholes, mostPacked),
    13: (kind) => {
      isElsewhere = true;
      const [entry, text] = readEntry(reader, kind);
      if (entry === 'location') file = text;
    },
    14: () => (isElsewhere = reader.int32() !== 0),
  });
  if (isElsewhere) throw unsupported('elsewhere', file || name);
  const size = onnxBytes[type];
  if (!size || isSegment) throw unsupported('operator', `${name}: type ${type}`);
  const data = raw ?? (wholes.length > 0 ? pack(wholes, type, size) : join(pieces));
  const isRight = dims.every((side) => side >= 0) && countOf(dims) * size === data.length;
  if (!isRight) throw damaged(`constant ${name}`);
  return [name, { dims, type, data }];
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const all = new Uint8Array(pieces.reduce((bytes, piece) => bytes + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Whole numbers as they lie in memory; halves are stored as their bits. */
function pack(wholes: readonly number[], type: number, size: number): Uint8Array {
  if (type === onnxTypes.float || type === onnxTypes.double) throw damaged('numbers');
  const data = new Uint8Array(wholes.length * size);
  const view = new DataView(data.buffer);
  wholes.forEach((value, at) => {
    if (size === 1) view.setUint8(at, value);
    else if (size === 2) view.setUint16(at * 2, value, true);
    else if (size === 4) view.setUint32(at * 4, value, true);
    else view.setBigInt64(at * 8, BigInt(value), true);
  });
  return data;
}

function readPort(reader: Reader, end: number): OnnxPort {
  let name = '';
  let type = 0;
  const dims: (number | string | null)[] = [];
  const readDim = (last: number) => {
    let side: number | string | null = null;
    eachField(reader, last, {
      1: () => (side = long(reader)),
      2: () => (side = decode(reader.bytes())),
    });
    add<number | string | null>(dims, side, 16, 'dims');
  };
  eachField(reader, end, {
    1: () => (name = reader.string()),
    2: (outer) =>
      eachField(reader, endOf(reader, outer), {
        1: (kind) =>
          eachField(reader, endOf(reader, kind), {
            1: () => (type = reader.int32()),
            2: (shape) =>
              eachField(reader, endOf(reader, shape), {
                1: (dim) => readDim(endOf(reader, dim)),
              }),
          }),
      }),
  });
  return { name, type, dims };
}
