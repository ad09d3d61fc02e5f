import { float, GraphWriter, int, ints, words } from './graph-writer';

/** Planes of a picture's features, as they lie in the graph: some may be zeros that were added. */
export type Features = {
  /** Of the value in the graph. */
  readonly name: string;
  /** Planes in the graph. */
  readonly planes: number;
  /** Where among them each plane of the network is. */
  readonly places: readonly number[];
  /** Pixels of the input per pixel and side; below 1 after enlarging. */
  readonly step: number;
  /** Radius of the receptive field, in input pixels. */
  readonly reach: number;
};

/** Weights of a convolution, `[to, from, side, side]` in row-major order, and a number to add to each result. */
export type Kernel = {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly to: number;
  readonly from: number;
  /** 1 or odd. */
  readonly side: number;
};

/** A network as it was written. */
export type Written = {
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** Null where a pixel depends on all of the picture. */
  readonly halo: number | null;
  readonly multiple: number;
  readonly macsPerPixel: number;
  /** Whether planes of zeros were added. */
  readonly isPadded: boolean;
  /** Whether PReLU was written in another form. */
  readonly hasPrelu: boolean;
};

/** Planes are added up to the next multiple of this: other numbers are slower on WebGPU, and some are computed wrongly. */
const lanes = 4;

/**
 * Writes a network of convolutions layer by layer. Every feature has a multiple of four planes, the added ones zero: exact, and round
 * the fault that the WebGPU provider has with 6, 9, 15, 18 ... of them.
 */
export class NetworkWriter extends GraphWriter {
  readonly input: Features;
  /** Whether a pixel depends on all of the picture. */
  isGlobal = false;
  readonly #inputPlanes: number;
  #macsPerPixel = 0;
  #multiple = 1;
  #isPadded = false;
  #hasPrelu = false;

  /** @param planes Of the picture: 1, 3 or 4. */
  constructor(planes: number) {
    super();
    this.#inputPlanes = planes;
    this.input = { name: 'image', planes, places: range(planes), step: 1, reach: 0 };
  }

  /**
   * Convolves, with zeros round the picture.
   *
   * @param x Features of `kernel.from` planes.
   * @param kernel The weights.
   * @param isLast Whether its planes stay as many as they are, for what is no convolution.
   * @returns Features of `kernel.to` planes.
   */
  conv(x: Features, kernel: Kernel, isLast = false): Features {
    const { to, from, side } = kernel;
    const planes = isLast ? to : Math.ceil(to / lanes) * lanes;
    this.#isPadded ||= planes !== to;
    const area = side * side;
    const weight = new Float32Array(planes * x.planes * area);
    for (let out = 0; out < to; out++)
      for (let each = 0; each < from; each++) {
        const source = (out * from + each) * area;
        const target = (out * x.planes + x.places[each]!) * area;
        weight.set(kernel.weight.subarray(source, source + area), target);
      }
    const bias = new Float32Array(planes);
    bias.set(kernel.bias);
    const radius = (side - 1) / 2;
    this.#macsPerPixel += (planes * x.planes * area) / x.step ** 2;
    const inputs = [
      x.name,
      this.constant(weight, [planes, x.planes, side, side]),
      this.constant(bias, [planes]),
    ];
    return {
      ...x,
      name: this.node('Conv', inputs, {
        kernel_shape: ints(side, side),
        pads: ints(radius, radius, radius, radius),
      }),
      planes,
      places: range(to),
      reach: x.reach + radius * x.step,
    };
  }

  /** PReLU as `slope * x + (1 - slope) * relu(x)`; of equal slopes a leaky ReLU, which the runtime makes part of the convolution. */
  prelu(x: Features, slopes: Float32Array): Features {
    this.#hasPrelu = true;
    const [first = 0] = slopes;
    if (slopes.every((slope) => slope === first)) return this.leakyRelu(x, first);
    const slope = new Float32Array(x.planes);
    x.places.forEach((place, plane) => (slope[place] = slopes[plane]!));
    const rest = slope.map((each) => 1 - each);
    const dims = [x.planes, 1, 1];
    const positive = this.node('Relu', [x.name]);
    const upper = this.node('Mul', [positive, this.constant(rest, dims)]);
    const lower = this.node('Mul', [x.name, this.constant(slope, dims)]);
    return { ...x, name: this.node('Add', [lower, upper]) };
  }

  /** `x` above zero, `slope * x` below. */
  leakyRelu(x: Features, slope: number): Features {
    if (slope === 0) return this.map('Relu', x);
    return { ...x, name: this.node('LeakyRelu', [x.name], { alpha: float(slope) }) };
  }

  /** `x * sigmoid(x)`. */
  silu(x: Features): Features {
    return this.combine('Mul', x, this.map('Sigmoid', x));
  }

  /** `sigmoid(x) - 1/2`: zeros stay zeros. */
  centredSigmoid(x: Features): Features {
    return this.offset(this.map('Sigmoid', x), [-0.5]);
  }

  /** A function of each value. */
  map(op: 'Sigmoid' | 'Relu', x: Features): Features {
    return { ...x, name: this.node(op, [x.name]) };
  }

