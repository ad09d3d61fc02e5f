import { EnhanceError } from '../core/errors';
import { Validator } from '../core/validator';
import {
  formerCrisp,
  searches,
  tiers,
  variants,
  type Search,
  type Tier,
  type Variant,
} from '../core/recipe/kinds';
import type { Geometry, Outputs } from '../core/plan/network';
import type { Ability } from '../core/recipe/offers';
import type { TaskTable } from '../core/recipe/task-row';
import { tasks, type StepTask } from '../core/recipe/tasks';
import { addressBelow } from './address';

const precisions = ['int8', 'fp16'] as const;

/**
 * How a file's weights are stored: `int8` runs everywhere, `fp16` needs a GPU with `shader-f16`. A person's own models
 * are as they were brought, `fp32`; no catalogue has such.
 */
export type Precision = (typeof precisions)[number] | 'fp32';

/** What a file beside the catalogue is known by. */
export type StoredFile = {
  /** Relative to the catalogue. */
  readonly url: string;
  readonly bytes: number;
  /** Of the whole file, 64 lower-case hexadecimal digits; also its key in the store. */
  readonly sha256: string;
};

/**
 * What a model file computes, to check a device by. The picture repeats every 32 pixels both ways:
 * 32 x 32 interleaved RGB bytes are one period of it, (32 x scale)^2 more, of one byte a plane, are the result's. In any
 * window of it that starts at a whole `multiple`, all conditioning planes at 0.25, each pixel at
 * least `halo` from the edge must come out as the period says (`training/golden.py`). A person's own model may have one that is still to
 * be made, by the CPU, before a GPU is trusted with it: its hash is empty.
 */
export type Golden = StoredFile & {
  /** Largest difference of a right result, in levels of 255. */
  readonly tolerance: number;
};

/** One downloadable form of a model. */
export type ModelFile = StoredFile & {
  readonly precision: Precision;
  /** Decibels of PSNR lost against the fp32 network, as measured. */
  readonly psnrLoss: number;
  readonly golden: Golden;
};

