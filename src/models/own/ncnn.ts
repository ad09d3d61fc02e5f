import type { Net } from './layout';
import { readNcnn, type NcnnLayer, type NcnnWeights } from './ncnn-file';
import { NetworkWriter, type Features } from './network-writer';
import { arePicture } from './own-net';
import { damaged, unsupported } from './refusals';

/** A network, and what its weights are. */
export type NcnnNet = Net & { readonly params: number; readonly hasHalves: boolean };

/** More planes than any network has, and more pixels of a pixel than any picture gets. */
const mostPlanes = 4096;
const mostScale = 8;
/** What WebGPU takes in one step. */
const mostJoined = 7;

/**
 * Writes a network of convolutions that ncnn's two files say.
 *
 * @param bytes See {@link readNcnn}.
 * @param name See {@link readNcnn}.
 * @returns The network.
 * @throws {EnhanceError} `own-model-damaged`; `own-model-unsupported` with the name of the step that is not known here.
 */
export function writeNcnn(bytes: Uint8Array, name: string): NcnnNet {
  const { layers, weights } = readNcnn(bytes, name);
  const inputs = inputsOf(layers);
  const net = new NetworkWriter(inputs);
  const builder = new Builder(net, layers, weights);
  for (const layer of layers) builder.add(layer);
  const result = builder.result();
  if (!weights.isEmpty) throw damaged('bin: end');
  const outputs = result.places.length;
  return {
    ...{ ...net.finish(result), architecture: 'ncnn', scale: 1 / result.step, inputs, outputs },
    ...{ params: weights.params, hasHalves: weights.hasHalves },
  };
}

const one = ({ parameters }: NcnnLayer, key: number, usual: number): number =>
  parameters.get(key)?.[0] ?? usual;

/** The first convolution tells how many planes the picture has. */
function inputsOf(layers: readonly NcnnLayer[]): number {
  const first = layers.find(({ type }) => type === 'Convolution');
  const planes = first ? one(first, 6, 0) / (one(first, 0, 0) * one(first, 1, 1) ** 2) : 0;
  if (arePicture(planes)) return planes;
  throw unsupported('shape', `${planes}`);
}

class Builder {
  readonly #net: NetworkWriter;
  readonly #weights: NcnnWeights;
  readonly #values = new Map<string, Features>();
  /** By a value's name the steps that take it. */
  readonly #takers = new Map<string, string[]>();
  #last = '';

  constructor(net: NetworkWriter, layers: readonly NcnnLayer[], weights: NcnnWeights) {
    this.#net = net;
    this.#weights = weights;
    for (const { type, inputs } of layers)
      for (const name of inputs) this.#takers.set(name, [...(this.#takers.get(name) ?? []), type]);
  }

  add(layer: NcnnLayer): void {
    const made = this.#make(layer);
    const isFit = made.places.length <= mostPlanes && 1 / made.step <= mostScale;
    if (!isFit) throw unsupported('shape', `${layer.type} ${made.places.length}`);
    for (const name of layer.outputs) {
      this.#values.set(name, made);
      this.#last = name;
    }
  }

  /** What the last step has made, in a row. */
  result(): Features {
    const result = this.#values.get(this.#last);
    if (!result || result === this.#net.input) throw damaged('param');
    const isPlain = result.planes === result.places.length;
    if (!isPlain || !arePicture(result.planes)) throw unsupported('shape', `${result.planes}`);
    return result;
  }

  #value(name: string | undefined): Features {
    const value = this.#values.get(name ?? '');
    if (!value) throw damaged(`param: ${name ?? ''}`);
    return value;
  }