  /** Some of its planes: those from `from` to before `end`. */
  part(x: Features, from: number, end: number): Features {
    const places = x.places.slice(from, end).map((place) => place - x.places[from]!);
    const [start, planes] = [x.places[from]!, Math.ceil((places.at(-1)! + 1) / lanes) * lanes];
    const stop = Math.min(x.planes, start + planes);
    const bounds = [start, stop, 1].map((value) => this.wholes(value));
    const name = this.node('Slice', [x.name, ...bounds]);
    return { ...x, name, planes: stop - start, places };
  }

  /** Each plane of the picture `times` times: what becomes its pixels repeated when they are shuffled. */
  repeated(times: number): Features {
    const planes = this.#inputPlanes;
    const weight = new Float32Array(planes * times * planes);
    for (let to = 0; to < planes * times; to++) weight[to * planes + Math.floor(to / times)] = 1;
    const bias = new Float32Array(planes * times);
    const kernel = { weight, bias, to: planes * times, from: planes, side: 1 };
    return this.conv(this.input, kernel, true);
  }

  /** The sum of two features, their product, or the first divided by the second. */
  combine(op: 'Add' | 'Mul' | 'Div', a: Features, b: Features): Features {
    const [left, right] = isAlike(a, b) ? [a, b] : [this.#even(a), this.#even(b)];
    const name = this.node(op, [left.name, right.name]);
    return { ...left, name, reach: Math.max(a.reach, b.reach) };
  }

  /** The same planes, in a row. */
  #even(x: Features): Features {
    const count = x.places.length;
    const isEven = x.planes % lanes === 0 && x.places.every((place, plane) => place === plane);
    if (isEven && x.planes - count < lanes) return x;
    const weight = new Float32Array(count ** 2);
    for (let plane = 0; plane < count; plane++) weight[plane * (count + 1)] = 1;
    const kernel = { weight, bias: new Float32Array(count), to: count, from: count, side: 1 };
    return this.conv(x, kernel);
  }

  /** All values times a number. */
  times(x: Features, factor: number): Features {
    if (factor === 1) return x;
    return { ...x, name: this.node('Mul', [x.name, this.constant(Float32Array.of(factor), [])]) };
  }

  /** A number for each plane added, or one for all. */
  offset(x: Features, values: readonly number[]): Features {
    if (values.every((value) => value === 0)) return x;
    const dims = values.length === 1 ? [] : [1, values.length, 1, 1];
    return {
      ...x,
      name: this.node('Add', [x.name, this.constant(Float32Array.from(values), dims)]),
    };
  }

  /** Features one behind the other; of at most seven, which is what WebGPU takes in one step. */
  concat(all: readonly Features[]): Features {
    const places: number[] = [];
    let planes = 0;
    for (const each of all) {
      for (const place of each.places) places.push(planes + place);
      planes += each.planes;
    }
    const name = this.node(
      'Concat',
      all.map((each) => each.name),
      { axis: int(1) },
    );
    return { ...all[0]!, name, planes, places, reach: Math.max(...all.map(({ reach }) => reach)) };
  }

  /** Every pixel `scale` times, both ways. */
  repeat(x: Features, scale: number): Features {
    const scales = this.constant(Float32Array.of(1, 1, scale, scale), [4]);
    const name = this.node('Resize', [x.name, '', scales], {
      mode: words('nearest'),
      coordinate_transformation_mode: words('asymmetric'),
      nearest_mode: words('floor'),
    });
    return { ...x, name, step: x.step / scale };
  }

  /** Planes become pixels, as PyTorch's `pixel_shuffle` has it. */
  shuffle(x: Features, scale: number): Features {
    if (scale === 1) return x;
    const name = this.node('DepthToSpace', [x.name], {
      blocksize: int(scale),
      mode: words('CRD'),
    });
    const planes = x.planes / scale ** 2;
    return { ...x, name, planes, places: range(planes), step: x.step / scale };
  }

  /** Pixels become planes, as PyTorch's `pixel_unshuffle` has it, by a convolution with ones and zeros. */
  unshuffle(x: Features, scale: number): Features {
    const area = scale ** 2;
    const planes = x.planes * area;
    const weight = new Float32Array(planes * x.planes * area);
    for (let plane = 0; plane < planes; plane++) {
      const from = Math.floor(plane / area);
      weight[(plane * x.planes + from) * area + (plane % area)] = 1;
    }
    this.#multiple *= scale;
    this.#macsPerPixel += planes * x.planes;
    const name = this.node(
      'Conv',
      [x.name, this.constant(weight, [planes, x.planes, scale, scale])],
      {
        kernel_shape: ints(scale, scale),
        strides: ints(scale, scale),
      },
    );
    const step = x.step * scale;
    return { ...x, name, planes, places: range(planes), step, reach: x.reach + scale - 1 };
  }

  /**
   * Ends the network.
   *
   * @param x Its result.
   * @returns The file, and what its layers tell.
   */
  finish(x: Features): Written {
    const onnx = this.write(this.#inputPlanes, x.planes);
    return {
      onnx,
      halo: this.isGlobal ? null : Math.ceil(x.reach),
      multiple: this.#multiple,
      macsPerPixel: Math.ceil(this.#macsPerPixel),
      isPadded: this.#isPadded,
      hasPrelu: this.#hasPrelu,
    };
  }
}

const isAlike = (a: Features, b: Features) =>
  a.planes === b.planes && a.places.join() === b.places.join();
const range = (count: number) => Array.from({ length: count }, (_, at) => at);
