import type { FrameMessage, StatedModel } from '../protocol';
import type { HostLine } from './host-line';

/** Only of this page's own origin, redirects included: the browser asks no other. What it cannot get is no success. */
const ask = (address: string, init?: RequestInit): Promise<Response> =>
  fetch(address, { mode: 'same-origin', ...init }).catch(() => Response.error());

/**
 * Takes addresses apart.
 *
 * @param models Addresses, separated by blanks.
 * @returns Each, absolute.
 * @throws {TypeError} Where one is no address.
 */
export const listModels = (models: string): string[] =>
  (models.match(/\S+/g) ?? []).map((address) => new URL(address, document.baseURI).href);

/**
 * Asks how large the page's own models are; nothing of them is downloaded.
 *
 * @param models As for {@link listModels}, which takes them.
 * @returns What the frame is told of them; without a size where there is none, or it is another origin's.
 */
export const stateModels = (models: string): Promise<StatedModel[]> =>
  Promise.all(
    listModels(models).map(async (address) => {
      const { ok, headers } = await ask(address, { method: 'HEAD' });
      return {
        address,
        bytes: Number(ok && headers.get('Content-Length')),
        version: headers.get('ETag'),
      };
    }),
  );

/**
 * Sends a model that the visitor has asked for, in parts, and a message without one when no more comes: all of it is there, or it
 * broke off. How much has come, the frame counts.
 *
 * @param line To the frame; what it asks for next takes the place of this.
 * @param wanted What it has asked for.
 * @param model What it was told of that; undefined for none, which only ends what is under way.
 * @returns Settled when it is done with.
 */
export async function sendModel(
  line: HostLine,
  wanted: Extract<FrameMessage, { type: 'fetch' }>,
  model?: StatedModel,
): Promise<void> {
  line.supplied = wanted;
  if (!model) return;
  const reader = (await ask(model.address)).body?.getReader();
  let part;
  do {
    part = (await reader?.read().catch(() => undefined))?.value;
    if (line.supplied !== wanted) return reader?.cancel();
    line.send({ type: 'model', id: wanted.id, part });
  } while (part);
}
