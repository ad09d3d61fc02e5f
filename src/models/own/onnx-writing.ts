import protobuf, { type Writer } from 'protobufjs/minimal';
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxPort, OnnxTensor } from './onnx-model';

/** The version of the file format that came with opset 13; all readers since take it. */
const irVersion = 7;

/** How a field's value lies in a message of protobuf. */
const wire = { varint: 0, bytes: 2, four: 5 } as const;

const open = (writer: Writer, field: number, kind: keyof typeof wire) =>
  writer.uint32((field << 3) | wire[kind]);

const text = (writer: Writer, field: number, value: string) =>
  open(writer, field, 'bytes').string(value);

const inner = (writer: Writer, field: number, write: (writer: Writer) => void) => {
  open(writer, field, 'bytes').fork();
  write(writer);
  writer.ldelim();
};

/** What 64 bits hold: bounds that mean "to the end" are a little more. */
const long = (writer: Writer, value: number) =>
  value >= 2 ** 63
    ? writer.int64({ low: -1, high: 0x7fffffff, unsigned: false })
    : writer.int64(value);

/**
 * Writes a graph as an ONNX file. Source of the fields' numbers: `onnx.proto`.
 *
 * @param graph The network.
 * @returns The file, owned by the caller.
 */
export function writeOnnx(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const writer = new protobuf.Writer();
  open(writer, 1, 'varint').int64(irVersion);
  text(writer, 2, 'enlarger');
  inner(writer, 7, () => writeGraph(writer, graph));
  inner(writer, 8, () => {
    text(writer, 1, '');
    open(writer, 2, 'varint').int64(graph.opset);
  });
  const bytes = writer.finish();
  // In Node the writer's memory is a slice of a larger one.
  return bytes.byteLength === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer as ArrayBuffer)
    : new Uint8Array(bytes);
}

function writeGraph(writer: Writer, { nodes, constants, inputs, outputs }: OnnxGraph): void {
  for (const node of nodes) inner(writer, 1, () => writeNode(writer, node));
  text(writer, 2, 'network');
  for (const [name, tensor] of constants) inner(writer, 5, () => writeTensor(writer, tensor, name));
  for (const port of inputs) inner(writer, 11, () => writePort(writer, port));
  for (const port of outputs) inner(writer, 12, () => writePort(writer, port));
}

function writeNode(writer: Writer, { op, domain, inputs, outputs, attributes }: OnnxNode): void {
  for (const name of inputs) text(writer, 1, name);
  for (const name of outputs) text(writer, 2, name);
  text(writer, 4, op);
  for (const [name, attribute] of attributes)
    inner(writer, 5, () => writeAttribute(writer, name, attribute));
  if (domain) text(writer, 7, domain);
}

/** The number of each kind in `AttributeProto.AttributeType`. */
const kinds = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7, texts: 8 } as const;

function writeAttribute(writer: Writer, name: string, attribute: OnnxAttribute): void {
  text(writer, 1, name);
  switch (attribute.kind) {
    case 'float':
      open(writer, 2, 'four').float(attribute.value);
      break;
    case 'int':
      long(open(writer, 3, 'varint'), attribute.value);
      break;
    case 'text':
      open(writer, 4, 'bytes').bytes(attribute.value);
      break;
    case 'tensor':
      inner(writer, 5, () => writeTensor(writer, attribute.value));
      break;
    case 'floats':
      for (const value of attribute.value) open(writer, 7, 'four').float(value);
      break;
    case 'ints':
      for (const value of attribute.value) long(open(writer, 8, 'varint'), value);
      break;
    case 'texts':
      for (const value of attribute.value) open(writer, 9, 'bytes').bytes(value);
      break;
  }
  open(writer, 20, 'varint').int32(kinds[attribute.kind]);
}

function writeTensor(writer: Writer, { dims, type, data }: OnnxTensor, name = ''): void {
  for (const side of dims) open(writer, 1, 'varint').int64(side);
  open(writer, 2, 'varint').int32(type);
  if (name) text(writer, 8, name);
  open(writer, 9, 'bytes').bytes(data);
}

function writePort(writer: Writer, { name, type, dims }: OnnxPort): void {
  const writeSide = (side: number | string | null) => {
    if (typeof side === 'number') open(writer, 1, 'varint').int64(side);
    else if (side !== null) text(writer, 2, side);
  };
  text(writer, 1, name);
  inner(writer, 2, () =>
    inner(writer, 1, () => {
      open(writer, 1, 'varint').int32(type);
      inner(writer, 2, () => {
        for (const side of dims) inner(writer, 1, () => writeSide(side));
      });
    }),
  );
}
