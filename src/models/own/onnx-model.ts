/** The types of a tensor's numbers that are read, by their number in `onnx.proto`. */
export const onnxTypes = {
  float: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  half: 10,
  double: 11,
} as const;

/** Bytes of a number of each type that is read; undefined of all others. */
export const onnxBytes: Readonly<Record<number, number | undefined>> = {
  ...{ 1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8 },
};

/** A constant. */
export type OnnxTensor = {
  readonly dims: readonly number[];
  /** A number of `TensorProto.DataType`. */
  readonly type: number;
  /** Little-endian, in row-major order. */
  readonly data: Uint8Array;
};

/** What an operator is told; whole numbers beyond 2^53 are not exact, those beyond 2^63 its bounds. */
export type OnnxAttribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'text'; readonly value: Uint8Array }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'texts'; readonly value: readonly Uint8Array[] };

/** One step of a graph. */
export type OnnxNode = {
  readonly op: string;
  /** Empty of ONNX's own. */
  readonly domain: string;
  /** Names of values; empty where one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
};

/** What goes in or comes out. */
export type OnnxPort = {
  readonly name: string;
  /** A number of `TensorProto.DataType`; 0 where it is no tensor. */
  readonly type: number;
  /** A side's length, or its name, or null where nothing is known. */
  readonly dims: readonly (number | string | null)[];
};

/** A network as a graph; what an ONNX file says beside it is not kept. */
export type OnnxGraph = {
  /** Of ONNX's own operators. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  /** Without the constants, which old files list among them. */
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
};
