/** A picture's planes as plain numbers: what networks are compared with, written as slowly and plainly as can be. */
export type Planes = {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Plane by plane, row by row. */
  readonly values: Float64Array;
};

/** A tensor of weights. */
export type Tensor = { readonly dims: readonly number[]; readonly values: Float32Array };

/** Planes of zeros. */
export function blank(count: number, height: number, width: number): Planes {
  return { count, height, width, values: new Float64Array(count * height * width) };
}

/** A value; zero outside the picture. */
export function at({ height, width, values }: Planes, plane: number, y: number, x: number): number {
  if (y < 0 || x < 0 || y >= height || x >= width) return 0;
  return values[(plane * height + y) * width + x]!;
}

/** Makes planes from a rule for each value. */
export function draw(
  count: number,
  height: number,
  width: number,
  rule: (plane: number, y: number, x: number) => number,
): Planes {
  const made = blank(count, height, width);
  for (let plane = 0; plane < count; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        made.values[(plane * height + y) * width + x] = rule(plane, y, x);
  return made;
}

/** A rule for each value of planes. */
export const each = (a: Planes, rule: (value: number, plane: number) => number): Planes =>
  draw(a.count, a.height, a.width, (plane, y, x) => rule(at(a, plane, y, x), plane));

/** A convolution with zeros round the picture. */
export function conv(a: Planes, weight: Tensor, bias?: Tensor): Planes {
  const [to = 0, from = 0, side = 1] = weight.dims;
  const radius = (side - 1) / 2;
  return draw(to, a.height, a.width, (plane, y, x) => {
    let sum = bias?.values[plane] ?? 0;
    for (let source = 0; source < from; source++)
      for (let dy = 0; dy < side; dy++)
        for (let dx = 0; dx < side; dx++)
          sum +=
            at(a, source, y + dy - radius, x + dx - radius) *
            weight.values[((plane * from + source) * side + dy) * side + dx]!;
    return sum;
  });
}

/** The sum of two. */
export const add = (a: Planes, b: Planes): Planes => ({
  ...a,
  values: a.values.map((value, index) => value + b.values[index]!),
});

/** The product of two. */
export const multiply = (a: Planes, b: Planes): Planes => ({
  ...a,
  values: a.values.map((value, index) => value * b.values[index]!),
});

/** One behind the other. */
export function stack(...all: readonly Planes[]): Planes {
  const values = all.flatMap((one) => [...one.values]);
  return {
    ...all[0]!,
    count: all.reduce((sum, { count }) => sum + count, 0),
    values: Float64Array.from(values),
  };
}

/** PReLU with a slope for each plane. */
export const prelu = (a: Planes, slopes: Tensor): Planes =>
  each(a, (value, plane) => (value > 0 ? value : value * slopes.values[plane]!));

/** A leaky ReLU. */
export const leaky = (a: Planes, slope = 0.2): Planes =>
  each(a, (value) => (value > 0 ? value : value * slope));

/** The logistic function. */
export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** `pixel_shuffle`. */
export const shuffle = (a: Planes, scale: number): Planes =>
  draw(a.count / scale ** 2, a.height * scale, a.width * scale, (plane, y, x) =>
    at(
      a,
      plane * scale ** 2 + (y % scale) * scale + (x % scale),
      Math.floor(y / scale),
      Math.floor(x / scale),
    ),
  );

/** `pixel_unshuffle`. */
export const unshuffle = (a: Planes, scale: number): Planes =>
  draw(a.count * scale ** 2, a.height / scale, a.width / scale, (plane, y, x) => {
    const [source, place] = [Math.floor(plane / scale ** 2), plane % scale ** 2];
    return at(a, source, y * scale + Math.floor(place / scale), x * scale + (place % scale));
  });

/** Every pixel repeated. */
export const repeat = (a: Planes, scale: number): Planes =>
  draw(a.count, a.height * scale, a.width * scale, (plane, y, x) =>
    at(a, plane, Math.floor(y / scale), Math.floor(x / scale)),
  );
