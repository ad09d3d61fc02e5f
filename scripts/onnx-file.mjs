/**
 * Writes ONNX files: the few fields of onnx.proto3 that a network of convolutions needs, as protocol buffers
 * (https://protobuf.dev/programming-guides/encoding; field numbers of ONNX's own onnx/onnx.proto).
 */

/** @typedef {{ op: string, in: string[], out: string, with?: Record<string, number | string | number[]> }} Node One operation, its inputs and output by name, and its attributes: whole numbers, words, lists of whole numbers, or, where the name is `alpha`, a fraction. */

/** @typedef {{ name: string, dims: number[], values: Float32Array | Uint8Array | BigInt64Array }} Tensor A constant, row by row. */

/** @param {number} value A whole number from 0. */
const varint = (value) => {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
};

/**
 * @param {number} field Its number.
 * @param {number | string | Uint8Array} value A whole number, a text, or a message.
 */
const put = (field, value) => {
  if (typeof value === 'number') return Buffer.concat([varint(field * 8), varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
};

/** @param {Uint8Array[]} parts */
const join = (...parts) => Buffer.concat(parts);

/** Numbers of ONNX's types of attributes and of samples. */
const attributes = { fraction: 1, whole: 2, word: 3, list: 7 };
const float32 = 1;

/** @param {Tensor['values']} values */
const typeOf = (values) =>
  values instanceof Float32Array ? float32 : values instanceof Uint8Array ? 2 : 7;

/** @param {[string, number | string | number[]]} attribute */
function attribute([name, value]) {
  const named = put(1, name);
  if (name === 'alpha') {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(Number(value));
    return join(named, varint(2 * 8 + 5), bytes, put(20, attributes.fraction));
  }
  if (typeof value === 'number') return join(named, put(3, value), put(20, attributes.whole));
  if (typeof value === 'string') return join(named, put(4, value), put(20, attributes.word));
  return join(named, ...value.map((each) => put(8, each)), put(20, attributes.list));
}

/** @param {Node} node */
const node = ({ op, in: inputs, out, with: set = {} }) =>
  join(
    ...inputs.map((name) => put(1, name)),
    ...[put(2, out), put(4, op)],
    ...Object.entries(set).map((each) => put(5, attribute(each))),
  );

/** @param {Tensor} tensor */
const tensor = ({ name, dims, values }) =>
  join(
    ...dims.map((length) => put(1, length)),
    ...[put(2, typeOf(values)), put(8, name)],
    put(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );

/**
 * @param {string} name
 * @param {(number | string)[]} shape Lengths, or names of those that are free.
 */
const picture = (name, shape) => {
  const dims = shape.map((side) => put(1, put(typeof side === 'number' ? 1 : 2, side)));
  return join(put(1, name), put(2, put(1, join(put(1, float32), put(2, join(...dims))))));
};

/**
 * An ONNX file of opset 13 that keeps the contract of the models: `image` goes in, `enhanced` comes out, both
 * float32 of the sides `h` and `w`.
 *
 * @param {Node[]} nodes In the order of work.
 * @param {Tensor[]} tensors Their constants.
 * @param {number} outputs Planes of `enhanced`.
 * @returns {Buffer} The same bytes each time.
 */
export function writeOnnx(nodes, tensors, outputs) {
  const graph = join(
    ...nodes.map((each) => put(1, node(each))),
    put(2, 'network'),
    ...tensors.map((each) => put(5, tensor(each))),
    put(11, picture('image', [1, 3, 'h', 'w'])),
    put(12, picture('enhanced', [1, outputs, 'h', 'w'])),
  );
  const opset = join(put(1, ''), put(2, 13));
  return join(put(1, 7), put(2, 'enlarger'), put(7, graph), put(8, opset));
}
