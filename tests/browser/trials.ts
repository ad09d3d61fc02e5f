import { createBrowserKeep } from '../../src/models/keep';

/** Drops what is known of models on this machine, so that they are tried again. */
export async function forgetTrials(): Promise<void> {
  const keep = createBrowserKeep();
  const names = (await keep.keys()).filter((name) => name.startsWith('trial:'));
  await Promise.all(names.map((name) => keep.delete(name)));
}
