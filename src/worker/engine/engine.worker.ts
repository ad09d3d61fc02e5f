import { expose, transfer } from 'comlink';
import { receiveFiles } from '../../integrity/late-scripts';
import { allowOwnScripts } from '../../integrity/own-scripts';
import type { Engine } from './protocol';
import { TileEngine } from './tile-engine';

allowOwnScripts();
receiveFiles();

const engine = new TileEngine();

/** The engine with pixels moved to the caller instead of copied. */
const surface: Engine = {
  start: (choice, acceptSoftware, onTile) => engine.start(choice, acceptSoftware, onTile),
  load: (model, grid, fault) => engine.load(model, grid, fault),
  async run(band, patch, spare) {
    const reply = await engine.run(band, patch, spare);
    return reply.ok ? transfer(reply, [reply.value.buffer]) : reply;
  },
  stop: () => engine.stop(),
  warm: () => engine.warm(),
  probe: (bytes, known) => engine.probe(bytes, known),
  prove: (bytes, found) => engine.prove(bytes, found),
  compare: (bytes, form, found) => engine.compare(bytes, form, found),
};

expose(surface);