/** One model. */
export type Card = {
  readonly id: string;
  readonly task: StepTask | Search;
  readonly tier: Tier;
  /** For people. */
  readonly title: string;
  /** A catalogue's are 4 at most. */
  readonly scale: Geometry['scale'];
  /** Planes of its result: a picture's three where the catalogue does not say, or one, how likely a pixel is marked. */
  readonly outputs: Outputs;
  /** Which of a task's networks; `faithful` where the catalogue does not say. */
  readonly variant: Variant;
  /** Receptive-field radius in input pixels. */
  readonly halo: number;
  /** What a tile's width and height must divide by, in input pixels. */
  readonly multiple: number;
  /** Names of the conditioning planes behind R, G and B, in order. */
  readonly controls: readonly string[];
  /** Multiply-accumulates per input pixel. */
  readonly macsPerPixel: number;
  /** Bytes per input pixel of the widest tensor in float32, input and output included; rounded up. */
  readonly widestBytes: number;
  /** Number of weights. */
  readonly params: number;
  readonly licence: string;
  readonly trainedOn: string;
  /** Measured quality by name ("psnrSet14"), in the unit that the name says. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly files: readonly ModelFile[];
};

/** Every model that this site serves. */
export type Catalog = { readonly version: 1; readonly models: readonly Card[] };

/** Most bytes that are believed: of a model's file, and of a golden tile. */
const most = { model: 2 ** 28, golden: 2 ** 20 };

/** Largest halo and multiple, in pixels, and bytes per pixel: beyond them no machine holds one tile. */
const mostPixels = 1024;
const mostWidestBytes = 2 ** 20;

/** How a catalogue is read. */
export type CatalogOptions = {
  /**
   * Absolute address that it was read from: its files lie in the same folder or below. A stand-in by
   * default, where each file comes with an address of its own.
   */
  readonly catalogUrl?: string;
  /** The tasks that there are. */
  readonly table?: TaskTable;
};

const check = new Validator(
  (path, expected) => new EnhanceError('catalog-wrong', { path, expected }),
);

/**
 * Reads a catalogue that came from the network or from storage. It may be newer than this build: a
 * card that names a task, tier, scale, variant or control that is not known here is skipped, and so
 * is a file of another precision, with its card where that has no other. Fields that are not known
 * are left out; where one changes what a file computes, its card says so in `needs`, a list of words
 * that a build must know to use the card. This build knows none.
 *
 * @param value Anything.
 * @param options Where it came from.
 * @param options.catalogUrl See {@link CatalogOptions}.
 * @param options.table See {@link CatalogOptions}.
 * @returns A new, typed catalogue of what this build can use.
 * @throws {EnhanceError} `catalog-wrong`, with the path of the field.
 */
export function parseCatalog(
  value: unknown,
  {
    catalogUrl = 'https://stand-in.invalid/models/catalog.json',
    table = tasks,
  }: CatalogOptions = {},
): Catalog {
  const catalog = check.object(value, 'catalog');
  if (catalog['version'] !== 1) throw check.wrong('catalog.version', { oneOf: [1] });
  const ids = new Set<string>();
  const models = check.list(catalog['models'], 'catalog.models').flatMap((item, i) => {
    const card = unlessUnknown(() =>
      parseCard(item, `catalog.models[${i}]`, { catalogUrl, table }),
    );
    if (!card) return [];
    if (ids.has(card.id)) throw check.wrong(`catalog.models[${i}].id`, 'unique');
    ids.add(card.id);
    return card;
  });
  return { version: 1, models };
}

/**
 * The card for a task: of the wanted tier, or of the other where that is the only one.
 *
 * @param catalog Chosen from, first match first.
 * @param wanted What is to be done.
 * @param tier Which tier is wanted; the card says which one it is.
 * @returns The card.
 * @throws {EnhanceError} `model-not-offered` where no tier does it.
 */
export function chooseCard(catalog: Catalog, wanted: Ability, tier: Tier): Card {
  const { task, scale, variant } = wanted;
  const fitting = catalog.models.filter(
    (card) => card.task === task && card.scale === scale && card.variant === variant,
  );
  const card = fitting.find((each) => each.tier === tier) ?? fitting[0];
  if (card) return card;
  throw new EnhanceError('model-not-offered', { task, scale, variant });
}

/**
 * The file of a card to download. `fp16` falls back to `int8`, which runs everywhere; not the other
 * way round.
 *
 * @param card Chosen from.
 * @param precision The precision that the device runs best.
 * @returns The file; it says which precision it is.
 * @throws {EnhanceError} `model-not-runnable` where the card has no file for this device.
 */
export function chooseFile(card: Card, precision: Precision): ModelFile {
  const file =
    card.files.find((each) => each.precision === precision) ??
    card.files.find((each) => each.precision === 'int8') ??
    card.files.find((each) => each.precision === 'fp32');
  if (file) return file;
  throw new EnhanceError('model-not-runnable', { title: card.title, precision });
}

function parseCard(
  value: unknown,
  path: string,
  { catalogUrl, table }: Required<CatalogOptions>,
): Card {
  const card = check.object(value, path);
  if (check.list(card['needs'] ?? [], `${path}.needs`).length > 0) throw new Unknown();
  const taskNames = [...table.map(({ task }) => task), ...searches];
  const planeNames = table.flatMap(({ planes }) => planes);
  const controls = check.list(card['controls'], `${path}.controls`);
  // What may be unknown comes first: the rest of such a card may have another form.
  return {
    // The types know the table that is built in.
    task: asKnown(card['task'], taskNames, `${path}.task`) as StepTask | Search,
    tier: asKnown(card['tier'], tiers, `${path}.tier`),
    scale: asKnown(card['scale'], [1, 2, 3, 4], `${path}.scale`),
    outputs: asKnown(card['outputs'] ?? 3, [1, 3], `${path}.outputs`),
    variant: parseVariant(card['variant'] ?? 'faithful', `${path}.variant`),
    controls: controls.map((item, i) => asKnown(item, planeNames, `${path}.controls[${i}]`)),
    files: parseFiles(card['files'], `${path}.files`, catalogUrl),
    id: check.text(card['id'], `${path}.id`),
    title: check.text(card['title'], `${path}.title`),
    halo: check.whole(card['halo'], [0, mostPixels], `${path}.halo`),
    multiple: check.whole(card['multiple'], [1, mostPixels], `${path}.multiple`),
    macsPerPixel: check.whole(card['macsPerPixel'], [1], `${path}.macsPerPixel`),
    widestBytes: check.whole(card['widestBytes'], [1, mostWidestBytes], `${path}.widestBytes`),
    params: check.whole(card['params'], [1], `${path}.params`),
    licence: check.text(card['licence'], `${path}.licence`),
    trainedOn: check.text(card['trainedOn'], `${path}.trainedOn`),
    metrics: parseMetrics(card['metrics'], `${path}.metrics`),
  };
}

function parseVariant(value: unknown, path: string): Variant {
  return value === formerCrisp ? 'crisp' : asKnown(value, variants, path);
}

function parseFiles(value: unknown, path: string, catalogUrl: string): readonly ModelFile[] {
  const listed = check.list(value, path);
  if (listed.length === 0) throw check.wrong(path, 'filled-list');
  const files = listed.flatMap(
    (item, i) => unlessUnknown(() => parseFile(item, `${path}[${i}]`, catalogUrl)) ?? [],
  );
  if (files.length === 0) throw new Unknown();
  return files;
}

function parseMetrics(value: unknown, path: string): Record<string, number> {
  const entries = Object.entries(check.object(value, path));
  return Object.fromEntries(
    entries.map(([name, each]) => [name, check.number(each, `${path}.${name}`)]),
  );
}

function parseFile(value: unknown, path: string, catalogUrl: string): ModelFile {
  const file = check.object(value, path);
  return {
    precision: asKnown(file['precision'], precisions, `${path}.precision`),
    ...parseStored(file, path, catalogUrl, most.model),
    psnrLoss: check.number(file['psnrLoss'], `${path}.psnrLoss`),
    golden: parseGolden(file['golden'], `${path}.golden`, catalogUrl),
  };
}

function parseGolden(value: unknown, path: string, catalogUrl: string): Golden {
  const golden = check.object(value, path);
  const tolerance = check.whole(golden['tolerance'], [1], `${path}.tolerance`);
  return { ...parseStored(golden, path, catalogUrl, most.golden), tolerance };
}

function parseStored(
  file: Readonly<Record<string, unknown>>,
  path: string,
  catalogUrl: string,
  mostBytes: number,
): StoredFile {
  const url = check.text(file['url'], `${path}.url`);
  // Model bytes come from beside the catalogue and nowhere else.
  if (addressBelow(url, catalogUrl) === null) throw check.wrong(`${path}.url`, 'path-below');
  const sha256 = check.text(file['sha256'], `${path}.sha256`);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw check.wrong(`${path}.sha256`, 'sha256');
  return { url, bytes: check.whole(file['bytes'], [1, mostBytes], `${path}.bytes`), sha256 };
}

/** Thrown inside for what a newer catalogue may rightly say. */
class Unknown extends Error {}

function unlessUnknown<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

/** One of the values of a kind that this build knows; another value of its type is a newer build's. */
function asKnown<T extends string | number>(value: unknown, known: readonly T[], path: string): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  if (typeof value === typeof known[0]) throw new Unknown();
  return check.oneOf(value, known, path);
}
