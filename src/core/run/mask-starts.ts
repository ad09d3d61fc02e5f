import { lumaOf } from '../picture/luma';
import type { Raster8 } from '../picture/raster';
import type { Size } from '../picture/rect';
import { prepareOverlay } from './overlay';

/** What a mask may begin with: parts of a photo that are alike. */
export const maskStarts = ['smooth', 'edges', 'text', 'skin', 'shadows'] as const;

/** See {@link maskStarts}. */
export type MaskStart = (typeof maskStarts)[number];

/** How soft the borders of found parts are, in parts of the longer side. */
const feather = 1 / 160;

/** A picture of one number a pixel, 0..1. */
type Field = Size & { readonly values: Float32Array };

/**
 * Finds parts of a photo: a beginning, to be painted on.
 *
 * @param start What is looked for.
 * @param photo The photo, made small: a few hundred pixels along its longer side; only read.
 * @param grid Size of the mask.
 * @returns `[grid.height * grid.width]`: 255 where it is, 0 where it is not, soft between.
 */
export function findMaskStart(
  start: MaskStart,
  photo: Raster8,
  grid: Size,
): Uint8Array<ArrayBuffer> {
  const likeness = finders[start](photo);
  const radius = Math.max(1, Math.round(Math.max(photo.width, photo.height) * feather));
  const soft = blur(blur(likeness, radius), radius);
  const out = new Uint8Array(grid.width * grid.height);
  const line = new Float64Array(grid.width);
  const count = (length: number) => Int32Array.from({ length }, (_, i) => i);
  const readRow = prepareOverlay(
    {
      ...{ width: soft.width, height: soft.height, values: soft.values, channels: 1 },
      perColumn: soft.width / grid.width,
      perRow: soft.height / grid.height,
    },
    count(grid.width),
    count(grid.height),
    255,
  );
  for (let y = 0; y < grid.height; y++) {
    readRow(y, line);
    for (let x = 0; x < grid.width; x++) out[y * grid.width + x] = Math.round(line[x]!);
  }
  return out;
}

const finders: Readonly<Record<MaskStart, (photo: Raster8) => Field>> = {
  smooth(photo) {
    const spread = spreadOf(lumaField(photo), 4);
    return map(spread, (value) => 1 - ramp(value, 0.015, 0.05));
  },
  edges(photo) {
    return map(widest(slopeOf(lumaField(photo)), 1), (value) => ramp(value, 0.08, 0.2));
  },
  text(photo) {
    const luma = lumaField(photo);
    const slope = slopeOf(luma);
    // Strokes: steep in much of the neighbourhood, dark and light beside each other, and little between.
    const steep = blur(
      map(slope, (value) => ramp(value, 0.12, 0.25)),
      6,
    );
    const between = blur(middling(luma, 6), 6);
    return widest(
      combine(steep, between, (many, grey) => ramp(many, 0.1, 0.25) * (1 - ramp(grey, 0.3, 0.5))),
      4,
    );
  },
  skin(photo) {
    return blur(fieldOf(photo, skinLikeness), 2);
  },
  shadows(photo) {
    return map(blur(lumaField(photo), 3), (value) => 1 - ramp(value, 0.18, 0.36));
  },
};

/**
 * How near a colour is to those of skin: blue and red less luma of 8 bits within 77..127 and 133..173 (Chai & Ngan
 * 1999), which hold for skin of any shade. Many other things have such colours.
 */
function skinLikeness(red: number, green: number, blue: number): number {
  const luma = lumaOf(red, green, blue);
  const cb = 128 + 0.564 * (blue - luma);
  const cr = 128 + 0.713 * (red - luma);
  const within = (value: number, least: number, most: number) =>
    ramp(value, least - 4, least + 4) * (1 - ramp(value, most - 4, most + 4));
  return within(cb, 77, 127) * within(cr, 133, 173) * ramp(luma, 30, 60);
}

function ramp(value: number, from: number, to: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

function fieldOf(
  { width, height, data }: Raster8,
  measure: (red: number, green: number, blue: number) => number,
): Field {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++)
    values[i] = measure(data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!);
  return { width, height, values };
}

function lumaField(photo: Raster8): Field {
  return fieldOf(photo, (red, green, blue) => lumaOf(red, green, blue) / 255);
}

function map(field: Field, change: (value: number) => number): Field {
  return { ...field, values: field.values.map(change) };
}

function combine(a: Field, b: Field, join: (a: number, b: number) => number): Field {
  return { ...a, values: a.values.map((value, i) => join(value, b.values[i]!)) };
}

/** How steep luma is, per pixel, by its central differences. */
function slopeOf({ width, height, values }: Field): Field {
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const right = values[y * width + Math.min(width - 1, x + 1)]!;
      const left = values[y * width + Math.max(0, x - 1)]!;
      out[y * width + x] = Math.hypot(right - left, values[below + x]! - values[above + x]!);
    }
  }
  return { width, height, values: out };
}

/** Standard deviation in the square round each pixel. */
function spreadOf(field: Field, radius: number): Field {
  const mean = blur(field, radius);
  const squares = blur(
    map(field, (value) => value * value),
    radius,
  );
  return combine(squares, mean, (square, middle) => Math.sqrt(Math.max(0, square - middle ** 2)));
}

/** 1 where a pixel is neither among the darkest nor the brightest of its square. */
function middling(field: Field, radius: number): Field {
  const most = widest(field, radius);
  const least = map(
    widest(
      map(field, (value) => -value),
      radius,
    ),
    (value) => -value,
  );
  const place = combine(field, least, (value, low) => value - low);
  return combine(
    place,
    combine(most, least, (high, low) => high - low),
    (above, range) => (range > 0.2 && (above < 0.25 * range || above > 0.75 * range) ? 0 : 1),
  );
}

/** Mean of the square round each pixel; at the ends of what lies inside. */
function blur(field: Field, radius: number): Field {
  return alongBoth(field, (line, out) => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < line.length + radius; i++) {
      if (i < line.length) {
        sum += line[i]!;
        count++;
      }
      if (i - radius - radius - 1 >= 0) {
        sum -= line[i - radius - radius - 1]!;
        count--;
      }
      if (i >= radius) out[i - radius] = sum / count;
    }
  });
}

/** The largest of the square round each pixel. */
function widest(field: Field, radius: number): Field {
  return alongBoth(field, (line, out) => {
    for (let i = 0; i < line.length; i++) {
      let most = -Infinity;
      const end = Math.min(line.length - 1, i + radius);
      for (let k = Math.max(0, i - radius); k <= end; k++) most = Math.max(most, line[k]!);
      out[i] = most;
    }
  });
}

function alongBoth(
  { width, height, values }: Field,
  work: (line: Float64Array, out: Float64Array) => void,
): Field {
  const out = values.slice();
  const run = (start: number, stride: number, length: number): void => {
    const line = new Float64Array(length);
    const done = new Float64Array(length);
    for (let i = 0; i < length; i++) line[i] = out[start + i * stride]!;
    work(line, done);
    for (let i = 0; i < length; i++) out[start + i * stride] = done[i]!;
  };
  for (let y = 0; y < height; y++) run(y * width, 1, width);
  for (let x = 0; x < width; x++) run(x, width, height);
  return { width, height, values: out };
}
