import { Workbench, type WorkbenchParts } from '../../../src/app/state/photo/workbench.svelte';
import type { FakeOwner } from './fake-owner';

const none = () => undefined;

/**
 * A workbench on an owner whose calls are answered at once, with nothing on the screen.
 *
 * @param owner Its owner; what it holds back is let go.
 */
export function setUpBench(owner: FakeOwner): Workbench {
  owner.held.clear();
  const stage = {
    layers: {
      show: none,
      beginRun: none,
      endRun: none,
      dropResult: none,
      addPatch: none,
      takeResult: none,
      putResult: none,
    },
    view: { viewport: { x: 0, y: 0 }, native: 1, show: none },
    details: { show: none, refresh: none, reset: none },
  };
  const asked = { reducedMotion: () => true, mayPrepare: () => false, keepsScale: false };
  return new Workbench({ enhancer: owner, ...stage, ...asked } as unknown as WorkbenchParts);
}
