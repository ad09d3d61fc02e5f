import { toHalf } from '../../../../src/core/half';
import { bytesIn, joinBytes, type Tensors } from './weight-files';

const encoder = new TextEncoder();

/** ncnn's two files, one behind the other with a zero between. */
export const joinPair = (lines: readonly string[], bin: Uint8Array): Uint8Array =>
  joinBytes(
    encoder.encode(`7767517\n${lines.length} ${lines.length}\n${lines.join('\n')}\n`),
    [0],
    bin,
  );

/** A convolution's weights and what it adds, as ncnn writes them. */
export function writeLayer(
  { values }: { values: Float32Array },
  bias: Float32Array,
  isHalf = false,
): Uint8Array {
  if (!isHalf) return joinBytes([0, 0, 0, 0], bytesIn(values), bytesIn(bias));
  const halves = new Uint16Array(values.length + (values.length % 2));
  values.forEach((value, at) => (halves[at] = toHalf(value)));
  return joinBytes([0x47, 0x6b, 0x30, 0x01], new Uint8Array(halves.buffer), bytesIn(bias));
}

/** A Compact as ncnn has it: the picture's pixels repeated, and added to what was shuffled. */
export function writeNcnnCompact(tensors: Tensors, scale: number, isHalf = false): Uint8Array {
  const bins: Uint8Array[] = [];
  const lines = ['Input input 0 1 data', 'Split splitncnn_0 1 2 data a b'];
  let before = 'a';
  const names = Object.keys(tensors).filter((name) => name.endsWith('.weight'));
  for (const name of names) {
    const { dims, values } = tensors[name]!;
    const made = `v${lines.length}`;
    if (dims.length === 1) {
      lines.push(`PReLU ${name} 1 1 ${before} ${made} 0=${dims[0]}`);
      bins.push(bytesIn(values));
    } else {
      const [to = 0, , side = 0] = dims;
      const sides = `1=${side} 11=${side} 2=1 12=1 3=1 13=1 4=1 14=1 15=1 16=1 5=1`;
      lines.push(`Convolution ${name} 1 1 ${before} ${made} 0=${to} ${sides} 6=${values.length}`);
      const bias = tensors[name.replace('.weight', '.bias')]!.values;
      bins.push(writeLayer(tensors[name]!, bias, isHalf));
    }
    before = made;
  }
  const factor = scale.toExponential(6);
  lines.push(
    `PixelShuffle shuffle 1 1 ${before} large 0=${scale}`,
    `Interp repeat 1 1 b repeated 0=1 1=${factor} 2=${factor}`,
    'BinaryOp add 2 1 large repeated out 0=0',
  );
  return joinPair(lines, joinBytes(...bins));
}
