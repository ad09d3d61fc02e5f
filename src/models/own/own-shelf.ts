import { EnhanceError } from '../../core/errors';
import type { OwnName } from '../../core/recipe/kinds';
import { digest } from '../../integrity/digest';
import type { Card, Golden, ModelFile, StoredFile } from '../catalog';
import { createBrowserKeep, type Keep } from '../keep';
import { putFile, readKeptFile } from '../kept-file';
import type { PicturePlanes } from './own-net';

/** What a person may say of a model that they have brought; empty where it is not known. */
export type OwnWords = {
  readonly title: string;
  readonly licence: string;
  readonly author: string;
};

/** A model that a person has brought: what it is, without its weights. */
export type OwnModel = OwnWords & {
  readonly v: 1;
  /** By which version of what reads and tries out models it was made; left out of the first. */
  readonly made?: number;
  /** Of the file as it was brought; what recipes name it by. */
  readonly sha256: string;
  /** Of that file. */
  readonly fileName: string;
  readonly fileBytes: number;
  /** For people: "Compact", "ONNX". */
  readonly architecture: string;
  /** Planes that its network takes and gives; left out of those that were added before this was kept. Here it is run on three. */
  readonly planes?: PicturePlanes;
  /** Whether a pixel depends on more of the picture than a tile shows it, so that tiles may show. */
  readonly isWide: boolean;
  /** As the engine and the plan want it; its first file has the weights as they were brought, or what was kept in their place. */
  readonly card: Card;
};

/** Counted up where the same file would become another model. */
export const presentMaking = 4;

const recordKey = (sha256: string) => `own:${sha256}`;
const fileKey = (sha256: string) => `own-file:${sha256}`;
/** What stands before the hash in the address of a file that no server has. */
const scheme = 'own:';

/**
 * The address in a card's files by which {@link OwnShelf} knows its own.
 *
 * @param sha256 Of the file as it was brought.
 * @returns The address; nothing is ever fetched from it.
 */
export const ownAddress = (sha256: string): string => scheme + sha256;

/**
 * By which file of a person's a card of {@link OwnShelf} was made.
 *
 * @param card Its card.
 * @param card.id Its address.
 * @returns The hash of the file as it was brought.
 */
export const hashOfOwn = ({ id }: Pick<Card, 'id'>): string => id.slice(scheme.length);

/**
 * A golden tile that is still to be made.
 *
 * @param url The address of the model's files.
 * @param tolerance Largest difference of a right result, in levels of 255.
 * @returns What stands in its place.
 */
export const unmadeGolden = (url: string, tolerance: number): Golden => ({
  ...{ url, bytes: 0, sha256: '', tolerance },
});

/**
 * Whether a golden tile is there.
 *
 * @param golden The tile, as a card has it.
 * @param golden.sha256 Its hash.
 * @returns False where it is still to be made.
 */
export const isMade = ({ sha256 }: Golden): boolean => sha256 !== '';

/**
 * Whether a file is one of {@link OwnShelf}.
 *
 * @param file Any file of a card.
 * @param file.url Its address.
 * @returns True where no server has it.
 */
export const isOwnFile = ({ url }: Pick<StoredFile, 'url'>): boolean => url.startsWith(scheme);

/** The models that a person has brought, in this browser's storage of this origin. Nothing of them is ever sent. */
export class OwnShelf {
  readonly #keep: Keep;

  /** @param keep Where they are; the browser's own storage by default. */
  constructor(keep: Keep = createBrowserKeep()) {
    this.#keep = keep;
  }

