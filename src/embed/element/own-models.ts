import type { FrameMessage, StatedModel } from '../protocol';
import type { HostLine } from './host-line';

/** Only of this page's own origin, redirects included: the browser asks no other. */
const ask = (address: string, method = 'GET'): Promise<Response> =>
  fetch(address, { mode: 'same-origin', method });

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
      const { ok, headers } = await ask(address, 'HEAD').catch(() => Response.error());
      return {
        address,
        bytes: Number(ok && headers.get('Content-Length')),
        version: headers.get('ETag'),
      };
    }),
  );

/**
 * Sends a model that the visitor has asked for, in parts: how much has come, the frame counts.
 *
 * @param line To the frame; what it asks for next takes the place of this.
 * @param wanted What it has asked for.
 * @param model What it was told of that; undefined for none, which only ends what is under way.
 */
export async function sendModel(
  line: HostLine,
  wanted: Extract<FrameMessage, { type: 'fetch' }>,
  model?: StatedModel,
): Promise<void> {
  line.supplied = wanted;
  if (!model) return;
  const { body } = await ask(model.address);
  const reader = body?.getReader();
  for (let part; line.supplied === wanted && (part = await reader?.read())?.value;)
    line.send({ type: 'model', id: wanted.id, part: part.value });
  await reader?.cancel();
}