  #make(layer: NcnnLayer): Features {
    const net = this.#net;
    if (layer.type === 'Input') return net.input;
    const [first, second] = layer.inputs;
    const x = this.#value(first);
    switch (layer.type) {
      case 'Split':
      case 'Noop':
      case 'Dropout':
        return x;
      case 'Convolution':
        return this.#convolve(layer, x);
      case 'PReLU': {
        const slopes = one(layer, 0, 0);
        if (slopes !== 1 && slopes !== x.places.length) throw damaged('param: PReLU');
        const slope = this.#weights.take(slopes);
        return net.prelu(x, slopes === 1 ? alike(x, slope[0]!) : slope);
      }
      case 'ReLU':
        return net.leakyRelu(x, one(layer, 0, 0));
      case 'Sigmoid':
        return net.map('Sigmoid', x);
      case 'Swish':
        return net.silu(x);
      case 'Concat':
        return this.#concat(layer);
      case 'BinaryOp':
        return this.#combine(layer, x, second);
      case 'Eltwise':
        return this.#sum(layer, x, second);
      case 'Interp':
        return this.#repeat(layer, x);
      case 'PixelShuffle': {
        const scale = one(layer, 0, 1);
        const isWhole = isCount(scale) && Number.isInteger(x.places.length / scale ** 2);
        if (!isWhole || x.planes !== x.places.length || one(layer, 1, 0) !== 0) throw refuse(layer);
        return net.shuffle(x, scale);
      }
      default:
        throw refuse(layer);
    }
  }

  #convolve(layer: NcnnLayer, x: Features): Features {
    const [to, side] = [one(layer, 0, 0), one(layer, 1, 0)];
    const from = x.places.length;
    const isSquare = one(layer, 11, side) === side && side % 2 === 1;
    const around = one(layer, 4, 0);
    const isFramed = [14, 15, 16].every((key) => one(layer, key, around) === around);
    const isPlain = one(layer, 2, 1) === 1 && one(layer, 3, 1) === 1 && one(layer, 18, 0) === 0;
    // 8 bits, weights that another step makes.
    const isOwn = one(layer, 8, 0) === 0 && one(layer, 19, 0) === 0;
    if (!isSquare || !isFramed || around !== (side - 1) / 2 || !isPlain || !isOwn)
      throw refuse(layer);
    const count = one(layer, 6, 0);
    if (!isCount(to) || to > mostPlanes || count !== to * from * side ** 2)
      throw damaged(`param: ${layer.outputs[0] ?? ''}`);
    const weight = this.#weights.takeTagged(count);
    const bias = one(layer, 5, 0) === 1 ? this.#weights.take(to) : new Float32Array(to);
    const takers = layer.outputs.flatMap((name) => this.#takers.get(name) ?? []);
    const isLast = to === 1 || to === 3 || takers.includes('PixelShuffle');
    const made = this.#net.conv(x, { weight, bias, to, from, side }, isLast);
    return this.#activate(layer, made);
  }

  /** What a convolution does to its result besides. */
  #activate(layer: NcnnLayer, x: Features): Features {
    const slope = layer.parameters.get(10)?.[0] ?? 0;
    switch (one(layer, 9, 0)) {
      case 0:
        return x;
      case 1:
        return this.#net.leakyRelu(x, 0);
      case 2:
        return this.#net.leakyRelu(x, slope);
      case 4:
        return this.#net.map('Sigmoid', x);
      default:
        throw refuse(layer);
    }
  }

  #concat(layer: NcnnLayer): Features {
    const all = layer.inputs.map((name) => this.#value(name));
    if (one(layer, 0, 0) !== 0 || all.length > mostJoined) throw refuse(layer);
    if (all.some(({ step }) => step !== all[0]!.step)) throw damaged('param: Concat');
    return this.#net.concat(all);
  }

  #combine(layer: NcnnLayer, x: Features, second: string | undefined): Features {
    const op = one(layer, 0, 0);
    const net = this.#net;
    if (op !== 0 && op !== 2) throw refuse(layer);
    if (one(layer, 1, 0) !== 1) return this.#pair(op === 0 ? 'Add' : 'Mul', x, second);
    const number = one(layer, 2, 0);
    return op === 0 ? net.offset(x, [number]) : net.times(x, number);
  }

  /** A sum, each times its own number. */
  #sum(layer: NcnnLayer, x: Features, second: string | undefined): Features {
    const op = one(layer, 0, 0);
    const [left = 1, right = 1] = layer.parameters.get(1) ?? [];
    if (layer.inputs.length !== 2 || op > 1) throw refuse(layer);
    if (op === 0) return this.#pair('Mul', x, second);
    const other = this.#net.times(this.#value(second), right);
    return this.#pairOf('Add', this.#net.times(x, left), other);
  }

  #pair(op: 'Add' | 'Mul', x: Features, second: string | undefined): Features {
    return this.#pairOf(op, x, this.#value(second));
  }

  #pairOf(op: 'Add' | 'Mul', a: Features, b: Features): Features {
    if (a.places.length !== b.places.length || a.step !== b.step) throw damaged(`param: ${op}`);
    return this.#net.combine(op, a, b);
  }

  #repeat(layer: NcnnLayer, x: Features): Features {
    const [high, wide] = [one(layer, 1, 1), one(layer, 2, 1)];
    const isWhole = isCount(high) && high <= mostScale;
    if (one(layer, 0, 0) !== 1 || high !== wide || !isWhole) throw refuse(layer);
    return high === 1 ? x : this.#net.repeat(x, high);
  }
}

const isCount = (value: number) => Number.isInteger(value) && value >= 1;
const alike = (x: Features, slope: number) => new Float32Array(x.places.length).fill(slope);

const refuse = ({ type }: NcnnLayer): Error => unsupported('operator', `ncnn ${type}`);