  /**
   * What there is, read anew at each call, since another tab may have changed it.
   *
   * @returns Every model, by title; none where storage does not work.
   */
  async list(): Promise<readonly OwnModel[]> {
    const keys = await this.#keep.keys().catch((): string[] => []);
    const own = keys.filter((key) => key.startsWith(scheme));
    const records = await Promise.all(
      own.map(async (key) => readRecord(await this.#keep.get(key).catch(() => null))),
    );
    return records
      .filter((record) => record !== null)
      .toSorted((a, b) => a.title.localeCompare(b.title));
  }

  /**
   * Keeps a model; in place of the same one, which keeps what was said of it.
   *
   * @param model What it is.
   * @param files The bytes of its card's file and of that one's golden tile.
   * @param files.onnx The model's.
   * @param files.golden The tile's; null where that is still to be made.
   * @returns What is kept.
   * @throws {EnhanceError} `storage-full` where it cannot be kept; nothing of it is left then.
   */
  async add(
    model: OwnModel,
    files: {
      readonly onnx: Uint8Array<ArrayBuffer>;
      readonly golden: Uint8Array<ArrayBuffer> | null;
    },
  ): Promise<OwnModel> {
    const before = await this.find(model.sha256);
    const kept = before ? withWords(model, keepWords(before, model)) : model;
    const [file] = model.card.files;
    const { golden } = file!;
    try {
      await putFile(this.#keep, fileKey(file!.sha256), files.onnx);
      if (files.golden) await putFile(this.#keep, fileKey(golden.sha256), files.golden);
      // Last: what has a record is whole.
      await this.#keep.set(recordKey(model.sha256), JSON.stringify(kept));
    } catch {
      if (!before) await this.drop(model).catch(() => undefined);
      throw new EnhanceError('storage-full');
    }
    return kept;
  }

  /**
   * Keeps another form of a model's weights beside those that are there.
   *
   * @param model Which.
   * @param form What it is; its golden tile is the first file's, as that is by now, with a tolerance of its own.
   * @param bytes Its bytes.
   * @returns The model with it; null where it was deleted meanwhile, or there is no room.
   */
  async addForm(
    { sha256 }: OwnModel,
    form: ModelFile,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<OwnModel | null> {
    try {
      await putFile(this.#keep, fileKey(form.sha256), bytes);
      // As it is now: it may have been renamed since it was read.
      const model = await this.find(sha256);
      if (model) {
        const { tolerance } = form.golden;
        const golden = { ...model.card.files[0]!.golden, tolerance };
        const files = [
          ...model.card.files.filter(({ precision }) => precision !== form.precision),
          { ...form, golden },
        ];
        const formed = { ...model, card: { ...model.card, files } };
        await this.#keep.set(recordKey(sha256), JSON.stringify(formed));
        return formed;
      }
    } catch {
      // Told by null: the model works without.
    }
    await this.#keep.delete(fileKey(form.sha256)).catch(() => undefined);
    return null;
  }

  /**
   * Keeps a golden tile that was not made when the model was added, for all forms of it. Where there is no room, or the model was
   * deleted meanwhile, it is made again when it is wanted.
   *
   * @param sha256 Of the file as it was brought.
   * @param bytes The tile.
   */
  async addGolden(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const hash = await digest(bytes);
    try {
      await putFile(this.#keep, fileKey(hash), bytes);
      const model = await this.find(sha256);
      if (model) {
        const made = { bytes: bytes.length, sha256: hash };
        const files = model.card.files.map((file) => {
          return { ...file, golden: { ...file.golden, ...made } };
        });
        const proved = { ...model, card: { ...model.card, files } };
        await this.#keep.set(recordKey(sha256), JSON.stringify(proved));
        return;
      }
    } catch {
      // As if it had not been made.
    }
    await this.#keep.delete(fileKey(hash)).catch(() => undefined);
  }

  /**
   * What is kept of a file.
   *
   * @param sha256 Of the file as it was brought.
   * @returns The model; null where it is not here.
   */
  async find(sha256: string): Promise<OwnModel | null> {
    return readRecord(await this.#keep.get(recordKey(sha256)).catch(() => null));
  }

  /**
   * Keeps what a person says of a model.
   *
   * @param model Which.
   * @param words A title that is empty leaves the old one.
   * @returns The model with these words.
   * @throws {EnhanceError} `storage-full` where they cannot be kept.
   */
  async describe(model: OwnModel, words: OwnWords): Promise<OwnModel> {
    const title = words.title.trim() || model.title;
    const described = withWords(model, { ...words, title });
    try {
      await this.#keep.set(recordKey(model.sha256), JSON.stringify(described));
    } catch {
      throw new EnhanceError('storage-full');
    }
    return described;
  }

  /**
   * Deletes a model.
   *
   * @param model Which.
   * @throws {unknown} Where storage does not work, whatever it throws.
   */
  async drop(model: OwnModel): Promise<void> {
    // As it is now: it may have got another form since it was read.
    const present = (await this.find(model.sha256)) ?? model;
    await this.#keep.delete(recordKey(model.sha256));
    for (const { sha256 } of filesOf(present)) await this.#keep.delete(fileKey(sha256));
  }

  /**
   * A file's verified bytes.
   *
   * @param file A file of a model's card, or its golden tile.
   * @returns The bytes, owned by the receiver.
   * @throws {EnhanceError} `own-model-missing` where it is not here any more, or not as it was.
   */
  async load(file: StoredFile): Promise<Uint8Array<ArrayBuffer>> {
    const value = await this.#keep.get(fileKey(file.sha256)).catch(() => undefined);
    const bytes = await readKeptFile(value).catch(() => undefined);
    if (bytes && (await digest(bytes)) === file.sha256) return bytes;
    const sha256 = file.url.slice(scheme.length);
    const record = await this.find(sha256);
    throw new EnhanceError('own-model-missing', { title: record?.title ?? '', sha256 });
  }
}

/**
 * A model as a recipe names it.
 *
 * @param model The model.
 * @returns Its name.
 */
export function nameOwn({ sha256, title, card }: OwnModel): OwnName {
  return { sha256, title, scale: card.scale };
}

/**
 * Bytes that a model takes of the browser's storage.
 *
 * @param model The model.
 * @returns Those of its files.
 */
export function bytesOfOwn(model: OwnModel): number {
  return filesOf(model).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Each once: all forms have one golden tile, or none yet. */
function filesOf({ card }: OwnModel): readonly StoredFile[] {
  const all = card.files.flatMap((file): StoredFile[] =>
    isMade(file.golden) ? [file, file.golden] : [file],
  );
  return [...new Map(all.map((file) => [file.sha256, file])).values()];
}

/** What a person has said stays; what nobody has said is taken from what came with the file this time. */
function keepWords(before: OwnModel, now: OwnModel): OwnWords {
  const { title } = before;
  return { title, licence: before.licence || now.licence, author: before.author || now.author };
}

function withWords(model: OwnModel, { title, licence, author }: OwnWords): OwnModel {
  return { ...model, title, licence, author, card: { ...model.card, title } };
}

/** Null for what another version has written, or nobody. */
function readRecord(value: unknown): OwnModel | null {
  if (typeof value !== 'string') return null;
  try {
    const record = JSON.parse(value) as OwnModel;
    return record.v === 1 && record.card.files.length > 0 ? record : null;
  } catch {
    return null;
  }
}
