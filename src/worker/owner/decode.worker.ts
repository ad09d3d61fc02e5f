import { expose, transfer } from 'comlink';
import { settle } from '../../core/errors';
import { decode } from '../../formats/decode';
import { listenToDownloads } from '../../formats/wasm-codec';
import { receiveFiles } from '../../integrity/late-scripts';
import type { Decoder } from './decoder';

receiveFiles();

const surface: Decoder = {
  async decode(file, onDownload) {
    const hush = listenToDownloads(onDownload);
    const reply = await settle(() => decode(file)).finally(hush);
    return reply.ok ? transfer(reply, [reply.value.raster.data.buffer]) : reply;
  },
};

expose(surface);
