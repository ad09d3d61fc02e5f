import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { formats, savedFormats, type SavedFormat } from '../core/format';
import { findBrowserNeed } from '../formats/codec-decoder';
import type { Enhancer } from '../sdk/enhancer';
import { asPublic } from '../sdk/public-error';
import type { EnhanceManyOptions, Result } from '../sdk/types';
import type { Order } from './arguments';
import { faultOf, isDiskOver, wantsBrowser } from './faults';
import type { Input } from './inputs';
import type { Outputs } from './outputs';
import type { Reporter } from './report';

/** What a batch works with. */
export type BatchTools = {
  readonly enhancer: Pick<Enhancer, 'enhanceMany'>;
  readonly outputs: Outputs;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
};

/**
 * Enhances photos and writes their results, one after the other. Whatever becomes of one, the next begins, but where the disk takes no
 * more.
 *
 * @param inputs The photos.
 * @param order What is asked for.
 * @param wish Of each, with its recipe.
 * @param tools What it works with.
 * @returns Once all are told of.
 * @throws {unknown} The signal's reason; what is wrong with the wish; what writing failed with, where the disk takes no more.
 */
export async function runBatch(
  inputs: readonly Input[],
  order: Pick<Order, 'skipDone'>,
  wish: EnhanceManyOptions,
  { enhancer, outputs, reporter, signal }: BatchTools,
): Promise<void> {
  const { format = 'auto' } = wish;
  const inputOf = new Map<Blob, Input>();
  const names: string[] = [];
  const fail = ({ name }: Input, error: unknown) =>
    reporter.tell({ file: name, status: 'failed', ...faultOf(asPublic(error)) });

  async function* open(): AsyncGenerator<File> {
    for (const input of inputs) {
      const file = await prepare(input).catch((error: unknown) => fail(input, error));
      if (!file) continue;
      inputOf.set(file, input);
      names.push(input.name);
      yield file;
    }
  }

  /** The photo's file; undefined where it was told what has become of it. */
  async function prepare(input: Input): Promise<File | undefined> {
    const done = order.skipDone ? await outputs.findDone(input, format) : null;
    if (done !== null) {
      reporter.tell({ file: input.name, status: 'skipped', output: done });
      return undefined;
    }
    if (format !== 'auto') await outputs.check(input, format);
    const bytes = new Uint8Array(await readFile(input.path));
    const need = await findBrowserNeed(bytes);
    if (need) {
      reporter.tell({ file: input.name, status: 'failed', ...wantsBrowser(need) });
      return undefined;
    }
    return new File([bytes], basename(input.path));
  }

  async function finish(input: Input, result: Result): Promise<void> {
    const { blob, width, height, recipe, report } = result;
    const output = await outputs.write(input, formatOf(blob), blob);
    const { seconds, backend, device, steps, notes } = report;
    reporter.tell({
      ...{ file: input.name, status: 'done', output, width, height, bytes: blob.size },
      ...{ seconds, backend, device, steps, recipe, notes },
    });
  }

  const options: EnhanceManyOptions = {
    ...wish,
    signal,
    onProgress: ({ stage, fraction, etaSeconds }, index) =>
      reporter.progress(names[index] ?? '', stage, fraction, etaSeconds),
  };
  for await (const outcome of enhancer.enhanceMany(open(), options)) {
    const input = inputOf.get(outcome.file)!;
    inputOf.delete(outcome.file);
    if (!outcome.ok) fail(input, outcome.error);
    else
      await finish(input, outcome.result).catch((error: unknown) => {
        fail(input, error);
        if (isDiskOver(error)) throw error;
      });
  }
}

function formatOf({ type }: Blob): SavedFormat {
  return savedFormats.find((format) => formats[format].mime === type)!;
}
