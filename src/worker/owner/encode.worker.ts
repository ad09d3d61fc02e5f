import { expose, transfer } from 'comlink';
import { settle } from '../../core/errors';
import type { RowSource } from '../../core/picture/rows';
import { Spares } from '../../core/picture/spares';
import { encodeRows } from '../../formats/encode';
import { receiveFiles } from '../../integrity/late-scripts';
import type { Encoder, LentRead } from './encoder';

receiveFiles();

const surface: Encoder = {
  encode: (head, options, read) => settle(() => encodeRows(borrow(head, read), options)),
};

/** The owner's rows, whose buffers go back to it. */
function borrow(head: Omit<RowSource, 'read'>, read: LentRead): RowSource {
  const spares = new Spares();
  return {
    ...head,
    giveBack: (rows) => spares.give(rows),
    read(y, height) {
      const spare = spares.take();
      return read(y, height, spare && transfer(spare, [spare]));
    },
  };
}

expose(surface);
