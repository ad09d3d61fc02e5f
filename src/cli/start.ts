import { decode } from '../formats/decode';
import { decodeByCodec } from '../formats/codec-decoder';
import type { Keep } from '../models/keep';
import { threadLocks } from '../models/locks';
import { ModelStore } from '../models/store';
import type { Client, startClient as startInBrowser } from '../sdk/start';
import { PhotoOwner } from '../worker/owner/photo-owner';
import { endThreads, NodeWorker } from './host/node-worker';
import { installScope } from './host/scope';

/**
 * The line to the owner of photos, as the package has it in a browser (`sdk/start`, whose place this takes under Node): here it works
 * on this thread, and the engine and the encoders have theirs.
 *
 * @param backend Which backend.
 * @param models Absolute address of a catalogue; null for the models of the package.
 * @returns The line.
 */
export const startClient: typeof startInBrowser = async (backend, models) => {
  installScope(import.meta.url);
  Object.assign(globalThis, { Worker: NodeWorker });
  const keep = createMemory();
  const owner = new PhotoOwner({
    decode: (blob, signal) => decode(blob, signal, undefined, decodeByCodec),
    keep,
    store: new ModelStore({ keep, locks: threadLocks }),
  });
  const given = models === null ? (await import('virtual:enlarger-models')).default : undefined;
  await owner.init({
    ...{ backend, tile: 0, catalogUrl: models ?? import.meta.url },
    ...(given && { given }),
  });
  const client: Client = {
    alive: true,
    open: (file, options) => owner.open(file, options),
    addModel: (source, about) => owner.addModel(source, about),
    stopAdding: () => owner.stopAdding(),
    close: (photo) => owner.close(photo),
    findShake: (photo) => owner.findShake(photo),
    offers: () => owner.offers(),
    plan: (photo, recipe) => owner.plan(photo, recipe),
    enhance: (...given) => owner.enhance(...given),
    enhanceClip: (...given) => owner.enhanceClip(...given),
    save: (photo, options) => owner.save(photo, options),
    cancel: () => owner.cancel(),
    terminate: endThreads,
  };
  return client;
};

/** What was read and proved is known until the process ends. */
function createMemory(): Keep {
  const kept = new Map<string, unknown>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
  };
}
