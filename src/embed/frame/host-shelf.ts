import { createBrowserKeep, type Keep } from '../../models/keep';
import { keepApart } from '../../models/keep-apart';
import { OwnShelf, type OwnModel } from '../../models/own/own-shelf';
import type { StatedModel } from '../protocol';

/** By what a file at an address is known to be the one that was downloaded. */
type Origin = Pick<StatedModel, 'bytes' | 'version'> & { readonly sha256: string };

const originKey = (address: string) => `from:${address}`;

/** The models of one host in the storage of this frame, and which address each has come from. */
export class HostShelf {
  readonly #keep: Keep;
  readonly #shelf: OwnShelf;

  /**
   * @param host The host's origin; nothing of another one's is seen.
   * @param keep Where they are; the browser's own storage by default.
   */
  constructor(host: string, keep: Keep = createBrowserKeep()) {
    this.#keep = keepApart(keep, host);
    this.#shelf = new OwnShelf(this.#keep);
  }

  /**
   * What was kept of an address.
   *
   * @param stated What the host says of it.
   * @returns The model; null where it is not here, or is another by now.
   */
  async find(stated: StatedModel): Promise<OwnModel | null> {
    const origin = await this.#read(stated.address);
    const isSame = origin?.bytes === stated.bytes && origin.version === stated.version;
    return isSame ? this.#shelf.find(origin.sha256) : null;
  }

  /**
   * Notes where a model has come from. What came from there before is deleted, unless it comes from another address as well.
   *
   * @param stated What the host says of it.
   * @param model What it is.
   */
  async note(stated: StatedModel, { sha256 }: OwnModel): Promise<void> {
    const { address, bytes, version } = stated;
    const before = await this.#read(address);
    await this.#keep
      .set(originKey(address), JSON.stringify({ bytes, version, sha256 } satisfies Origin))
      .catch(() => undefined);
    if (!before || before.sha256 === sha256) return;
    if ((await this.#addressesOf(before.sha256)).length > 0) return;
    const old = await this.#shelf.find(before.sha256);
    if (old) await this.#shelf.drop(old).catch(() => undefined);
  }

  /**
   * Deletes a model, from whichever addresses it has come.
   *
   * @param model Which.
   * @throws {unknown} Where storage does not work, whatever it throws.
   */
  async drop(model: OwnModel): Promise<void> {
    for (const address of await this.#addressesOf(model.sha256))
      await this.#keep.delete(originKey(address));
    await this.#shelf.drop(model);
  }

  /** Those that a model has come from. */
  async #addressesOf(hash: string): Promise<readonly string[]> {
    const keys = await this.#keep.keys().catch((): string[] => []);
    const addresses = keys
      .filter((key) => key.startsWith(originKey('')))
      .map((key) => key.slice(originKey('').length));
    const origins = await Promise.all(addresses.map((address) => this.#read(address)));
    return addresses.filter((_, at) => origins[at]?.sha256 === hash);
  }

  async #read(address: string): Promise<Origin | null> {
    try {
      const text = await this.#keep.get(originKey(address));
      return typeof text === 'string' ? (JSON.parse(text) as Origin) : null;
    } catch {
      return null;
    }
  }
}
