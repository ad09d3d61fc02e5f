import { EnhanceError } from '../../core/errors';
import { fetchWithin } from '../../integrity/fetch-within';
import { browserClock } from '../../integrity/stall';
import { downloadUpTo } from '../../models/download';
import { fileNameOf } from '../../models/own/file-name';
import { mostOwnModelBytes } from '../../models/own/own-net';

/**
 * Downloads a model that a page names by its address.
 *
 * @param address Absolute; it must not redirect.
 * @param signal Gives up.
 * @returns The file, named by the last part of its address.
 * @throws {EnhanceError} `offline`, `model-missing`; `own-model-too-large`.
 * @throws {DOMException} The signal's reason.
 */
export async function downloadOwn(address: string, signal: AbortSignal): Promise<File> {
  const network = {
    fetch: (url: string, init: RequestInit) => fetchWithin(address, url, init),
    clock: browserClock,
  };
  const refuse = () =>
    new EnhanceError('own-model-too-large', { mostMegabytes: mostOwnModelBytes / 1e6 });
  const blob = await downloadUpTo(mostOwnModelBytes, refuse, { network, url: address, signal });
  return new File([blob], fileNameOf(address));
}
