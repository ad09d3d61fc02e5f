import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';

/** A file as a person would open it. */
export type PhotoFile = {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
};

/** Straight RGBA, 8 bit. */
type Picture = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Where light was during an exposure of -1..1, in pixels from the middle. */
type Path = (time: number) => readonly [number, number];

const folder = join(import.meta.dirname, '../tests/fixtures/formats');
const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' };

// All is drawn with arithmetic of its own: what may have changed must not draw what shows the change.

/** Repeatable random numbers of 0..1 (mulberry32). */
function seedRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes a picture out of the colour of each pixel. */
function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number, number],
): Picture {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colour(x, y).map(Math.round), (y * width + x) * 4);
  return { width, height, data };
}

/** Coloured discs of every size that cover each other; sharp, and white where none fell. */
function drawLeaves(width: number, height: number, seed: number, size = 1): Picture {
  const random = seedRandom(seed);
  const data = new Float64Array(width * height * 4).fill(255);
  for (let disc = 0; disc < (width * height) / (150 * size * size); disc++) {
    const radius = (3 * size) / Math.sqrt(random() + 0.002);
    const [x, y, gray] = [random() * width, random() * height, 20 + 190 * random()];
    const colour = [0, 1, 2].map(() => gray + 40 * random());
    for (let v = Math.max(0, Math.ceil(y - radius)); v < Math.min(height, y + radius); v++)
      for (let u = Math.max(0, Math.ceil(x - radius)); u < Math.min(width, x + radius); u++) {
        const distance = Math.sqrt((u - x) ** 2 + (v - y) ** 2);
        const cover = Math.max(0, Math.min(1, radius - distance));
        const at = (v * width + u) * 4;
        for (const [c, value] of colour.entries()) data[at + c]! += cover * (value - data[at + c]!);
      }
  }
  return { width, height, data: Uint8Array.from(data, Math.round) };
}

/** Adds grain of up to `most` levels either way, for cleaning and for what measures it. */
function addGrain({ width, height, data }: Picture, most: number): Picture {
  const random = seedRandom(7);
  const grain = (value: number) =>
    Math.max(0, Math.min(255, Math.round(value + most * (random() + random() - 1))));
  return { width, height, data: data.map((value, i) => (i % 4 === 3 ? value : grain(value))) };
}

const toLight = (level: number) =>
  level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
const toLevel = (light: number) =>
  light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;

/** What a camera makes of a picture that moves along a path: blurred in linear light. */
function shake({ width, height, data }: Picture, path: Path): Picture {
  const taps = new Map<string, { x: number; y: number; weight: number }>();
  const moments = 400;
  for (let i = 0; i < moments; i++) {
    const [x, y] = path((2 * i) / (moments - 1) - 1).map(Math.round) as [number, number];
    const tap = taps.get(`${x} ${y}`) ?? { x, y, weight: 0 };
    taps.set(`${x} ${y}`, { ...tap, weight: tap.weight + 1 / moments });
  }
  const exposures = [...taps.values()];
  const light = Float64Array.from(data, (value) => toLight(value / 255));
  const mirror = (at: number, side: number) =>
    at < 0 ? -at : at >= side ? 2 * (side - 1) - at : at;
  return paint(width, height, (x, y) => {
    const sum: [number, number, number] = [0, 0, 0];
    for (const tap of exposures) {
      const from = (mirror(y + tap.y, height) * width + mirror(x + tap.x, width)) * 4;
      for (let c = 0; c < 3; c++) sum[c]! += tap.weight * light[from + c]!;
    }
    const [red, green, blue] = sum.map((value) => 255 * toLevel(value)) as typeof sum;
    return [red, green, blue, 255];
  });
}

/** An exposure all over a disc, as a lens out of focus gives: soft, but not shaken. */
const round: Path = (time) => {
  const radius = 2.6 * Math.sqrt((time + 1) / 2);
  return [radius * Math.cos(200 * time), radius * Math.sin(200 * time)];
};

/** Soft leaves under an alpha that runs from nothing to all, with a hard hole in the middle. */
function drawVeil(width: number, height: number): Picture {
  const { data } = shake(drawLeaves(width, height, 3), round);
  return paint(width, height, (x, y) => {
    const inHole = (x - width / 2) ** 2 + (y - height / 2) ** 2 < 100;
    const at = (y * width + x) * 4;
    const alpha = inHole ? 0 : Math.min(255, (x * 300) / width);
    return [data[at]!, data[at + 1]!, data[at + 2]!, alpha];
  });
}

/** Leaves whose right third is white paper: several tiles, some of one colour. */
function drawPage(width: number, height: number): Picture {
  const { data } = drawLeaves(width, height, 5);
  return paint(width, height, (x, y) => {
    const at = (y * width + x) * 4;
    return x > (2 * width) / 3
      ? [255, 255, 255, 255]
      : [data[at]!, data[at + 1]!, data[at + 2]!, 255];
  });
}

const bent = (reach: number): Path => {
  return (time) => [reach * time, reach * (0.7 * time * time - 0.57 + 0.43 * time)];
};

/** The pictures that are drawn, by name. */
const drawings: Readonly<Record<string, () => Picture>> = {
  leaves: () => drawLeaves(160, 112, 1),
  grainy: () => addGrain(drawLeaves(121, 87, 2), 40),
  soft: () => shake(drawLeaves(150, 118, 6), round),
  veil: () => drawVeil(96, 64),
  flat: () => paint(90, 70, () => [180, 90, 40, 255]),
  page: () => drawPage(600, 420),
  shaken: () => shake(drawLeaves(256, 200, 1), bent(7)),
  // Longer than the 2048 pixels above which a shake is looked for in a smaller copy.
  'shaken-wide': () => shake(drawLeaves(2056, 272, 4, 2), bent(12)),
};

const loaded = new Map<string, PhotoFile>();

/**
 * A photo of the fixed list.
 *
 * @param name One that is drawn here, or a file of `tests/fixtures/formats`.
 * @returns The same bytes at every call, on every machine; drawings are PNG files.
 * @throws {Error} Where there is neither.
 */
export function loadPhoto(name: string): PhotoFile {
  const known = loaded.get(name) ?? readPhoto(name);
  loaded.set(name, known);
  return known;
}

function readPhoto(name: string): PhotoFile {
  const draw = drawings[name];
  if (draw) {
    const buffer = Buffer.from(encode({ ...draw(), channels: 4 }));
    return { name: `${name}.png`, mimeType: 'image/png', buffer };
  }
  const ending = name.split('.').at(-1) as keyof typeof types;
  return { name, mimeType: types[ending], buffer: readFileSync(join(folder, name)) };
}
